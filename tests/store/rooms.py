"""What the tests of the store room share: opening an index, looking into it, comparing it with a clean build."""

import itertools
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.models.embedder import Embedder
from rag.store.index import Index
from rag.store.report import FileReport
from rag.store.sync import sync
from tests.fakes import WordHashEmbedder

LONG_AGO_NS = 1_500_000_000_000_000_000
_ticks = itertools.count()


class CountingEmbedder(WordHashEmbedder):
    """Remembers every text that it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += texts
        return super().embed(texts)


class Breaking:
    """Passes everything on to what it wraps, but one method raises: before or after it has done its work."""

    def __init__(self, real: object, method: str, after: bool = False) -> None:
        self._real, self._method, self._after = real, method, after

    def __getattr__(self, name: str) -> object:
        found = getattr(self._real, name)
        return self._break if name == self._method else found

    def _break(self, *arguments: object) -> None:
        if self._after:
            getattr(self._real, self._method)(*arguments)
        raise RuntimeError("broken on purpose")


def open_index(folder: Path, embedder: Embedder | None = None, rebuild: bool = False) -> Index:
    return Index(folder, embedder or WordHashEmbedder(), rebuild)


def sync_all(index: Index, folder: Path, max_megabytes: int = 1) -> list[FileReport]:
    return sync(index, folder, max_megabytes)


def statuses(reports: Sequence[FileReport]) -> dict[str, str]:
    """Return what became of each file; every file has one report."""
    assert len({report.path for report in reports}) == len(reports), reports
    return {report.path: report.status for report in reports}


def write(path: Path, content: str) -> None:
    """Write a file and give it a time of change long past, another one each time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    os.utime(path, ns=(LONG_AGO_NS, LONG_AGO_NS + next(_ticks)))


def contents(index: Index) -> dict[str, list[list[str]]]:
    """Return the paragraphs of each file's articles, so that two indexes can be compared whatever ids they gave."""
    return {
        path: sorted(_paragraphs(index, id) for id in index.files.article_ids(path)) for path in index.files.files()
    }


def check_in_step(index: Index) -> None:
    """Check that vectors, chunks and the lexical index all speak of the same articles."""
    assert index.vectors.ids() == index.articles.chunk_ids()
    with index.articles.database.transaction() as connection:
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()
        tables = connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'").fetchall()
        for (table,) in tables:
            # Rank 1 compares the words with the texts that they are from; a difference raises.
            connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")


def check_like_clean_build(index: Index, folder: Path) -> None:
    """Check that an index holds what one made from nothing would hold."""
    check_in_step(index)
    assert index.articles.article_ids() == sorted(
        {id for path in contents(index) for id in index.files.article_ids(path)}
    )
    with tempfile.TemporaryDirectory() as place:
        clean = open_index(Path(place, "clean"), index.embedder)
        try:
            sync_all(clean, folder)
            assert contents(index) == contents(clean)
            assert index.articles.count("articles") == clean.articles.count("articles")
        finally:
            clean.close()


def _paragraphs(index: Index, article_id: str) -> list[str]:
    return [paragraph.text for paragraph in index.articles.article(article_id).paragraphs]
