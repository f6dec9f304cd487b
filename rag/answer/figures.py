"""Numbers in running text, as values: "1.2 million", "1,200,000" and "one million two hundred thousand" are one.

What is read in two ways by people is read in the more frequent one: "one", "second" and "a third" are 1, 2 and 3 even
in "on the one hand", "in a second" and "a third of them". Signs are not read, and fractions only in "half a million"
and "two and a half".
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

_NAMES = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
eighteen nineteen
twenty thirty forty fifty sixty seventy eighty ninety
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth \
sixteenth seventeenth eighteenth nineteenth
"""
_BELOW_20, _TENS, _ORDINALS = (line.split() for line in _NAMES.strip().split("\n"))
_ORDINAL_TENS = [name.removesuffix("y") + "ieth" for name in _TENS]
_VALUES = (
    {"a": 1, "half": 0.5, "quarter": 0.25}
    | {name: value for value, name in enumerate(_BELOW_20)}
    | {name: value for value, name in enumerate(_ORDINALS, start=1)}
    | {name: 10 * value for names in (_TENS, _ORDINAL_TENS) for value, name in enumerate(names, start=2)}
)
_SCALES = {
    **{"dozen": 12.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12},
    **{"mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12},
}
_MONEY_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}
"""Letters that are scales behind an amount of money alone: 5m is a distance, 10k a race."""


def _any(words: Iterable[str]) -> str:
    return rf"(?:{'|'.join(words)})\b"


_HYPHEN = r"[-‐‑]"
_GAP = r"[\s\-‐‑]{1,2}"
_SCALE = rf"(?:{'|'.join(_SCALES)})(?:th)?\b"
_SMALL = rf"(?:{_any(_TENS)}(?:{_GAP}{_any(_BELOW_20[1:10])})?|{_any(_BELOW_20)})"
# "Between one hundred and two hundred" are two numbers, so what follows "and" must not be hundreds itself.
_HUNDREDS = rf"(?:(?:a\b|{_SMALL}){_GAP}hundred(?:th)?\b(?:{_GAP}(?:and\b{_GAP})?{_SMALL}(?!{_GAP}hundred))?|{_SMALL})"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?!,?\d)(?:\.\d+)?|(?<!\d\.)\d+\.\d+(?!\.?\d)|(?:(?<!\S)|(?<=[$€£¥₹(]))\.\d+|\d+"
_AND_A_HALF = rf"{_GAP}and{_GAP}a{_GAP}half\b"
_NUMBER = re.compile(
    rf"""(?:
        (?:(?P<money>[$€£¥₹]\s?)|(?<!\w)(?<![^\W\d_]{_HYPHEN}))
        (?P<digits>{_DIGITS})(?:(?={_SCALE})|(?P<letters>[a-z]{{1,4}})?(?!\w))
        |(?<!\w)(?P<ordinal>(?:{_any(_TENS)}{_HYPHEN})?{_any(_ORDINALS)}|{_any(_ORDINAL_TENS)})
        |(?<!\w)(?P<part>half|quarter)(?:{_GAP}of)?(?:{_GAP}a)?(?={_GAP}{_SCALE})
        |(?<!\w)(?!(?<=\bno[\s\-‐‑])one\b)(?P<words>{_HUNDREDS}|a\b(?={_GAP}{_SCALE}))
    )
    (?P<half>{_AND_A_HALF})?(?:[\s\-‐‑]{{0,2}}(?P<scale>{_SCALE})(?P<more>{_AND_A_HALF})?)?""",
    re.I | re.X,
)
_JOINT = re.compile(rf"{_GAP}(?:and\b{_GAP})?", re.I)
LOOKALIKES = str.maketrans("\u0130\u0131\u017f\u212a", "IisK")
"""When case is ignored these match i, s and k, but they are in no table."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number where it stands in a text.

    Attributes:
        value: The number, from 0.
        start: Offset of its first character, a currency sign before it among them.
        end: Offset behind its last.
    """

    value: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A number, or a part of one that goes on: the "two thousand" of "two thousand and twelve".

    Attributes:
        value: The number.
        scale: The last scale that it was multiplied by, at least 1.
        spelled: Whether it is all words, so that it can be part of a longer number.
    """

    value: float
    scale: float
    spelled: bool


def find_numbers(text: str) -> list[float]:
    """Find the numbers of a text, each as often as it stands there.

    A number is part of a name if a letter stands before it, with or without a hyphen (F16, Covid-19, mid-2012), or
    a capital right behind it (5G). Years, the parts of dates and times, and ordinals are numbers. "Hundreds" and
    "several thousand" are none.

    Args:
        text: Any text.

    Returns:
        Finite numbers from 0, in order of the text; percentages as they are written, 27 for "27 percent".

    Example:
        >>> find_numbers("Some 1.2 million people, twenty-seven of them at a 3rd site, paid $3.5m in 2012.")
        [1200000.0, 27.0, 3.0, 3500000.0, 2012.0]
    """
    return [figure.value for figure in find_figures(text)]


def find_figures(text: str) -> list[Figure]:
    """Find the numbers of a text as `find_numbers` does, with where they stand.

    Args:
        text: Any text.

    Example:
        >>> find_figures("It cost $3.5 million.")
        [Figure(value=3500000.0, start=8, end=20)]
    """
    text = text.translate(LOOKALIKES)
    figures: list[Figure] = []
    last, end = None, 0
    for match in _NUMBER.finditer(text):
        part = _read_part(match)
        if part and last and _goes_on(last, part) and _JOINT.fullmatch(text, end, match.start()):
            figures[-1] = Figure(figures[-1].value + part.value, figures[-1].start, match.end())
        elif part:
            figures.append(Figure(part.value, match.start(), match.end()))
        last, end = part, match.end()
    return [figure for figure in figures if math.isfinite(figure.value)]


def same_number(one: float, other: float) -> bool:
    """Tell whether two numbers are equal but for the rounding of floating point.

    Example:
        >>> same_number(0.1 + 0.2, 0.3), same_number(1200000, 1200001)
        (True, False)
    """
    return math.isclose(one, other, rel_tol=1e-9)


def _goes_on(part: _Part, following: _Part) -> bool:
    return part.spelled and following.spelled and following.scale < part.scale


def _read_part(match: re.Match[str]) -> _Part | None:
    value = _read_digits(match) if match["digits"] else _count(match["words"] or match["ordinal"] or match["part"])
    if value is None:
        return None
    half = 0.5 if match["half"] or match["more"] else 0.0
    scale = _SCALES[match["scale"].lower().removesuffix("th")] if match["scale"] else 1.0
    return _Part((value + half) * scale, scale if scale >= 1000 else 1.0, bool(match["words"]) and not half)


def _read_digits(match: re.Match[str]) -> float | None:
    value, letters = float(match["digits"].replace(",", "")), match["letters"] or ""
    if match["money"] and letters.lower() in _MONEY_SCALES:
        return value * _MONEY_SCALES[letters.lower()]
    is_unit = letters == letters.lower() or letters.lower() in ("st", "nd", "rd", "th")
    return value if is_unit else None


def _count(words: str) -> float:
    value = 0.0
    for word in re.findall("[a-z]+", words.lower()):
        value = value * 100 if word.startswith("hundred") else value + _VALUES.get(word, 0)
    return value
