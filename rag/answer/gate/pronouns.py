"""Who "he" is: the subject of the sentence before, where that begins with one."""

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from rag.answer.gate.evidence import Source
from rag.answer.gate.words import Word, read_words, word_set
from rag.read import split_sentences

_PRONOUNS = word_set("he she it they")
_ARTICLES = word_set("the a an")


def resolve(source: Source) -> Source:
    """Return a source with the subject of the sentence before it in place of the pronoun that it begins with.

    A guess, so that it may speak for a sentence and never against one.

    Args:
        source: A sentence; one that begins with no pronoun is returned as it is.
    """
    if not source.words or source.words[0].text not in _PRONOUNS or not source.before:
        return source
    subject = _read_subject(source.before)
    words = (*subject, *source.words[1:]) if subject else source.words
    stems = [word.stem for word in words]
    return replace(source, words=words, stems=source.stems | set(stems), pairs=source.pairs | set(pairwise(stems)))


@lru_cache(maxsize=2_000)
def _read_subject(before: str) -> tuple[Word, ...]:
    """Return the words that the last sentence of a text begins with: a name or a noun, with the names behind it."""
    start, end = ([*split_sentences(before)] or [(0, 0)])[-1]
    words = read_words(before[start:end])
    first = 1 if words and words[0].text in _ARTICLES else 0
    if len(words) <= first or not words[first].is_content:
        return ()
    rest = words[first + 1 :]
    length = next((place for place, word in enumerate(rest) if not (word.is_name or word.text == "of")), len(rest))
    return words[: first + 1 + length]
