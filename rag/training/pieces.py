"""Cut passages into pieces as short as the paragraphs of news, which say little about what they are about."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.read import split_sentences
from rag.search.lexical import content_words
from rag.training.reader_examples import Example

MOST_SENTENCES = 3
"""Sentences of a piece at most."""

HEADED = 0.6
"""Chance that the passage's first sentence stands above its pieces as a title if it has none."""


def cut_passage(example: Example, rng: random.Random) -> list[Example]:
    """Return the pieces of an example's passage, the one that holds the answer first; other pieces are not answered.

    Each has what stands before it as its context. Pieces that have an answer's words in them and are not the one that
    holds it are left out.

    Args:
        example: Any example.
        rng: Chooses where to cut.

    Returns:
        The pieces, none if the passage is too short or if the answer would be cut.
    """
    borders = list(choose_borders(example.passage, rng))
    holding = [(start, end) for start, end in borders if start <= example.start and example.end <= end]
    if len(borders) < 2 or (example.answers and not holding):
        return []
    first = split_sentences(example.passage)[0]
    title = example.title or (example.passage[slice(*first)] if rng.random() < HEADED else "")
    pieces = [_cut(example, start, end, title) for start, end in holding]
    for start, end in borders:
        text = example.passage[start:end].lower()
        if (start, end) not in holding and not any(answer.lower() in text for answer in example.answers):
            pieces.append(_cut(replace(example, answers=(), start=-1), start, end, title))
    return pieces


def choose_borders(passage: str, rng: random.Random) -> Iterator[tuple[int, int]]:
    """Yield offsets that cut a passage into pieces of a few sentences."""
    sentences = split_sentences(passage)
    while sentences:
        count = rng.randint(1, MOST_SENTENCES)
        yield sentences[0][0], sentences[min(count, len(sentences)) - 1][1]
        sentences = sentences[count:]


def _cut(example: Example, start: int, end: int, title: str) -> Example:
    passage, before = example.passage[start:end], example.passage[:start].strip()
    answer = example.start - start if example.answers else -1
    return replace(example, passage=passage, start=answer, title=title if before else example.title, before=before)


def most_alike(pieces: Sequence[Example]) -> Example:
    """Return the piece that has most of its question's words."""
    words = set(content_words(pieces[0].question))
    return max(pieces, key=lambda piece: len(words & set(content_words(piece.passage))))
