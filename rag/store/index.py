"""The index: the article store, the chunk vectors and the lock, kept in step with each other.

SQLite holds the truth. Vectors go into Chroma before their article is committed to SQLite and out of it after the
article is gone, so whatever moment a process is killed at, Chroma lacks nothing and at most has too much. The mark
`writing` tells the next opening to look.
"""

import re
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.errors import StoreError, VectorsDamagedError
from rag.models.embedder import Embedder
from rag.records import Article
from rag.store.articles import ArticleStore, NewArticle
from rag.store.chunks import split_chunks
from rag.store.files import FileStore
from rag.store.lock import IndexLock
from rag.store.pipeline import run_pipeline
from rag.store.vectors import VectorStore
from rag.store.words import WordIndex

CHUNKS_PER_BATCH = 250
"""Embedded and written together: some three seconds' work, so that progress shows and stopping is prompt."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come.

    Attributes:
        task: What is being done, in a word or two.
        done: Articles done.
        total: Articles to do.
        characters: Characters of their text done.
    """

    task: str
    done: int
    total: int
    characters: int


OnProgress = Callable[[Progress], None]


_IS_VECTORS = re.compile(r"vectors-\d+")


def ignore_progress(progress: Progress) -> None:
    """Do nothing with the progress."""


class Index:
    """All that is stored of a folder of articles, in a folder of its own, for one process at a time.

    Attributes:
        folder: The index folder.
        articles: The article store.
        files: Which files hold which articles.
        words: The lexical index.
        vectors: The chunk vectors.
        embedder: Makes vectors of chunks and of questions.
        syncing: Held during a sync; another thread's waits for it.
    """

    def __init__(
        self, folder: Path, embedder: Embedder, rebuild: bool = False, on_progress: OnProgress = ignore_progress
    ) -> None:
        """Open an index, or make it, and repair what a killed process left behind.

        Args:
            folder: The index folder; made if it is missing.
            embedder: The embedder; unless `rebuild`, the one that the index was made with.
            rebuild: Make all vectors anew from the stored articles.
            on_progress: Called now and then while vectors are made.

        Raises:
            StoreError: The index cannot be opened; the subclasses say why.
        """
        self.folder = folder
        self.embedder = embedder
        self.syncing = threading.Lock()
        with ExitStack() as opened:
            opened.callback(_make_folder_and_lock(folder).release)
            self.articles = ArticleStore(folder / "articles.sqlite")
            opened.callback(self.articles.close)
            self.files = FileStore(self.articles.database)
            self.words = WordIndex(self.articles.database)
            self._drop_outdated_vectors()
            self.vectors = (None if rebuild else self._open_vectors()) or self._make_vectors(on_progress)
            opened.callback(self.vectors.close)
            self._repair(on_progress)
            self._opened = opened.pop_all()

    def write(self, batch: Sequence[NewArticle], vectors: NDArray[np.float32]) -> None:
        """Put articles in, each in place of the version before, which answers until this one can.

        Args:
            batch: Articles with their chunks.
            vectors: The vectors of all these chunks in order, shape (chunks, dimension).
        """
        if batch:
            self._add_vectors(self.vectors, batch, vectors)
            self.vectors.remove(self.articles.put(batch))

    def embed(self, batch: Sequence[NewArticle]) -> NDArray[np.float32]:
        """Return the vectors of all chunks of some articles in order, shape (chunks, dimension)."""
        return self.embedder.embed([chunk.text for new in batch for chunk in new.chunks])

    def begin_writing(self) -> None:
        """Mark the index as being written; a process that dies now leaves the mark behind."""
        self.articles.database.set_meta("state", "writing")

    def end_writing(self) -> None:
        """Take the mark away."""
        self.articles.database.set_meta("state", "clean")

    def close(self) -> None:
        """Let go of all files; the next process may open the index."""
        self._opened.close()

    def _open_vectors(self) -> VectorStore | None:
        """Return the vectors, or None if they are missing or damaged and must be made anew."""
        if not self._vectors_folder().exists():
            return None
        try:
            return VectorStore(self._vectors_folder(), self.embedder.fingerprint)
        except VectorsDamagedError:
            return None

    def _make_vectors(self, on_progress: OnProgress) -> VectorStore:
        """Make all vectors anew from the stored articles; the old ones are kept until the new are complete."""
        number = int(self._vectors_folder().name.split("-")[1]) + 1
        vectors = VectorStore(self.folder / f"vectors-{number}", self.embedder.fingerprint)
        try:
            self._embed_stored(vectors, self.articles.article_ids(), "making vectors", on_progress)
            self.articles.database.set_meta("vectors", vectors.folder.name)
        except BaseException:
            vectors.close()
            raise
        self._drop_outdated_vectors()
        return vectors

    def _repair(self, on_progress: OnProgress) -> None:
        """Bring the vectors in step with the article store if they may be out of it."""
        state = self.articles.database.meta("state")
        if state != "writing" and self.vectors.count() == self.articles.count("chunks"):
            return
        stored, wanted = self.vectors.ids(), self.articles.chunk_ids()
        self.vectors.remove(sorted(stored - wanted))
        missing = sorted({chunk_id.rsplit("#", 1)[0] for chunk_id in wanted - stored})
        self._embed_stored(self.vectors, missing, "repairing vectors", on_progress)
        self.end_writing()

    def _embed_stored(
        self, vectors: VectorStore, article_ids: Sequence[str], task: str, on_progress: OnProgress
    ) -> None:
        done = characters = 0
        pipeline = run_pipeline(
            self._stored_batches(article_ids), self.embed, lambda batch, rows: self._add_vectors(vectors, batch, rows)
        )
        for batch in pipeline:
            done += len(batch)
            characters += sum(len(new.article.text) for new in batch)
            on_progress(Progress(task, done, len(article_ids), characters))

    def _stored_batches(self, article_ids: Sequence[str]) -> Iterator[list[NewArticle]]:
        batch: list[NewArticle] = []
        for article_id in article_ids:
            batch.append(with_chunks(self.articles.article(article_id)))
            if sum(len(new.chunks) for new in batch) >= CHUNKS_PER_BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def _add_vectors(self, vectors: VectorStore, batch: Sequence[NewArticle], rows: NDArray[np.float32]) -> None:
        chunks = [chunk for new in batch for chunk in new.chunks]
        vectors.add(chunks, rows, [new.article for new in batch for _ in new.chunks])

    def _vectors_folder(self) -> Path:
        return self.folder / (self.articles.database.meta("vectors") or "vectors-0")

    def _drop_outdated_vectors(self) -> None:
        for folder in self.folder.glob("vectors-[0-9]*"):
            if folder != self._vectors_folder():
                shutil.rmtree(folder, ignore_errors=True)


def with_chunks(article: Article) -> NewArticle:
    """Return an article with its chunks."""
    return NewArticle(article, split_chunks(article))


def _make_folder_and_lock(folder: Path) -> IndexLock:
    choose = "Choose a new or empty folder with --index DIR."
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strangers = {file.name for file in folder.iterdir()} - {"lock", "owner"}
    except OSError as error:
        raise StoreError(f"The index folder {folder} cannot be made: {error.strerror}.", choose) from error
    # What lies in an index folder may be deleted some day, so nothing else may lie there from the start.
    if strangers and "articles.sqlite" not in strangers and not any(map(_IS_VECTORS.fullmatch, strangers)):
        raise StoreError(f"The folder {folder} holds other files and no index.", choose)
    return IndexLock(folder)
