"""The articles of a dataset in a form that can be indexed, and looking up pieces of them in an index."""

import filecmp
import hashlib
import json
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from rag import Assistant, FootnoteError, Paragraph
from rag.errors import NotFoundError
from rag.read import clean_id

MISSING_PARAGRAPH = "its paragraph is not in the articles"
MISSING_ARTICLE = "its article is not there"

_MAX_ID = 150  # Footnote takes 200 characters at most; the rest is room for the hash.


@dataclass(frozen=True, slots=True)
class PlainArticle:
    """An article as it is written for the index.

    Attributes:
        id: Its id, as from `article_id`.
        title: Its title.
        text: Its text.
    """

    id: str
    title: str
    text: str


class Lookup:
    """Finds paragraphs in an index; an article that was read is kept."""

    def __init__(self, assistant: Assistant) -> None:
        """Keep the assistant that knows the articles."""
        self._desk = assistant
        self._paragraphs: dict[str, tuple[Paragraph, ...]] = {}
        self._folded: dict[str, list[str]] = {}

    def paragraphs(self, article_id: str) -> tuple[Paragraph, ...]:
        """Return the paragraphs of an article, none if there is no such article."""
        if article_id not in self._paragraphs:
            self._paragraphs[article_id] = ()
            with suppress(NotFoundError):
                self._paragraphs[article_id] = self._desk.article(article_id).paragraphs
        return self._paragraphs[article_id]

    def find(self, article_id: str, piece: str) -> tuple[str, ...]:
        """Return the addresses of the paragraphs that hold a piece of text, the shortest paragraph first.

        Case and everything that is no letter or digit make no difference.
        """
        wanted = folded(piece)
        paragraphs = self.paragraphs(article_id)
        if article_id not in self._folded:
            self._folded[article_id] = [folded(paragraph.text) for paragraph in paragraphs]
        texts = zip(paragraphs, self._folded[article_id], strict=True)
        found = [(len(text), paragraph.number) for paragraph, text in texts if wanted and wanted in text]
        return tuple(f"{article_id}#{number}" for _, number in sorted(found))


def folded(text: str) -> str:
    """Return a text in lower case with its words parted by single spaces.

    Example:
        >>> folded(" “It’s over,” he said. ")
        'it s over he said'
    """
    return re.sub(r"\W+", " ", text).strip().lower()


def article_id(name: str) -> str:
    """Return the id under which an article can be indexed: its name, or one made of it and a hash.

    Different names have different ids, also where cleaning alone would make them the same.

    Example:
        >>> article_id("Steam_engine"), article_id("Victoria (Australia)")
        ('Steam_engine', 'Victoria--Australia--01033f46')
    """
    clean = clean_id(name)
    if clean == name and len(name) <= _MAX_ID:
        return name
    return f"{clean[:_MAX_ID]}-{_short_hash(name.encode())}"


def write_articles(work: Path, source: Path, articles: Iterable[PlainArticle]) -> Path:
    """Write articles as JSON lines; a file with the same content is left alone, so that its index stays good.

    Args:
        work: Folder to write in.
        source: What the articles come from; each source has a file of its own.
        articles: The articles.

    Returns:
        The file.

    Raises:
        FootnoteError: It cannot be written.
    """
    path = work / f"{source.name.split('.')[0]}-{_short_hash(os.fsencode(source.resolve()))}.jsonl"
    new = path.with_suffix(".new")
    try:
        work.mkdir(parents=True, exist_ok=True)
        with new.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(article)) + "\n" for article in articles)
        if not path.exists() or not filecmp.cmp(path, new, shallow=False):
            new.replace(path)
    except OSError as error:
        problem = f"{path} cannot be written: {error.strerror}."
        raise FootnoteError(problem, "Make room, or use another folder.") from error
    finally:
        with suppress(OSError):
            new.unlink()
    return path


def _short_hash(name: bytes) -> str:
    return hashlib.sha256(name).hexdigest()[:8]
