"""The gate on pairs of a true and a false rewording, written by hand about articles of our own invention."""

import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from evals.gate.measuring import Judged, make_passage
from rag.answer.gate import Gate
from rag.records import Paragraph, Passage

PAIRS = Path(__file__).parent / "pairs.jsonl"


def judge_pairs(gate: Gate, path: Path = PAIRS) -> Iterator[Judged]:
    """Yield both sentences of each pair, checked against the paragraphs that they cite.

    Args:
        gate: The gate.
        path: An article a line, with its pairs.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        yield from _judge_article(json.loads(line), gate)


def _judge_article(article: dict[str, Any], gate: Gate) -> Iterator[Judged]:
    published = date.fromisoformat(article["date"])
    passages = [
        make_passage(text, number, article["title"], published) for number, text in enumerate(article["paragraphs"], 1)
    ]

    def beside(passage: Passage) -> list[Paragraph]:
        return [other.paragraph for other in passages if abs(other.paragraph.number - passage.paragraph.number) == 1]

    for pair in article["pairs"]:
        cited = [passages[number - 1] for number in pair["cites"]]
        for is_true in (True, False):
            sentence = pair["true" if is_true else "false"]
            started = time.perf_counter()
            judgement = gate.check(sentence, cited, beside=beside)
            yield Judged(pair["kind"], is_true, sentence, judgement, time.perf_counter() - started)
