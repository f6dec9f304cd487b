"""Who did what to whom: names that stand in each other's place, and sentences turned round.

Two signs, both read off the order of words. A name in the sentence stands between the same words as another name in its
source: it was exchanged. And three content words in a row come in the reverse order, while neither or both of the two
are in the passive: "Rome beat Oslo" for "Oslo beat Rome", but not for "Oslo was beaten by Rome".
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rag.answer.gate.doubts import Doubt
from rag.answer.gate.evidence import Source
from rag.answer.gate.likeness import are_related
from rag.answer.gate.words import Word

LONGEST_NAME = 4
"""Words of a name at most that may have been exchanged for another."""

REACH = 9
"""Words of the source within which three words are one event."""


def doubt_roles(claim: Sequence[Word], sources: Sequence[Source], known: frozenset[str]) -> Iterator[Doubt]:
    """Yield which names of a claim stand in another's place, and what is turned round.

    Args:
        claim: The words of the claim.
        sources: The sentences that it is drawn from, the best first.
        known: Words in lower case that are names.
    """
    for source in sources[:1]:
        yield from _doubt_exchanged(claim, source, known)
        yield from _doubt_turned(claim, source)


def _doubt_exchanged(claim: Sequence[Word], source: Source, known: frozenset[str]) -> Iterator[Doubt]:
    theirs = source.words
    matcher = SequenceMatcher(None, [word.stem for word in theirs], [word.stem for word in claim], autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag != "replace" or max(last - first, end - start) > LONGEST_NAME:
            continue
        there = [word for word in theirs[first:last] if word.text in known]
        here = [word for word in claim[start:end] if word.text in known]
        if not there or not here or any(are_related(one.stem, other.stem) for one in here for other in there):
            continue
        if _is_all_names(claim[start:end], known) and _is_all_names(theirs[first:last], known):
            names = [" ".join(word.text.title() for word in each) for each in (there, here)]
            yield Doubt("order", f"The paragraph names {names[0]} where the sentence has {names[1]}.")
            return


def _is_all_names(words: Sequence[Word], known: frozenset[str]) -> bool:
    return all(word.text in known or not word.is_content for word in words)


def _doubt_turned(claim: Sequence[Word], source: Source) -> Iterator[Doubt]:
    places = _single_places(source.words)
    own = _single_places(claim)
    row = [(own[stem], places[stem]) for stem in own if stem in places]
    row.sort()
    for one, act, other in zip(row, row[1:], row[2:], strict=False):
        is_turned = other[1] < act[1] < one[1] and one[1] - other[1] <= REACH and other[0] - one[0] <= REACH
        if is_turned and _has_by(claim[one[0] : other[0]]) == _has_by(source.words[other[1] : one[1]]):
            words = " ".join(word.text for word in source.words[other[1] : one[1] + 1])
            yield Doubt("order", f"The paragraph has it the other way round: “{words}”.")
            return


def _single_places(words: Sequence[Word]) -> dict[str, int]:
    """Return where each content word stands that stands there once."""
    stems = [word.stem for word in words]
    return {word.stem: place for place, word in enumerate(words) if word.is_content and stems.count(word.stem) == 1}


def _has_by(words: Sequence[Word]) -> bool:
    return any(word.text in ("by", "of", "from", "to") for word in words)
