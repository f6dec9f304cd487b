"""How much of a sentence its sources have, and whether it was put together out of two of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.answer.gate.evidence import Source
from rag.answer.gate.likeness import are_related
from rag.answer.gate.words import Word

REACH = 6
"""Words that may stand between two content words that belong together."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What a claim has in common with its sources.

    Attributes:
        pairs: Share of its pairs of neighbouring words that a source has, without numbers, 0 to 1.
        one: Share of its content words that the best source has, or words that may stand for them, 0 to 1.
        near: Share of its neighbouring content words that stand near each other in a source, in this order, 0 to 1.
        missing: How many content words no source has.
        seams: How often a word of one source is followed by a word of another within a clause.
    """

    pairs: float
    one: float
    near: float
    missing: int
    seams: int


def measure_overlap(claim: Sequence[Word], sources: Sequence[Source]) -> Overlap:
    """Return what a claim has in common with its sources, which `choose_sources` has chosen."""
    content = [word.stem for word in claim if word.is_content]
    found = {word: [_finds(word, source) for source in sources] for word in set(content)}
    return Overlap(
        pairs=share_pairs(claim, sources),
        one=max((_share([found[word][place] for word in content]) for place in range(len(sources))), default=0.0),
        near=_share([any(_are_near(*pair, source) for source in sources) for pair in pairwise(content)]),
        missing=sum(not any(each) for each in found.values()),
        seams=_count_seams(claim, found),
    )


def share_pairs(claim: Sequence[Word], sources: Sequence[Source]) -> float:
    """Return the share of a claim's pairs of neighbouring words that a source has, 0 to 1.

    Pairs with a number are left out: it may be written otherwise, and is compared by its value.
    """
    pairs = {(one.stem, other.stem) for one, other in pairwise(claim) if not _has_digit(one, other)}
    return _share([any(pair in source.pairs for source in sources) for pair in pairs])


def _has_digit(*words: Word) -> bool:
    return any(word.text[0].isdigit() for word in words)


def _count_seams(claim: Sequence[Word], found: dict[str, list[bool]]) -> int:
    """Count where a claim goes over from one source to another in the middle of a clause: it was put together."""
    return sum(
        not any(one and other for one, other in zip(found[before], found[behind], strict=True))
        for part in _clauses(claim)
        for before, behind in pairwise(stem for stem in part if any(found[stem]))
    )


def _clauses(claim: Sequence[Word]) -> list[list[str]]:
    """Return the stems of the content words of each clause; "and" begins one."""
    clauses: list[list[str]] = [[]]
    for before, word in zip([*claim[:1], *claim], claim, strict=False):
        if word.clause != before.clause or word.text == "and":
            clauses.append([])
        if word.is_content:
            clauses[-1].append(word.stem)
    return clauses


def _finds(word: str, source: Source) -> bool:
    return word in source.stems or any(are_related(word, other.stem) for other in source.words if other.is_content)


def _are_near(first: str, second: str, source: Source) -> bool:
    places = [place for place, word in enumerate(source.words) if are_related(word.stem, first)]
    others = [place for place, word in enumerate(source.words) if are_related(word.stem, second)]
    return any(0 < other - place <= REACH for place in places for other in others)


def _share(hits: Sequence[bool]) -> float:
    """Return the share of hits; of none, all."""
    return sum(hits) / len(hits) if hits else 1.0
