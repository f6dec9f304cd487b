"""Datasets that systems are asked, each from a path that somebody passes in. Nothing is downloaded."""

from collections.abc import Callable, Mapping
from pathlib import Path

from evals.datasets.asked import load_asked
from evals.datasets.beir import load_beir
from evals.datasets.news import load_news
from evals.datasets.question_files import load_question_files
from evals.datasets.squad import load_squad
from evals.datasets.support import load_support
from evals.records import Dataset
from rag import FootnoteError

__all__ = ["LOADERS", "load_dataset", "load_own", "load_seeds"]

LOADERS: Mapping[str, Callable[[Path, Path], Dataset]] = {
    "squad": load_squad,
    "news": load_news,
    "asked": load_asked,
    "support": load_support,
    "beir": load_beir,
}
"""How a dataset is loaded, from its path and a folder to work in, by its kind."""

_SEEDS = Path(__file__).parents[2] / "seeds"
_QUESTIONS = Path(__file__).parents[1] / "questions"


def load_dataset(spec: str, work: Path) -> Dataset:
    """Return a dataset.

    Args:
        spec: `KIND:PATH`, or an empty string for the questions about `seeds`.
        work: Folder where articles can be written in a form that can be indexed.

    Raises:
        FootnoteError: The kind is unknown, or the path does not hold it.
    """
    if not spec:
        return load_seeds(_SEEDS)
    kind, _, path = spec.partition(":")
    if kind not in LOADERS or not path:
        raise FootnoteError(
            f"{spec!r} is no dataset.", f"Datasets are {', '.join(f'{name}:PATH' for name in LOADERS)}."
        )
    return LOADERS[kind](Path(path).expanduser(), work)


def load_seeds(articles: Path) -> Dataset:
    """Return the hand-written questions that come with Footnote.

    Args:
        articles: The folder of articles that they are about, part of a checkout but not of an installation.

    Raises:
        FootnoteError: The folder is not there.
    """
    if not articles.is_dir():
        raise FootnoteError(
            f"{articles} is missing: the articles come with a checkout of Footnote, not with an installed one.",
            "Name your own with --articles and --questions, or use --dataset.",
        )
    return load_question_files("seeds", articles, _QUESTIONS, split=True)


def load_own(articles: Path, questions: Path) -> Dataset:
    """Return somebody's own questions about their own articles.

    Args:
        articles: A folder or file that can be indexed.
        questions: A question file in YAML, or a folder of them.

    Raises:
        FootnoteError: A question is not as it has to be; file and line are named.
    """
    return load_question_files("own", articles, questions)
