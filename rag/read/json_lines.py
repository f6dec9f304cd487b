"""Reading articles from JSON: one or a list in a `.json` file, one per line in `.jsonl` and `.jsonl.gz`."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from rag.errors import ReadError
from rag.read.article import Draft, build_article
from rag.read.dates import parse_date
from rag.read.paragraphs import split_paragraphs
from rag.read.source import MAX_PARAGRAPHS, SourceFile, clean_id, clean_text
from rag.records import Article

_MAX_ID = 200
# A small archive can unpack to any number of useless lines, and a list have as many entries.
_MAX_USELESS = 1000
_MAX_SKIPPED_LIMITS = 10
_FIELDS_HINT = 'An article is {"title": "…", "text": "…"} and may have id, url, date and author.'


def read_json(source: SourceFile) -> Iterator[Article | ReadError]:
    """Read a `.json` file that holds one article or a list of them.

    Args:
        source: The file.

    Yields:
        The articles, and an error for each entry that is none.

    Raises:
        ReadError: The file cannot be read, is no JSON, or a thousand entries on end are no articles.
    """
    content = _parse(source, source.read_text(), None)
    if not isinstance(content, list):
        yield _build(_Record(source, content))
        return
    if not content:
        raise source.error("the list has no articles.", _FIELDS_HINT)
    useless = 0
    for number, entry in enumerate(content, start=1):
        try:
            yield _build(_Record(source, entry, number))
            useless = 0
        except ReadError as error:
            yield error
            useless += 1
        if useless >= _MAX_USELESS:
            raise source.error(f"no article in {useless:,} entries on end; nothing after them was read.", _FIELDS_HINT)


def read_json_lines(source: SourceFile) -> Iterator[Article | ReadError]:
    """Read a `.jsonl` or `.jsonl.gz` file line by line; the limit of size holds for a line, not for the file.

    Args:
        source: The file.

    Yields:
        The articles as they are read, and an error for each line that is none.

    Raises:
        ReadError: The file cannot be read any further; the articles before that have been yielded.
    """
    source.check_regular()
    packed = source.path.name.lower().endswith(".gz")
    with source.path.open("rb") as plain:
        try:
            file = cast(BinaryIO, gzip.GzipFile(fileobj=plain)) if packed else plain
            yield from _read_lines(source, file)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise source.error(f"the archive is damaged ({error}).", "Pack it again with gzip.") from error


def _read_lines(source: SourceFile, file: BinaryIO) -> Iterator[Article | ReadError]:
    useless, empty = 0, True
    for number, line in enumerate(iter(lambda: file.readline(source.max_bytes + 1), b""), start=1):
        useless += 1
        if len(line) > source.max_bytes:
            empty = False
            yield source.too_large("the line", number)
            _skip_line(source, file, number)
        elif line.strip():
            empty = False
            result = _read_line(source, line, number)
            useless = 0 if isinstance(result, Article) else useless
            yield result
        if useless >= _MAX_USELESS:
            raise source.error(f"no article in {useless:,} lines on end; nothing after them was read.", "", number)
    if empty:
        raise source.error("the file is empty.", _FIELDS_HINT)


def _skip_line(source: SourceFile, file: BinaryIO, number: int) -> None:
    for _ in range(_MAX_SKIPPED_LIMITS):
        rest = file.readline(source.max_bytes)
        if not rest or rest.endswith(b"\n"):
            return
    raise source.error("the line does not end; nothing after it was read.", "Check the file.", number)


def _read_line(source: SourceFile, line: bytes, number: int) -> Article | ReadError:
    try:
        content = _parse(source, line.decode("utf-8-sig"), number)
        return _build(_Record(source, content, number, number))
    except UnicodeDecodeError:
        return source.error("the line is not UTF-8.", "Save the file as UTF-8.", number)
    except ReadError as error:
        return error


def _parse(source: SourceFile, text: str, line: int | None) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"column {error.colno}" if line else f"line {error.lineno}, column {error.colno}"
        raise source.error(f"this is not JSON: {error.msg} at {place}.", _FIELDS_HINT, line) from error
    except (ValueError, RecursionError) as error:
        problem = "this JSON has a number that is too long or is nested too deep."
        raise source.error(problem, _FIELDS_HINT, line) from error


@dataclass(frozen=True, slots=True)
class _Record:
    """One JSON value that should be an article.

    Attributes:
        source: The file that it is from.
        content: The value.
        number: Its place in a list or its line, from 1; None if it is the whole file.
        line: Its line in a JSON-lines file, or None.
    """

    source: SourceFile
    content: object
    number: int | None = None
    line: int | None = None

    def error(self, problem: str) -> ReadError:
        entry = f"{self.place}: " if self.number and not self.line else ""
        return self.source.error(entry + problem, _FIELDS_HINT, self.line)

    @property
    def place(self) -> str:
        """Return which entry of a list this is, or that it is the text of the whole file or line."""
        return f"entry {self.number}" if self.number and not self.line else "the article"

    def field(self, name: str) -> str:
        """Return a field's text, cleaned, or an empty string if it is missing or null."""
        if not isinstance(self.content, dict):
            raise self.error("an article must be an object in braces.")
        value = self.content.get(name)
        if isinstance(value, list) and name == "author" and all(isinstance(part, str) for part in value):
            value = ", ".join(value)
        if isinstance(value, int) and not isinstance(value, bool) and name in ("id", "date"):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise self.error(f"field {name!r} must be text, not {type(value).__name__}.")
        return clean_text(value or "")


def _build(record: _Record) -> Article:
    text = record.field("text")
    if not text.strip():
        raise record.error("field 'text' is missing or empty.")
    own_id = record.field("id").strip()
    if len(own_id) > _MAX_ID or len(own_id := clean_id(own_id)) > _MAX_ID:
        raise record.error(f"field 'id' has more than {_MAX_ID} characters.")
    day = parse_date(record.field("date")[:100])
    suffix, single = (f"-{record.number}", False) if record.number else ("", True)
    spans = split_paragraphs(text)
    record.source.check_number(len(spans), MAX_PARAGRAPHS, f"paragraphs in {record.place}", record.line)
    draft = Draft(
        text=text,
        spans=spans,
        title=record.field("title"),
        byline=record.field("author"),
        url=record.field("url"),
        day=day,
        day_source="metadata" if day else "unknown",
    )
    source = record.source
    stem = source.path.name.split(".")[0] or source.path.name
    return build_article(
        own_id or source.article_id + suffix, draft, stem + suffix.replace("-", " "), source.path.name if single else ""
    )
