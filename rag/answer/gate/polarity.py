"""Negation, hedges and contraries: what a sentence asserts, its sources must not deny, leave open or turn round.

Rules, not understanding. A "not" is tied to the first content word behind it, its head, and reaches to the end of the
clause. Where source and sentence share a head, both must negate it or neither; the same for "may", "plans to" and
the like, but that leaving one out makes a sentence borne out in part. A word whose contrary stands in its place in the
source ("rose" for "fell") is as bad as a missing "not".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.answer.gate.doubts import Doubt
from rag.answer.gate.evidence import Source
from rag.answer.gate.likeness import are_related, contraries_of
from rag.answer.gate.words import NEGATORS, Word, word_set

_DENIALS = word_set(
    """
    refuse refused refuses refusing fail failed fails declined declines unable unlikely impossible
    """
)
_DENIED = word_set("denied denies deny denying")
_NO_SIGN = word_set("evidence sign signs proof indication indications")
_HEDGES = word_set(
    """
    may might could would should will shall if whether perhaps possibly probably reportedly allegedly alleged accuse
    accused accuses accusing suspected propose proposed proposes proposal urge urged urges demand demanded demands
    rumours rumors rumoured unless almost nearly claimed potential seems appears considering
    """
)
_HEDGES_TO = word_set(
    """
    plan plans planned planning want wants wanted hope hopes hoped hoping expect expects expected threaten threatened
    threatens promise promised promises vow vowed vows pledge pledged pledges try tried tries trying attempt attempted
    attempts intend intends intended likely ready prepared willing due set supposed going seem seemed appeared invited
    agreed asked ordered told poised scheduled slated bound aim aims aimed aiming seek seeks sought believed
    thought feared estimated predicted forecast forecasted prepare prepares preparing
    """
)
"""These leave open whether something is so only before "to", or "soon to"."""

_SOON = word_set("soon now also still later then next")
SHORTEST_ADVERB = 7
"""Letters of a word in "-ly" that is an adverb: "apply" and "supply" are none."""


_HEDGES_FOR = word_set("call calls called calling appeal appeals appealed")
_UNTIL = word_set("until till unless")
_BEFORE_MONTH = word_set("in since until till during last next early late mid")
_ONLY = word_set("only just merely simply necessarily")
_SOLE = word_set("only solely exclusively")
_HEAD_WITHIN, _SCOPE = 5, 7
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """A word that negates or hedges: its place, that of the word that it is said of, and of the last it reaches to."""

    word: str
    place: int
    head: int
    end: int


def find_negations(words: Sequence[Word], has_until: bool = False) -> list[Turn]:
    """Return the negations of a sentence; "not only" and the like are none.

    Args:
        words: Its words.
        has_until: Whether the sentence that it is compared with has an "until"; if not, "not … until" is no negation:
            what was not open until 2012 was opened then.
    """
    found = []
    for place, word in enumerate(words):
        following = words[place + 1].text if place + 1 < len(words) else ""
        rest = {each.text for each in words[place + 1 : place + 12]}
        is_number = word.text == "no" and following[:1].isdigit()  # "No. 1"
        if word.text in NEGATORS and not is_number and following not in _ONLY and (has_until or not rest & _UNTIL):
            found += _read_turn(words, place, skipped=_NO_SIGN)
        elif (word.text in _DENIALS and following == "to") or (
            word.text in _DENIED and (following == "that" or following.endswith("ing") or following == "having")
        ):
            found += _read_turn(words, place)
    return found


def find_hedges(words: Sequence[Word]) -> list[Turn]:
    """Return what leaves open whether something is so; "urged Iran" leaves nothing open of Iran."""
    adverbs = frozenset(word.text for word in words if _is_adverb(word.text))
    places = [place for place in range(len(words)) if _is_hedge(words, place)]
    turns = [turn for place in places for turn in _read_turn(words, place, adverbs)]
    return [turn for turn in turns if not words[turn.head].is_name]


def _is_hedge(words: Sequence[Word], place: int) -> bool:
    word, *behind = [each.text for each in words[place : place + 3]]
    if is_month(words, place):
        return False
    following = next((text for text in behind if not _is_adverb(text)), "")
    return (
        word in _HEDGES
        or (word in _HEDGES_TO | {"about"} and following == "to")
        or (word in _HEDGES_FOR and following in ("for", "on"))
    )


def is_month(words: Sequence[Word], place: int) -> bool:
    """Tell whether a word is the month: "in May", "5 May", "May 2012"."""
    before, behind = (words[near].text if 0 <= near < len(words) else "" for near in (place - 1, place + 1))
    return words[place].text == "may" and (before in _BEFORE_MONTH or before.isdigit() or behind.isdigit())


def _is_adverb(word: str) -> bool:
    return word in _SOON or (word.endswith("ly") and len(word) >= SHORTEST_ADVERB)


def _read_turn(words: Sequence[Word], place: int, skipped: frozenset[str] = frozenset()) -> list[Turn]:
    behind = range(place + 1, min(len(words), place + 1 + _HEAD_WITHIN))
    clause = words[place].clause
    heads = [
        other
        for other in behind
        if words[other].is_content and words[other].clause == clause and words[other].text not in skipped | _HEDGES
    ]
    last = max(other for other in range(place, min(len(words), place + _SCOPE)) if words[other].clause == clause)
    return [Turn(words[place].text, place, heads[0], last)] if heads else []


def doubt_polarity(claim: Sequence[Word], sources: Sequence[Source]) -> Iterator[Doubt]:
    """Yield what a claim asserts and its sources deny, leave open, tell the contrary of, or tell not of it alone."""
    negated = [*_doubt_inserted(claim, sources), *_doubt_negation(claim, sources)]
    yield from negated[:1]
    yield from _doubt_hedges(claim, sources)
    yield from _doubt_contraries(claim, sources)
    yield from _doubt_sole(claim, sources)


def _doubt_negation(claim: Sequence[Word], sources: Sequence[Source]) -> Iterator[Doubt]:
    own = find_negations(claim, any(_has_until(source.words) for source in sources))
    theirs = [(source, find_negations(source.words, _has_until(claim))) for source in sources]
    for turn in own:
        head = claim[turn.head].stem
        stands = [_reaches(negations, place) for source, negations in theirs for place in _places(head, source.words)]
        if stands and not any(stands):
            yield Doubt("negation", f"The paragraph does not say “{turn.word}” of “{claim[turn.head].text}”.")
        elif not stands and not any(negations for _, negations in theirs) and not _has_contrary(head, sources):
            yield Doubt("negation", f"The paragraph has no “{turn.word}”.", grave=False)
    for source, negations in theirs:
        for turn in negations:
            if _is_asserted(source.words[turn.head].stem, claim, own) and not _is_free(source, turn, theirs):
                yield Doubt("negation", f"The paragraph says “{turn.word} … {source.words[turn.head].text}”.")
                return


def _doubt_inserted(claim: Sequence[Word], sources: Sequence[Source]) -> Iterator[Doubt]:
    """Yield a "not" between words that are neighbours on the other side."""
    triples = {triple for source in sources for triple in _triples(source.words)}
    for source in sources:
        for negator, _ in _between_neighbours(claim, source.words, triples):
            yield Doubt("negation", f"The paragraph says the same without “{negator}”.")
            return
        for negator, following in _between_neighbours(source.words, claim, set(_triples(claim))):
            yield Doubt("negation", f"The paragraph says “{negator} {following}”.")
            return


def _between_neighbours(
    words: Sequence[Word], others: Sequence[Word], triples: set[tuple[str, str, str]]
) -> Iterator[tuple[str, str]]:
    pairs = set(pairwise(word.text for word in others))
    for here in _triples(words):
        if here[1] in NEGATORS - {"no"} and here[2] not in _ONLY and here not in triples and here[::2] in pairs:
            yield here[1], here[2]


def _triples(words: Sequence[Word]) -> Iterator[tuple[str, str, str]]:
    texts = [word.text for word in words]
    return zip(texts, texts[1:], texts[2:], strict=False)


def _has_until(words: Sequence[Word]) -> bool:
    return any(word.text in _UNTIL for word in words)


def _is_asserted(head: str, claim: Sequence[Word], turns: Sequence[Turn]) -> bool:
    places = _places(head, claim)
    return bool(places) and not any(_reaches(turns, place) for place in places)


def _is_free(source: Source, turn: Turn, theirs: Sequence[tuple[Source, list[Turn]]]) -> bool:
    """Tell whether the head of a negation stands elsewhere in the sources without one."""
    head = source.words[turn.head].stem
    return any(
        not _reaches(turns, place) for other, turns in theirs for place in _places(head, other.words, exactly=True)
    )


def _doubt_hedges(claim: Sequence[Word], sources: Sequence[Source]) -> Iterator[Doubt]:
    if any(word.text in _HEDGES_TO | _HEDGES_FOR or _is_hedge(claim, place) for place, word in enumerate(claim)):
        return
    theirs = [(source, find_hedges(source.words)) for source in sources]
    for source, hedges in theirs:
        for turn in hedges:
            head = source.words[turn.head]
            if _places(head.stem, claim) and not _is_free(source, turn, theirs):
                yield Doubt("hedge", f"The paragraph says only “{turn.word} … {head.text}”.", grave=False)
                return


def _doubt_contraries(claim: Sequence[Word], sources: Sequence[Source]) -> Iterator[Doubt]:
    own = find_negations(claim)
    for place, word in enumerate(claim):
        for contrary in contraries_of(word.stem):
            for source in sources[:1]:
                at = _contrary_at(claim, place, contrary, source)
                if at is not None and _reaches(own, place) == _reaches(find_negations(source.words), at):
                    yield Doubt("contrary", f"The paragraph says “{source.words[at].text}”, not “{word.text}”.")
                    return


def _doubt_sole(claim: Sequence[Word], sources: Sequence[Source]) -> Iterator[Doubt]:
    added = [word.text for word in claim if word.text in _SOLE]
    if added and not any(word.text in _SOLE | {"alone", "sole"} for source in sources for word in source.words):
        yield Doubt("hedge", f"The paragraph has no “{added[0]}”.", grave=False)


def _contrary_at(claim: Sequence[Word], place: int, contrary: str, source: Source) -> int | None:
    """Return where the contrary of a word stands in its place in a source: near the same words, and nearer than it."""
    there = [other for other, word in enumerate(source.words) if word.stem == contrary]
    if not there or contrary in {word.stem for word in claim}:
        return None
    around = claim[max(0, place - _NEAR - 1) : place + _NEAR + 2]
    beside = [word.stem for word in around if word.is_content and word.clause == claim[place].clause]
    anchors = [
        other for other, word in enumerate(source.words) if word.stem in beside and word.stem != claim[place].stem
    ]
    own = [other for other, word in enumerate(source.words) if word.stem == claim[place].stem]
    best = min(there, key=lambda at: _distance(at, anchors))
    near = _distance(best, anchors) <= _NEAR + (1 if claim[place].is_content else 0)
    return best if near and min((_distance(at, anchors) for at in own), default=99) > _distance(best, anchors) else None


def _distance(place: int, anchors: Sequence[int]) -> int:
    return min((abs(place - anchor) for anchor in anchors), default=99)


def _places(head: str, words: Sequence[Word], exactly: bool = False) -> list[int]:
    return [
        place
        for place, word in enumerate(words)
        if word.stem == head or (not exactly and word.is_content and are_related(word.stem, head))
    ]


def _reaches(turns: Sequence[Turn], place: int) -> bool:
    return any(turn.place < place <= max(turn.end, turn.head) for turn in turns)


def _has_contrary(stem: str, sources: Sequence[Source]) -> bool:
    return any(contraries_of(stem) & source.stems for source in sources) or any(
        re.match(r"un|in|im|dis", word.text) and word.is_content for source in sources for word in source.words
    )
