"""The sentences of a paragraph as they are quoted: a quotation that runs through several is not cut open."""

from collections.abc import Sequence
from itertools import takewhile

from rag.read import split_sentences

LONGEST_QUOTATION = 400
"""Characters of sentences that are told together because one quotation runs through them."""


def split_for_quoting(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a paragraph start and end, those as one through which a quotation runs.

    Example:
        >>> text = 'It rained. "We won. Nobody helped us," she said.'
        >>> [text[start:end] for start, end in split_for_quoting(text)]
        ['It rained.', '"We won. Nobody helped us," she said.']
    """
    sentences = split_sentences(text)
    joined: list[tuple[int, int]] = []
    for place, (start, _) in enumerate(sentences):
        if not joined or start >= joined[-1][1]:
            joined.append((start, _end_of_quotation(text, sentences[place:])))
    return joined


def _end_of_quotation(text: str, sentences: Sequence[tuple[int, int]]) -> int:
    """Return where the first sentence ends, or the last one of a quotation that begins there and is not too long."""
    start, end = sentences[0]
    near = takewhile(lambda last: last - start <= LONGEST_QUOTATION, (last for _, last in sentences))
    return next((last for last in near if not _is_open(text[start:last])), end)


def _is_open(text: str) -> bool:
    """Tell whether a quotation begins and does not end in a text."""
    return text.count('"') % 2 == 1 or text.count("“") > text.count("”")
