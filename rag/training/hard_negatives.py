"""Find for each question the passages that a search would confuse with the right one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.models.embedder import Embedder
from rag.search.lexical import content_words
from rag.training.reader_examples import Example

NEIGHBOURS = 12
"""Wrong passages kept for each question."""

WORD_WEIGHT = 0.5
"""What it is worth, as a cosine, if a passage has all words of the question; as in the search itself."""


def find_hard_negatives(examples: Sequence[Example], embedder: Embedder) -> list[list[str]]:
    """Return for each example up to `NEIGHBOURS` passages of the others that look like an answer and are none.

    A passage that has an answer's words in it is left out, since it may well answer.

    Args:
        examples: Examples that may stand for each other's wrong passages.
        embedder: Tells likeness.

    Returns:
        Passages for each example, likeliest first.
    """
    passages = list(dict.fromkeys(example.passage for example in examples))
    vectors = embedder.embed(passages)
    questions = embedder.embed([example.question for example in examples])
    lowered = [passage.lower() for passage in passages]
    postings = _index_words(lowered)
    rarity = {word: np.log(len(passages) / len(places)) for word, places in postings.items()}
    found = []
    for example, question in zip(examples, questions, strict=True):
        scores = vectors @ question + WORD_WEIGHT * _shares(example.question, postings, rarity, len(passages))
        order = np.argsort(-scores)[: 5 * NEIGHBOURS]
        found.append([passages[place] for place in order if _is_wrong(example, passages[place])][:NEIGHBOURS])
    return found


def _index_words(passages: Sequence[str]) -> dict[str, NDArray[np.int64]]:
    places: dict[str, list[int]] = {}
    for place, passage in enumerate(passages):
        for word in content_words(passage):
            places.setdefault(word, []).append(place)
    return {word: np.array(found) for word, found in places.items()}


def _shares(
    question: str, postings: dict[str, NDArray[np.int64]], rarity: dict[str, float], count: int
) -> NDArray[np.float32]:
    """Return for each passage its share of the question's words, rare ones weighing more, 0 to 1."""
    shares = np.zeros(count, dtype=np.float32)
    words = [word for word in content_words(question) if word in postings]
    for word in words:
        shares[postings[word]] += rarity[word]
    return shares / max(sum(rarity[word] for word in words), 1e-9)


def _is_wrong(example: Example, passage: str) -> bool:
    lowered = passage.lower()
    return passage != example.passage and not any(answer.lower() in lowered for answer in example.answers)
