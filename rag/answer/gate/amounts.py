"""Numbers, sums of money and percentages: each that a sentence tells has to stand in the cited paragraphs.

Equal is what has the same value: "1.2 million" is 1,200,000. A rounder number may stand for another where it says so,
"about 1,200" or "more than 1,100" for 1,187; without such a word it is borne out in part. "A quarter" is 25 percent, or
about that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.answer.days import find_dates
from rag.answer.figures import find_figures, find_numbers, same_number
from rag.answer.gate.doubts import Doubt
from rag.answer.gate.words import fold, read_words

_UNIT_BEFORE = re.compile(r"([$€£¥₹₪])\s?$|\b(?:US|A|C|NZ)([$])$")
_UNIT_BEHIND = re.compile(
    r"[\s-]*(?:(?:hundred|thousand|million|billion|trillion|bn|m)\s+)?"
    r"(?P<unit>%|per ?cent|percent|"
    r"dollars?|euros?|pounds?|yen|shekels?|rupees?|rubles?|yuan|francs?|crowns?|pesos?)(?!\w)",
    re.IGNORECASE,
)
_UNITS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₪": "shekel", "%": "percent"}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_PART = re.compile(
    rf"\b(?:(?P<count>a|one|two|three|four|seven|nine)[\s-])?(?P<part>{'|'.join(_PARTS)})(?P<many>s\b)?"
    r"(?(many)|\b(?=\s(?:of|the|its|his|her|their)\b))",
    re.IGNORECASE,
)
_ROUGHLY = r"(?:about|around|approximately|roughly|some|nearly|almost|close to|an estimated|up to|more or less|circa)"
_ROUNDED = re.compile(rf"\b{_ROUGHLY}\s+(?:[$€£]\s?)?$", re.IGNORECASE)
_ABOVE = re.compile(r"\b(?:more than|over|at least|above|upwards of|exceeding|in excess of)\s+(?:[$€£]\s?)?$", re.I)
_BELOW = re.compile(r"\b(?:less than|fewer than|under|below|at most|up to|nearly|almost)\s+(?:[$€£]\s?)?$", re.I)

ABOUT = 0.06
"""How far "about" may be from the number that it stands for, as a share of it."""

ABOVE = 0.35
"""How far the number that "more than" stands for may be above it: nobody says "more than ten" of a million."""

ROUNDED = 0.03
"""How far a number may be off that is rounded without a word of it."""

COUNTED_WITHIN = 4
"""Words behind a number in which stands what it counts."""

SMALL = 3
"""Up to here a number may be counted rather than read: "the two" for "Ana and Ben"."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it stands in a text.

    Attributes:
        value: The number.
        unit: A currency, "percent", or an empty string.
        text: How it is written.
        before: What stands before it, as far as it may round it.
        counts: Stems of the content words behind it.
        is_part: Whether it is a fraction in words.
    """

    value: float
    unit: str
    text: str
    before: str
    counts: tuple[str, ...]
    is_part: bool = False


def read_amounts(text: str) -> list[Amount]:
    """Return the numbers of a text, without those that are part of a date and the pronoun "one".

    Example:
        >>> [(amount.value, amount.unit) for amount in read_amounts("It paid $3.5 million, or 27 percent, in 2012.")]
        [(3500000.0, 'dollar'), (27.0, 'percent')]
    """
    in_dates = {float(part) for day in find_dates(text) for part in day.split("-") if part}
    parts = [match for match in _PART.finditer(text) if match["count"] or not match["many"]]
    amounts = [_read_share(text, match) for match in parts]
    for figure in find_figures(text):
        if any(match.start() <= figure.start < match.end() for match in parts):
            continue
        written = text[figure.start : figure.end]
        in_words = written.isalpha()
        if (figure.value in in_dates and not in_words) or written.lower() in ("one", "first", "second", "a", "half"):
            continue
        amounts.append(_read_amount(text, figure.value, figure.start, figure.end))
    return amounts


def doubt_amounts(claim: str, cited: str) -> Iterator[Doubt]:
    """Yield what is wrong with the numbers of a claim.

    Args:
        claim: The sentence.
        cited: Text of the cited paragraphs.
    """
    wanted = read_amounts(claim)
    found = read_amounts(fold(cited)) if wanted else []
    days = [day.removeprefix("-").split("-") for day in find_dates(cited)] if wanted else []
    dated = {float(part) for day in days for part in day[::2] if part}  # not the month: "August" is no 8
    for amount in wanted:
        equal = [other for other in found if same_number(amount.value, other.value)]
        if equal:
            yield from _doubt_what_it_counts(amount, equal, found)
        elif amount.value not in dated:
            yield from _doubt_value(amount, found)


def _read_amount(text: str, value: float, start: int, end: int) -> Amount:
    behind = _UNIT_BEHIND.match(text, end)
    before = _UNIT_BEFORE.search(text, 0, start)
    sign = text[start] if text[start] in _UNITS else before[1] or before[2] if before else ""
    unit = _UNITS.get(sign, "")
    if behind and not unit:
        unit = _UNITS.get(behind["unit"], re.sub(r"\s|s$", "", behind["unit"].lower()))
    counts = [word.stem for word in read_words(text[end : end + 60].split(".")[0])[:COUNTED_WITHIN] if word.is_content]
    return Amount(value, unit, text[start:end], text[max(0, start - 25) : start], tuple(counts))


def _read_share(text: str, match: re.Match[str]) -> Amount:
    count = next(iter(find_numbers(match["count"] or "")), 1.0)
    before = text[max(0, match.start() - 25) : match.start()]
    return Amount(100 * count / _PARTS[match["part"].lower()], "percent", match[0], before, (), is_part=True)


def _doubt_what_it_counts(amount: Amount, equal: list[Amount], found: list[Amount]) -> Iterator[Doubt]:
    units = {other.unit for other in equal if other.unit}
    if amount.unit and units and amount.unit not in units:
        yield Doubt("number", f"“{amount.text}” is given in {units.pop()} in the paragraph, not in {amount.unit}.")
        return
    if not amount.counts or any(set(amount.counts) & set(other.counts) or not other.counts for other in equal):
        return
    for other in found:
        if other.counts[:1] == amount.counts[:1] and not same_number(other.value, amount.value):
            yield Doubt("number", f"The paragraph counts something else with “{amount.text}”.")
            return


def _doubt_value(amount: Amount, found: list[Amount]) -> Iterator[Doubt]:
    if any(_may_stand_for(amount, other.value) for other in found):
        return
    near = next((other for other in found if _is_near(amount.value, other.value, ROUNDED)), None)
    if near:
        yield Doubt("number", f"The paragraph says “{near.text}”, not “{amount.text}”.", grave=False)
    elif amount.is_part:  # of what it is told may be counted otherwise
        yield from _doubt_part(amount, found)
    elif amount.value > SMALL or any(set(other.counts) & set(amount.counts) for other in found):
        yield Doubt("number", f"The number “{amount.text}” is not in the paragraph.")


def _doubt_part(amount: Amount, found: list[Amount]) -> Iterator[Doubt]:
    shares = [other for other in found if other.unit == "percent"]
    reach = ABOVE if _ABOVE.search(amount.before) or _BELOW.search(amount.before) else ABOUT
    if shares and all(abs(amount.value - other.value) > reach * other.value for other in shares):
        yield Doubt("number", f"The paragraph says “{shares[0].text}”, not “{amount.text}”.", grave=False)


def _may_stand_for(amount: Amount, value: float) -> bool:
    told = amount.value
    if _digits(told) >= _digits(value):
        return False
    if _ROUNDED.search(amount.before) and _is_near(told, value, ABOUT):
        return True
    if _ABOVE.search(amount.before):
        return told <= value <= told * (1 + ABOVE)
    return bool(_BELOW.search(amount.before)) and value <= told <= value * (1 + ABOVE)


def _is_near(told: float, value: float, share: float) -> bool:
    return abs(told - value) <= share * value and _digits(told) < _digits(value)


def _digits(value: float) -> int:
    """Return how many digits of a number tell something: 2 of 1,200."""
    return len(f"{value:.6f}".replace(".", "").strip("0"))
