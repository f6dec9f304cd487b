"""Sentences as summaries have them: two sentences of a paragraph made one, cut down, or told of the wrong one.

What a language model writes is mostly put together of pieces that stand in the paragraph. It is true where the pieces
belong together, and false where the subject, the end or a word is another's.
"""

import random
import re
from collections.abc import Iterator, Sequence

from evals.gate.damage import find_names
from evals.gate.reword import join, shorten

_POINTS_BACK = re.compile(
    r"^(?:This|These|Those|That|Such)\b|\b(?:he|she|it|they|his|her|its|their|him|them)\b", re.IGNORECASE
)
_PRONOUN = re.compile(r"^(?:He|She|It|They) (?=[a-z])")
_SUBJECT = re.compile(
    r"^(?!(?:He|She|It|They|We|I|You|This|That|These|Those|There|An?|In|On|At|As|For|If|What|Who|Some|Many|Most) )"
    r"(?:The )?[A-Z][\w'’-]+(?: (?:of the |of |the )?[A-Z][\w'’-]+){0,4}"
    r"(?= (?:[a-z]+ed|was|were|is|are|has|had|have|became|began|won|led|made|wrote|took|gave|held|left|built|grew|went"
    r"|came|did|can|will) )"
)
_BREAK = re.compile(r" (?:is|was|were|are|has|have|had|will|would|could|can|said|told|\w{3,}ed) ")
_PLACED = re.compile(r" (?P<word>in|for|at|after|by|from|with|to|as|during|against) (?=[^,;.]{4,60}[,.])")
_WORD = re.compile(r"(?<![\w-])[a-z]{5,}(?![\w-])")
_QUOTED = re.compile(r"[\"“”]")

MOST_CUTS = 4
SHORTEST_BEGINNING = 15
"""Characters that are left of a sentence that gets another end."""

LONGEST = 300
"""Characters of a sentence that is made of two."""


def compress(sentence: str, rng: random.Random) -> str | None:
    """Return a sentence without all that it can do without; None if that is nothing."""
    told = sentence
    for _ in range(MOST_CUTS):
        shorter = shorten(told, rng)
        if not shorter:
            break
        told = shorter
    return told if told != sentence else None


def fuse_true(sentences: Sequence[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield the kind and text of sentences that are made of two neighbours and stay true.

    A pronoun that begins a sentence is taken for the subject of the one before, if that is a name.
    """
    for first, second in zip(sentences, sentences[1:], strict=False):
        subject, pronoun = _SUBJECT.match(first), _PRONOUN.match(second)
        if not subject or not pronoun or _QUOTED.search(first + second):
            continue
        yield "resolved", subject[0] + " " + second[pronoun.end() :]
        short = compress(first, rng) or first
        if len(short + second) < LONGEST:
            yield "fused", f"{short[:-1]} and {second[pronoun.end() :]}"


def join_apart(sentences: Sequence[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield the kind and text of two sentences made one that need not be neighbours; the second points back to none."""
    if len(sentences) > 1:
        first, second = (compress(each, rng) or each for each in rng.sample(list(sentences), 2))
        joined = None if _POINTS_BACK.search(second) else join(first, second)
        if joined:
            yield "joined apart", joined


def fuse_false(sentences: Sequence[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield the kind and text of sentences that are made of pieces of a paragraph and are false."""
    names = list(dict.fromkeys(name for sentence in sentences for name in find_names(sentence)))
    for first, second in zip(sentences, sentences[1:], strict=False):
        subject, pronoun = _SUBJECT.match(first), _PRONOUN.match(second)
        others = [name for name in names if subject and name not in subject[0] and name not in second]
        if subject and pronoun and others:
            yield "misresolved", f"{rng.choice(others)} {second[pronoun.end() :]}"
    if len(sentences) > 1:
        one, other = rng.sample(list(sentences), 2)
        yield from _mixed(one, other)
    for sentence in rng.sample(list(sentences), min(2, len(sentences))):
        if swapped := _swap_word(sentence, sentences, rng):
            yield "other word", swapped


def make_up(sentences: Sequence[str], others: Sequence[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield the kind and text of sentences that have an end or a word of another paragraph's sentences."""
    one, other = rng.choice(list(sentences)), rng.choice(list(others))
    yield from ((f"made-up {kind}", told) for kind, told in _mixed(one, other))
    if swapped := _swap_word(one, others, rng):
        yield "made-up word", swapped


def _mixed(one: str, other: str) -> Iterator[tuple[str, str]]:
    begins, ends = _BREAK.search(one), _BREAK.search(other)
    points_back = _PRONOUN.match(other)  # maybe to the very subject that it would get
    if begins and ends and not points_back and one[: begins.start()] not in other:
        yield "mixed", one[: begins.start()] + other[ends.start() :]
    if (here := _SUBJECT.match(one)) and (there := _SUBJECT.match(other)) and here[0] != there[0]:
        yield "mixed subject", here[0] + other[there.end() :]
    for mine in reversed(list(_PLACED.finditer(one))):
        for theirs in _PLACED.finditer(other):
            tail = other[theirs.end() :].split(",")[0].rstrip(".")
            if mine["word"] == theirs["word"] and mine.start() > SHORTEST_BEGINNING and tail not in one:
                yield "mixed end", f"{one[: mine.end()]}{tail}."
                return


def _swap_word(sentence: str, sentences: Sequence[str], rng: random.Random) -> str | None:
    """Put another word of the paragraph with the same ending in place of one."""
    words = list(_WORD.finditer(sentence))
    rng.shuffle(words)
    for word in words:
        others = {
            other
            for text in sentences
            for other in _WORD.findall(text)
            if other[-2:] == word[0][-2:] and other not in sentence and other[:4] != word[0][:4]
        }
        if others:
            other = rng.choice(sorted(others))
            return f"{sentence[: word.start()]}{other}{sentence[word.end() :]}"
    return None
