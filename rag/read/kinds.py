"""What a paragraph is: body, heading, caption, a web page's boilerplate or a reader's comment.

The rules err towards body. A caption taken for body costs a little in ranking; a paragraph taken for boilerplate can
never be cited again.
"""

import re
from collections.abc import Sequence

from rag.read.boilerplate import is_boilerplate
from rag.read.captions import is_caption, mark_parted_captions
from rag.read.comments import mark_comments
from rag.read.dates import count_top, is_timeline, read_date_line
from rag.records import ParagraphKind

_START = 3
_MAX_HEADING = 110
_MAX_QUESTION = 80
_SENTENCE_END = re.compile(r"[.!?…。！？؟।:;,]['\"”’»)\]]*\Z")


def label_kinds(title: str, texts: Sequence[str], given: Sequence[ParagraphKind | None]) -> list[ParagraphKind]:
    """Tell what each paragraph of an article is.

    Args:
        title: The article's title on one line.
        texts: The paragraphs in order.
        given: As many kinds as texts, None where the file's markup says nothing.

    Returns:
        As many kinds as texts.
    """
    top = count_top(texts)
    kinds = [
        kind or _kind_of(text, number < top, number < _START, title)
        for number, (text, kind) in enumerate(zip(texts, given, strict=True))
    ]
    mark_parted_captions(texts, kinds)
    mark_comments(texts, kinds)
    _unmark_timeline(texts, kinds)
    _mark_headings(texts, kinds)
    return kinds


def is_plain(text: str) -> bool:
    """Tell whether a line is neither caption nor boilerplate, so that it can be a headline."""
    return _kind_of(text, in_top=True, at_start=True, title="") == "body"


def _kind_of(text: str, in_top: bool, at_start: bool, title: str) -> ParagraphKind:
    if at_start and title and " ".join(text[:1000].split()) == title:
        return "boilerplate"
    if is_caption(text, in_top):
        return "caption"
    return "boilerplate" if is_boilerplate(text, in_top, at_start) else "body"


def _unmark_timeline(texts: Sequence[str], kinds: list[ParagraphKind]) -> None:
    dated = [number for number, kind in enumerate(kinds) if kind == "boilerplate" and _is_bare_date(texts[number])]
    if dated and is_timeline([text for text, kind in zip(texts, kinds, strict=True) if kind != "comment"]):
        for number in dated:
            kinds[number] = "body"


def _is_bare_date(text: str) -> bool:
    line = read_date_line(text)
    return line is not None and not line.label


def _mark_headings(texts: Sequence[str], kinds: list[ParagraphKind]) -> None:
    """Mark short lines without a full stop that a body paragraph follows; several on end are a list."""
    likely = [kind == "body" and _looks_like_heading(text) for text, kind in zip(texts, kinds, strict=True)]
    for number in range(len(kinds) - 1):
        listed = number > 0 and likely[number - 1]
        if likely[number] and not listed and _has_body_below(number, texts, kinds):
            kinds[number] = "heading"


def _has_body_below(number: int, texts: Sequence[str], kinds: Sequence[ParagraphKind]) -> bool:
    below = (texts[place] for place in range(number + 1, min(number + 4, len(texts))) if kinds[place] == "body")
    text = next(below, "")
    return len(text) > len(texts[number]) and (len(text) >= 60 or bool(_SENTENCE_END.search(text)))


def _looks_like_heading(text: str) -> bool:
    if len(text) > _MAX_HEADING or "\n" in text or not any(character.isalpha() for character in text):
        return False
    if text.endswith("?") and len(text) <= _MAX_QUESTION:
        return text[0] not in '"“' and not re.search(r"[.!]\s", text)
    return not text[0].islower() and (text[0].isalnum() or text[0] in "‘“'\"") and not _SENTENCE_END.search(text)
