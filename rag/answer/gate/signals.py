"""What is measured of a sentence that no rule has decided, and what it is worth."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.answer.gate.evidence import Source
from rag.answer.gate.overlap import measure_overlap
from rag.answer.gate.reverse import measure_agreement
from rag.answer.gate.words import Word
from rag.models.reader import Reader

WEIGHTS = Path(__file__).parent / "weights.json"


Embed = Callable[[str], NDArray[np.float32]]
"""Returns the vector of a text, of length 1."""

HALF, ELSEWHERE = 0.5, 0.38
"""A paragraph that has less than this share of the words, and less likeness, speaks of something else. So it does, in
the examples that the weights are validated on, for 7 in 10 sentences and statements of other paragraphs, and for none
of the true ones: `rag.training.train_gate` tells."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a sentence: the first five from 0 to 1, higher is better; the last two from 0, lower is better.

    Attributes:
        pairs: Share of its pairs of neighbouring words that a source has.
        one: Share of its content words that its best source has, or words like them.
        near: Share of its neighbouring content words that are neighbours in a source too.
        likeness: Cosine of the sentence and the source that is most like it, at least 0.
        agreement: Share of its words that the reader finds when it is asked for them; None without a reader.
        missing: Log of how many content words no source has, plus one.
        seams: Log of how often it goes over from one source to another within a clause, plus one.
    """

    pairs: float
    one: float
    near: float
    likeness: float
    agreement: float | None
    missing: float
    seams: float


SIGNALS = tuple(field.name for field in fields(Signals))


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
        reader: Is asked in reverse, or None.
    """
    overlap = measure_overlap(words, sources)
    return Signals(
        pairs=overlap.pairs,
        one=overlap.one,
        near=overlap.near,
        likeness=_likeness(claim, sources, embed),
        agreement=measure_agreement(claim, sources, reader) if reader else None,
        missing=math.log1p(overlap.missing),
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
def load_weights() -> dict[str, Weights]:
    """Return the shipped weights, `with_reader` and `without_reader`."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {name: Weights(**stored[name]) for name in ("with_reader", "without_reader")}


def _likeness(claim: str, sources: Sequence[Source], embed: Embed) -> float:
    vector = embed(claim)
    return max([0.0, *(float(embed(source.text) @ vector) for source in sources)])
