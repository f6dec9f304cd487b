"""The gate against three people's judgement of summary sentences (QAGS)."""

import time
from collections.abc import Iterator
from pathlib import Path

from evals.datasets.support import read_judged
from evals.gate.measuring import Judged, make_passage
from rag.answer.gate import Gate


def judge_people(path: Path, gate: Gate) -> Iterator[Judged]:
    """Yield the sentences of a QAGS file, each checked against its whole article.

    Args:
        path: The file.
        gate: The gate.

    Raises:
        FootnoteError: It is no such file.
    """
    for article, sentence, is_true in read_judged(path):
        passages = [make_passage(article)]
        started = time.perf_counter()
        judgement = gate.check(sentence, passages)
        yield Judged("summary", is_true, sentence, judgement, time.perf_counter() - started)
