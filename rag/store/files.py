"""Which files an index holds and which articles each of them holds."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from rag.store.articles import remove_article
from rag.store.database import Database
from rag.store.report import FileReport

COLUMNS = "path, size, modified_ns, checked_ns, hash, base_id, failures"

COARSEST_CLOCK_NS = 2_000_000_000
"""Some file systems tell the time of a change in steps of two seconds."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as it was when it was last read.

    Attributes:
        path: Relative to the folder.
        size: In bytes.
        modified_ns: Time of its last change.
        checked_ns: When size, time and hash were seen to belong together.
        hash: SHA-256 of its bytes, or an empty string if it must be read again whatever it holds.
        base_id: What its articles are called; kept when the file is renamed.
        failures: What could not be read in it, beside what could.
    """

    path: str
    size: int
    modified_ns: int
    checked_ns: int
    hash: str
    base_id: str
    failures: tuple[FileReport, ...] = ()

    def looks_the_same(self, size: int, modified_ns: int) -> bool:
        """Tell whether size and time prove that the file has not changed since it was read."""
        # A change within the same tick of the clock as the reading would not show in the time.
        settled = self.modified_ns < self.checked_ns - COARSEST_CLOCK_NS
        return bool(self.hash) and settled and (self.size, self.modified_ns) == (size, modified_ns)


class FileStore:
    """Reads and writes what is known of files, in the article store's database."""

    def __init__(self, database: Database) -> None:
        """Use the article store's database."""
        self._database = database

    def files(self) -> dict[str, FileRow]:
        """Return the files by path."""
        rows = self._database.rows(f"SELECT {COLUMNS} FROM files")
        return {row[0]: _file_row(row) for row in rows}

    def twin(self, file: FileRow) -> FileRow | None:
        """Return another file that held the same bytes when it was read, and was read in full; or None."""
        rows = self._database.rows(
            f"SELECT {COLUMNS} FROM files WHERE hash = ? AND path != ? AND failures = '[]' ORDER BY path LIMIT 1",
            (file.hash, file.path),
        )
        return _file_row(rows[0]) if rows else None

    def article_ids(self, path: str) -> set[str]:
        """Return the ids of the articles that a file holds."""
        rows = self._database.rows("SELECT id FROM sources JOIN articles ON key = article WHERE path = ?", (path,))
        return {row[0] for row in rows}

    def paths(self, article_id: str) -> list[str]:
        """Return the files that hold an article."""
        rows = self._database.rows(
            "SELECT path FROM sources JOIN articles ON key = article WHERE id = ? ORDER BY path", (article_id,)
        )
        return [row[0] for row in rows]

    def put(self, file: FileRow, article_ids: Sequence[str]) -> None:
        """Remember a file and the articles that it holds now."""
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*astuple(file)[:-1], json.dumps([astuple(failure) for failure in file.failures])),
            )
            connection.execute("DELETE FROM sources WHERE path = ?", (file.path,))
            connection.executemany(
                "INSERT OR IGNORE INTO sources SELECT ?, key FROM articles WHERE id = ?",
                [(file.path, article_id) for article_id in article_ids],
            )

    def remove_article(self, article_id: str) -> list[str]:
        """Remove an article though its files are there, and return the ids of the chunks that it had."""
        with self._database.transaction() as connection:
            return remove_article(connection, article_id)

    def forget(self, paths: Sequence[str]) -> list[str]:
        """Forget files, and remove the articles that no file holds any more.

        Returns:
            Ids of the chunks that these articles had.
        """
        with self._database.transaction() as connection:
            for table in ("files", "sources"):
                connection.executemany(f"DELETE FROM {table} WHERE path = ?", [(path,) for path in paths])
            return _remove_unheld(connection)


def _file_row(row: Sequence[Any]) -> FileRow:
    failures = tuple(FileReport(*failure) for failure in json.loads(row[6]))
    return FileRow(row[0], row[1], row[2], row[3], row[4], row[5], failures)


def _remove_unheld(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT id FROM articles WHERE key NOT IN (SELECT article FROM sources)").fetchall()
    return [chunk_id for (article_id,) in rows for chunk_id in remove_article(connection, article_id)]
