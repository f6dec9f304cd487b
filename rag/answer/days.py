"""Dates in running text, in as many parts as the text tells.

A date is written as the beginning of an ISO date, `2012`, `2012-08` or `2017-08-04`, and without its year as
`--08-04` or `--08`. What can be read in two ways (03/04/2017) is not read, but for its year.
"""

import re
from collections.abc import Iterator
from datetime import date

from rag.answer.figures import LOOKALIKES
from rag.read.dates import parse_date

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# fmt: off
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)
# fmt: on
_SHORT_MONTHS = [month[:3] for month in MONTHS]
# In lower case "may", "march" and "mar" are verbs.
_MONTH = (
    r"\b(?P<month>(?-i:May|MAY|March|MARCH|Mar|MAR)|jan(?:uary)?|feb(?:ruary)?|apr(?:il)?|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>1\d{3}|20\d\d|2100)(?![\w%]|[.,]\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s?[-–]\s?(?P<until>\d{1,2})(?:st|nd|rd|th)?)?"
# Months that are no names and no verbs need only their capital; the others need a word before, or to be all there is.
_PLAIN_MONTH = "January|February|July|August|September|October|November|December"
_NAME_MONTH = "March|April|June"
_DURING = r"(?:in|since|until|till|during|last|next|this|early|late|mid)[\s-]"
_FORMS = [
    re.compile(form, re.I)
    for form in (
        r"(?<![\w/.-])(?P<year>1\d{3}|20\d\d|2100)(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)",
        r"(?<![\w/.-])(?P<year>1\d{3}|20\d\d|2100)-(?P<month>0[1-9]|1[0-2])(?![\w-]|[.,]\d)",
        rf"(?<![\w.,:$€£/]){_DAY}[\s-]+(?:of\s+)?{_MONTH}(?:,?[\s-]+(?:of\s+)?{_YEAR})?",
        rf"{_MONTH}\s*(?:the\s+)?{_DAY}(?:(?:,\s*|\s+){_YEAR}|(?![\w%]|[.,:]\d))",
        rf"{_MONTH},?[\s-]+(?:of\s+)?{_YEAR}",
        rf"\b(?-i:(?P<month>{_PLAIN_MONTH}))\b",
        rf"\b{_DURING}(?-i:(?P<month>{_NAME_MONTH}|May))\b",
        rf"\b(?:by|from|of|to|through|before|after)\s(?-i:(?P<month>{_NAME_MONTH}))\b",
        rf"^\W*(?-i:(?P<month>{_NAME_MONTH}|May))\W*$",
        rf"(?<![\w$€£¥₹])(?<!\d[.,])(?<!(?-i:[A-Z])-){_YEAR}",
    )
]
_NUMERIC = re.compile(r"(?<![\w/.-])\d{1,2}(?P<mark>[-/.])\d{1,2}(?P=mark)\d{4}(?!\d)")
_TAKEN = "|"
"""Stands in place of what was read, so that it is not read again."""

_PARTS = re.compile(r"(\d{4}|-)(?:-(\d\d)(?:-(\d\d))?)?")


def find_dates(text: str) -> list[str]:
    """Find the dates of a text, each as often as it stands there.

    Months are read in English. Four digits from 1000 to 2100 are a year wherever they stand alone, also in "2000
    people". "May" without day and year is a month behind "in", "since", "last" and the like, or if it is the whole
    text. Relative dates ("last Sunday"), "the 1990s", "the fourth of July" and "9/11" are not read.

    Args:
        text: Any text.

    Returns:
        Dates as the module's docstring writes them, in order of the text.

    Example:
        >>> find_dates("On Aug. 4, 2017, and in May, five years after 2012, they met; and on the 3rd of June.")
        ['2017-08-04', '--05', '2012', '--06-03']
    """
    text = text.translate(LOOKALIKES)
    found: list[tuple[int, str]] = []

    def take(match: re.Match[str]) -> str:
        read = list(_read(match))
        found.extend((match.start(), day) for day in read)
        return _TAKEN * len(match[0]) if read else match[0]

    for form in (_NUMERIC, *_FORMS):
        text = form.sub(take, text)
    return [day for _, day in sorted(found, key=lambda pair: pair[0])]


def date_matches(wanted: str, found: str) -> bool:
    """Tell whether a date says what was asked for.

    It has to have every part that is wanted and may have more. A year that it leaves out is no contradiction if it
    has the month.

    Args:
        wanted: A date as `find_dates` returns it.
        found: Another.

    Raises:
        ValueError: One of them is no such date.

    Example:
        >>> date_matches("2012", "2012-08-04"), date_matches("2017-08-04", "--08-04")
        (True, True)
        >>> date_matches("2017-08-04", "2017-08"), date_matches("2017-08-04", "2016-08-04")
        (False, False)
    """
    (year, *rest), (found_year, *found_rest) = _split_parts(wanted), _split_parts(found)
    same_year = not year or found_year == year or (not found_year and any(rest))
    return same_year and all(not part or part == other for part, other in zip(rest, found_rest, strict=True))


def _split_parts(day: str) -> list[str]:
    parts = _PARTS.fullmatch(day)
    if not parts or not any(part.isdigit() for part in parts.groups("")):
        raise ValueError(f"{day!r} is not of the form 2012, 2012-08, 2012-08-04, --08 or --08-04")
    return [part.strip("-") for part in parts.groups("")]


def _read(match: re.Match[str]) -> Iterator[str]:
    if match.re is not _NUMERIC:
        yield from _read_form(match.groupdict())
    elif day := parse_date(match[0]):
        yield day.isoformat()


def _read_form(parts: dict[str, str | None]) -> Iterator[str]:
    """Yield the date of a match, two for a range of days, none if there is no such day."""
    year, name = parts.get("year"), parts.get("month")
    if not name:
        yield f"{year}"
        return
    month = int(name) if name.isdecimal() else _SHORT_MONTHS.index(name[:3].lower()) + 1
    if not parts.get("day"):
        yield f"{year or '-'}-{month:02}"
    for day in filter(None, (parts.get("day"), parts.get("until"))):
        if _exists(int(year or 2000), month, int(day)):
            yield f"{year or '-'}-{month:02}-{int(day):02}"


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
