"""One file to read: its bytes within bounds, its characters, and the errors that name it."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from rag.errors import ReadError

MAX_PARAGRAPHS = 200_000
"""Most paragraphs of an article, about two hundred novels; above it the file is no article and would take minutes."""

_MEGABYTE = 1 << 20
_MAX_ID = 4096  # Characters of the longest path. Composing letters takes time by the square of the marks on one.
_SAFE_ID = re.compile(r"[A-Za-z0-9._/-]*")
_BYTE_ORDER_MARKS = [
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
]
_SIGNATURES = [
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an office file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a rich-text file"),
]
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b\0")) + b"\x7f"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that articles are to be read from.

    Attributes:
        path: Where it is.
        article_id: Id of its article, and the stem of the ids where it holds many.
        max_megabytes: Size that is read at most, above 0.
    """

    path: Path
    article_id: str
    max_megabytes: int

    @property
    def max_bytes(self) -> int:
        """Return the limit in bytes."""
        return self.max_megabytes * _MEGABYTE

    def error(self, problem: str, hint: str = "", line: int | None = None) -> ReadError:
        """Return an error that names the file, `name` or `name:line`, and then the problem."""
        place = self.path.name if line is None else f"{self.path.name}:{line}"
        return ReadError(f"{place}: {problem}", hint, line)

    def too_large(self, what: str = "the file", line: int | None = None) -> ReadError:
        """Return the error for something above the limit."""
        return self.error(
            f"{what} is larger than {self.max_megabytes} MB.",
            "Split it, or raise FOOTNOTE_MAX_FILE_MEGABYTES.",
            line,
        )

    def check_number(self, found: int, most: int, what: str, line: int | None = None) -> None:
        """Raise a `ReadError` if there is more of something in the file than is read."""
        if found > most:
            raise self.error(f"there are more than {most:,} {what}.", "Split it into several articles.", line)

    def read_bytes(self) -> bytes:
        """Return the content of a file that must be neither empty nor above the limit.

        Raises:
            ReadError: It is, or it cannot be opened.
        """
        self.check_regular()
        with self.path.open("rb") as file:
            # Room for all that is asked for is taken first, and the limit may be above what there is.
            data = file.read(min(self.path.stat().st_size, self.max_bytes) + 1)
        if len(data) > self.max_bytes:
            raise self.too_large()
        if not data.strip():
            raise self.error("the file is empty.", "Put the article's text in, or delete the file.")
        return data

    def check_regular(self) -> None:
        """Raise a `ReadError` unless this is a plain file: opening a pipe would wait for ever."""
        if self.path.exists() and not self.path.is_file():
            raise self.error("this is no regular file.", "Put a file in its place, or remove it.")

    def read_text(self) -> str:
        """Return the content of a text file, decoded and cleaned.

        Raises:
            ReadError: As from `read_bytes`, or the content is no text.
        """
        return self.decode(self.read_bytes())

    def decode(self, data: bytes) -> str:
        """Return bytes as clean text: by their byte-order mark, as UTF-16 or UTF-8, else as Windows-1252.

        Raises:
            ReadError: They are no text in any of these.
        """
        for signature, what in _SIGNATURES:
            if data.startswith(signature):
                raise self.error(f"this is {what}, not text.", "Give it the suffix of what it is, or remove it.")
        text = clean_text(_decode(data))
        if not _is_text(text, data):
            raise self.error("this is not text but binary data.", "Save the article as UTF-8 text.")
        if not text.replace("\ufffd", "").strip():
            raise self.error("there is no text in it.", "Put the article's text in, or delete the file.")
        return text


def clean_text(text: str) -> str:
    r"""Return text with line ends as `\n` and without byte-order mark, NUL characters and halves of surrogate pairs."""
    text = text.removeprefix("\ufeff").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return mend_surrogates(text)


def mend_surrogates(text: str) -> str:
    """Return text with `?` for each half of a surrogate pair, as long as it was: such a half cannot be stored."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def clean_field(value: object) -> str:
    """Return what a file's properties hold as clean text; anything but text counts as missing."""
    return clean_text(value).strip() if isinstance(value, str) else ""


def clean_id(text: str) -> str:
    """Return a text as an id that is safe in addresses: `id#number` must be one word with one `#`.

    Args:
        text: A name or path of any kind.

    Returns:
        The text with letters and digits of any script and `._-/` kept and every other character as `-`; at most
        4,096 characters.

    Example:
        >>> clean_id(" été/Café #3.txt ")
        'été/Café--3.txt'
    """
    text = text.strip()[:_MAX_ID]
    if _SAFE_ID.fullmatch(text):
        return text
    return "".join(map(_safe, unicodedata.normalize("NFC", text)[:_MAX_ID]))


def _safe(character: str) -> str:
    # Marks (category M) are parts of letters: vowel signs in Hindi, accents that have no composed form.
    keep = character.isalnum() or character in "._-/" or unicodedata.category(character)[0] == "M"
    return character if keep else "-"


def _decode(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    head = data[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    # Latin letters in UTF-16 have a NUL in every second byte, and only there.
    if max(even, odd) > 0.4 * len(head) / 2 and min(even, odd) < 0.05 * len(head) / 2:
        return data.decode("utf-16-le" if odd > even else "utf-16-be", "replace")
    return _decode_bytewise(data)


def _decode_bytewise(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    # A few broken bytes among many good ones is UTF-8 that was damaged; the other way round it never was.
    if wrong * 5 <= sum(character > "\x7f" for character in text) - wrong:
        return text
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _is_text(text: str, data: bytes) -> bool:
    head = text[:65536]
    controls = sum(head.count(chr(code)) for code in _CONTROLS)
    return controls <= 0.02 * len(head) and (head.count("\ufffd") <= 0.1 * len(head) + 2)
