"""Reading the datasets that search is measured with, each from a path that somebody passes in."""

import gzip
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag import Assistant, FootnoteError
from rag.errors import NotFoundError

SEEDS = Path(__file__).parent.parent / "seeds"
SEEDS_QUESTIONS = Path(__file__).parent / "questions" / "seeds.jsonl"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an answer stands: a piece of the text of one article."""

    article_id: str
    piece: str


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """A question whose answer stands in known places.

    Attributes:
        id: Names it in reports.
        question: The question.
        evidence: The places, any of which will do.
    """

    id: str
    question: str
    evidence: tuple[Evidence, ...]

    def gold(self, assistant: Assistant) -> set[str]:
        """Return the addresses of the paragraphs that hold the evidence; none if its articles are not there."""
        gold: set[str] = set()
        for evidence in self.evidence:
            with suppress(NotFoundError):
                gold |= {
                    f"{evidence.article_id}#{paragraph.number}"
                    for paragraph in assistant.article(evidence.article_id).paragraphs
                    if _folded(evidence.piece) in _folded(paragraph.text)
                }
        return gold


@dataclass(frozen=True, slots=True)
class Dataset:
    """Questions, and the articles that they are about.

    Attributes:
        name: Its kind.
        articles: A folder or file that can be indexed.
        questions: The questions.
    """

    name: str
    articles: Path
    questions: list[EvalQuestion]


def load_dataset(spec: str, work: Path) -> Dataset:
    """Return a dataset.

    Args:
        spec: `squad:FILE`, `asked:FOLDER`, or an empty string for the questions about `seeds`.
        work: Where articles can be written in a form that can be indexed.

    Raises:
        FootnoteError: The kind is unknown, or the path does not hold it.
    """
    kind, _, path = spec.partition(":")
    if not spec:
        return Dataset("seeds", SEEDS, list(_asked_questions(SEEDS_QUESTIONS)))
    loaders = {"squad": _load_squad, "asked": _load_asked}
    if kind not in loaders or not path:
        raise FootnoteError(
            f"There is no dataset {spec!r}.", f"Known are {', '.join(f'{name}:PATH' for name in loaders)}."
        )
    try:
        return loaders[kind](Path(path), work)
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise FootnoteError(f"{path} is no dataset of the kind {kind}: {error!r}.", "See evals/datasets.py.") from error


def _load_squad(path: Path, work: Path) -> Dataset:
    """Read SQuAD 2.0 with a paragraph a line: {title, context, qas: [{id, question, is_impossible}]}."""
    articles: dict[str, dict[str, Any]] = {}
    questions = []
    for row in _read_json_lines(path):
        article_id = re.sub(r"\W+", "_", row["title"])
        article = articles.setdefault(
            article_id, {"id": article_id, "title": row["title"].replace("_", " "), "text": ""}
        )
        context = " ".join(row["context"].split())
        article["text"] += context + "\n\n"
        questions += [
            EvalQuestion(answer["id"], answer["question"], (Evidence(article_id, context),))
            for answer in row["qas"]
            if not answer["is_impossible"]
        ]
    work.mkdir(parents=True, exist_ok=True)
    file = work / "articles.jsonl"
    file.write_text("".join(json.dumps(article) + "\n" for article in articles.values()))
    return Dataset("squad", file, questions)


def _load_asked(path: Path, work: Path) -> Dataset:
    """Read a folder with `articles/*.txt` and `questions.jsonl`; questions that follow up on others are left out."""
    return Dataset("asked", path / "articles", list(_asked_questions(path / "questions.jsonl")))


def _asked_questions(path: Path) -> Iterator[EvalQuestion]:
    for row in _read_json_lines(path):
        if row["evidence"] and not row["history"]:
            evidence = tuple(Evidence(article_id, piece) for article_id, piece in row["evidence"])
            yield EvalQuestion(row["id"], row["question"], evidence)


def _read_json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()
