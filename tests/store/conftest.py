"""The room that most tests of the store work in: a folder of articles and an open index beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.store.index import Index
from tests.store.rooms import CountingEmbedder, open_index


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "articles"
    path.mkdir()
    return path


@pytest.fixture
def embedder() -> CountingEmbedder:
    return CountingEmbedder()


@pytest.fixture
def index(tmp_path: Path, embedder: CountingEmbedder) -> Iterator[Index]:
    opened = open_index(tmp_path / "index", embedder)
    yield opened
    opened.close()
