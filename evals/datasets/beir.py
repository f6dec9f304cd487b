"""The layout of BEIR: a corpus, queries, and judgements of which articles are relevant to which query.

Source: Thakur et al., "BEIR", NeurIPS 2021; https://github.com/beir-cellar/beir.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import Field

from evals.datasets.articles import MISSING_ARTICLE, PlainArticle, article_id, write_articles
from evals.datasets.rows import Row, Text, check_there, check_unique, read_lines, read_rows
from evals.records import Dataset, Question
from rag import Assistant, FootnoteError

HINT = (
    'Expected is a folder with corpus.jsonl {"_id", "title", "text"}, queries.jsonl {"_id", "text"}, each of them '
    "also as .gz, and qrels/test.tsv with the columns query-id, corpus-id and score."
)

_HEADER = ["query-id", "corpus-id", "score"]
_TITLE_WORDS = 12

Judgements = Mapping[str, Mapping[str, float]]
"""Gain above 0, by query and by the id of an article in our form."""


class _Entry(Row):
    id: Text = Field(alias="_id")
    title: str = ""
    text: str


class _Query(Row):
    id: Text = Field(alias="_id")
    text: Text


def load_beir(path: Path, work: Path) -> Dataset:
    """Read a folder in the layout of BEIR.

    Args:
        path: The folder.
        work: Where its articles are written.

    Raises:
        FootnoteError: It is no such folder.
    """
    judgements = _read_judgements(_judgements_file(check_there(path, HINT)))
    file = _lines_file(path, "queries")
    queries = list(read_rows(file, _Query, HINT))
    check_unique(file, (query.id for query in queries), HINT)
    asked = [query for query in queries if query.id in judgements]
    if not asked:
        raise FootnoteError(f"{file}: none of the queries has a judgement above 0.", HINT)
    articles = write_articles(work, path, _articles(_lines_file(path, "corpus")))
    return Dataset("beir", articles, lambda assistant: _questions(asked, judgements, assistant))


def _lines_file(path: Path, name: str) -> Path:
    plain = path / f"{name}.jsonl"
    packed = path / f"{name}.jsonl.gz"
    return packed if packed.exists() and not plain.exists() else plain


def _judgements_file(path: Path) -> Path:
    test = path / "qrels" / "test.tsv"
    others = sorted((path / "qrels").glob("*.tsv"))
    if test.exists() or not others:
        return test
    if len(others) > 1:
        names = ", ".join(other.name for other in others)
        raise FootnoteError(f"{path / 'qrels'} has no test.tsv but {names}.", "Keep one of them, or call one test.tsv.")
    return others[0]


def _read_judgements(path: Path) -> Judgements:
    judgements: dict[str, dict[str, float]] = {}
    lines = read_lines(path, HINT)
    number, header = next(lines, (1, ""))
    if _columns(header) != _HEADER:
        raise FootnoteError(f"{path}, line {number}: the header query-id, corpus-id, score is missing.", HINT)
    for number, line in lines:
        query, article, gain = _judgement(line, f"{path}, line {number}")
        if gain > 0:
            judgements.setdefault(query, {})[article_id(article)] = gain
    return judgements


def _judgement(line: str, place: str) -> tuple[str, str, float]:
    columns = _columns(line)
    if len(columns) != len(_HEADER) or not all(columns):
        raise FootnoteError(f"{place}: expected are three columns with tabs between them.", HINT)
    if not re.fullmatch(r"[+-]?[0-9]{1,6}", columns[2]):
        raise FootnoteError(f"{place}: the score must be a whole number, not {columns[2][:50]!r}.", HINT)
    return columns[0], columns[1], int(columns[2])


def _columns(line: str) -> list[str]:
    return [column.strip() for column in line.split("\t")]


def _articles(path: Path) -> Iterator[PlainArticle]:
    """Read the corpus; what has neither title nor text cannot be found by anybody and is left out."""
    seen: set[str] = set()
    for row in read_rows(path, _Entry, HINT):
        if row.id in seen:
            raise FootnoteError(f"{path}: two articles have the id {row.id!r}.", HINT)
        seen.add(row.id)
        title, text = row.title.strip(), row.text.strip()
        if title or text:
            yield PlainArticle(article_id(row.id), title or " ".join(text.split()[:_TITLE_WORDS]), text or title)


def _questions(queries: Sequence[_Query], judgements: Judgements, assistant: Assistant) -> list[Question]:
    there = {header.id for header in assistant.articles()}
    return [_question(query, judgements[query.id], there) for query in queries]


def _question(query: _Query, gains: Mapping[str, float], there: set[str]) -> Question:
    known = any(article in there for article in gains)
    return Question(
        id=query.id,
        kind="query",
        question=query.text,
        articles=(frozenset(gains),),
        gains=gains,
        skip="" if known else MISSING_ARTICLE,
    )
