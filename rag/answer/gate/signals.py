"""What is measured of a sentence that no rule has decided, and what it is worth."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from rag.answer.gate.evidence import Source
from rag.answer.gate.overlap import CLOSE, measure_overlap
from rag.answer.gate.reverse import measure_agreement
from rag.answer.gate.words import Word
from rag.models.reader import Reader

WayOfWeighing = Literal["close", "reworded", "reworded_without_reader"]

WEIGHTS = Path(__file__).parent / "weights.json"


Embed = Callable[[str], NDArray[np.float32]]
"""Returns the vector of a text, of length 1."""

HALF, ELSEWHERE = 0.5, 0.38
"""A paragraph that has less than this share of the words, and less likeness, speaks of something else. So it does, in
the examples that the weights are validated on, for 7 in 10 sentences and statements of other paragraphs, and for none
of the true ones: `rag.training.train_gate` tells."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a sentence: from 0 to 1, higher is better; the seams from 0, lower is better.

    Attributes:
        pairs: Share of its pairs of neighbouring words that a source has.
        one: Share of its content words that its best source has, or words like them.
        clause_words: The same of its weakest clause: what is made up or another's is mostly one.
        clause_pairs: Share of the pairs of its weakest clause that the best source for that has.
        near: Share of its neighbouring content words that are neighbours in a source too.
        likeness: Cosine of the sentence and the source that is most like it, at least 0.
        agreement: Share of its words that the reader finds when it is asked for them; None if it is not asked.
        seams: Log of how often it goes over from one source to another within a clause, plus one.
    """

    pairs: float
    one: float
    clause_words: float
    clause_pairs: float
    near: float
    likeness: float
    agreement: float | None
    seams: float

    @property
    def weighed_as(self) -> WayOfWeighing:
        """Tell how they are weighed: a sentence in its sources' words shows other mistakes than a reworded one."""
        if self.pairs >= CLOSE:
            return "close"
        return "reworded" if self.agreement is not None else "reworded_without_reader"


@dataclass(frozen=True, slots=True)
class Weights:
    """What the signals are worth in log odds; `rag.training.train_gate` chooses them.

    Attributes:
        start: Added to all.
        by_signal: For a point of each signal.
        supported: Probability from which on a sentence is borne out.
    """

    start: float
    by_signal: dict[str, float]
    supported: float


def measure_signals(
    claim: str, words: Sequence[Word], sources: Sequence[Source], embed: Embed, reader: Reader | None
) -> Signals:
    """Return what speaks for a sentence.

    Args:
        claim: The sentence.
        words: Its words.
        sources: The sentences that it is drawn from.
        embed: Tells likeness.
        reader: Is asked in reverse if the sentence is told in other words than its sources; None to do without.
    """
    overlap = measure_overlap(words, sources)
    return Signals(
        pairs=overlap.pairs,
        one=overlap.one,
        clause_words=overlap.clause_words,
        clause_pairs=overlap.clause_pairs,
        near=overlap.near,
        likeness=_likeness(claim, sources, embed),
        agreement=measure_agreement(claim, sources, reader) if reader and overlap.pairs < CLOSE else None,
        seams=math.log1p(overlap.seams),
    )


def is_about_something_else(signals: Signals) -> bool:
    """Tell whether neither the meaning nor the words of a sentence are those of its sources."""
    return signals.likeness < ELSEWHERE and signals.one < HALF


def weigh(signals: Signals, weights: Weights) -> float:
    """Return the probability that a sentence is borne out, 0 to 1."""
    odds = weights.start + sum(weight * (getattr(signals, name) or 0.0) for name, weight in weights.by_signal.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


@cache
def load_weights() -> dict[WayOfWeighing, Weights]:
    """Return the shipped weights."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {way: Weights(**stored[way]) for way in get_args(WayOfWeighing)}


def _likeness(claim: str, sources: Sequence[Source], embed: Embed) -> float:
    vector = embed(claim)
    return max([0.0, *(float(embed(source.text) @ vector) for source in sources)])
