"""What the tests of reading share: writing a file and reading it back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rag.errors import ReadError
from rag.read import read_articles
from rag.records import Article

Results = list[Article | ReadError]
ReadAll = Callable[..., Results]
ReadOne = Callable[..., Article]
ReadBad = Callable[..., ReadError]


@pytest.fixture
def read_all(tmp_path: Path) -> ReadAll:
    def read(name: str, content: str | bytes, max_megabytes: int = 1) -> Results:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_articles(path, "a", max_megabytes))

    return read


@pytest.fixture
def read_one(read_all: ReadAll) -> ReadOne:
    def read(name: str, content: str | bytes, max_megabytes: int = 1) -> Article:
        [article] = read_all(name, content, max_megabytes)
        assert isinstance(article, Article), article
        assert [part.number for part in article.paragraphs] == list(range(1, len(article.paragraphs) + 1))
        assert all(article.text[part.start : part.end] == part.text for part in article.paragraphs)
        return article

    return read


@pytest.fixture
def read_bad(read_all: ReadAll) -> ReadBad:
    def read(name: str, content: str | bytes, max_megabytes: int = 1) -> ReadError:
        [error] = read_all(name, content, max_megabytes)
        assert isinstance(error, ReadError), error
        assert name in error.message
        return error

    return read
