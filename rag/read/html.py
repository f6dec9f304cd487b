"""Reading saved web pages: the one file that touches trafilatura and lxml."""

import codecs
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from rag.errors import ReadError
from rag.read.article import Draft, build_article, one_line
from rag.read.dates import FoundDate, parse_date, read_date_line
from rag.read.paragraphs import Block, join_blocks
from rag.read.source import MAX_PARAGRAPHS, SourceFile, clean_text
from rag.records import Article, ParagraphKind

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w-]{1,30})", re.I)
_ENCODING = re.compile(r"big5|cp\d|euc|gb|hz|iso|johab|koi8|kz|mac|ptcp|shift|tis-")
_HIDDEN = (
    "//script[not(@type='application/ld+json')]|//style|//template|//noscript|//svg|//iframe|//object|"
    "//*[@hidden]|//*[@aria-hidden='true']|//*[contains(translate(@style,' ','') ,'display:none')]|"
    "//*[contains(translate(@style,' ',''),'visibility:hidden')]"
)
_DATE_FIELDS = (
    "article:published_time og:published_time datepublished date pubdate publishdate publish-date publish_date "
    "publication_date parsely-pub-date sailthru.date dc.date dc.date.issued dcterms.created dcterms.issued "
    "originalpublicationdate article.published cxenseparse:recs:publishtime"
)
_DATED_TAGS = "//time[@pubdate or @itemprop='datePublished']/@datetime|//*[@itemprop='datePublished']/@content"
_TIME_TAGS = "//article//time/@datetime|//main//time/@datetime"
_DATED_LINES = "//*[contains(@class,'date') or contains(@class,'publish') or contains(@class,'byline')]"
_BLOCK_TAGS = frozenset(["p", "head", "item", "list", "quote", "table", "row", "code", "div"])
_INLINE_TAGS = frozenset(
    ["a", "abbr", "b", "br", "cite", "em", "i", "q", "s", "small", "span", "strong", "sub", "sup", "u"]
)
_MAX_ELEMENTS = 200_000  # A long live blog has 20,000; trafilatura takes a minute for a million.
_MAX_JSON_DEPTH = 6
_HINT = "Open the page in a browser, save its text as a .txt file, and remove this one."


_Element = Any  # lxml has no types.


@dataclass(frozen=True, slots=True)
class _Page:
    """A parsed page without its hidden parts, its day of publication, and the texts of its captions."""

    tree: _Element
    found: FoundDate
    captions: frozenset[str]


def read_html(source: SourceFile) -> Iterator[Article | ReadError]:
    """Read an `.html` file: the article's text without navigation, scripts and hidden parts.

    Args:
        source: The file.

    Yields:
        The article.

    Raises:
        ReadError: It is empty, too large, or holds no article.
    """
    markup = _decode(source)
    try:
        page = _parse(source, markup)
        extracted = _extract(page)
    except ReadError:
        raise
    except Exception as error:  # A hostile page can make lxml and trafilatura raise nearly anything.
        raise source.error(f"the page cannot be parsed ({type(error).__name__}).", _HINT) from error
    text, spans = join_blocks(_blocks(extracted, page) if extracted is not None else [])
    if not spans:
        raise source.error("the page holds no article text.", _HINT)
    source.check_number(len(spans), MAX_PARAGRAPHS, "paragraphs")
    draft = Draft(
        text=text,
        spans=spans,
        title=extracted.get("title", ""),
        byline=extracted.get("author", "").replace("; ", ", "),
        agency=extracted.get("sitename", ""),
        url=extracted.get("url", ""),
        day=page.found.day,
        day_source=page.found.source,
    )
    yield build_article(source.article_id, draft, source.path.stem, source.path.name)


def _decode(source: SourceFile) -> str:
    data = source.read_bytes()
    declared = _CHARSET.search(data[:4096])
    encoding = _find_encoding(declared[1].decode("ascii")) if declared else ""
    if encoding and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return clean_text(data.decode(encoding))
        except UnicodeError:
            pass  # A page may lie about its encoding; its bytes do not.
    return source.decode(data)


def _find_encoding(name: str) -> str:
    """Return Python's name of a page's encoding, or an empty string for one that its bytes show, and no encoding.

    They show Unicode, and Windows-1252, which browsers read where a page says ISO 8859-1. Among Python's encodings are
    `undefined`, `punycode` and others that no page is written in.
    """
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return ""
    return found if _ENCODING.match(found) and found != "iso8859-1" else ""


def _parse(source: SourceFile, markup: str) -> _Page:
    from lxml import html  # type: ignore[import-untyped]

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    if sum(1 for _ in tree.iter()) > _MAX_ELEMENTS:
        raise source.error(f"the page has more than {_MAX_ELEMENTS:,} elements.", _HINT)
    _drop_hidden(tree)
    found = _find_day(tree)
    captions = frozenset(_line(caption.text_content()) for caption in tree.iter("figcaption"))
    for caption in tree.iter("figcaption"):
        caption.tag = "p"  # trafilatura drops captions but keeps paragraphs.
    for figure in tree.iter("figure"):
        figure.tag = "div"
    for division in tree.iter("div"):
        if _is_paragraph(division):
            division.tag = "p"
    return _Page(tree, found, captions - {""})


def _drop_hidden(tree: _Element) -> None:
    """Remove what a reader of the page does not see, in one pass over each element that has hidden parts."""
    hidden = frozenset(tree.xpath(_HIDDEN))
    for parent in {part.getparent() for part in hidden} - {None}:
        _drop_children(parent, hidden)


def _drop_children(parent: _Element, hidden: frozenset[_Element]) -> None:
    """Remove an element's hidden children but not the text between them.

    lxml's own ways join these texts again for each child, or leave them in pieces that make all that follows slow.
    """
    kept, pieces = None, [parent.text or ""]
    for child in list(parent):
        tail, child.tail = child.tail or "", None
        if child in hidden:
            parent.remove(child)
            pieces.append(tail)
        else:
            _set_text(parent, kept, "".join(pieces))
            kept, pieces = child, [tail]
    _set_text(parent, kept, "".join(pieces))


def _set_text(parent: _Element, child: _Element | None, text: str) -> None:
    """Set the text behind a child, or the parent's first one if there is no child."""
    if child is None:
        parent.text = text
    else:
        child.tail = text


def _is_paragraph(division: _Element) -> bool:
    """Tell whether a page uses a `<div>` as a paragraph, in which trafilatura would not look for text."""
    if any(child.tag not in _INLINE_TAGS for child in division.iterdescendants()):
        return False
    text = _line(division.text_content())
    return len(text) >= 30 and text[-1] in ".!?”\"’'"


def _extract(page: _Page) -> _Element:
    import trafilatura
    from lxml import etree
    from trafilatura.settings import use_config

    # What it finds wrong it would print; what of it matters is raised.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # For a text under 250 characters trafilatura falls back on the whole page as one paragraph, comments and all.
    config = use_config()
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = config["DEFAULT"]["MIN_OUTPUT_SIZE"] = "1"
    xml = trafilatura.extract(
        page.tree,
        output_format="xml",
        with_metadata=True,
        include_comments=True,
        include_tables=True,
        config=config,
        # Its date is not used, since it would take one from anything that looks like a date: keep it from trying.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(xml.encode("utf-8"), parser) if xml else None


def _blocks(extracted: _Element, page: _Page) -> Iterator[Block]:
    for part in extracted:
        for tag, text in _walk(part):
            for line in map(_line, text.split("\n")):
                yield Block(line, _kind(tag, part.tag, line, page))


def _walk(element: _Element) -> Iterator[tuple[str, str]]:
    """Yield the tag and the text of every block in an element of trafilatura's XML, in order, none twice."""
    if element.tag == "row":
        yield "row", " | ".join(_line("".join(cell.itertext())) for cell in element)
        return
    pieces = [_unwrapped(element.text)]
    for child in element:
        if child.tag in _BLOCK_TAGS:
            yield element.tag, "".join(pieces)
            yield from _walk(child)
            pieces = []
        else:
            pieces.append("\n" if child.tag == "lb" else _unwrapped("".join(child.itertext())))
        pieces.append(_unwrapped(child.tail))
    yield element.tag, "".join(pieces)


def _unwrapped(text: str | None) -> str:
    # In HTML a line end is a space; only <br> begins a line.
    return (text or "").replace("\n", " ")


def _kind(tag: str, part: str, text: str, page: _Page) -> ParagraphKind | None:
    if part == "comments":
        return "boilerplate" if tag == "head" else "comment"
    if tag == "head":
        return "heading"
    return "caption" if text in page.captions else None


def _line(text: str) -> str:
    return " ".join(text.split())


def _find_day(tree: _Element) -> FoundDate:
    """Find the day of publication in the metadata, the JSON-LD, a tag that says so, or a line under the headline."""
    wanted = _DATE_FIELDS.split()
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        day = parse_date(one_line(meta.get("content") or "", 100)) if name in wanted else None
        if day:
            return FoundDate(day, "metadata")
    for script in tree.xpath("//script[@type='application/ld+json']"):
        day = _published(_load(script.text or ""), 0)
        if day:
            return FoundDate(day, "metadata")
    return _find_day_in_body(tree)


def _find_day_in_body(tree: _Element) -> FoundDate:
    """Find the day in the page's visible part, where other articles have theirs too: only one that is alone counts."""
    lines = (read_date_line(_line(element.text_content()[:1000])) for element in tree.xpath(_DATED_LINES)[:100])
    stated = {line.day for line in lines if line and line.label != "updated"}
    for days in (_days(tree, _DATED_TAGS), _days(tree, _TIME_TAGS)):
        if len(days) == 1:
            return FoundDate(days.pop(), "metadata")
    return FoundDate(stated.pop(), "text") if len(stated) == 1 else FoundDate()


def _days(tree: _Element, path: str) -> set[date]:
    return {day for value in tree.xpath(path)[:100] if (day := parse_date(one_line(str(value), 100)))}


def _load(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _published(value: object, depth: int) -> date | None:
    if depth > _MAX_JSON_DEPTH:
        return None
    if isinstance(value, dict):
        stated = value.get("datePublished")
        day = parse_date(stated[:100]) if isinstance(stated, str) else None
        inner = [value["@graph"]] if "@graph" in value else []
    else:
        day, inner = None, value if isinstance(value, list) else []
    return day or next((found for part in inner if (found := _published(part, depth + 1))), None)
