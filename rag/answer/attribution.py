"""Whose word a "Yes" or a "No" is: what a sentence only reports is told as said by whoever says it."""

import re
from collections.abc import Callable

from rag.answer.gate.speakers import SAID
from rag.answer.gate.words import HELPERS
from rag.answer.gate.yes_no import YesNo

_WHO = r"(?P<who>[^\s,;:\"“”]+(?:\s[^\s,;:\"“”]+){0,8}?)"
_SET_OFF = r"(?:,[^,\"“”]{2,70},)?"
_START = r"^\W*(?:(?:and|but|still|yet|meanwhile|however)\b,?\s)?"
_REPORTS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_START}{_WHO}{_SET_OFF}\s{SAID}",
        rf"{_START}according\sto\s{_WHO},",
        rf",[\"”’']*\s(?!{SAID}){_WHO}{_SET_OFF}\s{SAID}",
        rf",[\"”’']*\s{SAID}\s{_WHO}(?=[,;.]|$)",
        rf"\saccording\sto\s{_WHO}(?=[,;.]|$)",
    )
]
"""What says that all the rest of a sentence, behind it or before it, is somebody's word."""

_DENIES = re.compile(
    rf"{_START}{_WHO}{_SET_OFF}\s(?:(?:has|have|had)\s)?(?:\w+ly\s)?(?P<denies>den(?:y|ies|ied))\b", re.IGNORECASE
)
_HELPER = re.compile(rf"\b(?:{'|'.join(sorted(HELPERS))})\b", re.IGNORECASE)


def attribute(verdict: YesNo, sentence: str, judge: Callable[[str], YesNo]) -> str:
    """Return who says what a verdict rests on, in a few words; an empty string if the article says it itself.

    Args:
        verdict: "Yes" or "No".
        sentence: The sentence that it rests on.
        judge: Returns the verdict that a sentence gives.

    Example:
        >>> attribute("Yes", "The vote was rigged, the opposition said on Monday.", lambda text: "Yes")
        'The opposition said so'
    """
    for report in _REPORTS:
        if (match := report.search(sentence)) and not _HELPER.search(match["who"]):
            rest = f"{sentence[: match.start()]} {sentence[match.end() :]}"
            if judge(rest) == verdict:
                return f"{_begin(match['who'])} said so"
    denied = _DENIES.search(sentence) if verdict == "No" else None
    if denied and judge(f"{sentence[: denied.start('denies')]}confirmed{sentence[denied.end('denies') :]}") != "No":
        return f"{_begin(denied['who'])} denied it"
    return ""


def _begin(who: str) -> str:
    return f"{who[0].upper()}{who[1:].removesuffix('.')}"
