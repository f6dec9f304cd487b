"""How many of some: "all experts" says more than "some experts", and more than "experts" alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answer.gate.doubts import Doubt
from rag.answer.gate.evidence import Source
from rag.answer.gate.words import NEGATORS, Word, word_set

PART, MOST, ALL = 1, 2, 3
"""How much of something a word says; what says less may be told of what is said of more."""

_RANKS = {
    **dict.fromkeys(("some", "several", "few", "many", "numerous", "certain", "half", "part", "parts", "often"), PART),
    **dict.fromkeys(("sometimes", "usually"), PART),
    **dict.fromkeys(("most", "mostly", "majority", "largely"), MOST),
    **dict.fromkeys(("all", "every", "each", "everyone", "everybody", "always"), ALL),
}
_AS_GOOD_AS_ALL = NEGATORS | word_set("any anyone anybody both whole entire entirely full fully total unanimous across")
_NOT_MOST_BEHIND = word_set("the a an his her its their our at one second third")  # "the most popular", "at most"
_NO_ALL = {"all": word_set("over but time in"), "each": word_set("other")}
_NO_ALL_BEHIND = word_set("at after above of first")  # "at all", "after all"
_TIMES = word_set(
    "day night week month year hour minute time morning evening summer winter spring autumn weekend season"
)
_HEADS, _WITHIN = 2, 6


@dataclass(frozen=True, slots=True)
class Quantity:
    """A word that says how much of something: the word, its rank, and the stems of what it may be said of."""

    word: str
    rank: int
    heads: frozenset[str]


def find_quantities(words: Sequence[Word]) -> list[Quantity]:
    """Return how much of what a sentence speaks of; "at all", "every year" and "the most popular" say nothing of it.

    Example:
        >>> from rag.answer.gate.words import read_words
        >>> [(each.word, sorted(each.heads)) for each in find_quantities(read_words("All the old boats sank."))]
        [('all', ['boat', 'old'])]
    """
    return [_read_quantity(words, place) for place in range(len(words)) if _says_how_much(words, place)]


def doubt_quantities(claim: Sequence[Word], sources: Sequence[Source]) -> Iterator[Doubt]:
    """Yield what a claim says of more than its sources do.

    Args:
        claim: The words of the claim.
        sources: All sentences of the cited paragraphs.
    """
    theirs = [quantity for source in sources for quantity in find_quantities(source.words)]
    has_all = any(each.rank == ALL for each in theirs) or any(
        word.text in _AS_GOOD_AS_ALL for source in sources for word in source.words
    )
    for own in find_quantities(claim):
        same = [each for each in theirs if own.heads & each.heads]
        if same and max(each.rank for each in same) < own.rank:
            yield Doubt("hedge", f"The paragraph says only “{same[0].word}”, not “{own.word}”.", grave=False)
        elif not same and own.rank == ALL and not has_all:
            yield Doubt("hedge", f"The paragraph has no “{own.word}”.", grave=False)


def _says_how_much(words: Sequence[Word], place: int) -> bool:
    word = words[place].text
    before = words[place - 1].text if place else ""
    following = words[place + 1].text if place + 1 < len(words) else ""
    if word == "most":
        return before not in _NOT_MOST_BEHIND
    if _RANKS.get(word) != ALL:
        return word in _RANKS
    is_counted = any(each.text[0].isdigit() or each.text in ("two", "three") for each in words[place + 1 : place + 4])
    is_of_time = any(each.stem in _TIMES or each.text in _TIMES for each in words[place + 1 : place + 2])
    return not (before in _NO_ALL_BEHIND or following in _NO_ALL.get(word, ()) or is_counted or is_of_time)


def _read_quantity(words: Sequence[Word], place: int) -> Quantity:
    behind = words[place + 1 : place + 1 + _WITHIN]
    heads = [word.stem for word in behind if word.is_content and word.clause == words[place].clause]
    return Quantity(words[place].text, _RANKS[words[place].text], frozenset(heads[:_HEADS]))
