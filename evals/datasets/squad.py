"""SQuAD: questions about paragraphs of Wikipedia, in version 2.0 half of them ones that the paragraph does not answer.

Source: Rajpurkar et al., "Know What You Don't Know", ACL 2018; https://rajpurkar.github.io/SQuAD-explorer/.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from evals.datasets.articles import MISSING_PARAGRAPH, Lookup, PlainArticle, article_id, write_articles
from evals.datasets.rows import Row, Text, check_unique, parse_row, read_lines, read_rows, read_text
from evals.records import Dataset, ExpectedAnswer, Question, unique
from rag import Assistant, FootnoteError

HINT = (
    'Expected is SQuAD\'s own JSON, or a paragraph a line: {"title": "…", "context": "…", "qas": '
    '[{"id": "…", "question": "…", "answers": ["…"], "is_impossible": false}]}.'
)

_OFFICIAL = re.compile(r'\s*\{\s*(?:"version"\s*:\s*"[^"]*"\s*,\s*)?"data"\s*:')


class _Asked(Row):
    id: Text
    question: Text
    answers: list[Text]
    is_impossible: bool = False


class _Paragraph(Row):
    title: Text
    context: Text
    qas: list[_Asked]


class _OfficialAnswer(Row):
    text: Text


class _OfficialAsked(Row):
    id: Text
    question: Text
    answers: list[_OfficialAnswer]
    is_impossible: bool = False


class _OfficialParagraph(Row):
    context: Text
    qas: list[_OfficialAsked]


class _OfficialArticle(Row):
    title: Text
    paragraphs: list[_OfficialParagraph]


class _OfficialFile(Row):
    data: Annotated[list[_OfficialArticle], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A question and the paragraph that it is about."""

    asked: _Asked
    article_id: str
    context: str


def load_squad(path: Path, work: Path) -> Dataset:
    """Read a SQuAD file, of version 1.1 or 2.0, as published or with a paragraph a line, packed or not.

    Args:
        path: The file.
        work: Where its articles are written.

    Raises:
        FootnoteError: It is no such file.
    """
    paragraphs = [row.model_copy(update={"context": " ".join(row.context.split())}) for row in _read(path)]
    placed = [_Placed(asked, article_id(row.title), row.context) for row in paragraphs for asked in row.qas]
    if not placed:
        raise FootnoteError(f"{path} has no questions.", HINT)
    check_unique(path, (each.asked.id for each in placed), HINT)
    articles = write_articles(work, path, _articles(paragraphs))
    return Dataset("squad", articles, lambda assistant: _questions(placed, assistant))


def _read(path: Path) -> Iterator[_Paragraph]:
    _, head = next(read_lines(path, HINT), (0, ""))
    if head.strip() == "{" or _OFFICIAL.match(head):
        yield from _read_official(path)
    else:
        yield from read_rows(path, _Paragraph, HINT)


def _read_official(path: Path) -> Iterator[_Paragraph]:
    for article in parse_row(read_text(path, HINT), _OfficialFile, str(path), HINT).data:
        for paragraph in article.paragraphs:
            yield _Paragraph(
                title=article.title, context=paragraph.context, qas=[_flat(asked) for asked in paragraph.qas]
            )


def _flat(asked: _OfficialAsked) -> _Asked:
    answers = [answer.text for answer in asked.answers]
    return _Asked(id=asked.id, question=asked.question, answers=answers, is_impossible=asked.is_impossible)


def _articles(paragraphs: Sequence[_Paragraph]) -> Iterator[PlainArticle]:
    contexts: dict[str, list[str]] = {}
    for row in paragraphs:
        contexts.setdefault(row.title, []).append(row.context)
    for title, texts in contexts.items():
        yield PlainArticle(article_id(title), title.replace("_", " "), "\n\n".join(unique(texts)))


def _questions(placed: Sequence[_Placed], assistant: Assistant) -> list[Question]:
    lookup = Lookup(assistant)
    return [_question(each, lookup.find(each.article_id, each.context)[:1]) for each in placed]


def _question(placed: _Placed, refs: tuple[str, ...]) -> Question:
    asked, answerable = placed.asked, not placed.asked.is_impossible
    return Question(
        id=asked.id,
        kind="answerable" if answerable else "unanswerable",
        question=asked.question,
        answerable=answerable,
        answers=tuple((ExpectedAnswer(text),) for text in unique(asked.answers)) if answerable else (),
        cites=(frozenset(refs),) if answerable and refs else (),
        given=refs,
        skip="" if refs else MISSING_PARAGRAPH,
    )
