"""From what a format's reader found in a file to an article with numbered paragraphs."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from rag.read.agencies import find_agency
from rag.read.boilerplate import find_byline
from rag.read.dates import FoundDate, find_date, read_date_line
from rag.read.kinds import is_plain, label_kinds
from rag.read.paragraphs import Span, split_run_in_captions
from rag.read.sentences import split_sentences
from rag.read.source import mend_surrogates
from rag.records import Article, DateSource, Paragraph, ParagraphKind

_MAX_TITLE = 300
_MAX_FIELD = 500
_MAX_URL = 2000
_MAX_HEADLINE = 250
_MAX_STOPPED_HEADLINE = 100
_HEAD = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """What a format's reader found out about one article; what it leaves empty is looked for in the text.

    Attributes:
        text: The stored text.
        spans: The places of all paragraphs in it, in order, a title among them too.
        title: Title that the file states outside the text, or an empty string.
        byline: Authors that it states, or an empty string.
        agency: Agency, paper or site that it states, or an empty string.
        url: Address that it states, or an empty string.
        day: Day of publication that it states, or None.
        day_source: Where it states that day.
    """

    text: str
    spans: Sequence[Span] = field(repr=False)
    title: str = ""
    byline: str = ""
    agency: str = ""
    url: str = ""
    day: date | None = None
    day_source: DateSource = "unknown"


def build_article(article_id: str, draft: Draft, fallback_title: str, file_name: str) -> Article:
    """Number the paragraphs of a draft, tell their kinds, and fill in what it left empty.

    Args:
        article_id: Id of the article.
        draft: What was read; it has at least one span.
        fallback_title: Title if neither the draft nor the text has one that can be seen.
        file_name: Name of the file, for a date in it; empty if the file holds many articles.

    Returns:
        The article.
    """
    text = mend_surrogates(draft.text)
    stated = _visible(one_line(draft.title, _MAX_TITLE))
    spans = split_run_in_captions(text, draft.spans)
    place = _find_title(text, spans, stated)
    title = stated or (one_line(_slice(text, spans[place]), _MAX_TITLE) if place is not None else "")
    if place is not None:
        del spans[place]
    texts = [_slice(text, span) for span in spans]
    kinds = label_kinds(title, texts, [span.kind for span in spans])
    told = [text for text, kind in zip(texts, kinds, strict=True) if kind != "comment"]
    found = FoundDate(draft.day, draft.day_source) if draft.day else find_date(told, file_name)
    return Article(
        id=mend_surrogates(article_id),
        title=title or _visible(mend_surrogates(fallback_title)) or "untitled",
        byline=one_line(draft.byline, _MAX_FIELD) or find_byline(told),
        agency=one_line(draft.agency, _MAX_FIELD) or find_agency(told),
        url=mend_surrogates(draft.url.strip()[:_MAX_URL]),
        date=found.day,
        date_source=found.source,
        text=text,
        paragraphs=_number(spans, texts, kinds),
    )


def one_line(text: str, max_characters: int) -> str:
    """Return a text on one line, its white space collapsed, cut at a limit."""
    return mend_surrogates(" ".join(text[: 4 * max_characters].split())[:max_characters].strip())


def _visible(line: str) -> str:
    """Return the line, or an empty string if all its characters are controls, format marks or spaces."""
    return line if any(unicodedata.category(character)[0] not in "CZ" for character in line) else ""


def _find_title(text: str, spans: Sequence[Span], stated: str) -> int | None:
    """Return which span is the title: the first if it repeats the one stated, else the first that can be a headline."""
    if len(spans) < 2:
        return None
    if stated:
        return 0 if one_line(_slice(text, spans[0]), _MAX_TITLE) == stated else None
    for place, span in enumerate(spans[:_HEAD]):
        line = _slice(text, span)
        if place + 1 < len(spans) and len(line) < 2000 and _is_headline(_visible(" ".join(line.split())), span.kind):
            return place
        if len(line) >= _MAX_HEADLINE:
            return None
    return None


def _is_headline(line: str, kind: ParagraphKind | None) -> bool:
    if not line or kind == "heading":
        return bool(line)
    short = len(line) < _MAX_HEADLINE and not (line.endswith(".") and len(line) > _MAX_STOPPED_HEADLINE)
    plain = kind is None and is_plain(line) and not read_date_line(line)
    return short and plain and len(split_sentences(line)) == 1


def _number(spans: Sequence[Span], texts: Sequence[str], kinds: Sequence[ParagraphKind]) -> tuple[Paragraph, ...]:
    parts = enumerate(zip(spans, texts, kinds, strict=True), start=1)
    return tuple(Paragraph(number, kind, span.start, span.end, text) for number, (span, text, kind) in parts)


def _slice(text: str, span: Span) -> str:
    return text[span.start : span.end]
