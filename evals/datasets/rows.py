"""Reading the lines of a public dataset: each is checked against its form, and what is wrong names file and line."""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from rag import FootnoteError

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Text with at least one visible character, without white space around it."""

MOST_BYTES = 200 << 20
"""The longest line that is read; the whole of SQuAD stands on one of 42 MB, an archive made to fill memory on more."""

Loc = tuple[str | int, ...]
"""Where a value stands in another: names of fields, and places in lists from 0."""

_EXPECTED = {
    "string_type": "text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "list_type": "a list",
    "model_type": "an object with fields",
    "model_attributes_type": "an object with fields",
}
_BOUNDS = {
    "string_too_short": "must not be empty",
    "too_short": "needs {min_length} or more entries, not {actual_length}",
    "too_long": "takes {max_length} entries at most, not {actual_length}",
    "literal_error": "must be {expected}",
}
_FOUND: dict[type, str] = {
    type(None): "nothing",
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "text",
    list: "a list",
    dict: "an object with fields",
}


class Row(BaseModel):
    """A line of somebody else's format: a wrong type is an error, a field that we do not need is passed over."""

    model_config = ConfigDict(strict=True, frozen=True)


RowForm = TypeVar("RowForm", bound=Row)


def read_rows(path: Path, form: type[RowForm], hint: str) -> Iterator[RowForm]:
    """Read JSON lines, plain or packed with gzip; blank lines are skipped.

    Args:
        path: The file; it is packed if its name ends in `.gz`.
        form: What each line has to be.
        hint: What the format is, in one sentence.

    Yields:
        The lines.

    Raises:
        FootnoteError: The file cannot be read, has no lines, or one that does not fit.
    """
    empty = True
    for number, line in read_lines(path, hint):
        empty = False
        yield parse_row(line, form, f"{path}, line {number}", hint)
    if empty:
        raise FootnoteError(f"{path} is empty.", hint)


def read_lines(path: Path, hint: str) -> Iterator[tuple[int, str]]:
    """Read a text file line by line, plain or packed with gzip.

    Args:
        path: The file; it is packed if its name ends in `.gz`.
        hint: What the format is, in one sentence.

    Yields:
        The lines that are not blank, each after its number from 1.

    Raises:
        FootnoteError: The file cannot be read, or is not UTF-8.
    """
    for number, line in enumerate(_decode(path, hint), start=1):
        if line.strip():
            yield number, line


def read_text(path: Path, hint: str) -> str:
    """Return the whole text of a file, plain or packed with gzip; otherwise as `read_lines`."""
    return "".join(_decode(path, hint))


def parse_row(text: str, form: type[RowForm], place: str, hint: str) -> RowForm:
    """Return a piece of JSON as a row.

    Args:
        text: The JSON.
        form: What it has to be.
        place: Where it stands, for the error.
        hint: What the format is, in one sentence.

    Raises:
        FootnoteError: It is no JSON, or does not fit.
    """
    try:
        return form.model_validate_json(text)
    except ValidationError as error:
        details = error.errors(include_url=False)[0]
        raise FootnoteError(f"{place}: {explain(details, details['loc'])}", hint) from error


def explain(error: ErrorDetails, loc: Loc) -> str:
    """Return what pydantic found wrong, as a sentence in our words.

    Args:
        error: What it found.
        loc: Where, for people.
    """
    name, kind = name_of(loc), error["type"]
    if kind == "json_invalid":
        return f"this is no JSON: {error['ctx']['error'].replace(' at line 1 column ', ' at column ')}."
    if kind == "missing":
        return f"{name} is missing."
    if kind == "extra_forbidden":
        return f"there is no {name}."
    if kind in _BOUNDS:
        return f"{name} {_BOUNDS[kind].format(**error['ctx'])}."
    if kind in _EXPECTED:
        found = _FOUND.get(type(error["input"]), type(error["input"]).__name__)
        return f"{name} must be {_EXPECTED[kind]}, not {found}."
    return f"{name}: {error['msg']}."


def name_of(loc: Loc) -> str:
    """Return how a place is called in an error, counted from 1.

    Example:
        >>> name_of(("qas", 0, "question"))
        "field 'qas', entry 1, 'question'"
    """
    parts = [f"entry {part + 1}" if isinstance(part, int) else repr(part) for part in loc]
    return ("field " if loc and isinstance(loc[0], str) else "") + ", ".join(parts) if parts else "this"


def check_unique(path: Path, ids: Iterable[str], hint: str) -> None:
    """Raise a `FootnoteError` if an id occurs twice among the questions of a file."""
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise FootnoteError(f"{path}: two questions have the id {name!r}.", hint)
        seen.add(name)


def check_there(path: Path, hint: str) -> Path:
    """Return the path.

    Raises:
        FootnoteError: There is nothing.
    """
    try:
        path.stat()
    except OSError as error:
        raise FootnoteError(f"{path} cannot be read: {error.strerror}.", hint) from error
    return path


def _decode(path: Path, hint: str) -> Iterator[str]:
    for number, line in enumerate(_read_bytes(path, hint), start=1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise FootnoteError(f"{path}, line {number}: this is not UTF-8.", hint) from error


def _read_bytes(path: Path, hint: str) -> Iterator[bytes]:
    # Opening a pipe would wait for ever.
    if not check_there(path, hint).is_file():
        raise FootnoteError(f"{path} is no file.", hint)
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            for line in iter(lambda: stream.readline(MOST_BYTES + 1), b""):
                if len(line) > MOST_BYTES:
                    raise FootnoteError(f"{path} has a line of more than {MOST_BYTES >> 20} MB.", hint)
                yield line
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise FootnoteError(f"{path}: the archive is damaged ({error}).", "Pack it again with gzip.") from error
    except OSError as error:
        raise FootnoteError(f"{path} cannot be read: {error.strerror}.", hint) from error
