"""Measure a reader as its model card does: `python -m rag.training.measure_reader --squad FILE`.

It reads the right paragraph, with its title, of the SQuAD 2.0 articles that are not trained on. Takes half a
minute for a thousand questions on two cores.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.metrics.intervals import estimate_mean, estimate_statistic
from evals.metrics.refusing import roc_auc
from evals.metrics.text import exact_match, token_f1
from evals.records import Estimate
from rag.models.reader import WEIGHTS, MiniLMReader, ReadableText, Reader
from rag.training.reader_examples import Example, read_squad


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader made of a question and its paragraph.

    Attributes:
        answerable: Whether the paragraph answers it.
        answered: Log odds, says the reader, that it does.
        exact: 1 if its likeliest span is one of the accepted answers, else 0.
        f1: Of the words of that span and of the nearest accepted answer, 0 to 1; 0 if there is none.
    """

    answerable: bool
    answered: float
    exact: float
    f1: float


def read_paragraph(reader: Reader, example: Example) -> Read:
    """Return what a reader makes of a question and its own paragraph."""
    reading = reader.read(example.question, [ReadableText(example.title, example.passage)])[0]
    given = example.passage[reading.spans[0].start : reading.spans[0].end] if reading.spans else ""
    if not example.answers:
        return Read(False, reading.answered, 0.0, 0.0)
    return Read(True, reading.answered, exact_match(given, example.answers), token_f1(given, example.answers))


def best_overall(answered: NDArray[np.float64], f1: NDArray[np.float64], answerable: NDArray[np.bool_]) -> float:
    """Return SQuAD 2.0's F1 over all questions with the threshold for refusing that makes it highest.

    A refusal is worth 1 where there is no answer and 0 where there is one. Source: Rajpurkar, Jia, Liang, Know What You
    Don't Know (ACL 2018), `best_f1` of its evaluation script.

    Args:
        answered: Log odds of each question, `(n,)`, n > 0.
        f1: What its answer would be worth, `(n,)`, 0 where there is none.
        answerable: Whether there is one, `(n,)`.

    Example:
        >>> best_overall(np.array([2.0, -1.0, 1.0]), np.array([0.5, 0.0, 0.0]), np.array([True, False, False]))
        0.8333333333333334
    """
    surest_first = np.argsort(-answered, kind="stable")
    gains = np.where(answerable, f1, -1.0)[surest_first]
    total = (~answerable).sum() + np.concatenate([[0.0], np.cumsum(gains)])
    return float(total.max()) / len(answered)


def tell(read: Sequence[Read]) -> Iterator[str]:
    """Return a line a figure, with n and its 95 % interval."""
    answered, f1 = np.array([each.answered for each in read]), np.array([each.f1 for each in read])
    answerable = np.array([each.answerable for each in read], dtype=bool)
    right = [each for each in read if each.answerable]
    yield _line("F1 where answered", estimate_mean([each.f1 for each in right]))
    yield _line("exact match", estimate_mean([each.exact for each in right]))
    area = estimate_statistic(lambda rows: roc_auc(answered[rows], answerable[rows]), len(read))
    overall = estimate_statistic(lambda rows: best_overall(answered[rows], f1[rows], answerable[rows]), len(read))
    for name, found in (("area under the curve", area), ("F1 with the best refusing", overall)):
        if found:
            yield _line(name, found)


def _line(name: str, found: Estimate) -> str:
    return f"{name:<26} {found.mean:.3f} ({found.low:.3f} to {found.high:.3f}), n {found.n}"


def main() -> None:
    """Read the command line, and print the figures."""
    parser = argparse.ArgumentParser(description="Measure a reader on the right paragraphs.")
    parser.add_argument("--squad", type=Path, required=True, help="the SQuAD 2.0 paragraphs that the model card names")
    parser.add_argument("--reader", type=Path, default=WEIGHTS, help="folder of the reader; default: the shipped one")
    parser.add_argument("--part", choices=["validation", "test"], default="test", help="which articles; default: test")
    options = parser.parse_args()
    reader = MiniLMReader(folder=options.reader)
    read = [read_paragraph(reader, example) for example in read_squad(options.squad, options.part)]
    sys.stdout.write("\n".join(tell(read)) + "\n")


if __name__ == "__main__":
    main()
