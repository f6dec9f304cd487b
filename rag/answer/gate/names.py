"""Names: each that a sentence has must stand in the cited paragraphs, in any form that the article uses.

"Hamas" is named by "Hamas's", Syria by "Syrian", the WHO by "World Health Organization", Yahya Sinwar by "Sinwar" where
title or neighbours have the first name, and somebody who is named just before by "he".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.answer.days import MONTHS, WEEKDAYS
from rag.answer.gate.doubts import Doubt
from rag.answer.gate.evidence import Evidence, Source
from rag.answer.gate.likeness import are_related
from rag.answer.gate.words import SAYING_NOTHING, fold, read_words, write_out
from rag.search.stem import stem

_WORD = r"[A-Z][\w'’-]*|(?:[A-Z]\.){1,3}"
_NAME = re.compile(rf"(?<![\w'’-])(?:{_WORD})(?:\s(?:(?:of the|of|the|de|van|von|al|bin|ibn|for)\s)?(?:{_WORD}))*")
_NO_NAME_LIST = """
    mr mrs ms dr sir lord lady president prime minister king queen general senator governor pope judge captain colonel
    major professor chancellor secretary the of for and de van von al bin ibn i a an in on at he she it they we north
    south east west north-east spokesman spokeswoman chief leader
"""
TITLES = frozenset(_NO_NAME_LIST.split()).union(WEEKDAYS, MONTHS)
"""Words that are capitalised and name nobody by themselves."""

_NO_NAME = TITLES | SAYING_NOTHING
_POINTS_BACK = re.compile(
    r"\b(?:he|she|they|it|his|her|their|its|him|them|who|which|the (?:\w+ )?(?:group|movement|organi[sz]ation|company|"
    r"party|country|president|minister|premier|leader|team|club|city|agency|bank|man|woman|couple|firm|king|queen|official|"
    r"spokes\w+|government|army|court|union|ministry|court|judge|author|player|coach|actor|actress|singer|boy|girl|two))\b",
    re.IGNORECASE,
)
_TITLE_BEFORE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Lt|Col|Capt|Sgt|Rev|Hon|[A-Z])\.$")
_NO_FIRST_NAME = re.compile(r"(?:ly|ing|ed|s)$")
_SHOUTED = 0.6
"""Share of capitals from which on capitals tell no names: a headline."""

LONGEST_INITIALS = 6


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence: how it is written, and its words in lower case without titles and "of"."""

    text: str
    words: tuple[str, ...]


@lru_cache(maxsize=20_000)
def find_names(text: str, known: frozenset[str] = frozenset()) -> tuple[Name, ...]:
    """Return the names of a sentence in order, without days, months and titles.

    Args:
        text: The sentence.
        known: Words in lower case that are names also where they begin a sentence.

    Example:
        >>> [name.words for name in find_names("On Sunday President Assad met the World Health Organization.")]
        [('assad',), ('world', 'health', 'organization')]
    """
    text = write_out(text)
    letters = [char for char in text if char.isalpha()]
    if sum(char.isupper() for char in letters) > _SHOUTED * len(letters):
        return ()
    names = [_read_name(match, text, known) for match in _NAME.finditer(text)]
    return tuple(name for name in names if name.words)


def _read_name(match: re.Match[str], text: str, known: frozenset[str]) -> Name:
    words = [word.text for word in read_words(match[0])]
    begins_with_of = any(word.islower() for word in match[0].split()[1:2])
    if begins_with_of and len(words) > 2 and words[0] not in known and _begins(text, match.start()):
        words = words[2:]  # "Part of Broadway": what begins a sentence has its capital from there
    elif words and _begins(text, match.start()) and words[0] not in known and not _is_plainly_a_name(match[0], words):
        words = words[1:]
    return Name(match[0], tuple(word for word in words if word not in _NO_NAME and (len(word) > 1 or len(words) == 1)))


def _begins(text: str, place: int) -> bool:
    before = text[:place].rstrip("\"'([ ")
    return not before or (before[-1] in ".!?:" and not _TITLE_BEFORE.search(before))


def _is_plainly_a_name(text: str, words: Sequence[str]) -> bool:
    """Tell whether a name that begins a sentence is one: "Moussa Abu Marzouk", "NATO", but not "Officials"."""
    return words[0] not in _NO_NAME and (len(words) > 1 or (len(text) > 1 and text.isupper()))


def first_names(text: str) -> frozenset[str]:
    """Return the first word of a sentence in lower case if it may be a name: "Ana", but not "Officials"."""
    words = read_words(text)
    is_capital = text.lstrip("\"'([ ")[:1].isupper()
    if not words or not is_capital or words[0].text in _NO_NAME or _NO_FIRST_NAME.search(words[0].text):
        return frozenset()
    return frozenset({words[0].text})


def known_names(*texts: str) -> frozenset[str]:
    """Return the words in lower case that are names somewhere inside a sentence of some texts."""
    return frozenset(word for text in texts for word in _inner_names(text))


@lru_cache(maxsize=4_000)
def _inner_names(text: str) -> frozenset[str]:
    return frozenset(word for name in find_names(text) for word in name.words)


def doubt_names(claim: str, evidence: Evidence, sources: Sequence[Source]) -> Iterator[Doubt]:
    """Yield what is wrong with the names of a claim.

    Args:
        claim: The sentence.
        evidence: What it is checked against.
        sources: The sentences that it is drawn from.
    """
    known = known_names(evidence.cited, evidence.around)
    for name in find_names(claim, known):
        here = [_stands_in(word, evidence.cited) for word in name.words]
        if all(here) or _is_abbreviated(name, evidence.cited):
            continue
        nowhere = [
            word
            for word, found in zip(name.words, here, strict=True)
            if not found and not _stands_in(word, evidence.around)
        ]
        yield from _doubt_name(name, any(here), nowhere, evidence, sources)


def _doubt_name(
    name: Name, in_part: bool, nowhere: Sequence[str], evidence: Evidence, sources: Sequence[Source]
) -> Iterator[Doubt]:
    if in_part and nowhere:
        yield Doubt("name", f"The paragraph does not have the name “{name.text}” in full.", grave=len(name.words) > 1)
    elif nowhere and not _is_abbreviated(name, evidence.around):
        yield Doubt("name", f"The paragraph does not name “{name.text}”.")
    elif not in_part and not any(_POINTS_BACK.search(source.text) for source in sources):
        yield Doubt("name", f"“{name.text}” is named beside the paragraph, not in it.", grave=False)


def _stands_in(word: str, text: str) -> bool:
    forms = {word, stem(word)}
    return word in _words_of(text) or any(are_related(form, other) for form in forms for other in _forms_of(text))


@lru_cache(maxsize=2_000)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(word for line in text.split("\n") for each in read_words(line) for word in (each.text, each.stem))


@lru_cache(maxsize=2_000)
def _forms_of(text: str) -> frozenset[str]:
    """Return the words of a text that may be forms of a name, and their stems."""
    words = re.findall(r"[^\W_]{4,}", " ".join(name[0] for name in _NAME.finditer(fold(text))).lower())
    return frozenset(form for word in words for form in (word, stem(word)))


def _is_abbreviated(name: Name, text: str) -> bool:
    """Tell whether a text has the initials that a name stands for, or a name that its initials stand for."""
    if len(name.words) > 1:
        initials = "".join(word[0] for word in name.words).upper()  # in lower case they may be a word: "as", "who"
        flags = re.IGNORECASE if len(initials) > 3 else 0  # "Nato"
        return bool(re.search(rf"\b{initials}\b", text.replace(".", ""), flags))
    [word] = name.words
    if not 2 <= len(word) <= LONGEST_INITIALS or not name.text.replace(".", "").isupper():
        return False
    return any(
        "".join(each[0] for each in other.words) == word for line in text.split("\n") for other in find_names(line)
    )
