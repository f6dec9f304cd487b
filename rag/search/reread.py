"""Reread what a search found: the reader's opinion of each paragraph, weighed with the search's own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat

from rag.models.reader import ReadableText, Reader, Reading
from rag.records import Passage


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage with what the reader says of it.

    Attributes:
        passage: The passage; its score, by which they are ordered, weighs the reader's opinion with the search's.
        reading: What the reader says; offsets of its spans are in the paragraph's text.
        searched: The score that the passage had in the search.
    """

    passage: Passage
    reading: Reading
    searched: float


def reread(question: str, passages: Sequence[Passage], reader: Reader, most: int) -> list[ReadPassage]:
    """Return passages with what the reader says of them, likeliest to answer first.

    Args:
        question: A question that stands by itself.
        passages: What a search found, best first.
        reader: Reads them, each below its article's title and what stands before it.
        most: So many are read; those behind are taken to be as unlikely as the unlikeliest of these.
    """
    texts = [ReadableText(passage.article.title, passage.paragraph.text, passage.before) for passage in passages[:most]]
    readings = reader.read(question, texts)
    unread = Reading(min((reading.answered for reading in readings), default=0.0), ())
    weights = reader.calibration
    found = []
    for passage, reading in zip(passages, chain(readings, repeat(unread)), strict=False):
        score = weights.answered * reading.answered + weights.searched * passage.score
        found.append(ReadPassage(replace(passage, score=score), reading, passage.score))
    return sorted(found, key=lambda read: -read.passage.score)
