"""The lexical index: BM25 over paragraphs and over whole articles, scaled so that scores can be compared."""

import json
import math
from collections.abc import Sequence
from typing import Literal

from rag.records import ArticleFilter
from rag.store.database import Database

Unit = Literal["paragraph", "article"]

MOST_PER_WORD = 2.2
"""What BM25 gives for a word at most, as a multiple of its inverse document frequency: k1 + 1, with k1 = 1.2."""


class WordIndex:
    """Finds paragraphs and articles by words, in the article store's database."""

    def __init__(self, database: Database) -> None:
        """Use the article store's database."""
        self._database = database

    def search(self, unit: Unit, words: Sequence[str], limit: int, where: ArticleFilter) -> list[tuple[int, float]]:
        """Return the paragraphs or articles that share words with a question.

        Source: Robertson, Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), as SQLite's FTS5
        computes it (k1 = 1.2, b = 0.75, no inverse document frequency below 0). Ours is divided by the most that
        these words could score, so that it does not grow with their number or with the articles'.

        Args:
            unit: What to find.
            words: The words, in lower case; any of them will do. They may hold any character.
            limit: How many at most.
            where: Which articles may be found.

        Returns:
            Keys with their scores, above 0 to about 1, best first.
        """
        if not words:
            return []
        table = f"{unit}_words"
        query = " OR ".join(_quoted(word) for word in words)
        condition, values = _condition(unit, where)
        rows = self._database.rows(
            f"SELECT rowid, -bm25({table}) FROM {table} WHERE {table} MATCH ? {condition}"
            f" ORDER BY bm25({table}) LIMIT ?",
            (query, *values, limit),
        )
        most = self._most_possible(unit, words)
        return [(key, score / most) for key, score in rows]

    def occurrences(self, unit: Unit, word: str) -> int:
        """Return how many paragraphs or articles have a word, in any of its endings."""
        table = f"{unit}_words"
        rows = self._database.rows(f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", (_quoted(word),))
        return int(rows[0][0])

    def _most_possible(self, unit: Unit, words: Sequence[str]) -> float:
        total = int(self._database.rows(f"SELECT count(*) FROM {unit}s")[0][0])
        found = [self.occurrences(unit, word) for word in words]
        idf = [math.log((total - count + 0.5) / (count + 0.5)) for count in found]
        return MOST_PER_WORD * sum(max(value, 1e-6) for value in idf)


def _quoted(word: str) -> str:
    """Return a word as an FTS5 string, which is never read as an operator."""
    return '"' + word.replace('"', '""').replace("\0", " ") + '"'


def _condition(unit: Unit, where: ArticleFilter) -> tuple[str, list[object]]:
    """Return a filter as the end of a WHERE clause, with its values."""
    clauses: list[str] = []
    values: list[object] = []
    if where.ids is not None:
        clauses.append("id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(where.ids))
    if where.first_date is not None:
        clauses.append("date >= ?")
        values.append(where.first_date.isoformat())
    if where.last_date is not None:
        clauses.append("date <= ?")
        values.append(where.last_date.isoformat())
    if not clauses:
        return "", []
    keys = f"SELECT key FROM articles WHERE {' AND '.join(clauses)}"
    if unit == "paragraph":
        keys = f"SELECT key FROM paragraphs WHERE article IN ({keys})"
    # "+" keeps SQLite from running the whole MATCH once for each rowid of the list.
    return f"AND +rowid IN ({keys})", values
