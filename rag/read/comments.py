"""Finding readers' comments under an article, and the form in which they are written."""

import re
from collections.abc import Sequence

from rag.read.dates import read_date_line
from rag.records import ParagraphKind

_MAX_LINE = 200
_FORM = re.compile(
    r"please enter (?:your|an?) (?:comment|name|e-?mail|website).{0,60}|"
    r"you have entered an incorrect e-?mail.{0,60}|"
    r"your e-?mail address will not be published.{0,80}|required fields are marked.{0,20}|save my name,.{0,140}|"
    r"(?:please )?(?:log|sign) ?in (?:or .{2,30} )?to (?:comment|reply|leave|post|join).{0,60}|"
    r"(?:leave|post|add|write|submit) (?:a|your|an?other) (?:comment|reply).{0,40}|"
    r"(?:post|submit) comment|cancel reply|"
    r"be the first to comment.{0,40}|"
    r"(?:name|e-?mail|website|comment) ?\*|notify me of .{2,80}",
    re.I,
)
_HEADING = re.compile(
    r"(?:(?:\d{1,5}|readers?['’]?|all|latest|top|user|your|view|show(?: all)?) )?comments?(?: \(?\d{1,5}\)?)?:?|"
    r"\d{1,5} (?:replies|responses|thoughts) (?:to|on) .{1,150}|"
    r"leave a (?:reply|comment)|join the (?:conversation|discussion)",
    re.I,
)
_NUMBERED = re.compile(r"(\d{1,4})[.)]\s+\S")


def is_form(text: str) -> bool:
    """Tell whether a line is part of a form for comments, such as `Please enter your comment!`."""
    return len(text) <= _MAX_LINE and bool(_FORM.fullmatch(text))


def mark_comments(texts: Sequence[str], kinds: list[ParagraphKind]) -> None:
    """Mark readers' comments: all under a heading that announces them, or a numbered list right above the form.

    Args:
        texts: The paragraphs of an article in order.
        kinds: As many kinds, changed in place; boilerplate among the comments stays that, but for a date.
    """
    start = _after_heading(texts, kinds)
    commented = _numbered_list(texts, kinds) if start is None else range(start, len(texts))
    for number in commented:
        if kinds[number] != "boilerplate" or read_date_line(texts[number]):
            kinds[number] = "comment"


def _after_heading(texts: Sequence[str], kinds: list[ParagraphKind]) -> int | None:
    """Return the first paragraph under a heading of comments; one above the article's text is a button."""
    told = 0
    for number, text in enumerate(texts):
        if told >= 2 and len(text) <= _MAX_LINE and _HEADING.fullmatch(text):
            kinds[number] = "boilerplate"
            return number + 1
        told += kinds[number] == "body" and len(text) >= 80
    return None


def _numbered_list(texts: Sequence[str], kinds: Sequence[ParagraphKind]) -> range:
    """Return the places of a list 1., 2., 3. between a paragraph of boilerplate and the form, or of nothing.

    An article can be a numbered list itself, and that has no `Follow us` above its first entry.
    """
    counts = {number: int(match[1]) for number, text in enumerate(texts) if (match := _NUMBERED.match(text))}
    first = max((number for number, count in counts.items() if count == 1), default=0)
    form = next((number for number in range(first, len(texts)) if is_form(texts[number])), None)
    if first == 0 or form is None or kinds[first - 1] != "boilerplate":
        return range(0)
    listed = [count for number, count in counts.items() if first <= number < form]
    return range(first, form) if listed == list(range(1, len(listed) + 1)) else range(0)
