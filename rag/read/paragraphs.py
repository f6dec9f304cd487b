"""Splitting a text into paragraphs, each with its offsets."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag.read.agencies import CREDIT
from rag.records import ParagraphKind

_LINE = re.compile("[^\n\v\f\x85\u2028\u2029]+")
_LIST_MARK = re.compile(r"(?:[-*•·–—]|\(?\d{1,3}[.)])\s")
_FIRST_WORD = re.compile(r"\S+")
_GLUED_CREDIT = re.compile(
    rf"(?:[.!?)\]][\"”’]? ?\b{CREDIT}|[(\[]{CREDIT}(?:/[^()\[\]\n]{{1,40}})?[)\]])"
    r"(?=[A-Z][a-z]|(?<=[a-z)\]])[A-Z]{2})"
)
_MIN_WIDTH, _MAX_WIDTH = 20, 110
_MIN_WRAPPED_LINES = 3


@dataclass(frozen=True, slots=True)
class Span:
    """Where a paragraph stands in its text.

    Attributes:
        start: Offset of its first character, which is no white space.
        end: Offset behind its last character, which is none either.
        kind: Its kind if the file says so (a heading's markup), else None.
    """

    start: int
    end: int
    kind: ParagraphKind | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as a format with markup gives it.

    Attributes:
        text: Its text, perhaps with white space around it.
        kind: Its kind if the markup says so, else None.
    """

    text: str
    kind: ParagraphKind | None = None


def split_paragraphs(text: str) -> list[Span]:
    r"""Split plain text at its line ends, or at its blank lines where the lines were wrapped at a fixed width.

    Args:
        text: Any text; line ends are `\n`.

    Returns:
        The places of the paragraphs in order, without white space around them, none empty.

    Example:
        >>> split_paragraphs("One.\n\n  Two. ")
        [Span(start=0, end=4, kind=None), Span(start=8, end=12, kind=None)]
    """
    lines = [span for match in _LINE.finditer(text) for span in _stripped(text, match.start(), match.end())]
    width = _wrap_width(text, lines)
    return list(_join_wrapped(text, lines, width) if width else lines)


def join_blocks(blocks: Iterable[Block]) -> tuple[str, list[Span]]:
    """Join blocks to one text with a blank line between them.

    Args:
        blocks: In order; those without text are left out.

    Returns:
        The text, and the place of every block in it.
    """
    pieces: list[str] = []
    spans: list[Span] = []
    offset = 0
    for block in blocks:
        piece = block.text.strip()
        if piece:
            spans.append(Span(offset, offset + len(piece), block.kind))
            pieces.append(piece)
            offset += len(piece) + 2
    return "\n\n".join(pieces), spans


def split_run_in_captions(text: str, spans: Sequence[Span]) -> list[Span]:
    """Part captions from the article's first words where a page lost the line end between them.

    `… in Gaza. ReutersBeirut – Hamas …` gives a caption that ends with its credit, and a body.

    Args:
        text: The text.
        spans: Its paragraphs; only the first five are looked at, a caption further down would be a guess.

    Returns:
        The paragraphs with those parted.
    """
    parted: list[Span] = []
    for span in spans[:5]:
        glue = _GLUED_CREDIT.search(text, span.start, min(span.end, span.start + 600)) if span.kind is None else None
        if glue:
            parted += [Span(span.start, glue.end(), "caption"), Span(glue.end(), span.end)]
        else:
            parted.append(span)
    return [*parted, *spans[5:]]


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    line = text[start:end]
    start += len(line) - len(line.lstrip())
    end -= len(line) - len(line.rstrip())
    if start < end:
        yield Span(start, end)


def _wrap_width(text: str, lines: Sequence[Span]) -> int:
    """Return the width in characters at which the lines were wrapped, or 0 if a line is a paragraph.

    Lines were wrapped if nearly all that are followed by another directly had no room for its first word, and most
    of these go on in the middle of a sentence. Verses and lists fail the one, paragraphs the other.
    """
    pairs = [
        (line, after)
        for line, after in zip(lines, lines[1:], strict=False)
        if _touch(text, line, after) and not _LIST_MARK.match(text, after.start)
    ]
    width = max((line.end - line.start for pair in pairs for line in pair), default=0)
    if len(pairs) < _MIN_WRAPPED_LINES or not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return 0
    full = [pair for pair in pairs if _is_full(text, *pair, width)]
    going_on = sum(not text[after.start].isupper() for _, after in full)
    wrapped = len(full) >= max(_MIN_WRAPPED_LINES, 0.75 * len(pairs)) and going_on >= 0.6 * len(full)
    return width if wrapped else 0


def _touch(text: str, line: Span, after: Span) -> bool:
    return text.count("\n", line.end, after.start) == 1


def _is_full(text: str, line: Span, after: Span, width: int) -> bool:
    word = _FIRST_WORD.match(text, after.start, after.end)
    needed = line.end - line.start + 1 + (len(word[0]) if word else 0)
    return needed > 0.85 * width


def _join_wrapped(text: str, lines: Sequence[Span], width: int) -> Iterator[Span]:
    start = 0
    for number, line in enumerate(lines):
        after = lines[number + 1] if number + 1 < len(lines) else None
        joined = after and _touch(text, line, after) and _is_full(text, line, after, width)
        if after and joined and not _LIST_MARK.match(text, after.start):
            continue
        yield Span(lines[start].start, line.end)
        start = number + 1
