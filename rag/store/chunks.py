"""Splitting an article into chunks, the pieces that get a vector each.

A chunk is one paragraph. A short paragraph says too little to be found by itself, so it shares a chunk with its
neighbour; a long one says too much for one vector, so it is cut into windows of whole sentences.
"""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import accumulate

from rag.read import split_sentences
from rag.records import Article, Chunk, Paragraph

MIN_CHARACTERS = 50
"""Shorter paragraphs share a chunk with a neighbour."""

MAX_WIDTH = 700
"""Wider paragraphs are cut into windows. With a title that is about 150 tokens of English, and in other scripts, whose
letters count for more, still fewer than the 256 that the embedder takes."""

MAX_TITLE_WIDTH = 200
"""So much of the title stands in front of each chunk's text."""


def article_version(article: Article) -> str:
    """Return a hash of everything that an index keeps of an article, its id left out: 16 hexadecimal digits."""
    kept = (article.title, article.byline, article.agency, article.url, article.date, article.date_source)
    shape = [(paragraph.kind, paragraph.start, paragraph.end) for paragraph in article.paragraphs]
    return hashlib.sha256(repr((kept, shape, article.text)).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def split_chunks(article: Article) -> list[Chunk]:
    """Split an article into chunks that together hold every word of it that is no boilerplate.

    Args:
        article: The article.

    Returns:
        The chunks in order. Their ids differ from those of any other version of the article.
    """
    title = article.title[: _fitting(article.title, MAX_TITLE_WIDTH)]
    version = article_version(article)
    chunks = []
    for group in _groups(article.paragraphs):
        first, last = group[0].number, group[-1].number
        name = f"{article.id}#{first}" if first == last else f"{article.id}#{first}-{last}"
        kind = max(group, key=lambda paragraph: len(paragraph.text)).kind
        for number, window in enumerate(_windows("\n".join(paragraph.text for paragraph in group)), start=1):
            suffix = f".{number}" if number > 1 else ""
            chunks.append(
                Chunk(
                    id=f"{name}{suffix}@{version}",
                    article_id=article.id,
                    first_number=first,
                    last_number=last,
                    kind=kind,
                    text=f"{title}\n{window}",
                )
            )
    return chunks


def _groups(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Return the paragraphs that share a chunk; readers' comments never share one with the article."""
    groups: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if paragraph.kind != "boilerplate":
            if groups and _is_short(groups[-1]) and _is_alike(groups[-1][-1], paragraph):
                groups[-1].append(paragraph)
            else:
                groups.append([paragraph])
    if len(groups) > 1 and _is_short(groups[-1]) and _is_alike(groups[-2][-1], groups[-1][0]):
        last = groups.pop()
        groups[-1] += last
    return groups


def _is_short(group: Sequence[Paragraph]) -> bool:
    return sum(len(paragraph.text) for paragraph in group) < MIN_CHARACTERS


def _is_alike(one: Paragraph, other: Paragraph) -> bool:
    return (one.kind == "comment") == (other.kind == "comment")


def _windows(text: str) -> Iterator[str]:
    """Yield the text, or windows of whole sentences of it, none wider than `MAX_WIDTH`."""
    start = end = 0
    for sentence_start, sentence_end in split_sentences(text):
        if start < end and not _fits(text, start, sentence_end):
            yield text[start:end]
            start = sentence_start
        while not _fits(text, start, sentence_end):
            most = start + _fitting(text[start : start + MAX_WIDTH], MAX_WIDTH)
            cut = text.rfind(" ", start + 1, most)
            end = cut if cut > 0 else most
            yield text[start:end]
            start = end
        end = sentence_end
    if text[start:end].strip():
        yield text[start:end]


def _fits(text: str, start: int, end: int) -> bool:
    return end - start <= MAX_WIDTH and _width(text[start:end]) <= MAX_WIDTH


def _fitting(text: str, most: int) -> int:
    """Return how many characters at the start of a text are no wider than `most` together; at least one."""
    widths = accumulate(map(_width, text))
    return max(1, next((number for number, width in enumerate(widths) if width > most), len(text)))


def _width(text: str) -> int:
    """Return a text's width: 1 for each Latin letter, 3 for a Cyrillic one, 5 for a Chinese, as their tokens weigh."""
    return 2 * len(text.encode("utf-8", "replace")) - len(text)
