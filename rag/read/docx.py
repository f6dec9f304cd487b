"""Reading Word files: the one file that touches python-docx."""

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from rag.errors import ReadError
from rag.read.article import Draft, build_article
from rag.read.boilerplate import find_byline
from rag.read.paragraphs import Block, join_blocks
from rag.read.source import MAX_PARAGRAPHS, SourceFile, clean_field, clean_text
from rag.records import Article, ParagraphKind

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

_MAX_UNPACKED_LIMITS = 10
_MAX_PARTS = 10_000
_MAX_BLOCKS = 100_000
_MAX_ELEMENTS = 1_000_000
_MAX_STYLES = 10_000
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
        title, author, blocks = _parse(source, data)
    except ReadError:
        raise
    except Exception as error:  # A damaged archive can make python-docx raise nearly anything.
        raise source.error(f"this is no readable Word file ({type(error).__name__}).", _HINT) from error
    text, spans = join_blocks(blocks)
    if not spans:
        raise source.error("there is no text in it.", _HINT)
    source.check_number(len(spans), MAX_PARAGRAPHS, "paragraphs")
    # The author that Word knows is whoever typed it.
    byline = find_byline([block.text for block in blocks]) or author
    draft = Draft(text, spans, title=title, byline=byline)
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


def _parse(source: SourceFile, data: bytes) -> tuple[str, str, list[Block]]:
    import docx

    document = docx.Document(BytesIO(data))
    _check_elements(source, document)
    # Looked up once: python-docx would search all styles again for each paragraph.
    styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    blocks = [Block(clean_text(block.text), block.kind) for block in _blocks(document, styles)]
    top = document.paragraphs[:10]
    title = next((clean_field(part.text) for part in top if styles.get(part._p.style or "") == "title"), "")
    properties = document.core_properties
    author = clean_field(properties.author)
    # A name of one word is the account that the program was run under.
    return title or clean_field(properties.title), author if " " in author else "", blocks


def _check_elements(source: SourceFile, document: "Document") -> None:
    """Raise a `ReadError` for more elements than an article has: a few kilobytes can unpack to millions."""
    count = document.element.xpath
    source.check_number(int(count("count(//w:p) + count(//w:tc)")), _MAX_BLOCKS, "paragraphs and cells")
    source.check_number(int(count("count(//*)")), _MAX_ELEMENTS, "elements")
    source.check_number(len(document.styles), _MAX_STYLES, "styles")


def _blocks(document: "Document", styles: Mapping[str, str]) -> Iterator[Block]:
    from docx.table import Table

    for part in document.iter_inner_content():
        if isinstance(part, Table):
            yield from _rows(part)
        else:
            for line in part.text.split("\n"):
                yield Block(line, _kind(styles.get(part._p.style or "", "")))


def _rows(table: "Table") -> Iterator[Block]:
    from docx.table import _Cell

    for row in table._tbl.tr_lst:
        # Not `row.cells`, which lists a merged cell for each column that it spans, be they twenty million.
        cells = (" ".join(_Cell(cell, table).text.split()) for cell in row.tc_lst)
        yield Block(" | ".join(filter(None, cells)))


def _kind(style: str) -> ParagraphKind | None:
    if style.startswith(("heading", "title", "subtitle")):
        return "heading"
    return "caption" if style == "caption" else None
