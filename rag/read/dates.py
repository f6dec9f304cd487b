"""Publication dates: reading one, and finding the place where an article states its own.

A wrong date is worse than none. So what can be read in two ways (03/04/2020) is not read at all, a date inside
running text or under a photograph does not count, and the time of the file's last change is never asked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.records import DateSource

_FIRST_YEAR = 1800
_MONTH_NAMES = """
jan january januar janvier janv enero ene gennaio gen janeiro januari
feb february februar février févr febrero febbraio fevereiro fev februari
mar march märz mrz mars marzo março maart
apr april avril avr abril abr aprile
may mai mayo maggio maio mei
jun june juni juin junio giugno junho
jul july juli juillet juil julio luglio julho
aug august août agosto ago augustus
sep sept september septembre septiembre settembre setembro
oct october okt oktober octobre octubre ottobre outubro
nov november novembre noviembre novembro
dec december dez dezember déc décembre dic diciembre dicembre dezembro
"""
_MONTHS = {
    name: number for number, names in enumerate(_MONTH_NAMES.strip().split("\n"), start=1) for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY_NAMES = (
    "(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|"
    "(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    "(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
)
_WEEKDAY = rf"(?:(?:{_DAY_NAMES})\b\.?,?\s+|[^\W\d_]{{2,12}},\s*)?"
_MINUTES = r"[:.h]\d{2}(?::\d{2}(?:\.\d{1,9})?)?"
_CLOCK = rf"(?:\d{{1,2}}(?:{_MINUTES})?\s?[ap]\.?m\b\.?|\d{{1,2}}{_MINUTES})"
_ZONE = r"(?:\(?(?:z|[a-z]{1,4}t|utc|gmt|[a-z]{1,12} time|(?:gmt|utc)?\s?[+-]\d{1,2}(?::?\d{2})?)\)?)"
_TIME = rf"(?:{_CLOCK}(?:\s?{_ZONE})?)"
_LABEL = (
    r"(?:(?P<label>(?:first |originally )?published|publication date|posted|created|issued|date(?: published)?|"
    r"(?:last )?updated|(?:last )?modified|publié|veröffentlicht|publicado)(?:\s+(?:on|at|le|am|el))?\s*:?\s*)?"
)
_YEAR = r"(?P<year>\d{4})\b"
_FORMS = [
    re.compile(
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?[\s-]+(?:(?:of|de)\s)?{_MONTH},?[\s-]+(?:de\s)?{_YEAR}", re.I
    ),
    re.compile(rf"{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}", re.I),
    re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"),
    re.compile(rf"(?P<one>\d{{1,2}})(?P<mark>[-/.])(?P<two>\d{{1,2}})(?P=mark){_YEAR}"),
]
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_BEFORE = re.compile(rf"{_LABEL}(?:{_TIME}[\s,]+)?{_WEEKDAY}(?:(?:le|am|den|el)\s)?", re.I)
_AFTER = re.compile(rf"[Tt]?[\s,|–—-]*(?:at\s+)?{_TIME}?\s*\.?", re.I)
_SEGMENTS = re.compile(r"\s*(?:[|•·/](?=\s)|\s[–—-](?=\s)|\s(?=(?:last )?(?:updated|modified)\b))\s*", re.I)
_DATELINE_END = re.compile(r"\)?,?\s*(?:\([^()]{2,40}\)\s*)?[–—-]{1,2}\s")
_DASH = re.compile(r"\d\W{0,3}(?:\([^()]{2,40}\)\s*)?[–—-]")
_BRACKETS = re.compile(r"\([^()]*\)")
_NO_PLACE = re.compile(
    "after|and|at|before|between|but|by|for|from|in|it|on|since|the|this|through|to|until|when|while|with|"
    "(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    re.I,
)
_FILE_NAME = re.compile(r"(?<![^\W_])(?:\d{4}(?P<mark>[-_.])\d{1,2}(?P=mark)\d{1,2}|(?:19|20)\d{6})(?![^\W_])")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A publication date and where it was found.

    Attributes:
        day: The day, or None.
        source: The place; `unknown` exactly when there is no day.
    """

    day: date | None = None
    source: DateSource = "unknown"


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that is nothing but a date, such as `Published: 5 January 2020, 10:30`.

    Attributes:
        day: The day.
        label: `published`, `updated`, or an empty string for a bare date.
    """

    day: date
    label: str


def parse_date(text: str) -> date | None:
    """Read a text that is one date, with or without weekday and time.

    Args:
        text: At most a line, such as a metadata field.

    Returns:
        The day, or None if the text is no date, an ambiguous one or an implausible one.

    Example:
        >>> parse_date("Sat, 23 Sep 2017 10:00:00 GMT"), parse_date("2017/09/23"), parse_date("03/04/2020")
        (datetime.date(2017, 9, 23), datetime.date(2017, 9, 23), None)
    """
    line = read_date_line(text)
    if line:
        return line.day
    compact = _COMPACT.fullmatch(text.strip())
    return _day(compact) if compact else None


def read_date_line(line: str) -> DateLine | None:
    """Read a line that consists of a date with label, weekday and time, or has a part `| … |` that does.

    Args:
        line: A line of any length; one of more than 160 characters is never a date line.

    Returns:
        The date that the line calls that of publication, else the bare one, else that of the update, or None.
    """
    line = line.strip()
    if len(line) > 160 or not any(character.isdigit() for character in line):
        return None
    found = [part for part in map(_read_part, [line, *_SEGMENTS.split(line)]) if part]
    return min(found, key=lambda part: ["published", "", "updated"].index(part.label), default=None)


def find_date(paragraphs: Sequence[str], file_name: str) -> FoundDate:
    """Find the date of publication in a dateline, else in a line near the top, else in the file's name.

    Args:
        paragraphs: The paragraphs of the article in order, without the title and readers' comments.
        file_name: Name of the file without its folders, or an empty string.

    Returns:
        The date and its source.
    """
    top = paragraphs[: count_top(paragraphs)]
    for paragraph in top:
        dateline = _read_dateline(paragraph)
        if dateline:
            return FoundDate(dateline, "dateline")
    line = _choose_line(top, paragraphs)
    if line:
        return FoundDate(line, "text")
    name = _FILE_NAME.search(file_name)
    named = parse_date(name[0].replace("_", "-")) if name else None
    return FoundDate(named, "file name") if named else FoundDate()


def count_top(paragraphs: Sequence[str]) -> int:
    """Count the paragraphs that make up the head of an article: up to its second longer one, at most ten.

    Below it a line with a date is a stop on a timeline or the time of a reader's comment.
    """
    longer = 0
    for number, paragraph in enumerate(paragraphs[:10], start=1):
        longer += len(paragraph) >= 120
        if longer == 2:
            return number
    return min(len(paragraphs), 10)


def is_timeline(paragraphs: Sequence[str]) -> bool:
    """Tell whether several lines are bare dates of different days: then none of them is that of publication."""
    bare = {line.day for line in map(read_date_line, paragraphs) if line and not line.label}
    return len(bare) > 1


def _choose_line(top: Sequence[str], paragraphs: Sequence[str]) -> date | None:
    lines = [line for line in map(read_date_line, top) if line]
    for label in ("published", "", "updated"):
        days = [line.day for line in lines if line.label == label]
        if days and (label or not is_timeline(paragraphs)):
            return days[0]
    return None


def _read_part(part: str) -> DateLine | None:
    before = _BEFORE.match(part)
    start = before.end() if before else 0
    for form in _FORMS:
        match = form.match(part, start)
        day = _day(match) if match else None
        if match and day and _AFTER.fullmatch(part, match.end()):
            label = ((before and before["label"]) or "").lower()
            return DateLine(day, label and ("updated" if re.search("updated|modified", label) else "published"))
    return None


def _read_dateline(paragraph: str) -> date | None:
    head = paragraph[:120]
    if not _DASH.search(head):
        return None
    for form in _FORMS[:3]:
        match = form.search(head)
        if match and _is_place(head[: match.start()]) and _DATELINE_END.match(head, match.end()):
            return _day(match)
    return None


def _is_place(text: str) -> bool:
    """Tell whether a text is one to six capitalised words, as in `NEW YORK (Reuters), `, and not `On Monday, `."""
    words = _BRACKETS.sub("", text).strip(" ,(").replace(",", " ").split()
    named = all(word[0].isupper() for word in words)
    return 1 <= len(words) <= 6 and named and not _NO_PLACE.fullmatch(words[0])


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    if "one" in parts:
        one, two = int(parts["one"]), int(parts["two"])
        # Only a number above 12 tells the day from the month; 5/5/2020 needs no telling.
        day, month = (one, two) if one > 12 or one == two else (two, one)
        return _plausible(int(parts["year"]), month, day) if day > 12 or one == two else None
    name = parts["month"].casefold()
    # Case is ignored in matching by wider rules than in folding: "aprİl" matches and is in no table.
    month = _MONTHS.get(name) or (int(name) if name.isdecimal() else 0)
    return _plausible(int(parts["year"]), month, int(parts["day"]))


def _plausible(year: int, month: int, day: int) -> date | None:
    if not _FIRST_YEAR <= year <= date.today().year + 1:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
