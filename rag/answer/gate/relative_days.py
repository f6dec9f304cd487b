"""Dates: each that a sentence tells has to stand in the cited paragraphs, "last Sunday" by the article's own date."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from rag.answer.days import WEEKDAYS, date_matches, find_dates
from rag.answer.figures import find_numbers
from rag.answer.gate.doubts import Doubt

_WEEKDAY = re.compile(
    rf"\b(?:(?P<which>last|next|this|past|following|previous)\s+)?(?P<day>{'|'.join(WEEKDAYS)})s?\b", re.I
)
_NEAR_DAY = re.compile(r"\b(today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening))\b", re.I)
_SPAN = re.compile(r"\b(?P<which>last|this|next|previous|past)\s+(?P<unit>week|weekend|month|year)\b(?!s)", re.I)
_AGO = re.compile(r"\b(?P<count>\w+)\s+(?P<unit>day|week|month|year)s?\s+(?:ago|earlier|before)\b", re.I)
_TO_THE_DAY = re.compile(r"\d\d-\d\d$")
_MONTHS_A_YEAR = 12
_DAYS_A_WEEK = 7


def find_days(text: str, published: date | None) -> list[str]:
    """Return the dates of a text as `find_dates` writes them, and those that relative words stand for.

    "Sunday" may be the one before the article or the one behind it: both are told.

    Args:
        text: Any text.
        published: Day on which it was written, or None; relative words are then not read.

    Example:
        >>> find_days("They met last Sunday and in May 2016.", date(2017, 9, 23))
        ['2016-05', '2017-09-17', '2017-09-10']
    """
    found = find_dates(text)
    if published:
        found += [*_single_days(text, published), *_spans(text, published)]
    return found


def doubt_dates(claim: str, cited: str, around: str, published: Sequence[date | None]) -> Iterator[Doubt]:
    """Yield what is wrong with the dates of a claim.

    Args:
        claim: The sentence.
        cited: Text of the cited paragraphs.
        around: Titles and the paragraphs beside.
        published: Dates of the cited articles.
    """
    known = list(dict.fromkeys(published)) or [None]
    told = find_dates(claim)
    found = [day for each in known for day in find_days(cited, each)] if told else []
    numbers = find_numbers(cited) if told else []
    for day in told:
        if any(date_matches(day, other) for other in found) or (day.isdigit() and float(day) in numbers):
            continue
        near = [other for each in known for other in find_days(around, each)] + [str(each) for each in known if each]
        if not _has_rival(day, found) and any(date_matches(day, other) for other in near):
            yield Doubt("date", f"The date {_write(day)} stands beside the paragraph, not in it.", grave=False)
        else:
            yield Doubt("date", f"The date {_write(day)} is not in the paragraph.")
    yield from _doubt_weekdays(claim, cited, known)


def _doubt_weekdays(claim: str, cited: str, published: Sequence[date | None]) -> Iterator[Doubt]:
    for match in _WEEKDAY.finditer(claim):
        name = match["day"].lower()
        if re.search(rf"\b{name}", cited, re.I):
            continue
        wanted = {day for each in published if each for day in _weekdays(match[0], each)}
        found = {*find_dates(cited), *(day for each in published if each for day in _single_days(cited, each))}
        if any(date_matches(other, day) for day in wanted for other in found if _TO_THE_DAY.search(other)):
            continue
        yield Doubt("date", f"The paragraph does not say “{match['day']}”.")


def _has_rival(day: str, found: Sequence[str]) -> bool:
    """Tell whether another date of the same form stands where this one should."""
    form = re.sub(r"\d", "0", day)
    return any(re.sub(r"\d", "0", other).endswith(form) or form.endswith(re.sub(r"\d", "0", other)) for other in found)


def _single_days(text: str, published: date) -> Iterator[str]:
    """Yield the days that relative words stand for; "last week" is none."""
    for read in (_weekdays, _near_days, _ago):
        yield from read(text, published)


def _weekdays(text: str, published: date) -> Iterator[str]:
    for match in _WEEKDAY.finditer(text):
        which = (match["which"] or "").lower()
        back = (published.weekday() - WEEKDAYS.index(match["day"].lower())) % _DAYS_A_WEEK
        before = published - timedelta(days=back)
        if which in ("last", "past", "previous"):
            before = before if back else before - timedelta(days=_DAYS_A_WEEK)
            yield from (before.isoformat(), (before - timedelta(days=_DAYS_A_WEEK)).isoformat())
        elif which in ("next", "following"):
            yield (before + timedelta(days=_DAYS_A_WEEK)).isoformat()
        else:
            yield from (before.isoformat(), (before + timedelta(days=_DAYS_A_WEEK)).isoformat())


def _near_days(text: str, published: date) -> Iterator[str]:
    for match in _NEAR_DAY.finditer(text):
        days = {"yesterday": -1, "tomorrow": 1}.get(match[1].lower(), 0)
        yield (published + timedelta(days=days)).isoformat()


def _spans(text: str, published: date) -> Iterator[str]:
    for match in _SPAN.finditer(text):
        steps = {"this": 0, "next": 1}.get(match["which"].lower(), -1)
        unit = match["unit"].lower()
        if unit in ("week", "weekend"):
            monday = published + timedelta(days=_DAYS_A_WEEK * steps - published.weekday())
            days = range(5, 7) if unit == "weekend" else range(7)
            yield from ((monday + timedelta(days=day)).isoformat() for day in days)
        else:
            yield _step(published, unit, steps)


def _ago(text: str, published: date) -> Iterator[str]:
    for match in _AGO.finditer(text):
        count = next(iter(find_numbers("one" if match["count"].lower() in ("a", "an") else match["count"])), None)
        if count is None or count > 1000:
            continue
        unit = match["unit"].lower()
        if unit in ("day", "week"):
            yield (published - timedelta(days=int(count) * (_DAYS_A_WEEK if unit == "week" else 1))).isoformat()
        else:
            yield _step(published, unit, -int(count))


def _step(published: date, unit: str, steps: int) -> str:
    if unit == "year":
        return f"{published.year + steps:04}"
    months = published.year * _MONTHS_A_YEAR + published.month - 1 + steps
    return f"{months // _MONTHS_A_YEAR:04}-{months % _MONTHS_A_YEAR + 1:02}"


def _write(day: str) -> str:
    return f"“{day.lstrip('-')}”"
