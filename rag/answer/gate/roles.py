"""Who did what to whom: names that stand in each other's place, and sentences turned round.

Two signs, both read off the order of words. A name in the sentence stands between the same words as another name in its
source: it was exchanged. And three content words in a row come in the reverse order, while neither or both of the two
are in the passive: "Rome beat Oslo" for "Oslo beat Rome", but not for "Oslo was beaten by Rome".
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rag.answer.figures import find_numbers, same_number
from rag.answer.gate.doubts import Doubt
from rag.answer.gate.evidence import Source, choose_sources
from rag.answer.gate.likeness import are_related
from rag.answer.gate.names import TITLES, first_names
from rag.answer.gate.words import Word

LONGEST_NAME = 6
"""Words of a name at most that may have been exchanged for another."""

REACH, SHORT_REACH = 12, 4
"""Words within which three words are one event, if a name is among them and if none is."""

_EQUATION = re.compile(r"\b(?:(?:is|was|are|were) (?:the|an?|one|his|her|its|their)|who|whom|which|whose)\b")


def doubt_roles(claim: Sequence[Word], sources: Sequence[Source], known: frozenset[str]) -> Iterator[Doubt]:
    """Yield which names of a claim stand in another's place, and what is turned round.

    Args:
        claim: The words of the claim.
        sources: All sentences of the cited paragraphs.
        known: Words in lower case that are names.
    """
    for source in sources[:1]:
        yield from _doubt_turned(claim, source, known)
    others = [word for word in claim if word.text not in known]
    for source in choose_sources(others, sources)[:1]:
        yield from _doubt_exchanged(claim, source, known | first_names(source.text))


def _doubt_exchanged(claim: Sequence[Word], source: Source, known: frozenset[str]) -> Iterator[Doubt]:
    theirs = source.words
    matcher = SequenceMatcher(None, [word.stem for word in theirs], [word.stem for word in claim], autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        there, here = theirs[first:last], claim[start:end]
        if tag != "replace" or max(len(there), len(here)) > LONGEST_NAME or _are_related(here, there):
            continue
        texts = [" ".join(word.text for word in each) for each in (there, here)]
        if _are_names(here, known) and _are_names(there, known) and not _is_turned_passive(claim, theirs, here, there):
            yield Doubt("order", f"The paragraph names “{texts[0]}” where the sentence has “{texts[1]}”.")
            return
        if not any(same_number(one, other) for one in find_numbers(texts[0]) for other in find_numbers(texts[1])) and (
            _are_numbers(texts[0]) and _are_numbers(texts[1])
        ):
            yield Doubt("number", f"The paragraph says “{texts[0]}” where the sentence has “{texts[1]}”.")
            return


def _is_turned_passive(
    claim: Sequence[Word], theirs: Sequence[Word], here: Sequence[Word], there: Sequence[Word]
) -> bool:
    """Tell whether two names have changed places because one side is in the passive: "Rome was beaten by Oslo"."""
    swapped = {word.stem for word in here if word.is_content} <= {word.stem for word in theirs} and (
        {word.stem for word in there if word.is_content} <= {word.stem for word in claim}
    )
    return swapped and _has_by(claim) != _has_by(theirs)


def _has_by(words: Sequence[Word]) -> bool:
    return any(word.text == "by" for word in words)


def _are_related(here: Sequence[Word], there: Sequence[Word]) -> bool:
    return any(are_related(one.stem, other.stem) for one in here for other in there if one.is_content)


def _are_names(words: Sequence[Word], known: frozenset[str]) -> bool:
    return any(word.text in known or word.is_name for word in words) and all(
        word.text in known or word.text in TITLES or word.is_name or not word.is_content for word in words
    )


def _are_numbers(text: str) -> bool:
    return len(find_numbers(text)) == len(text.split())


def _doubt_turned(claim: Sequence[Word], source: Source, known: frozenset[str]) -> Iterator[Doubt]:
    theirs = source.words
    places, own = _single_places(theirs), _single_places(claim)
    row = sorted((own[stem], places[stem]) for stem in own if stem in places)
    for one, act, other in zip(row, row[1:], row[2:], strict=False):
        here, there = claim[one[0] : other[0] + 1], theirs[other[1] : one[1] + 1]
        reach = REACH if here[0].text in known or here[-1].text in known else SHORT_REACH
        is_turned = other[1] < act[1] < one[1] and max(len(here), len(there)) <= reach
        if is_turned and _is_passive(here) == _is_passive(there) and not _is_equation(here):
            words = " ".join(word.text for word in there)
            yield Doubt("order", f"The paragraph has it the other way round: “{words}”.")
            return


def _is_passive(words: Sequence[Word]) -> bool:
    return any(word.text in ("by", "of", "from", "to") for word in words)


def _is_equation(words: Sequence[Word]) -> bool:
    """Tell whether some words say what something is, which holds both ways: "Oslo is the capital"."""
    return bool(_EQUATION.search(" ".join(word.text for word in words)))


def _single_places(words: Sequence[Word]) -> dict[str, int]:
    """Return where each content word stands that stands there once."""
    stems = [word.stem for word in words]
    return {word.stem: place for place, word in enumerate(words) if word.is_content and stems.count(word.stem) == 1}
