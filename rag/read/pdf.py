"""Reading PDF files: the one file that touches pypdf.

A PDF has lines, not paragraphs. They are put together again: running heads and page numbers go, words hyphenated at
a line's end become whole, and a paragraph ends at a blank line or where a line stops short after a full stop.
"""

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise

from rag.errors import ReadError
from rag.read.article import Draft, build_article
from rag.read.paragraphs import Block, join_blocks
from rag.read.source import MAX_PARAGRAPHS, SourceFile, clean_field, clean_text
from rag.records import Article

_EDGE_LINES = 2
_PAGE_NUMBER = re.compile(r"(?:page\s)?\W{0,3}\d{1,4}\W{0,3}(?:(?:of|/)\s?\d{1,4})?", re.I)
_NO_TITLE = re.compile(r"untitled.*|microsoft word.*|document\d*|.{0,200}\.(?:docx?|pdf|indd|qxd|rtf|txt|html?)", re.I)
_FOLDED = re.compile("[^¹²³¼-¾⁰-⁹₀-₉⅐-⅞]+")
"""What is folded, ligatures above all; not "3½" and "201²", which would become other numbers."""

_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*\Z")
_HYPHENATED = re.compile(r"(?<![^\W\d_])[^\W\d_]++-[^\W\d_]++")
_HINT = "Save its text as a .txt file; a scanned page must be read by a text-recognition program first."


def read_pdf(source: SourceFile) -> Iterator[Article | ReadError]:
    """Read a `.pdf` file; its time of creation is not taken for a day of publication.

    Args:
        source: The file.

    Yields:
        The article.

    Raises:
        ReadError: It is damaged, locked with a password, too large, or has no text.
    """
    data = source.read_bytes()
    try:
        title, author, pages = _parse(source, data)
    except ReadError:
        raise
    except Exception as error:  # A damaged file can make pypdf raise nearly anything.
        raise source.error(f"this is no readable PDF file ({type(error).__name__}).", _HINT) from error
    text, spans = join_blocks(_join_lines(_drop_running_heads(pages)))
    if not spans:
        raise source.error("there is no text in it; its pages may be pictures.", _HINT)
    source.check_number(len(spans), MAX_PARAGRAPHS, "paragraphs")
    draft = Draft(text, spans, title="" if _NO_TITLE.fullmatch(title) else title, byline=author)
    yield build_article(source.article_id, draft, source.path.stem, source.path.name)


def _parse(source: SourceFile, data: bytes) -> tuple[str, str, list[list[str]]]:
    from pypdf import PdfReader

    # What it finds wrong it would print; what of it matters is raised.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise source.error("the PDF is locked with a password.", "Save a copy without password.")
    pages: list[list[str]] = []
    characters = 0
    for page in reader.pages:
        text = clean_text(_FOLDED.sub(lambda part: unicodedata.normalize("NFKC", part[0]), page.extract_text()))
        characters += len(text)
        if characters > source.max_bytes:
            raise source.too_large("its text")
        pages.append([line.strip() for line in text.strip().split("\n")])
    about = reader.metadata
    author = clean_field(about and about.author)
    # A name of one word is the account that the program was run under.
    return clean_field(about and about.title), author if " " in author else "", pages


def _drop_running_heads(pages: Sequence[list[str]]) -> list[str]:
    """Return the lines of all pages without those at an edge that come again on at least half of the pages."""
    seen = Counter(key for page in pages for key in {_key(page[number]) for number in _edges(page)})
    repeated = {key for key, count in seen.items() if count >= max(2, len(pages) / 2)}
    lines: list[str] = []
    for page in pages:
        edges = _edges(page)
        drop = {number for number in edges if _key(page[number]) in repeated or _PAGE_NUMBER.fullmatch(page[number])}
        lines += [line for number, line in enumerate(page) if number not in drop]
    return lines if any(lines) else [line for page in pages for line in page]


def _edges(page: Sequence[str]) -> set[int]:
    filled = [number for number, line in enumerate(page) if line]
    return {*filled[:_EDGE_LINES], *filled[-_EDGE_LINES:]}


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", line.lower())


def _join_lines(lines: Sequence[str]) -> Iterator[Block]:
    width = _usual_width(lines)
    whole = {word.lower() for line in lines for word in _HYPHENATED.findall(line)}
    paragraph: list[str] = []
    for line, after in pairwise([*lines, ""]):
        if line:
            paragraph.append(line)
        if paragraph and not _goes_on(line, after, width):
            yield Block(_join(paragraph, whole))
            paragraph = []
    # A page may break within a paragraph; the last line is followed by an empty one, so nothing is left over.


def _usual_width(lines: Sequence[str]) -> int:
    lengths = sorted(len(line) for line in lines if line)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def _goes_on(line: str, after: str, width: int) -> bool:
    if not line or not after:
        return False
    room = len(line) + 1 + len(after.split(maxsplit=1)[0])
    if after[0].islower() or line.endswith("-"):
        return True
    return room > 0.9 * width and not (_SENTENCE_END.search(line) and room <= 0.97 * width)


def _join(lines: Sequence[str], whole: set[str]) -> str:
    """Join lines; a hyphen at a line's end goes unless the word is written with it elsewhere or a name follows."""
    pieces = [lines[0]]
    for before, line in pairwise(lines):
        last, first = before.rsplit(maxsplit=1)[-1], line.split(maxsplit=1)[0]
        if not (len(last) > 1 and last[-1] in "-\xad" and last[-2].isalpha()):
            pieces.append(" ")
        elif first[0].islower() and (last + first).strip(".,;:!?\"'()").lower() not in whole:
            pieces[-1] = pieces[-1][:-1]
        pieces.append(line)
    return "".join(pieces)
