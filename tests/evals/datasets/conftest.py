from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from rag import Assistant
from tests.fakes import WordHashEmbedder

OpenDesk = Callable[[Path], Assistant]


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[OpenDesk]:
    """Open articles with a real assistant; it is closed when the test is over."""
    with ExitStack() as stack:

        def open_articles(articles: Path) -> Assistant:
            return stack.enter_context(Assistant.open(articles, index=tmp_path / "index", embedder=WordHashEmbedder()))

        yield open_articles
