"""Reading Markdown: front matter, and blocks with their markup taken off."""

import html
import re
from collections.abc import Iterator

from rag.errors import ReadError
from rag.read.article import Draft, build_article
from rag.read.dates import parse_date
from rag.read.paragraphs import Block, join_blocks
from rag.read.source import MAX_PARAGRAPHS, SourceFile
from rag.records import Article

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<fields>(?:(?!---[ \t]*(?:\n|\Z)).*\n){0,200})---[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"(?P<name>[A-Za-z][\w-]*)[ \t]*:[ \t]*(?P<value>.*)")
_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<text>.*))?")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*+\1){2,}[ \t]*+")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_LIST_MARK = re.compile(r"\s{0,12}(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\] )?")
"""Not the "2012." that a sentence ends with on a line of its own."""

_QUOTE_MARK = re.compile(r"(?: {0,3}>[ ]?)+")
_DEFINITION = re.compile(
    r" {0,3}\[(?:\^[^\]]{1,200}\]:\s|[^\]]{1,200}\]:\s++(?=\S*?(?:[/#]|\.\w))\S++(?:\s++[\"'(].*)?\s*+\Z)"
)
"""Of a note or a link; not the "[Minister]: Yes." of an interview."""

_TABLE_RULE = re.compile(r"[\s:|]*+-[\s:|-]*+")
_PICTURE_ALONE = re.compile(r"(?:\[)?!\[(?P<alt>[^\[\]]{0,500})\]\([^()]{0,2000}\)(?:\]\([^()]{0,2000}\))?")

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKS = re.compile(r"[\\\[<*_~`&]")
_TARGET = r"(?:\((?:[^()]|\([^()]{0,200}\)){0,2000}\)|\[[^\[\]]{0,200}\])"

# Each pattern stops at the next mark of its own kind, so that unclosed marks cost nothing.
_INLINE = [
    (re.compile(r"!\[[^\[\]]{0,500}\](?:\([^()]{0,2000}\)|\[[^\[\]]{0,200}\])"), ""),
    (re.compile(rf"\[(?P<text>[^\[\]]{{0,1000}})\]{_TARGET}"), r"\g<text>"),
    (re.compile(r"<(?:mailto:)?(?P<text>[^<>\s.@]{1,500}+[.@][^<>\s]{1,500}+)>"), r"\g<text>"),
    (re.compile(r"</?[A-Za-z][^<>]{0,1000}>"), ""),
    (re.compile(r"(?<![\w*])(?P<mark>\*{1,3})(?=[^\s*])(?P<text>[^*]+)(?<=[^\s*])(?P=mark)"), r"\g<text>"),
    (re.compile(r"(?<![\w*])(?P<mark>\*{1,3})(?=[^\s*])(?P<text>[^*]+)(?<=[^\s*])(?P=mark)"), r"\g<text>"),
    (re.compile(r"(?<![\w_])(?P<mark>_{1,3})(?=[^\s_])(?P<text>[^_]+)(?<=[^\s_])(?P=mark)(?!\w)"), r"\g<text>"),
    (re.compile(r"(?P<mark>~~|`{1,2})(?=[^~`])(?P<text>[^~`]+)(?P=mark)"), r"\g<text>"),
]


def read_markdown(source: SourceFile) -> Iterator[Article | ReadError]:
    """Read a `.md` file; the front matter's `title`, `date`, `author` and `url` win over the text.

    Args:
        source: The file.

    Yields:
        The article.

    Raises:
        ReadError: It is empty, too large, no text, or has nothing but front matter.
    """
    content = source.read_text()
    front = _FRONT_MATTER.match(content)
    fields = _read_fields(front["fields"]) if front else {}
    text, spans = join_blocks(_split_blocks(content[front.end() if front else 0 :]))
    if not spans:
        raise source.error("there is no text in it.", "Put the article's text below the front matter.")
    source.check_number(len(spans), MAX_PARAGRAPHS, "paragraphs")
    day = parse_date(fields.get("date", "")[:100])
    draft = Draft(
        text=text,
        spans=spans,
        title=fields.get("title", ""),
        byline=fields.get("author", "") or fields.get("authors", ""),
        agency=fields.get("agency", ""),
        url=fields.get("url", ""),
        day=day,
        day_source="front matter" if day else "unknown",
    )
    yield build_article(source.article_id, draft, source.path.stem, source.path.name)


def _read_fields(text: str) -> dict[str, str]:
    """Read the simple fields of YAML: a value, a quoted value, or a list in one of its two forms, joined by commas."""
    fields: dict[str, str] = {}
    name = ""
    for line in text.split("\n"):
        entry = line.strip()
        match = _FIELD.fullmatch(line)
        if match:
            name = match["name"].lower()
            fields[name] = _value(match["value"])
        elif name and entry.startswith("- "):
            fields[name] = ", ".join(filter(None, [fields[name], _value(entry[2:])]))
    return fields


def _value(text: str) -> str:
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return ", ".join(_scalar(part.strip()) for part in text[1:-1].split(","))
    return _scalar(text)


def _scalar(text: str) -> str:
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text.split(" #")[0].strip()


def _split_blocks(text: str) -> Iterator[Block]:
    lines: list[str] = []
    for line in [*_without_comments(text).split("\n"), ""]:
        line = line[_quote_end(line) :]
        heading = _HEADING.fullmatch(line)
        if lines and _UNDERLINE.fullmatch(line) and not _LIST_MARK.match(lines[0]):
            yield Block(_plain(" ".join(lines)), "heading")
            lines = []
        elif heading or _stands_alone(line):
            yield from _paragraph(lines)
            lines = []
            if heading:
                yield Block(_plain((heading["text"] or "").rstrip("# \t")), "heading")
        else:
            if _LIST_MARK.match(line) or "|" in line[:1]:
                yield from _paragraph(lines)
                lines = []
            lines.append(line.strip())


def _stands_alone(line: str) -> bool:
    """Tell whether a line has no text and ends the paragraph before it."""
    blank = not line.strip()
    return (
        blank
        or any(mark.match(line) for mark in (_FENCE, _DEFINITION))
        or any(mark.fullmatch(line) for mark in (_RULE, _TABLE_RULE))
    )


def _quote_end(line: str) -> int:
    match = _QUOTE_MARK.match(line)
    return match.end() if match else 0


def _without_comments(text: str) -> str:
    return "".join(part.partition("-->")[2] if number else part for number, part in enumerate(text.split("<!--")))


def _paragraph(lines: list[str]) -> Iterator[Block]:
    if not lines:
        return
    text = " ".join(lines)
    picture = _PICTURE_ALONE.fullmatch(text)
    if picture:
        yield Block(_plain(picture["alt"]), "caption")
        return
    mark = _LIST_MARK.match(text)
    if text.startswith("|"):
        text = " | ".join(cell.strip() for cell in text.strip("|").split("|"))
    yield Block(_plain(text[mark.end() if mark else 0 :]))


def _plain(text: str) -> str:
    if not _MARKS.search(text):
        return text
    # An escaped mark must not be taken for one: it travels through the patterns as an entity.
    text = _ESCAPED.sub(lambda match: f"&#{ord(match[1])};", text)
    for pattern, plain in _INLINE:
        text = pattern.sub(plain, text)
    return html.unescape(text).strip()
