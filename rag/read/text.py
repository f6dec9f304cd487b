"""Reading plain text."""

from collections.abc import Iterator

from rag.errors import ReadError
from rag.read.article import Draft, build_article
from rag.read.paragraphs import split_paragraphs
from rag.read.source import SourceFile
from rag.records import Article


def read_text(source: SourceFile) -> Iterator[Article | ReadError]:
    """Read a `.txt` file: its first line is the title if it looks like a headline.

    Args:
        source: The file.

    Yields:
        The article.

    Raises:
        ReadError: It is empty, too large or no text.
    """
    text = source.read_text()
    draft = Draft(text, split_paragraphs(text))
    yield build_article(source.article_id, draft, source.path.stem, source.path.name)
