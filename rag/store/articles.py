"""The article store: texts, paragraphs, chunks and the lexical index, all in one SQLite file."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from rag.errors import NotFoundError
from rag.records import Article, ArticleFilter, ArticleHeader, Chunk, Paragraph
from rag.store.chunks import article_version
from rag.store.database import Database

BEFORE = 240
"""Characters before a paragraph that are told with it."""

HEADER = "articles.id, title, byline, agency, url, date, date_source"


@dataclass(frozen=True, slots=True)
class StoredParagraph:
    """A paragraph with its article, their keys in the store, and the last of what stands before it."""

    key: int
    article_key: int
    article: ArticleHeader
    paragraph: Paragraph
    before: str


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article on its way into the store, with its chunks."""

    article: Article
    chunks: Sequence[Chunk]


class ArticleStore:
    """Reads and writes articles. Safe to use from several threads of one process."""

    def __init__(self, path: Path) -> None:
        """Open the store's file, or make it; the errors are `Database`'s."""
        self.database = Database(path)

    # Reading

    def headers(self) -> list[ArticleHeader]:
        """Return all articles without their text, newest first, the undated last."""
        rows = self.database.rows(f"SELECT {HEADER} FROM articles ORDER BY date IS NULL, date DESC, articles.id")
        return [_header(row) for row in rows]

    def article(self, article_id: str) -> Article:
        """Return one article.

        Raises:
            NotFoundError: There is none with this id.
        """
        rows = self.database.rows(f"SELECT {HEADER}, key, text FROM articles WHERE id = ?", (article_id,))
        if not rows:
            raise NotFoundError(f"There is no article {article_id!r}.", "See all articles with: footnote articles")
        *header, key, text = rows[0]
        known = asdict(_header(header))
        paragraphs = self.database.rows(
            "SELECT number, kind, start_offset, end_offset FROM paragraphs WHERE article = ? ORDER BY number", (key,)
        )
        return Article(
            **known, text=text, paragraphs=tuple(_paragraph(row, text[row[2] : row[3]]) for row in paragraphs)
        )

    def paragraphs(self, keys: Iterable[int]) -> dict[int, StoredParagraph]:
        """Return paragraphs by key; a key that is gone is left out."""
        marks = ",".join(str(int(key)) for key in keys)
        rows = self.database.rows(
            "SELECT own.key, articles.key, own.number, own.kind, own.start_offset, own.end_offset,"
            " substr(text, own.start_offset + 1, own.end_offset - own.start_offset),"
            f" substr(text, max(own.start_offset - {BEFORE}, first.start_offset) + 1,"
            f" min({BEFORE}, own.start_offset - first.start_offset)), {HEADER}"
            " FROM paragraphs AS own JOIN articles ON articles.key = own.article"
            f" JOIN paragraphs AS first ON first.article = own.article AND first.number = 1 WHERE own.key IN ({marks})"
        )
        found = (
            StoredParagraph(row[0], row[1], _header(row[8:]), _paragraph(row[2:6], row[6]), row[7].strip())
            for row in rows
        )
        return {stored.key: stored for stored in found}

    def paragraph_keys(self, chunk_ids: Sequence[str]) -> dict[str, list[int]]:
        """Return the keys of each chunk's paragraphs, the longest first; a chunk that is gone is left out."""
        rows = self.database.rows(
            "SELECT chunks.id, paragraphs.key FROM chunks JOIN paragraphs ON paragraphs.article = chunks.article"
            " AND number BETWEEN first_number AND last_number"
            " WHERE chunks.id IN (SELECT value FROM json_each(?)) ORDER BY end_offset - start_offset DESC, number",
            (json.dumps(chunk_ids),),
        )
        found: dict[str, list[int]] = {}
        for chunk_id, key in rows:
            found.setdefault(chunk_id, []).append(key)
        return found

    def count(self, table: Literal["articles", "paragraphs", "chunks", "files"]) -> int:
        """Return how many articles, paragraphs, chunks or files there are."""
        return int(self.database.rows(f"SELECT count(*) FROM {table}")[0][0])

    def dates(self, where: ArticleFilter) -> tuple[date, date] | None:
        """Return the first and the last day that an article was published on, None if no date is known.

        Args:
            where: Which articles count.
        """
        conditions, values = article_conditions(where)
        condition = " AND ".join(["date IS NOT NULL", *conditions])
        [(first, last)] = self.database.rows(f"SELECT min(date), max(date) FROM articles WHERE {condition}", values)
        return (date.fromisoformat(first), date.fromisoformat(last)) if first else None

    def chunk_ids(self) -> set[str]:
        """Return the ids of all chunks."""
        return {row[0] for row in self.database.rows("SELECT id FROM chunks")}

    def article_ids(self) -> list[str]:
        """Return the ids of all articles, in order."""
        return [row[0] for row in self.database.rows("SELECT id FROM articles ORDER BY id")]

    def id_of_version(self, version: str) -> str:
        """Return the id of an article with exactly this content, or an empty string."""
        rows = self.database.rows("SELECT id FROM articles WHERE version = ? ORDER BY key LIMIT 1", (version,))
        return str(rows[0][0]) if rows else ""

    def digest(self) -> str:
        """Return a SHA-256 of all articles, in hex: the same exactly if ids and contents are."""
        rows = self.database.rows("SELECT id, version FROM articles ORDER BY id")
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()

    # Writing

    def put(self, batch: Sequence[NewArticle]) -> list[str]:
        """Put articles in, each in place of the one with its id, all of them or none.

        Returns:
            Ids of the chunks that the articles before had and these no longer have.
        """
        outdated: list[str] = []
        with self.database.transaction() as connection:
            for new in batch:
                outdated += remove_article(connection, new.article.id)
                _insert(connection, new)
        return outdated

    def close(self) -> None:
        """Close the file."""
        self.database.close()


def article_conditions(where: ArticleFilter) -> tuple[list[str], list[object]]:
    """Return a filter as conditions on the table of articles, none if it lets all through, with their values."""
    conditions: list[str] = []
    values: list[object] = []
    if where.ids is not None:
        conditions.append("id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(where.ids))
    if where.first_date is not None:
        conditions.append("date >= ?")
        values.append(where.first_date.isoformat())
    if where.last_date is not None:
        conditions.append("date <= ?")
        values.append(where.last_date.isoformat())
    return conditions, values


def _insert(connection: sqlite3.Connection, new: NewArticle) -> None:
    article = new.article
    key = connection.execute(
        "INSERT INTO articles (id, title, byline, agency, url, date, date_source, published, text, version)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(article.id, article.title, article.byline, article.agency, article.url),
            *(article.date.isoformat() if article.date else None, article.date_source),
            *(article.published, article.text, article_version(article)),
        ),
    ).lastrowid
    connection.execute(
        "INSERT INTO article_words (rowid, title, published, text) VALUES (?, ?, ?, ?)",
        (key, article.title, article.published, article.text),
    )
    for paragraph in article.paragraphs:
        row = connection.execute(
            "INSERT INTO paragraphs (article, number, kind, start_offset, end_offset) VALUES (?, ?, ?, ?, ?)",
            (key, paragraph.number, paragraph.kind, paragraph.start, paragraph.end),
        ).lastrowid
        connection.execute(
            "INSERT INTO paragraph_words (rowid, title, text) VALUES (?, ?, ?)", (row, article.title, paragraph.text)
        )
    connection.executemany(
        "INSERT INTO chunks VALUES (?, ?, ?, ?)",
        [(chunk.id, key, chunk.first_number, chunk.last_number) for chunk in new.chunks],
    )


def remove_article(connection: sqlite3.Connection, article_id: str) -> list[str]:
    """Remove an article, if it is there, and return the ids of the chunks that it had."""
    query = "SELECT key, title, published, text FROM articles WHERE id = ?"
    found = connection.execute(query, (article_id,)).fetchone()
    if not found:
        return []
    key, title, published, text = found
    chunk_ids = connection.execute("SELECT id FROM chunks WHERE article = ?", (key,)).fetchall()
    # An external-content index must be told the old text; it cannot look it up once the article is gone.
    connection.executemany(
        "INSERT INTO paragraph_words (paragraph_words, rowid, title, text) VALUES ('delete', ?, ?, ?)",
        [
            (row, title, text[start:end])
            for row, start, end in connection.execute(
                "SELECT key, start_offset, end_offset FROM paragraphs WHERE article = ?", (key,)
            )
        ],
    )
    connection.execute(
        "INSERT INTO article_words (article_words, rowid, title, published, text) VALUES ('delete', ?, ?, ?, ?)",
        (key, title, published, text),
    )
    # A file whose article goes is no longer known to be complete: it must be read again, and is nobody's twin.
    connection.execute("UPDATE files SET hash = '' WHERE path IN (SELECT path FROM sources WHERE article = ?)", (key,))
    connection.execute("DELETE FROM articles WHERE key = ?", (key,))
    return [chunk_id for (chunk_id,) in chunk_ids]


def _header(row: Sequence[Any]) -> ArticleHeader:
    article_id, title, byline, agency, url, day, date_source = row
    return ArticleHeader(
        id=article_id,
        title=title,
        byline=byline,
        agency=agency,
        url=url,
        date=date.fromisoformat(day) if day else None,
        date_source=date_source,
    )


def _paragraph(row: Sequence[Any], text: str) -> Paragraph:
    number, kind, start, end = row
    return Paragraph(number=number, kind=kind, start=start, end=end, text=text)
