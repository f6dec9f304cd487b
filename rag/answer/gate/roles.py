"""Who did what to whom: names that stand in each other's place, and sentences turned round.

Four signs, all read off the order of words. A name in the sentence stands between the same words as another name in
its source: it was exchanged. A name stands behind the same words as another, and is the name of the source's other
half. Two names have changed places around the same words. And three content words in a row come in the reverse order,
while neither or both of the two are in the passive: "Rome beat Oslo" for "Oslo beat Rome", but not for "Oslo was beaten
by Rome".
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations, groupby

from rag.answer.figures import find_numbers, same_number
from rag.answer.gate.doubts import Doubt
from rag.answer.gate.evidence import Source, choose_sources
from rag.answer.gate.likeness import are_related
from rag.answer.gate.names import TITLES, first_names
from rag.answer.gate.words import Word, word_set

LONGEST_NAME = 6
"""Words of a name at most that may have been exchanged for another."""

REACH, SHORT_REACH = 12, 4
"""Words within which three words are one event, if a name is among them and if none is."""

_TURNS = word_set("by from to for of with against over than into after before")
"""Words that tell in which direction something goes; names between which they differ may have changed places."""

_BOTH_WAYS = word_set("met meet meets meeting marry married marries wed talked talks spoke fought agreed negotiated")
"""What Ana does with Ben, Ben does with Ana."""

_EQUATION = re.compile(r"\b(?:(?:is|was|are|were) (?:the|an?|one|his|her|its|their)|who|whom|which|whose)\b")


def doubt_roles(claim: Sequence[Word], sources: Sequence[Source], known: frozenset[str]) -> Iterator[Doubt]:
    """Yield which names of a claim stand in another's place, and what is turned round.

    Args:
        claim: The words of the claim.
        sources: All sentences of the cited paragraphs.
        known: Words in lower case that are names.
    """
    for source in choose_sources(claim, sources)[:1]:
        yield from _doubt_turned(claim, source, known)
        names = known | first_names(source.text)
        yield from _doubt_swapped(claim, source.words, names)
        yield from _doubt_placed(claim, source.words, names)
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
        if (
            _are_names(here, known)
            and _are_names(there, known)
            and not _is_told_from_behind(claim, theirs, here, there)
        ):
            yield Doubt("order", f"The paragraph names “{texts[0]}” where the sentence has “{texts[1]}”.")
            return
        if not any(same_number(one, other) for one in find_numbers(texts[0]) for other in find_numbers(texts[1])) and (
            _are_numbers(texts[0]) and _are_numbers(texts[1])
        ):
            yield Doubt("number", f"The paragraph says “{texts[0]}” where the sentence has “{texts[1]}”.")
            return


def _is_told_from_behind(
    claim: Sequence[Word], theirs: Sequence[Word], here: Sequence[Word], there: Sequence[Word]
) -> bool:
    """Tell whether names have changed places as one side says "by" or "from": "Rome was beaten by Oslo"."""
    swapped = {word.stem for word in here if word.is_content} <= {word.stem for word in theirs} and (
        {word.stem for word in there if word.is_content} <= {word.stem for word in claim}
    )
    return swapped and any(_has(claim, word) != _has(theirs, word) for word in ("by", "from"))


def _has(words: Sequence[Word], text: str) -> bool:
    return any(word.text == text for word in words)


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
        is_compared = _has(here, "than") and _has(there, "than")
        is_long = is_compared or here[0].text in known or here[-1].text in known
        is_turned = other[1] < act[1] < one[1] and max(len(here), len(there)) <= (REACH if is_long else SHORT_REACH)
        is_alike = is_compared or _find_turns(here) == _find_turns(there)
        if is_turned and is_alike and not _is_equation(here) and not _is_mutual(here):
            words = " ".join(word.text for word in there)
            yield Doubt("order", f"The paragraph has it the other way round: “{words}”.")
            return


def _doubt_swapped(claim: Sequence[Word], theirs: Sequence[Word], known: frozenset[str]) -> Iterator[Doubt]:
    for one, other in combinations(_find_names(claim, known), 2):
        for first, last in combinations(_find_names(theirs, known), 2):
            here, there = claim[one.stop : other.start], theirs[first.stop : last.start]
            names = [claim[one], claim[other], theirs[first], theirs[last]]
            if _are_crossed(*names) and max(len(here), len(there)) <= REACH and _is_same_act(here, there):
                words = " ".join(word.text for word in theirs[first.start : last.stop])
                yield Doubt("order", f"The paragraph has it the other way round: “{words}”.")
                return


def _doubt_placed(claim: Sequence[Word], theirs: Sequence[Word], known: frozenset[str]) -> Iterator[Doubt]:
    """Yield the name that stands behind the same words as another, and is only the name of the other half."""
    names = _find_names(theirs, known)
    for one in _find_names(claim, known):
        places = [name for name in names if _is_named(claim[one], theirs[name])]
        clauses = {theirs[name.start].clause for name in places}
        before = _words_before(claim, one)
        for other in names if places and _is_telling(before) else ():
            is_here = [word.stem for word in _words_before(theirs, other)] == [word.stem for word in before]
            if is_here and other not in places and theirs[other.start].clause not in clauses:
                texts = [" ".join(word.text for word in words) for words in (theirs[other], claim[one])]
                yield Doubt("order", f"The paragraph names “{texts[0]}” where the sentence has “{texts[1]}”.")
                return


def _words_before(words: Sequence[Word], name: slice) -> Sequence[Word]:
    return words[max(name.start - 2, 0) : name.start]


def _is_telling(words: Sequence[Word]) -> bool:
    """Tell whether two words before a name say what its part is, as "headed by" does and "in the" does not."""
    return len(words) == 2 and words[0].clause == words[1].clause and any(word.is_content for word in words)


def _find_names(words: Sequence[Word], known: frozenset[str]) -> list[slice]:
    """Return where the names of a sentence stand."""
    places = groupby(range(len(words)), key=lambda place: words[place].is_name or words[place].text in known)
    runs = [list(run) for is_name, run in places if is_name]
    return [slice(run[0], run[-1] + 1) for run in runs]


def _are_crossed(one: Sequence[Word], other: Sequence[Word], first: Sequence[Word], last: Sequence[Word]) -> bool:
    """Tell whether one name is the last and the other the first, and neither may be the other way round."""
    is_crossed = _is_named(one, last) and _is_named(other, first)
    return is_crossed and not (_is_named(one, first) or _is_named(other, last))


def _is_named(here: Sequence[Word], there: Sequence[Word]) -> bool:
    return bool({word.stem for word in here if word.is_content} & {word.stem for word in there if word.is_content})


def _is_same_act(here: Sequence[Word], there: Sequence[Word]) -> bool:
    """Tell whether what stands between two names is the same: all content words of one, in their order, and "by"."""
    acts, other = ([word.stem for word in words if word.is_content] for words in (here, there))
    if not acts or _is_mutual(here) or _find_turns(here) != _find_turns(there):
        return False
    rest = iter(other)
    return all(act in rest for act in acts)


def _is_mutual(words: Sequence[Word]) -> bool:
    return any(word.text in _BOTH_WAYS for word in words)


def _find_turns(words: Sequence[Word]) -> list[str]:
    return sorted(word.text for word in words if word.text in _TURNS)


def _is_equation(words: Sequence[Word]) -> bool:
    """Tell whether some words say what something is, which holds both ways: "Oslo is the capital"."""
    return bool(_EQUATION.search(" ".join(word.text for word in words)))


def _single_places(words: Sequence[Word]) -> dict[str, int]:
    """Return where each content word stands that stands there once."""
    stems = [word.stem for word in words]
    return {word.stem: place for place, word in enumerate(words) if word.is_content and stems.count(word.stem) == 1}
