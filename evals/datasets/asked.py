"""Questions in the asker's own words about a folder of articles, with pieces of text that show the answer."""

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from evals.datasets.articles import MISSING_PARAGRAPH, Lookup
from evals.datasets.rows import Row, Text, check_there, check_unique, read_rows
from evals.records import Dataset, ExpectedAnswer, Question
from rag import Assistant

MOST_SETS = 1000

HINT = (
    'Expected is a folder with articles/*.txt and questions.jsonl: {"id": "…", "type": "…", "question": "…", '
    '"history": [], "answers": ["…"], "evidence": [["article id", "piece of a paragraph"]], "need_all": false}.'
)


class _Asked(Row):
    id: Text
    type: Text
    question: Text
    history: list[Text] = []
    answers: list[Text] = []
    evidence: list[Annotated[list[Text], Field(min_length=2, max_length=2)]]
    need_all: bool = False


def load_asked(path: Path, work: Path) -> Dataset:
    """Read a folder with `articles` and `questions.jsonl`; its evidence is looked up in what is indexed.

    Args:
        path: The folder.
        work: Not used: the articles can be indexed as they are.

    Raises:
        FootnoteError: It is no such folder.
    """
    file = path / "questions.jsonl"
    rows = list(read_rows(file, _Asked, HINT))
    check_unique(file, (row.id for row in rows), HINT)
    return Dataset("asked", check_there(path / "articles", HINT), lambda assistant: _questions(rows, assistant))


def _questions(rows: Sequence[_Asked], assistant: Assistant) -> list[Question]:
    lookup = Lookup(assistant)
    return [_question(row, [lookup.find(article_id, piece) for article_id, piece in row.evidence]) for row in rows]


def _question(row: _Asked, found: Sequence[tuple[str, ...]]) -> Question:
    cites = _together(found) if row.need_all else _any_of(found)
    return Question(
        id=row.id,
        kind=row.type,
        question=row.question,
        history=tuple(row.history),
        answerable=bool(row.evidence),
        answers=_answers(row) if row.evidence else (),
        cites=cites,
        skip=MISSING_PARAGRAPH if row.evidence and not cites else "",
    )


def _answers(row: _Asked) -> tuple[tuple[ExpectedAnswer, ...], ...]:
    """Return one set of all answers where all are needed: a half of such a question each. Else any one will do."""
    answers = tuple(ExpectedAnswer(text) for text in row.answers)
    return (answers,) if answers and row.need_all else tuple((answer,) for answer in answers)


def _any_of(found: Sequence[tuple[str, ...]]) -> tuple[frozenset[str], ...]:
    refs = itertools.chain.from_iterable(found)
    return tuple(dict.fromkeys(frozenset({ref}) for ref in refs))


def _together(found: Sequence[tuple[str, ...]]) -> tuple[frozenset[str], ...]:
    # Pieces that stand in very many paragraphs would make more sets than can be told; the shortest come first.
    sets = itertools.islice(itertools.product(*found), MOST_SETS)
    return tuple(dict.fromkeys(map(frozenset, sets))) if found else ()
