"""The chunk vectors in a local Chroma collection: the only file that knows Chroma.

Chroma's cosine distances are turned into similarities here and its errors into ours. Vectors can always be made
again from the article store, so a folder of them is thrown away rather than repaired.
"""

import errno
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from rag.errors import EmbedderChangedError, StoreError, VectorsDamagedError
from rag.records import ArticleFilter, ArticleHeader, Chunk
from rag.store.database import storage_full

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.config import Settings

COLLECTION = "chunks"
MAX_IDS_IN_FILTER = 30_000
"""Chroma fails beyond some 32,000."""

ROWS_PER_CALL = 5000
"""Chroma takes at most 5,461 rows in a call."""

GROWTH_BYTES = 4 << 20
"""A disk that takes no more than this counts as full."""

SIGNS_OF_DAMAGE = ("not a database", "malformed", "hnsw", "error finding id")
"""In what Chroma says of a folder whose files are broken or gone; anything else may pass, such as a want of memory."""

# Chroma's default of 100 leaves out every tenth of the hundred nearest of 40,000; with 400 it is one in fifty, for a
# millisecond a question.
HNSW: "CreateHNSWConfiguration" = {"space": "cosine", "ef_search": 400}


class VectorStore:
    """The vectors of all chunks, by chunk id. Safe to use from several threads of one process."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        """Open the collection in a folder, or make it.

        Args:
            folder: Chroma's folder.
            fingerprint: Fingerprint of the embedder that makes the vectors.

        Raises:
            EmbedderChangedError: The vectors in the folder come from another embedder.
            StoreError: Chroma cannot open the folder, or the vectors are gone from it.
        """
        self.folder = folder
        self._fingerprint = fingerprint
        self._failed = False
        self._opening = threading.Lock()
        self._open()
        made_by = (self.collection.metadata or {}).get("embedder")
        if made_by != fingerprint:
            self.close()
            raise EmbedderChangedError(
                f"The vectors in {folder.parent} were made by the embedder {made_by}, this is {fingerprint}.",
                f"Make them anew from the stored articles: footnote index --rebuild --index {folder.parent}",
            )

    def _open(self) -> None:
        import chromadb  # half a second that `--help` and errors need not wait for
        from chromadb.api.shared_system_client import SharedSystemClient

        settings = _chroma_settings()
        metadata = {"embedder": self._fingerprint}
        try:
            with self._told_as_ours():
                self._client = cast("Client", chromadb.PersistentClient(path=str(self.folder), settings=settings))
                self._collection = self._client.get_or_create_collection(
                    COLLECTION, embedding_function=None, configuration={"hnsw": HNSW}, metadata=metadata
                )
                # Without the files of its graph Chroma still counts all vectors, and finds the latest of them only.
                self._collection.get(limit=1, include=["embeddings"])
        except BaseException:
            # Chroma keeps what it could not start, and would hand it out again for the same folder.
            with suppress(Exception):
                SharedSystemClient._release_system(str(self.folder))
            raise
        self._failed = False

    @property
    def collection(self) -> "Collection":
        """Chroma's collection."""
        # After a failure, for example on a full disk, Chroma may wait for ever: it has to be opened again.
        with self._opening:
            if self._failed:
                self.close()
                self._open()
            return self._collection

    def add(self, chunks: Sequence[Chunk], vectors: NDArray[np.float32], headers: Sequence[ArticleHeader]) -> None:
        """Add chunks; a chunk that is there already is written again.

        Args:
            chunks: The chunks.
            vectors: Their vectors, shape (len(chunks), dimension), unit length.
            headers: The article of each chunk.
        """
        metadatas: list[Any] = [_metadata(chunk, header) for chunk, header in zip(chunks, headers, strict=True)]
        for start in range(0, len(chunks), ROWS_PER_CALL):
            rows = slice(start, start + ROWS_PER_CALL)
            with self._told_as_ours():
                self.collection.upsert(
                    ids=[chunk.id for chunk in chunks[rows]],
                    embeddings=vectors[rows],
                    metadatas=metadatas[rows],
                    documents=[chunk.text for chunk in chunks[rows]],
                )

    def remove(self, ids: Sequence[str]) -> None:
        """Remove chunks; an id that is not there is passed over."""
        for start in range(0, len(ids), ROWS_PER_CALL):
            with self._told_as_ours():
                self.collection.delete(ids=list(ids[start : start + ROWS_PER_CALL]))

    def search(self, vector: NDArray[np.float32], limit: int, where: ArticleFilter) -> list[tuple[str, float]]:
        """Return the nearest chunks.

        Args:
            vector: The question's vector, shape (dimension,), unit length.
            limit: How many chunks at most.
            where: Which chunks may be found.

        Returns:
            Chunk ids with their cosine similarity, -1 to 1, nearest first.
        """
        if where.ids is not None and len(where.ids) > MAX_IDS_IN_FILTER:
            raise ValueError(f"a filter may name {MAX_IDS_IN_FILTER:,} articles at most, not {len(where.ids):,}")
        if not where.ids and where.ids is not None:
            return []  # Chroma takes no empty list
        with self._told_as_ours():
            found = self.collection.query(
                query_embeddings=vector[np.newaxis], n_results=limit, where=_where(where), include=["distances"]
            )
        assert found["distances"] is not None
        return [
            (chunk_id, 1.0 - distance)
            for chunk_id, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def count(self) -> int:
        """Return how many chunks there are."""
        with self._told_as_ours():
            return self.collection.count()

    def ids(self) -> set[str]:
        """Return the ids of all chunks."""
        found: set[str] = set()
        with self._told_as_ours():
            for start in range(0, self.collection.count(), ROWS_PER_CALL):
                found.update(self.collection.get(limit=ROWS_PER_CALL, offset=start, include=[])["ids"])
        return found

    def close(self) -> None:
        """Let go of the folder's files."""
        self._client.close()

    @contextmanager
    def _told_as_ours(self) -> Iterator[None]:
        try:
            yield
        # Chroma raises its own errors, RuntimeError, OSError, and a PanicException that is only a BaseException.
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit | StoreError):
                raise
            self._failed = True
            if not _can_grow(self.folder.parent):
                raise storage_full(self.folder.parent, Exception(str(error))) from error
            damaged = any(sign in str(error).lower() for sign in SIGNS_OF_DAMAGE)
            raise (VectorsDamagedError if damaged else StoreError)(
                f"The vectors in {self.folder.parent} cannot be used: {error}.",
                f"Try again; if that fails: footnote index --rebuild --index {self.folder.parent}",
            ) from error


def _chroma_settings() -> "Settings":
    """Return Chroma's settings, whatever the environment or a `.env` here says: it could send articles to a server."""
    from chromadb.config import Settings

    class OwnSettings(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            *_others: PydanticBaseSettingsSource,
            **_named: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            return (init_settings,)

    return OwnSettings(anonymized_telemetry=False)


def _can_grow(folder: Path) -> bool:
    """Tell whether the disk takes another file; Chroma's errors often hide that it does not."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(GROWTH_BYTES))
    except OSError as error:
        return error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return True


def _metadata(chunk: Chunk, header: ArticleHeader) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "article_id": chunk.article_id,
        "paragraph": chunk.first_number,
        "kind": chunk.kind,
    }
    if chunk.last_number != chunk.first_number:
        metadata["last_paragraph"] = chunk.last_number
    if header.date is not None:
        metadata["date"] = _day_number(header.date)
    return metadata


def _day_number(day: date) -> int:
    """Return a day as a number that Chroma can compare: 20170923."""
    return day.year * 10000 + day.month * 100 + day.day


def _where(articles: ArticleFilter) -> dict[str, Any] | None:
    """Return the filter in Chroma's words, None if everything may be found."""
    clauses: list[dict[str, Any]] = []
    if articles.ids is not None:
        clauses.append({"article_id": {"$in": list(articles.ids)}})
    if articles.first_date is not None:
        clauses.append({"date": {"$gte": _day_number(articles.first_date)}})
    if articles.last_date is not None:
        clauses.append({"date": {"$lte": _day_number(articles.last_date)}})
    if len(clauses) > 1:
        return {"$and": clauses}
    return clauses[0] if clauses else None
