"""Pronouns of a question that mean something said before it, and their place filled."""

import re
from dataclasses import dataclass, field

from rag.answer.follow_up.names import is_group
from rag.answer.follow_up.phrases import is_participle
from rag.answer.follow_up.referents import Kind, Talk, possessive
from rag.answer.follow_up.words import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    DO,
    HAVE,
    LINKS,
    NOUN_ENDINGS,
    PREPOSITIONS,
    VERBS,
    WH,
    Word,
    is_date,
    is_plural,
    read_words,
    takes_part,
    words_of,
)

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("he", "she", "him", "her", "his", "hers"), "person"),
    **dict.fromkeys(("it", "its"), "thing"),
    **dict.fromkeys(("they", "them", "their", "theirs"), "group"),
    "there": "place",
    "then": "time",
}
_OBJECTS = words_of("him her it them")
_OWN = words_of("his its their hers theirs")
_SINGULAR = {"do": "does", "are": "is", "were": "was", "have": "has", "don't": "doesn't", "aren't": "isn't"}
_PLURAL = {"does": "do", "is": "are", "was": "were", "has": "have", "doesn't": "don't", "isn't": "aren't"}
_EMPTY_IT = re.compile(
    r"\b(?:is|was|be|been|isn't|wasn't) it (?:(?:in|on|at|by|for|from|before|after|during) "
    r"(?:\w+ ){1,5}(?:that|who|when)|(?:\w+ ){0,2}(?:that|whether|who)"
    r"|(?:known|clear|certain) (?:when|where|why|how|if)|raining|snowing"
    r"|(?:(?!\w+(?:ed|ing)\b|(?:sold|due|able|set|ready|open|close|next|similar|new|subject)\b)\w+ ){0,3}"
    r"(?:for (?:\w+ ){1,4})?to (?!the\b|an?\b)(?-i:[a-z]))"
    r"|\b(?:is|was) it (?:really )?(?:true|likely|possible|probable|certain|known|clear|so)\W*$"
    r"|^\W*whose \w+ (?:is|was) it\b|\bif it (?:is|was|were)\b"
    r"|\bhow long (?:is|was|will) it (?:be )?(?:until|before|since)\b"
    r"|\bit (?:take|takes|took|taken|cost|mean|matter) (?:\w+ ){0,4}to\b"
    r"|\b(?:whether|that) it (?:is|was) \w+ (?:that|to)\b",
    re.IGNORECASE,
)
_NOUNS: dict[str, Kind] = {
    **dict.fromkeys(("man", "woman", "politician", "suspect", "activist", "athlete"), "person"),
    **dict.fromkeys(("group", "movement", "organisation", "organization", "company", "firm"), "thing"),
    **dict.fromkeys(("two", "pair", "couple"), "group"),
}
_PERSONS = re.compile(r"(?:er|or|ist|ian|man|woman|ent|ant|chief|king|queen|pope|star|boss|coach|victim|pilot|judge)$")


@dataclass(slots=True)
class Rewrite:
    """A question on its way to being whole.

    Attributes:
        text: The question so far.
        points_back: Whether it has a pronoun that means something before it.
        filled: Whether a place was filled.
        kinds: What was filled or tried already.
    """

    text: str
    points_back: bool = False
    filled: bool = False
    kinds: set[Kind] = field(default_factory=set)


def fill_pronouns(question: str, talk: Talk) -> Rewrite:
    """Put what they stand for in the place of a question's pronouns, as far as that is sure."""
    rewrite = Rewrite(question)
    place = 0
    words = read_words(question)
    while place < len(words):
        kind = _kind_of(words, place)
        if kind and kind not in rewrite.kinds and _points_back(rewrite.text, words, place, kind):
            rewrite.points_back |= words[place].lower in _KINDS
            rewrite.kinds.add(kind)
            place = _fill(rewrite, words, place, kind, talk)
            words = read_words(rewrite.text)
        place += 1
    return rewrite


def _kind_of(words: tuple[Word, ...], place: int) -> Kind | None:
    """Return what a word stands for: "it" a thing, "group" of a bare "the group" too."""
    lower = words[place].lower.removesuffix("'s")
    if place and words[place - 1].lower in ("the", "this", "that", "these", "those") and lower in _NOUNS:
        bare = place + 1 == len(words) or not takes_part(words[place + 1]) or _is_verb(words[place + 1])
        described = place + 1 < len(words) and words[place + 1].lower in ("of", "in", "that", "which", "who", "from")
        return _NOUNS[lower] if (bare or words[place].is_possessive) and not described else None
    return _KINDS.get(words[place].lower)


def _is_verb(word: Word) -> bool:
    return word.lower in VERBS or is_participle(word)


def _fill(rewrite: Rewrite, words: tuple[Word, ...], place: int, kind: Kind, talk: Talk) -> int:
    """Fill one place, and return the place of the last word there."""
    word = words[place]
    start = words[place - 1].start if word.lower.removesuffix("'s") in _NOUNS else word.start
    referent = "" if word.lower in _KINDS or kind != "thing" else talk.body()
    referent = referent or talk.find(kind, rewrite.text[:start].rstrip(), rewrite.text)
    owns = word.lower in _OWN or word.is_possessive or (word.lower == "her" and not _is_object(words, place))
    if not referent or (word.lower not in _KINDS and not _is_called(referent, kind)) or _says(rewrite.text, referent):
        return place
    if owns and kind == "thing":
        referent = _owner(referent)
    before, after = rewrite.text[:start], rewrite.text[word.end :]
    if kind in ("person", "thing", "group") and not owns:
        before, after = _agree(before, after, is_plural(referent))
    rewrite.text = before + (possessive(referent) if owns else referent) + after
    rewrite.filled = True
    return len(read_words(rewrite.text)) - len(read_words(after)) - 1


def _is_called(referent: str, kind: Kind) -> bool:
    """Tell whether "the company" can stand for a referent: a name, but not one that looks like a person's."""
    return kind != "thing" or (referent[0].isupper() and (" " not in referent or is_group(referent)))


def _owner(phrase: str) -> str:
    """Return "Iceland" for "the population of Iceland": it is Iceland's capital that is asked for next."""
    head, _, tail = phrase.rpartition(" of ")
    return tail if head and head.split()[-1][0].islower() and tail[0].isupper() else phrase


def _says(question: str, referent: str) -> bool:
    """Tell whether a question has a referent already: "Who told Putin that he …"."""
    return bool(re.search(rf"\b{re.escape(referent)}\b", question))


def _agree(before: str, after: str, plural: bool) -> tuple[str, str]:
    """Make the auxiliary beside a subject agree with it: "do they" and "does Oslo"."""
    table = _PLURAL if plural else _SINGULAR
    head, _, left = before.rstrip(" ").rpartition(" ")
    if left.lower() in table:
        fit = table[left.lower()]
        before = f"{head} {fit.capitalize() if left[0].isupper() else fit} ".lstrip(" ")
    right = re.match(r" ([\w']+)", after)
    if right and right[1] in table and not _left_is_auxiliary(before):
        after = f" {table[right[1]]}{after[right.end() :]}"
    return before, after


def _left_is_auxiliary(before: str) -> bool:
    """Tell whether a text ends with an auxiliary, so that a verb form behind its subject is another's."""
    return bool(before.split()) and before.split()[-1].lower() in AUXILIARIES


def _points_back(question: str, words: tuple[Word, ...], place: int, kind: Kind) -> bool:
    """Tell whether a pronoun means something before the question, and nothing in it."""
    lower = words[place].lower
    if lower == "it" and any(
        match.start() <= words[place].start < match.end() for match in _EMPTY_IT.finditer(question)
    ):
        return False
    if lower == "there":
        return _is_place(words, place)
    if lower == "then":
        return _is_time(words, place)
    before = words[:place]
    if lower in ("their", "theirs") and before and before[0].lower == "who" and before[-1].lower not in AUXILIARIES:
        return False
    found = _antecedents(words, place, kind)
    if _is_subject(words, place) and _asks_first(before):
        return True
    if lower in _OBJECTS and _is_object(words, place):
        own_clause = not any(word.lower in LINKS - {"who", "which", "when", "where"} for word in before[1:])
        return not found or (own_clause and len(found) == 1 and not words[found[0]].is_possessive)
    return not found


def _is_subject(words: tuple[Word, ...], place: int) -> bool:
    """Tell whether a pronoun is the subject of the main clause, directly behind its auxiliary."""
    return place > 0 and words[place - 1].lower in AUXILIARIES and words[place].lower not in _OWN


def _asks_first(before: tuple[Word, ...]) -> bool:
    """Tell whether all that stands before a subject is "which country did" or the like."""
    first = before[1:] if before[0].lower in PREPOSITIONS | words_of("and but so") else before
    asks = bool(first) and first[0].lower in ("which", "what", "how", "whose")
    return asks and not any(word.lower in AUXILIARIES | LINKS - {"which"} for word in first[1:-1])


def _is_object(words: tuple[Word, ...], place: int) -> bool:
    """Tell whether nothing follows that a pronoun could own or do."""
    if place + 1 == len(words):
        return True
    following = words[place + 1]
    return following.lower in PREPOSITIONS | ADVERBS or is_date(following.text)


def _is_place(words: tuple[Word, ...], place: int) -> bool:
    """Tell whether a "there" is a place, and not the one of "is there a plan"."""
    following = words[place + 1].lower if place + 1 < len(words) else ""
    if following in LINKS | AUXILIARIES | words_of("as before after"):
        return False
    if not place or (following and words[place - 1].lower in AUXILIARIES):
        return False
    if not following and words[place - 1].lower in AUXILIARIES and words[0].lower not in ("who", "what"):
        return False
    return not any(word.lower in ("in", "at") and words[n + 1].is_name for n, word in enumerate(words[:place]))


def _is_time(words: tuple[Word, ...], place: int) -> bool:
    """Tell whether a "then" is a time, and not the one of "then who won"."""
    if not place or is_date(" ".join(word.text for word in words[:place])):
        return False
    return place + 1 == len(words) or words[place - 1].lower in ("since", "until", "till", "by", "before", "from")


def _antecedents(words: tuple[Word, ...], place: int, kind: Kind) -> list[int]:
    """Return where phrases begin that stand in front of a pronoun and that it could mean."""
    found = []
    for start in range(place):
        previous = words[start - 1] if start else None
        follows = previous and ((previous.is_name and start > 1) or previous.lower in DETERMINERS)
        if follows and words[start].is_name:
            continue
        if _could_mean(words, start, place, kind):
            found.append(start)
    return found


def _could_mean(words: tuple[Word, ...], start: int, place: int, kind: Kind) -> bool:
    word, lower = words[start], words[start].lower
    if start and word.is_name and lower not in WH | AUXILIARIES and not is_date(word.text):
        return True
    if lower in DETERMINERS | {"which", "what", "many"} and start + 1 < place and lower != "that":
        return _suits(words, start + 1, place, kind)
    after_auxiliary = start > 0 and words[start - 1].lower in DO | HAVE | words_of("will would can could should")
    if after_auxiliary and takes_part(word):
        return True
    return kind == "group" and lower.endswith("s") and takes_part(word) and start > 0


def _suits(words: tuple[Word, ...], start: int, place: int, kind: Kind) -> bool:
    """Tell whether a phrase with an article can be a person, a thing or more than one."""
    end = start
    while end < place and takes_part(words[end]):
        end += 1
    nouns = words[start:end]
    if not nouns or (words[start - 1].lower in WH and is_participle(nouns[0])):
        return False  # "what happened to their company"
    if kind == "person":
        subject = start > 1 and words[start - 2].lower in DO and words[place].lower in _OWN | {"her"}
        return any(_PERSONS.search(word.lower) for word in nouns) or (subject and not _is_body(nouns))
    return True


def _is_body(nouns: tuple[Word, ...]) -> bool:
    """Tell whether a phrase with an article is a body of people or a thing, which has no "his"."""
    phrase = " ".join(word.text for word in nouns)
    return is_plural(phrase) or is_group(phrase) or nouns[-1].lower.endswith(NOUN_ENDINGS[:-2])
