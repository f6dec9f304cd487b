"""How often search finds the right paragraph, beside what each of its halves finds alone."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.datasets import load_dataset
from rag import Assistant, FootnoteError, Passage
from rag.store.index import OnProgress, Progress

CUTS = (1, 5, 20)
DEPTH = 400
"""More than both searches bring in together, so that either half can be read off the fused list."""


@dataclass(frozen=True, slots=True)
class RetrievalLine:
    """What one way of searching found.

    Attributes:
        dataset: Where the questions come from.
        system: The way of searching.
        questions: How many questions were asked.
        unmatched: How many more could not be, because their evidence is in no stored paragraph.
        found: Share of the questions with a right paragraph among the first 1, 5 and 20, each 0 to 1.
    """

    dataset: str
    system: str
    questions: int
    unmatched: int
    found: tuple[float, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the line for machines."""
        return asdict(self)

    def render(self) -> str:
        """Return the line for people."""
        shares = "  ".join(f"@{cut} {share:.3f}" for cut, share in zip(CUTS, self.found, strict=True))
        unmatched = f", {self.unmatched} unmatched" if self.unmatched else ""
        return f"{self.dataset:<8} {self.system:<8} {shares}  ({self.questions} questions{unmatched})"


def run_retrieval(spec: str, index: Path, distractors: Path | None, on_progress: OnProgress) -> list[RetrievalLine]:
    """Ask all questions of a dataset and see where the right paragraphs come.

    Args:
        spec: The dataset, as `load_dataset` takes it.
        index: Folder of the index; kept, so that a second run need not make it again.
        distractors: Articles to search in place of the dataset's own, which must be among them by id.
        on_progress: Called now and then.

    Returns:
        A line for the search as it is, one for its dense half and one for BM25.

    Raises:
        FootnoteError: The dataset or the index cannot be used.
    """
    dataset = load_dataset(spec, index.with_name(index.name + "-articles"))
    ranks: dict[str, list[int]] = {name: [] for name in SYSTEMS}
    unmatched = 0
    with Assistant.open(distractors or dataset.articles, index=index, on_progress=on_progress) as assistant:
        for number, question in enumerate(dataset.questions, start=1):
            gold = question.gold(assistant)
            unmatched += not gold
            if gold:
                passages = assistant.search(question.question, DEPTH)
                for name, order in SYSTEMS.items():
                    ranks[name].append(_rank([passage.ref for passage in order(passages)], gold))
            on_progress(Progress("asking questions", number, len(dataset.questions), 0))
    if unmatched == len(dataset.questions):
        raise FootnoteError(f"No question of {spec} has its evidence in these articles.", "Do their ids agree?")
    return [
        RetrievalLine(dataset.name, name, len(found), unmatched, tuple(recall(found, cut) for cut in CUTS))
        for name, found in ranks.items()
    ]


def recall(ranks: Sequence[int], cut: int) -> float:
    """Return the share of questions with a right paragraph among the first `cut`, 0 to 1.

    Args:
        ranks: Rank of the first right paragraph from 1, 0 if none was found; at least one.
        cut: How many paragraphs are looked at.

    Example:
        >>> recall([1, 3, 0, 9], 5)
        0.5
    """
    return sum(0 < rank <= cut for rank in ranks) / len(ranks)


def _rank(refs: Sequence[str], gold: set[str]) -> int:
    return next((rank for rank, ref in enumerate(refs, start=1) if ref in gold), 0)


def _by_similarity(passages: Sequence[Passage]) -> list[Passage]:
    return sorted((passage for passage in passages if passage.dense_rank), key=lambda passage: passage.dense_rank or 0)


def _by_words(passages: Sequence[Passage]) -> list[Passage]:
    found = (passage for passage in passages if passage.lexical_rank)
    return sorted(found, key=lambda passage: passage.lexical_rank or 0)


SYSTEMS: dict[str, Callable[[Sequence[Passage]], Sequence[Passage]]] = {
    "hybrid": lambda passages: passages,
    "dense": _by_similarity,
    "bm25": _by_words,
}
