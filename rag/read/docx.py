"""Reading Word files: the one file that touches python-docx."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from rag.errors import ReadError
from rag.read.article import Draft, build_article
from rag.read.paragraphs import Block, join_blocks
from rag.read.source import SourceFile, clean_text
from rag.records import Article, ParagraphKind

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_MAX_UNPACKED_LIMITS = 10
_MAX_PARTS = 10_000
_HINT = "Open it in a word processor and save it again as .docx or .txt."


def read_docx(source: SourceFile) -> Iterator[Article | ReadError]:
    """Read a `.docx` file; its time of creation is not taken for a day of publication.

    Args:
        source: The file.

    Yields:
        The article.

    Raises:
        ReadError: It is damaged, too large, unpacks to something huge, or has no text.
    """
    data = source.read_bytes()
    try:
        _check_unpacked_size(source, data)
        title, author, blocks = _parse(data)
    except ReadError:
        raise
    except Exception as error:  # A damaged archive can make python-docx raise nearly anything.
        raise source.error(f"this is no readable Word file ({type(error).__name__}).", _HINT) from error
    text, spans = join_blocks(blocks)
    if not spans:
        raise source.error("there is no text in it.", _HINT)
    draft = Draft(text, spans, title=title, byline=author)
    yield build_article(source.article_id, draft, source.path.stem, source.path.name)


def _check_unpacked_size(source: SourceFile, data: bytes) -> None:
    """Raise a `ReadError` for an archive that declares, or unpacks to, more than ten times the limit of size."""
    limit = source.max_bytes * _MAX_UNPACKED_LIMITS
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > limit:
            raise source.too_large("what it unpacks to")
        unpacked = 0
        for part in parts:
            with archive.open(part) as file:
                while chunk := file.read(1 << 20):
                    unpacked += len(chunk)
                    if unpacked > limit:
                        raise source.too_large("what it unpacks to")


def _parse(data: bytes) -> tuple[str, str, list[Block]]:
    import docx

    document = docx.Document(BytesIO(data))
    blocks = [Block(clean_text(block.text), block.kind) for block in _blocks(document)]
    title = next((part.text for part in document.paragraphs[:10] if _style(part) == "title"), "")
    properties = document.core_properties
    # A name of one word is the account that the program was run under.
    author = properties.author if " " in properties.author.strip() else ""
    return clean_text(title.strip() or properties.title), clean_text(author), blocks


def _blocks(document: "Document") -> Iterator[Block]:
    from docx.table import Table

    for part in document.iter_inner_content():
        if isinstance(part, Table):
            yield from _rows(part)
        else:
            for line in part.text.split("\n"):
                yield Block(line, _kind(_style(part)))


def _rows(table: "Table") -> Iterator[Block]:
    for row in table.rows:
        # A merged cell is listed once for each column that it spans.
        cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)
        yield Block(" | ".join(filter(None, cells)))


def _style(paragraph: "Paragraph") -> str:
    return (paragraph.style.name or "").lower() if paragraph.style else ""


def _kind(style: str) -> ParagraphKind | None:
    if style.startswith(("heading", "title", "subtitle")):
        return "heading"
    return "caption" if style == "caption" else None
