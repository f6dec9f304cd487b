"""Reading plain text."""

from collections.abc import Iterator

from rag.errors import ReadError
from rag.read.article import Draft, build_article
from rag.read.paragraphs import split_paragraphs
from rag.read.source import MAX_PARAGRAPHS, SourceFile
from rag.records import Article


def read_text(source: SourceFile) -> Iterator[Article | ReadError]:
    """Read a `.txt` file: its first line is the title if it looks like a headline.

    Args:
        source: The file.

    Yields:
        The article.

    Raises:
        ReadError: It is empty, too large, no text, or has too many paragraphs.
    """
    text = source.read_text()
    spans = split_paragraphs(text)
    source.check_number(len(spans), MAX_PARAGRAPHS, "paragraphs")
    draft = Draft(text, spans)
    yield build_article(source.article_id, draft, source.path.stem, source.path.name)
