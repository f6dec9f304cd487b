"""How much of a sentence its sources have, and whether it was put together out of two of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.answer.gate.evidence import Source
from rag.answer.gate.likeness import are_related
from rag.answer.gate.pronouns import resolve
from rag.answer.gate.words import Word, split_clauses, word_set

REACH = 6
"""Words that may stand between two content words that belong together."""

CLOSE = 0.5
"""Share of a sentence's pairs of neighbouring words from which on it keeps its sources' words; with less it is told in
other words. 98 % of the damaged sentences of the training data have more, true ones in other words hardly ever."""

_JOINTS = word_set("and or")
SHORTEST_CLAUSE = 3
"""Content words of a clause that is compared by itself; a shorter one counts with its neighbour."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What a claim has in common with its sources.

    Attributes:
        pairs: Share of its pairs of neighbouring words that a source has, without numbers, 0 to 1.
        one: Share of its content words that the best source has, or words that may stand for them, 0 to 1.
        clause_words: The same of its weakest clause.
        clause_pairs: Share of the pairs of its weakest clause that the best source for that has, 0 to 1.
        near: Share of its neighbouring content words that stand near each other in a source, in this order, 0 to 1.
        seams: How often a word of one source is followed by a word of another within a clause.
    """

    pairs: float
    one: float
    clause_words: float
    clause_pairs: float
    near: float
    seams: int


def measure_overlap(claim: Sequence[Word], sources: Sequence[Source]) -> Overlap:
    """Return what a claim has in common with its sources, which `choose_sources` has chosen."""
    sources = [resolve(source) for source in sources]
    content = _content(claim)
    found = {word: [_finds(word, source) for source in sources] for word in set(content)}
    clauses = split_clauses(claim, _JOINTS)
    long = _join_short(clauses)
    return Overlap(
        pairs=share_pairs(claim, sources),
        one=_share_words(content, found),
        clause_words=min(_share_words(_content(clause), found) for clause in long),
        clause_pairs=min(max((share_pairs(clause, [each]) for each in sources), default=0.0) for clause in long),
        near=_share([any(_are_near(*pair, source) for source in sources) for pair in pairwise(content)]),
        seams=sum(_count_seams(_content(clause), found) for clause in clauses),
    )


def share_pairs(claim: Sequence[Word], sources: Sequence[Source]) -> float:
    """Return the share of a claim's pairs of neighbouring words that a source has, 0 to 1.

    Pairs with a number are left out: it may be written otherwise, and is compared by its value.
    """
    pairs = {(one.stem, other.stem) for one, other in pairwise(claim) if not _has_digit(one, other)}
    return _share([any(pair in source.pairs for source in sources) for pair in pairs])


def _content(words: Sequence[Word]) -> list[str]:
    return [word.stem for word in words if word.is_content]


def _has_digit(*words: Word) -> bool:
    return any(word.text[0].isdigit() for word in words)


def _share_words(content: Sequence[str], found: dict[str, list[bool]]) -> float:
    """Return the share of some content words that the best source has, 0 to 1."""
    by_source = zip(*(found[word] for word in content), strict=True) if content else [()]
    return max((_share(hits) for hits in by_source), default=0.0)


def _count_seams(content: Sequence[str], found: dict[str, list[bool]]) -> int:
    """Count where a clause goes over from one source to another: it was put together."""
    return sum(
        not any(one and other for one, other in zip(found[before], found[behind], strict=True))
        for before, behind in pairwise(word for word in content if any(found[word]))
    )


def _is_joint(words: Sequence[Word]) -> bool:
    return any(word.text in _JOINTS for word in words)


def _join_short(clauses: Sequence[list[Word]]) -> list[list[Word]]:
    """Return clauses that have enough content words, the short ones joined with those behind or before."""
    joined: list[list[Word]] = []
    rest: list[Word] = []
    for clause in clauses:
        rest = rest + clause if rest or not _is_joint(clause[:1]) else clause[1:]
        if len(_content(rest)) >= SHORTEST_CLAUSE:
            joined.append(rest)
            rest = []
    return [*joined[:-1], joined[-1] + rest] if joined else [rest]


def _finds(word: str, source: Source) -> bool:
    return word in source.stems or any(are_related(word, other.stem) for other in source.words if other.is_content)


def _are_near(first: str, second: str, source: Source) -> bool:
    places = [place for place, word in enumerate(source.words) if are_related(word.stem, first)]
    others = [place for place, word in enumerate(source.words) if are_related(word.stem, second)]
    return any(0 < other - place <= REACH for place in places for other in others)


def _share(hits: Sequence[bool]) -> float:
    """Return the share of hits; of none, all."""
    return sum(hits) / len(hits) if hits else 1.0
