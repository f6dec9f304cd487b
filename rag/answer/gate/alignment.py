"""Which word of the sources each word of a sentence comes from, by what they mean where they stand.

Source: Zhang and others, "BERTScore: Evaluating Text Generation with BERT", ICLR 2020, which takes the mean of the
likenesses of all words; we look at the content words that are worst off, and at whether neighbours stay together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rag.answer.gate.words import NEGATORS, SAYING_NOTHING
from rag.models.embedder import WordVectors

WORST = 3
"""One word in so many content words counts among those that are worst off, at least one and at most so many."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How well the words of a claim are found in its sources.

    Attributes:
        likeness: Cosine of the claim and the source that is most like it, at least 0.
        weakest: Mean cosine of its worst content words and the words most like them, -1 to 1.
        apart: Share of its neighbouring content words that come from different sources, 0 to 1.
    """

    likeness: float
    weakest: float
    apart: float


def align(claim: WordVectors, sources: Sequence[WordVectors]) -> Alignment:
    """Return how well the words of a claim are found in its sources."""
    if not sources:
        return Alignment(0.0, 0.0, 0.0)
    likeness = max(float(source.text @ claim.text) for source in sources)
    content = [place for place, word in enumerate(claim.words) if _says_something(word)]
    places = content or list(range(len(claim.words)))
    if not places or not all(source.words for source in sources):
        return Alignment(max(0.0, likeness), 0.0, 0.0)
    by_source = np.stack([(claim.vectors[places] @ source.vectors.T).max(axis=1) for source in sources])
    best, origin = by_source.max(axis=0), by_source.argmax(axis=0)
    apart = [one != other for one, other in pairwise(origin)]
    return Alignment(
        likeness=max(0.0, likeness),
        weakest=float(np.sort(best)[: min(WORST, max(1, len(places) // WORST))].mean()),
        apart=sum(apart) / len(apart) if apart else 0.0,
    )


def _says_something(word: str) -> bool:
    return not word[0].isdigit() and word not in SAYING_NOTHING and word not in NEGATORS
