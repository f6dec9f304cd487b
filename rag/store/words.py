"""The lexical index: BM25 over paragraphs and over whole articles, scaled so that scores can be compared."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from rag.records import ArticleFilter
from rag.store.articles import article_conditions
from rag.store.database import Database

Unit = Literal["paragraph", "article"]

MOST_PER_WORD = 2.2
"""What BM25 gives for a word at most, as a multiple of its inverse document frequency: k1 + 1, with k1 = 1.2."""


SPELLED_IN = 20
"""Paragraphs that are looked at for how a word is written."""


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

    def has_any(self, spellings: Sequence[str]) -> bool:
        """Return whether one of these words or phrases stands in an article, in any of its endings."""
        if not spellings:
            return False
        query = " OR ".join(_quoted(spelling) for spelling in spellings)
        return bool(self._database.rows("SELECT 1 FROM article_words WHERE article_words MATCH ? LIMIT 1", (query,)))

    def terms(self, letter: str) -> dict[str, int]:
        """Return all words of the articles with a first letter, as the index keeps them: `talk` for "Talks".

        Args:
            letter: The letter, lower case and without an accent.

        Returns:
            Terms, each with how many articles have it, in order.
        """
        # The vocabulary is a view of the index; as a temporary table it is no part of the file's layout.
        self._database.rows(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.article_terms USING fts5vocab(main, article_words, row)"
        )
        found = self._database.rows(
            "SELECT term, doc FROM article_terms WHERE term >= ? AND term < ?", (letter, chr(ord(letter) + 1))
        )
        return dict(found)

    def spellings(self, term: str) -> Counter[str]:
        """Return how a term is written in some of the paragraphs that have it, and how often."""
        rows = self._database.rows(
            "SELECT highlight(paragraph_words, 1, char(2), char(3)) FROM paragraph_words"
            " WHERE paragraph_words MATCH ? LIMIT ?",
            (f"text : {_quoted(term)}", SPELLED_IN),
        )
        return Counter(word for (text,) in rows for word in re.findall(r"\x02([^\W_]+)\x03", text))

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
    conditions, values = article_conditions(where)
    if not conditions:
        return "", []
    keys = f"SELECT key FROM articles WHERE {' AND '.join(conditions)}"
    if unit == "paragraph":
        keys = f"SELECT key FROM paragraphs WHERE article IN ({keys})"
    # "+" keeps SQLite from running the whole MATCH once for each rowid of the list.
    return f"AND +rowid IN ({keys})", values
