"""Ask the same in other words: people don't ask in an article's words, but nearly all questions to train on do.

Without this a reader learns that a question whose words are not in the passage is not answered by it.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np

from rag.models.embedder import Embedder
from rag.search.lexical import STOP_WORDS
from rag.training.unanswerable import OPPOSITE

Synonyms = Mapping[str, tuple[str, ...]]

LEAST_USES = 3
LEAST_LIKENESS = 0.6
"""Cosine from which on two words may stand for each other."""

MOST_SYNONYMS = 5
REPLACED = 0.5
LEFT_OUT = 0.15

_WORD = re.compile(r"(?<![\w-])[a-z]{3,}(?![\w-])")
_FULL_NAME = re.compile(r"\b[A-Z][a-z]+ (?=[A-Z][a-z]+)")


def find_synonyms(questions: Iterable[str], embedder: Embedder) -> Synonyms:
    """Return for the words of many questions those that mean about the same.

    Words of one stem and known opposites are left out: the first would change nothing, the others too much.

    Args:
        questions: Where the words are taken from.
        embedder: Tells likeness.
    """
    uses = Counter(word for question in questions for word in _WORD.findall(question) if word not in STOP_WORDS)
    words = sorted(word for word, count in uses.items() if count >= LEAST_USES)
    vectors = embedder.embed(words)
    found: dict[str, tuple[str, ...]] = {}
    for word, likeness in zip(words, vectors @ vectors.T, strict=True):
        order = np.argsort(-likeness)[: 4 * MOST_SYNONYMS]
        alike = [words[place] for place in order if likeness[place] >= LEAST_LIKENESS and _differ(word, words[place])]
        if alike:
            found[word] = tuple(alike[:MOST_SYNONYMS])
    return found


def _differ(word: str, other: str) -> bool:
    return word[:4] != other[:4] and OPPOSITE.get(word) != other and OPPOSITE.get(other) != word


def reword(question: str, synonyms: Synonyms, rng: random.Random) -> str:
    """Return a question with some of its words replaced or left out, and first names dropped; names stay.

    Example:
        >>> reword("Who bought the ship?", {"bought": ("purchased",), "ship": ("vessel",)}, random.Random(4))
        'Who purchased the vessel?'
    """

    def change(match: re.Match[str]) -> str:
        word, chance = match[0], rng.random()
        if word in STOP_WORDS or match.start() < len(question.split(" ")[0]):
            return word
        if chance < REPLACED and word in synonyms:
            return rng.choice(synonyms[word])
        return "" if chance > 1 - LEFT_OUT else word

    reworded = _FULL_NAME.sub(lambda match: "" if rng.random() < LEFT_OUT else match[0], question)
    return re.sub(r"\s+(?=[\s?])", "", _WORD.sub(change, reworded)).strip()
