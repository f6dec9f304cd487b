"""Do the words of a claim stand in a sentence as parts of one statement, and does it deny them or leave them open?

A sentence of news tells several things. Its "not" is mostly said of another of them, and its words may be those of a
claim without saying it. All of this is read off the order of words and the breaks between them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from rag.answer.days import WEEKDAYS
from rag.answer.gate.likeness import are_related
from rag.answer.gate.words import HELPERS, JOINTS, Word, read_words, word_set
from rag.answer.nouns import type_of

APART, NEAR = 9, 3
"""Words from one to the next word of a claim at most, and from "not" to the word that it denies."""

MOST_PLACES = 20
"""Places of one word that are looked at; a sentence that repeats it more often is none of news."""

_CIRCUMSTANCE = word_set("in on at during since after before from until within near for")
"""Words behind which stands what may as well stand at the front of a sentence."""

_RELATIVE = word_set("who which whose whom")
_BREAKS = _RELATIVE | word_set("and but")
_COMPLEMENT = word_set("that whether if")
_ALTERNATIVE = word_set("or nor")
_COMPARED = word_set("more less fewer than")
_HELPERS = HELPERS | word_set("been be")
_PASSIVE = re.compile(r"\W*(?:is|are|was|were|(?:has|have|had)\b.*\bbeen)\b", re.IGNORECASE)
_EQUATION = re.compile(r"(?:[A-Z][\w.'-]*\s)+(?:the|an?|his|her|its|their)\s")
_ARTICLES = word_set("the a an its their his her")
_DATE_COMMA = re.compile(r"(?<=\d), (?=\d{4}\b)")
_OWNER = re.compile(r"(\w+)(?:['’]s|(?<=s)['’])(?!\w)")


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim and a sentence that has its words.

    Attributes:
        claim: The words of the claim.
        words: Those of the sentence.
        found: Where each word of the claim that tells something stands in the sentence, by its place in the claim.
        places: One place of each of them, so that they stand nearest together.
        loose: Places in the claim of what may stand anywhere near: what is behind "in", "on" and the like.
    """

    claim: tuple[Word, ...]
    words: tuple[Word, ...]
    found: Mapping[int, Sequence[int]]
    places: tuple[int, ...]
    loose: frozenset[int]


def find_statement(claim: str, sentence: str) -> Statement | None:
    """Return where the words of a claim stand in a sentence; None if none does."""
    own, words = read_words(claim), read_words(_DATE_COMMA.sub(" ", sentence))
    found = {number: tuple(islice(_find(word, words), MOST_PLACES)) for number, word in enumerate(own)}
    found = {number: places for number, places in found.items() if places}
    return Statement(own, words, found, _nearest(list(found.values())), _find_circumstances(own)) if found else None


def _find(word: Word, words: Sequence[Word]) -> Iterator[int]:
    """Yield where a word that tells something stands, or one like it."""
    if word.is_content and word.text not in _HELPERS:
        yield from (
            place for place, other in enumerate(words) if other.is_content and are_related(word.stem, other.stem)
        )
    elif word.text in WEEKDAYS or word.text.isdigit():
        yield from (place for place, other in enumerate(words) if other.text == word.text)


def _nearest(found: Sequence[Sequence[int]]) -> tuple[int, ...]:
    starts = {place for places in found for place in places}
    chosen = [tuple(min(places, key=lambda at: abs(at - start)) for places in found) for start in sorted(starts)]
    return min(chosen, key=lambda places: max(places) - min(places))


def is_told(question: str, claim: str, sentence: str, statement: Statement) -> bool:
    """Tell whether the words of a claim stand in a sentence as one statement, which may be denied.

    They stand in their order, near each other, behind no other's "who", "whose" or "of", and are done by whom the claim
    says; a number is the one that stands there; and what is compared is compared.

    Args:
        question: The claim as a question.
        claim: The claim.
        sentence: The sentence.
        statement: Where the words of the one stand in the other.
    """
    own, words, places = statement.claim, statement.words, sorted(statement.places)
    return (
        _are_near(words, places)
        and (_is_in_order(statement) or _may_be_turned(question, claim, statement))
        and not any(_is_of_another(words, places, place) for place in range(places[0] + 1, places[-1]))
        and not _begins_within(words, places)
        and not any(_is_done_by_it(own[number], words[place]) for number, place in _pairs(statement))
        and not any(_is_other_number(statement, number) for number in statement.found)
        and _owned(claim, own) >= _owned(sentence, words, statement)
        and _compared(own) <= _compared(words)
    )


def is_open(statement: Statement, place: int) -> bool:
    """Tell whether a hedge at some place of the sentence may be said of it: it is before its end, or right behind."""
    last = max(statement.places)
    return place < last or not _is_parted(statement.words[last : place + 1])


def is_denied(statement: Statement, place: int) -> bool | None:
    """Tell whether a "not" at some place of the sentence is said of the statement; None if that is not plain."""
    words = statement.words
    behind = min((each for each in statement.places if each >= place), default=None)
    if behind is None:
        return False if _is_parted(words[max(statement.places) : place + 1]) else None
    way = words[place : behind + 1]
    texts = {word.text for word in way[1:-1]}
    if texts & _COMPLEMENT or (place and words[place - 1].text == "but" and way[0].text == "not"):
        return None
    if len(way) > 1 and way[1].clause != way[0].clause:
        return True  # "did not, however, resign"
    if not _is_parted(way):
        return True if len(way) <= NEAR + 1 else None
    return None if texts & _ALTERNATIVE else False


def is_to_be_done(statement: Statement) -> bool:
    """Tell whether a word of the claim is only to be done in the sentence: "to build"."""
    claim, words = statement.claim, statement.words
    return any(
        place and words[place - 1].text == "to" and not words[place].is_name and (not at or claim[at - 1].text != "to")
        for at, place in _pairs(statement)
    )


def _pairs(statement: Statement) -> Iterator[tuple[int, int]]:
    """Yield the place of each word in the claim and in the sentence."""
    return zip(statement.found, statement.places, strict=True)


def _is_parted(words: Sequence[Word]) -> bool:
    """Tell whether another clause begins behind the first of some words."""
    return any(word.clause != words[0].clause or word.text in _BREAKS for word in words[1:])


def _are_near(words: Sequence[Word], places: Sequence[int]) -> bool:
    """Tell whether places follow each other closely; behind the first, something set off by commas may stand."""
    ways = [words[earlier : later + 1] for earlier, later in pairwise(places)]
    far = [number for number, way in enumerate(ways) if len(way) > APART + 1]
    is_set_off = far == [0] and ways[0][0].clause != ways[0][-1].clause
    return (not far or is_set_off) and not any(word.text in JOINTS for way in ways for word in way)


def _is_in_order(statement: Statement) -> bool:
    """Tell whether words stand in the claim's order; what is behind "in" and the like may stand anywhere near."""
    loose = statement.loose
    last, first = -1, -1
    for places in (places for number, places in statement.found.items() if number not in loose):
        last = next((place for place in places if place > last), -1)
        if last < 0:
            return False
        first = last if first < 0 else first
    apart = [statement.found[number] for number in statement.found if number in loose]
    return first < 0 or all(any(_is_beside(statement.words, place, first, last) for place in each) for each in apart)


def _is_beside(words: Sequence[Word], place: int, first: int, last: int) -> bool:
    """Tell whether "in May" belongs to what is told from one place to another."""
    if place > last:
        return not _is_parted(words[last : place + 1])
    return place > first or not any(word.text in _BREAKS | _COMPLEMENT for word in words[place:first])


def _find_circumstances(claim: Sequence[Word]) -> frozenset[int]:
    """Return the places of the first word, or the whole name, behind each "in", "on" and the like."""
    loose: set[int] = set()
    is_behind = False
    for number, word in enumerate(claim):
        if word.text in _CIRCUMSTANCE:
            is_behind = True
        elif is_behind and (word.is_content or word.text in WEEKDAYS or word.text.isdigit()):
            loose.add(number)
            is_behind = word.is_name
        elif word.text in _HELPERS:
            is_behind = False
    return frozenset(loose)


def _may_be_turned(question: str, claim: str, statement: Statement) -> bool:
    """Tell whether one is in the passive, or the claim says what somebody is: "the mayor, Ana Ruiz"."""
    by = [any(word.text == "by" for word in words) for words in (statement.claim, statement.words)]
    row = [place for number, place in _pairs(statement) if number not in statement.loose]
    is_object = (
        bool(_PASSIVE.match(question)) and len(row) > 1 and all(0 < one - other <= NEAR for one, other in pairwise(row))
    )
    return by[0] != by[1] or is_object or bool(_EQUATION.match(claim))


def _is_of_another(words: Sequence[Word], places: Sequence[int], place: int) -> bool:
    """Tell whether a "who" between the words of a claim is said of somebody else, or a "whose" of what is another's."""
    if words[place].text == "whose":
        return place + 1 not in places
    return words[place].text in _RELATIVE and words[place - 1].is_content and place - 1 not in places


def _begins_within(words: Sequence[Word], places: Sequence[int]) -> bool:
    """Tell whether the first word of a claim stands in a "who …," that the next stands behind."""
    first, clause = places[0], words[places[0]].clause
    inside = any(word.text in _RELATIVE and word.clause == clause for word in words[:first])
    return inside and any(words[place].clause != clause for place in places)


def _is_done_by_it(word: Word, there: Word) -> bool:
    """Tell whether a sentence says that somebody does what the claim says is done to them: "killing", "killed"."""
    return there.text.endswith("ing") and word.text.endswith(("ed", "en"))


def _is_other_number(statement: Statement, number: int) -> bool:
    """Tell whether another number stands nearer to the words that stand beside a number in the claim."""
    claim, words, found = statement.claim, statement.words, statement.found
    if not claim[number].text.isdigit() or number in statement.loose:
        return False
    others = [other for other in found if not claim[other].text.isdigit()]
    beside = min(others, key=lambda other: abs(other - number), default=None)
    if beside is None:
        return False
    distances = {
        word.text: min(abs(place - at) for at in found[beside])
        for place, word in reversed(list(enumerate(words)))
        if word.text.isdigit()
    }
    nearest = min(distances.values())
    return min(distances[claim[number].text], 99) > nearest


def _owned(text: str, words: Sequence[Word], statement: Statement | None = None) -> set[str]:
    """Return the stems of the words, of a sentence those of the statement, that are told as owners: "'s" or "of"."""
    owners = {word.lower() for word in _OWNER.findall(text)}
    places = range(len(words)) if statement is None else statement.places
    return {words[place].stem for place in places if words[place].text in owners or _is_behind_of(words, place)}


def _is_behind_of(words: Sequence[Word], place: int) -> bool:
    """Tell whether "of" stands before a word; not in "the city of", which is the place itself."""
    at = place - 2 if place and words[place - 1].text in _ARTICLES else place - 1
    return at >= 0 and words[at].text == "of" and (not at or type_of([words[at - 1].text]) != "place")


def _compared(words: Sequence[Word]) -> set[str]:
    texts = {word.text for word in words}
    return texts & _COMPARED if "than" in texts else set()
