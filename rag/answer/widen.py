"""The words that belong to a short answer beside those that the reader marked, and the part of too long a one."""

import re

from rag.answer.fits import MONTH, NOT_IN_A_NAME, UNIT, fit
from rag.answer.nouns import AnswerType

_MONTH = f"(?:{MONTH})"
_SEASON = r"(?:spring|summer|autumn|winter)"
_UNITS: frozenset[AnswerType] = frozenset({"duration", "distance", "money", "percent"})
_AMOUNTS: frozenset[AnswerType] = _UNITS | {"number", "quantity", "age", "any"}
_NAMES: frozenset[AnswerType] = frozenset({"person", "group", "person or group", "place"})

_NUMBER = r"[$€£¥]?\d[\d.,]*(?:\s(?:hundred|thousand|million|billion|percent|per cent)\b|%)?"
_BETWEEN = re.compile(rf"\bbetween\s(?:about\s|some\s)?{_NUMBER}\sand\s{_NUMBER}")
_DATE_BEFORE = re.compile(
    rf"(?:\b{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s|\b\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH},?\s"
    rf"|\b(?:early\s|late\s|mid-)?(?:{_SEASON}|{_MONTH})\s(?:of\s)?|\b{_MONTH}\s|\b\d{{1,2}}(?:st|nd|rd|th)?\s(?=\w+$))$"
)
_DATE_BEHIND = re.compile(r",?\s(?:of\s)?(?:1\d|20)\d\d\b")
_SINCE = re.compile(r"\b(?:since|until)\s$", re.IGNORECASE)
_NAME_BEFORE = re.compile(r"(?P<before>(?:^|\S+)\s)?(?P<name>[^\W\d_a-z][\w'’.-]*)\s$")
_NAME_BEHIND = re.compile(r"\s(?P<name>[^\W\d_a-z][\w'’-]*[^\W_])(?=\W|$)")
_DETERMINER = re.compile(r"(?:the|an?|his|her|its|their|this|that)\s", re.IGNORECASE)
_NAME = r"(?:the\s)?[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*)*"
_OTHER_NAMES = re.compile(rf"(?:,\s{_NAME})*,?\sand\s{_NAME}(?=[\s.,;:?!]|$)")
_WHOLE_DATE = re.compile(rf"(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s(?:1\d|20)\d\d)?(?=\s[A-Z])")
_VERB = re.compile(
    r",?\s(?:is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|said|says|who|which"
    r"|that|and\s[a-z]+s|where|when)\s"
)
_LAST_NAME = re.compile(r".*\b(?:in|at|to|from|near|of)\s(?=(?:the\s)?[A-Z])", re.DOTALL)
LONG = 8
"""Words of an answer that is a name or a date from which on it may be two, with what stands between them."""


def widen(wants: AnswerType, sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return where an answer with what belongs to it starts and ends.

    Args:
        wants: The type of the answer.
        sentence: The sentence that it stands in.
        start: Offset of the answer.
        end: Offset behind it.

    Example:
        >>> sentence = "Between 2011 and 2016 Douglas Reay paid between $5 and $9 in the spring of 2012 for 44 years."
        >>> for wants, span in (("person", "Reay"), ("money", "$9"), ("date", "2012"), ("duration", "44")):
        ...     place = sentence.index(span)
        ...     print(sentence[slice(*widen(wants, sentence, place, place + len(span)))])
        Douglas Reay
        between $5 and $9
        spring of 2012
        44 years
    """
    if wants in _AMOUNTS:
        for match in _BETWEEN.finditer(sentence):
            if match.start() <= start < end <= match.end() or match.start() < start < match.end() <= end:
                return match.start(), max(end, match.end())
    if wants in _UNITS and sentence[start:end].replace(",", "").replace(".", "").isdigit():
        unit = UNIT.match(sentence[end : end + 40])
        end += unit.end() if unit else 0
    if wants == "duration" and re.fullmatch(rf"(?:{_MONTH}\s)?\d{{4}}", sentence[start:end]):
        since = _SINCE.search(sentence[:start])
        start = since.start() if since else start
    if wants == "date":
        before, behind = _DATE_BEFORE.search(sentence[:start]), _DATE_BEHIND.match(sentence[end:])
        is_date = re.match(rf"(?:1\d|20)\d\d\b|{_MONTH}", sentence[start:end])
        start = before.start() if before and is_date else start
        ends_open = re.search(rf"(?:{_MONTH}|{_SEASON}|{_MONTH}\s\d{{1,2}})$", sentence[start:end])
        end += behind.end() if behind and ends_open else 0
    if wants in _NAMES:
        return _widen_name(sentence, start, end)
    return start, end


def widen_list(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return a name with the others that are named in a row behind it.

    Example:
        >>> widen_list("It went to Oslo, Rome and Bergen on Monday.", 11, 15)
        (11, 32)
    """
    others = _OTHER_NAMES.match(sentence[end:]) if sentence[start : start + 1].isupper() else None
    return start, end + (others.end() if others else 0)


def _widen_name(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return a name of one word with the words of it that stand beside; the one behind "the" only says what it is."""
    if sentence[start:end].count(" ") or not sentence[start : start + 1].isupper():
        return start, end
    while (before := _NAME_BEFORE.search(sentence[:start])) and before["before"] and _is_of_a_name(before["name"]):
        if _DETERMINER.fullmatch(before["before"]):
            break
        start = before.start("name")
    while (behind := _NAME_BEHIND.match(sentence[end:])) and _is_of_a_name(behind["name"]):
        end += behind.end()
    return start, end


def _is_of_a_name(word: str) -> bool:
    return word.lower().removesuffix("'s").removesuffix("’s") not in NOT_IN_A_NAME


def cut(wants: AnswerType, span: str, sentence: str) -> tuple[int, int]:
    """Return the part of a name or date that is one, where the reader took two with all that stands between them.

    Example:
        >>> span = "Oslo and employs 90 people, said it would build a works in Bergen"
        >>> span[slice(*cut("place", span, f"It is based in {span}."))]
        'Bergen'
    """
    if wants == "date" and (match := _WHOLE_DATE.match(span)):
        return match.span()
    verbs = list(_VERB.finditer(span)) if wants in _NAMES and len(span.split()) >= LONG else []
    if not verbs:
        return 0, len(span)
    last = _LAST_NAME.match(span)
    parts = [(0, verbs[0].start()), (last.end() if last else verbs[-1].end(), len(span))]
    return max(parts, key=lambda part: (fit(wants, span[slice(*part)], sentence), part[0]))
