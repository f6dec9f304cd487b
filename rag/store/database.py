"""The SQLite file: its tables, its transactions, and SQLite's errors told as ours."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rag.errors import IndexLayoutError, StorageFullError, StoreError

LAYOUT = "2"
"""Raised by one whenever the tables or the meaning of a chunk id change."""

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE articles (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    byline TEXT NOT NULL,
    agency TEXT NOT NULL,
    url TEXT NOT NULL,
    date TEXT,                      -- 2017-09-23
    date_source TEXT NOT NULL,
    published TEXT NOT NULL,        -- 23 September 2017
    text TEXT NOT NULL,
    version TEXT NOT NULL           -- hash of all of the above but the id
);
CREATE INDEX articles_version ON articles (version);

CREATE TABLE paragraphs (
    key INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    UNIQUE (article, number)
);

CREATE TABLE chunks (
    id TEXT PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
    first_number INTEGER NOT NULL,
    last_number INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX chunks_article ON chunks (article);

CREATE TABLE files (
    path TEXT PRIMARY KEY,          -- relative to the folder
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    checked_ns INTEGER NOT NULL,    -- when size and hash were last seen to belong together
    hash TEXT NOT NULL,
    base_id TEXT NOT NULL UNIQUE,   -- what its articles are called, kept when the file is renamed
    failures TEXT NOT NULL          -- JSON: what could not be read in it, beside what could
) WITHOUT ROWID;

CREATE INDEX files_hash ON files (hash);

CREATE TABLE sources (              -- which file holds which article
    path TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (key) ON DELETE CASCADE,
    PRIMARY KEY (path, article)
) WITHOUT ROWID;
CREATE INDEX sources_article ON sources (article);

CREATE VIEW paragraph_texts AS
SELECT paragraphs.key AS key, title, substr(text, start_offset + 1, end_offset - start_offset) AS text
FROM paragraphs JOIN articles ON articles.key = paragraphs.article;

CREATE VIRTUAL TABLE paragraph_words USING fts5 (
    title, text, content = 'paragraph_texts', content_rowid = 'key',
    tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE article_words USING fts5 (
    title, published, text, content = 'articles', content_rowid = 'key',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
"""


class Database:
    """One SQLite file, used from any number of threads: a connection each, one writer at a time."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Args:
            path: The file; its folder must exist.

        Raises:
            IndexLayoutError: The file is of another layout.
            StoreError: The file cannot be opened, or is no SQLite file.
        """
        self.path = path
        self._local = threading.local()
        self._connections: dict[threading.Thread, sqlite3.Connection] = {}
        self._writing = threading.Lock()
        self._closed = False
        try:
            with self.transaction() as connection:
                found = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
                if not found:
                    _create_tables(connection)
            self._check_layout()
        except BaseException:
            self.close()
            raise

    def _check_layout(self) -> None:
        try:
            layout = self.meta("layout")
        except StoreError as error:
            raise _layout_error(self.path, "unknown") from error
        if layout != LAYOUT:
            raise _layout_error(self.path, layout or "unknown")

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Any]:
        """Return all rows of a query, each a tuple."""
        with _told_as_ours(self.path):
            return self._connection().execute(sql, parameters).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give a connection whose changes all happen, or none of them if an exception leaves the block."""
        with self._writing, _told_as_ours(self.path):
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def meta(self, name: str) -> str:
        """Return a named value of the index, or an empty string."""
        found = self.rows("SELECT value FROM meta WHERE name = ?", (name,))
        return str(found[0][0]) if found else ""

    def set_meta(self, name: str, value: str) -> None:
        """Keep a named value of the index."""
        with self.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def close(self) -> None:
        """Close every thread's connection; whatever is asked of it later is an error."""
        self._closed = True
        for connection in list(self._connections.values()):
            connection.close()
        self._connections.clear()

    def _connection(self) -> sqlite3.Connection:
        if self._closed:
            raise StoreError(f"The index in {self.path.parent} is closed.", "Open it again: Assistant.open(…)")
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            self._close_of_ended_threads()
            connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False, timeout=60)
            self._connections[threading.current_thread()] = connection
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            self._local.connection = connection
        return connection

    def _close_of_ended_threads(self) -> None:
        for thread in list(self._connections):
            if not thread.is_alive() and (connection := self._connections.pop(thread, None)):
                connection.close()


def _create_tables(connection: sqlite3.Connection) -> None:
    # Not `executescript`, which would commit the transaction that makes an unfinished file impossible.
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    connection.execute("INSERT INTO meta VALUES ('layout', ?)", (LAYOUT,))


def _layout_error(path: Path, layout: str) -> IndexLayoutError:
    return IndexLayoutError(
        f"The index in {path.parent} has layout {layout}; this version of Footnote reads layout {LAYOUT}.",
        f"Choose another folder with --index DIR, or delete the index's files in {path.parent} and index anew.",
    )


@contextmanager
def _told_as_ours(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a fault of ours, such as using a closed index, and nothing that a user could mend
    except sqlite3.Error as error:
        raise _as_ours(path.parent, error) from error


def _as_ours(folder: Path, error: sqlite3.Error) -> StoreError:
    # The low byte is the kind of error; errors of the Python module itself have none.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return storage_full(folder, error)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return not_writable(folder, str(error))
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return StoreError(
            f"The index in {folder} is damaged: {error}.",
            f"Delete articles.sqlite in {folder} and run: footnote index FOLDER --index {folder}",
        )
    return StoreError(f"The index in {folder} cannot be used: {error}.", "Try again; if that fails, index anew.")


def not_writable(folder: Path, problem: str) -> StoreError:
    """Return the error for an index folder that nothing may be written to."""
    return StoreError(
        f"The index in {folder} cannot be written: {problem}.",
        "Footnote writes to its index even when it only answers. Choose another folder with --index DIR.",
    )


def storage_full(folder: Path, error: Exception) -> StorageFullError:
    """Return the error for a disk that takes no more; what was indexed before is safe."""
    return StorageFullError(
        f"The index in {folder} cannot grow: {error}.",
        "Free some disk space and run the same command again: it goes on where it stopped.",
    )
