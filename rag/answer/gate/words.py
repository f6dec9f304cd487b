"""The words of a sentence as the gate compares them: short forms written out, stems, names, what says nothing."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.answer.days import MONTHS, WEEKDAYS
from rag.search.lexical import STOP_WORDS
from rag.search.stem import stem

_ABBREVIATIONS = {
    **{"U.S.A": "United States", "U.S": "United States", "USA": "United States", "US": "United States"},
    **{"U.K": "United Kingdom", "UK": "United Kingdom", "Britain": "United Kingdom", "U.N": "United Nations"},
    **{"UN": "United Nations", "E.U": "European Union", "EU": "European Union", "America": "United States"},
    **{"American": "United States", "Americans": "United States people", "British": "United Kingdom"},
    **{"Sen": "Senator", "Gov": "Governor", "Gen": "General", "Rep": "Representative", "PM": "prime minister"},
    **{"Jan": "January", "Feb": "February", "Aug": "August", "Sept": "September", "Oct": "October"},
    **{"Nov": "November", "Dec": "December", "MP": "member of parliament", "MPs": "members of parliament"},
}
_ABBREVIATED = re.compile(
    rf"(?<![\w.])(?:{'|'.join(re.escape(short) for short in sorted(_ABBREVIATIONS, key=len, reverse=True))})\b\.?"
)
_CONTRACTED = [
    (re.compile(pattern, re.IGNORECASE), full)
    for pattern, full in (
        (r"\bwon't\b", "will not"),
        (r"\bcan't\b|\bcannot\b", "can not"),
        (r"n't\b", " not"),
        (r"(?<=\w)'(?:re)\b", " are"),
        (r"(?<=\w)'(?:ve)\b", " have"),
        (r"(?<=\w)'(?:ll)\b", " will"),
        (r"(?<=\w)'(?:s|m|d)\b", ""),
        (r"%", " percent"),
        (r"\bper cent\b", "percent"),
    )
]
_LIKE_QUOTES = str.maketrans({**dict.fromkeys("“”„«»‟″", '"'), **dict.fromkeys("‘’‚‛′`´", "'"), "‑": "-", "‐": "-"})
_FRACTION = re.compile("[¼-¾⅐-⅞]")
_SIGNS = re.compile(r"(?<![^\W\d_])[^\W\d_A-Za-z]+")
"""What may be signs that stand for numbers and are no digits, "²" or "①", not behind a letter: "CO₂" is a word."""

_TOKEN = re.compile(r"(?P<word>\d+(?:[.,]\d+)*|[^\W_]+(?:'[^\W\d_]+)?)|(?P<stop>[,;:()—–\"]|\s-\s)")


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written as text."""
    return frozenset(words.split())


SAYING_NOTHING = STOP_WORDS.union(WEEKDAYS, MONTHS) | word_set(
    """
    may might must shall however according reportedly added adding told tell tells telling asked ask noted stated
    explained insisted meanwhile moreover thus therefore mr mrs ms dr one two three four five six seven eight nine ten
    yet still even also many much hundred thousand million billion trillion dozen percent dollar dollars euro euros
    """
)
"""Words that another may stand for without a change of what is told; numbers, sums and dates are compared as such."""

NEGATORS = word_set("not no never neither nor nobody nothing none without hardly barely scarcely")


JOINTS = word_set("while whereas but although though because")
"""Words that begin another clause."""

HELPERS = word_set("did does do is are was were has have had can could will would may might must shall should")
"""Verbs that a question may begin with."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence.

    Attributes:
        text: In lower case, without "'s".
        stem: What it has in common with its other forms.
        is_content: Whether it says something of the subject.
        is_name: Whether it has a capital, and does not begin the sentence.
        clause: Number of the clause that it is in, as punctuation, "but" and the like part them, from 0.
    """

    text: str
    stem: str
    is_content: bool
    is_name: bool
    clause: int


def fold(text: str) -> str:
    """Return text with one kind of quotation mark, apostrophe and digit, and single spaces.

    A fraction is told as a decimal. Other signs that stand for numbers, such as raised ones, are no digits of the
    number beside them.

    Example:
        >>> fold("3½ of ２０１２, 201² and CO₂")
        '3.5 of 2012, 201 2 and CO2'
    """
    if not text.isascii():
        text = _FRACTION.sub(lambda match: f"{unicodedata.numeric(match[0]):.4f}".strip("0"), text)
        text = unicodedata.normalize("NFKC", _SIGNS.sub(_part_signs, text)).translate(_LIKE_QUOTES)
    return " ".join(text.split())


def _part_signs(match: re.Match[str]) -> str:
    is_folded = match[0].isnumeric() and not unicodedata.is_normalized("NFKC", match[0])
    return f" {' '.join(match[0])} " if is_folded else match[0]


def write_out(text: str) -> str:
    """Return text with its abbreviations and contractions written out.

    Example:
        >>> write_out("The U.S. didn’t pay 27%")
        'The United States did not pay 27 percent'
    """
    text = _ABBREVIATED.sub(lambda match: _ABBREVIATIONS[match[0].removesuffix(".")], fold(text))
    for pattern, full in _CONTRACTED:
        text = pattern.sub(full, text)
    return text


@lru_cache(maxsize=20_000)
def read_words(text: str) -> tuple[Word, ...]:
    """Return the words of a sentence in order.

    Example:
        >>> [word.stem for word in read_words("He didn't leave Oslo.") if word.is_content]
        ['leav', 'oslo']
    """
    words: list[Word] = []
    clause = 0
    for match in _TOKEN.finditer(write_out(text)):
        if match["stop"]:
            clause += 1
        else:
            clause += match["word"].lower() in JOINTS
            words.append(_read_word(match["word"], clause, starts=not words))
    return tuple(words)


def _read_word(word: str, clause: int, starts: bool) -> Word:
    folded = _without_accents(word.lower())
    is_name = not starts and word[0].isupper()
    says_something = not folded[0].isdigit() and folded not in SAYING_NOTHING and folded not in NEGATORS
    return Word(folded, stem(folded), says_something, is_name and says_something, clause)


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


def split_clauses(words: Sequence[Word], begins: frozenset[str]) -> list[list[Word]]:
    """Return the words of each clause, however short.

    Args:
        words: Those of a sentence.
        begins: Words that begin a clause, besides those before which `Word.clause` changes.

    Example:
        >>> words = read_words("He left, and she, who knew, stayed.")
        >>> [clause[0].text for clause in split_clauses(words, word_set("and who"))]
        ['he', 'and', 'who', 'stayed']
    """
    clauses: list[list[Word]] = []
    for place, word in enumerate(words):
        if not place or word.clause != words[place - 1].clause or word.text in begins:
            clauses.append([])
        clauses[-1].append(word)
    return clauses
