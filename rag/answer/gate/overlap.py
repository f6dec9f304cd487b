"""How much of a sentence its sources have: by words, by neighbours and in longer runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from rag.answer.gate.evidence import Source
from rag.answer.gate.likeness import are_related
from rag.answer.gate.words import Word

REACH = 6
"""Words that may stand between two content words that belong together."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What a claim has in common with its sources; 0 to 1, higher is better, but for the last three.

    Attributes:
        pairs: Share of its pairs of neighbouring words that stand in a source.
        words: Share of its content words that stand there, or words that may stand for them.
        exact: The same without those that may stand for them.
        one: Share of its content words that the best source has by itself.
        near: Share of its neighbouring content words that stand near each other in a source, in this order.
        run: Its longest run of words that stands in a source, as a share of its words.
        pieces: How many runs it takes to make it out of the sources, words that none has included, by its words.
        missing: How many content words no source has.
        seams: How often a word of one source is followed by a word of another within a clause.
    """

    pairs: float
    words: float
    exact: float
    one: float
    near: float
    run: float
    pieces: float
    missing: int
    seams: int


def measure_overlap(claim: Sequence[Word], sources: Sequence[Source]) -> Overlap:
    """Return what a claim has in common with its sources, which `choose_sources` has chosen."""
    content = [word.stem for word in claim if word.is_content]
    stems = [word.stem for word in claim]
    pairs = set(pairwise(stems))
    found = {word: [_finds(word, source) for source in sources] for word in set(content)}
    longest, pieces = _count_pieces(stems, sources)
    return Overlap(
        pairs=_share([any(pair in source.pairs for source in sources) for pair in pairs]),
        words=_share([any(found[word]) for word in content]),
        exact=_share([any(word in source.stems for source in sources) for word in content]),
        one=max((_share([found[word][place] for word in content]) for place in range(len(sources))), default=0.0),
        near=_share([any(_are_near(*pair, source) for source in sources) for pair in pairwise(content)]),
        run=longest / max(len(stems), 1),
        pieces=pieces / max(len(stems), 1),
        missing=sum(not any(each) for each in found.values()),
        seams=_count_seams(claim, found),
    )


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


def _count_pieces(stems: list[str], sources: Sequence[Source]) -> tuple[int, int]:
    """Return the longest run that a source has, and the number of runs that make up the whole, greedily."""
    texts = [[word.stem for word in source.words] for source in sources]
    matchers = [SequenceMatcher(None, text, stems, autojunk=False) for text in texts]
    blocks = [(block.b, block.size) for matcher in matchers for block in matcher.get_matching_blocks() if block.size]
    longest = max((size for _, size in blocks), default=0)
    place = pieces = 0
    while place < len(stems):
        ahead = [start + size - place for start, size in blocks if start <= place < start + size]
        place += max(ahead, default=1)
        pieces += 1
    return longest, pieces


def _share(hits: Sequence[bool]) -> float:
    """Return the share of hits; of none, all."""
    return sum(hits) / len(hits) if hits else 1.0
