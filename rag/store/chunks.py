"""Splitting an article into chunks, the pieces that get a vector each.

A chunk is one paragraph. A short paragraph says too little to be found by itself, so it shares a chunk with its
neighbour; a long one says too much for one vector, so it is cut into windows of whole sentences.
"""

import hashlib
from collections.abc import Iterator, Sequence

from rag.read import split_sentences
from rag.records import Article, Chunk, Paragraph

MIN_CHARACTERS = 50
"""Shorter paragraphs share a chunk with the next one."""

MAX_CHARACTERS = 700
"""Longer paragraphs are cut into windows: about 120 English words, well within the embedder's 256 tokens."""

MAX_TITLE_CHARACTERS = 200
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
    title = article.title[:MAX_TITLE_CHARACTERS]
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


def _groups(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Yield the paragraphs that share a chunk; readers' comments never share one with the article."""
    group: list[Paragraph] = []
    for paragraph in paragraphs:
        if paragraph.kind == "boilerplate":
            continue
        if group and (group[-1].kind == "comment") != (paragraph.kind == "comment"):
            yield group
            group = []
        group.append(paragraph)
        if sum(len(member.text) for member in group) >= MIN_CHARACTERS:
            yield group
            group = []
    if group:
        yield group


def _windows(text: str) -> Iterator[str]:
    """Yield the text, or windows of whole sentences of it, none longer than `MAX_CHARACTERS`."""
    if len(text) <= MAX_CHARACTERS:
        yield text
        return
    start = end = 0
    for sentence_start, sentence_end in split_sentences(text):
        if sentence_end - start > MAX_CHARACTERS and end > start:
            yield text[start:end]
            start = sentence_start
        while sentence_end - start > MAX_CHARACTERS:
            cut = text.rfind(" ", start + 1, start + MAX_CHARACTERS)
            cut = cut if cut > 0 else start + MAX_CHARACTERS
            yield text[start:cut]
            start = cut
        end = sentence_end
    if text[start:end].strip():
        yield text[start:end]
