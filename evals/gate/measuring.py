"""What the three measurements share: a passage of plain text, and the figures they print."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from evals.metrics.intervals import estimate_mean, estimate_statistic
from evals.metrics.refusing import balanced_accuracy, roc_auc
from evals.records import Estimate
from rag.answer.gate import Judgement
from rag.records import ArticleHeader, Paragraph, Passage


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence that the gate has judged.

    Attributes:
        kind: What kind of sentence it is.
        is_true: Whether its paragraphs bear it out.
        sentence: The sentence.
        judgement: What the gate says.
        seconds: How long that took.
    """

    kind: str
    is_true: bool
    sentence: str
    judgement: Judgement
    seconds: float

    @property
    def is_supported(self) -> bool:
        """Tell whether the gate lets it through without a word."""
        return self.judgement.verdict == "supported"


def make_passage(text: str, number: int = 1, title: str = "", published: date | None = None) -> Passage:
    """Return a paragraph as a search would."""
    header = ArticleHeader("article", title or "Article", "", "", "", published, "metadata" if published else "unknown")
    return Passage(header, Paragraph(number, "body", 0, len(text), text), 0.0)


def tell_ranking(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield n, AUC of the score and balanced accuracy of `supported`, with their intervals."""
    labels = np.array([each.is_true for each in judged])
    scores = np.array([each.judgement.score for each in judged])
    given = np.array([each.is_supported for each in judged])
    yield f"n {len(judged)}, {int(labels.sum())} of them true"
    yield f"ROC AUC            {_write(estimate_statistic(lambda at: roc_auc(scores[at], labels[at]), len(judged)))}"
    balanced = estimate_statistic(lambda at: balanced_accuracy(given[at], labels[at]), len(judged))
    yield f"balanced accuracy  {_write(balanced)}"


def tell_kinds(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield for each kind of false sentence the share caught, and of true ones the share of false alarms."""
    yield "false sentences: caught (not supported) and withheld (unsupported)"
    yield from _tell_each([each for each in judged if not each.is_true])
    yield "true sentences: false alarms (not supported) and withheld (unsupported)"
    yield from _tell_each([each for each in judged if each.is_true])


def tell_seconds(judged: Sequence[Judged]) -> str:
    """Return the median and the 95th percentile of the time a sentence takes."""
    times = np.array([each.seconds for each in judged]) * 1000
    return f"milliseconds a sentence: median {np.median(times):.1f}, 95th percentile {np.quantile(times, 0.95):.1f}"


def _tell_each(judged: Sequence[Judged]) -> Iterator[str]:
    kinds = sorted({each.kind for each in judged})
    for kind in [*kinds, "all"]:
        here = [each for each in judged if kind in (each.kind, "all")]
        stopped = estimate_mean([float(not each.is_supported) for each in here]) if here else None
        withheld = estimate_mean([float(each.judgement.verdict == "unsupported") for each in here]) if here else None
        yield f"  {kind:<16} n {len(here):>4}  {_write(stopped)}  {_write(withheld)}"


def _write(estimate: Estimate | None) -> str:
    return f"{estimate.mean:.3f} ({estimate.low:.3f} to {estimate.high:.3f})" if estimate else "does not apply"
