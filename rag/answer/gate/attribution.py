"""Whose word a "Yes" or a "No" is: what a sentence only reports is told as said by whoever says it."""

import re
from collections.abc import Callable

from rag.answer.gate.words import HELPERS
from rag.answer.gate.yes_no import PARTS, YesNo

_SAID = (
    r"(?:sa(?:id|ys?)|told|tells?|insist(?:ed|s)?|argue[ds]?|maintain(?:ed|s)|stated|acknowledge[ds]?|"
    r"admit(?:ted|s)?|confirm(?:ed|s)?|claim(?:ed|s)?|announce[ds]?|explain(?:ed|s)?|"
    r"(?:add(?:ed|s)|noted?s?|wr(?:ote|ites?)|report(?:ed|s)?)(?=\sthat\b))\b"
)
"""Fewer than the gate knows: "recalled" and "asked" report nothing, "wrote" without "that" is done as often as said."""

_NOBODY = r"(?:and|but|who|which|that|as|like|if|when|while|though|although|because)\b"
_WHO = rf"(?P<who>(?!{_NOBODY})[^\s,;:\"“”]+(?:\s[^\s,;:\"“”]+){{0,8}}?)"
_SET_OFF = r",\s[^,\"“”]{2,70}"
_BETWEEN = rf"(?:{_SET_OFF}(?:{_SET_OFF})?,)?(?:\s(?:also|later|then|earlier|has|have|had|herself|himself))*"
"""What may stand between who says something and the word for saying it."""

_START = r"^\W*(?:(?:and|but|still|yet|meanwhile|however)\b,?\s)?"
_ENDS = r"(?=\W*$|,|\s(?:on|in|at|to|during|after|last|this|yesterday|late|early|\w+day)\b|(?<=told)\s[^,;]{2,40}$)"
_BEFORE, _BEHIND = (
    [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
    for patterns in (
        (rf"{_START}{_WHO}{_BETWEEN}\s{_SAID}", rf"{_START}according\sto\s{_WHO},"),
        (
            rf",[\"”’']*\s(?!{_SAID}){_WHO}{_BETWEEN}\s{_SAID}{_ENDS}",
            rf",[\"”’']*\s(?!t[eo]l){_SAID}\s{_WHO}(?=[,;.]|$)",
            rf"\saccording\sto\s{_WHO}(?=[,;.]|$)",
        ),
    )
)
"""What stands before somebody's words, and behind them."""

_DENIES = re.compile(rf"{_START}{_WHO}{_BETWEEN}\s(?:\w+ly\s)?(?P<denies>den(?:y|ies|ied))\b", re.IGNORECASE)
_SAYING = re.compile(rf"\b{_SAID}", re.IGNORECASE)
_HELPER = re.compile(rf"\b(?:{'|'.join(sorted(HELPERS))})\b", re.IGNORECASE)


def attribute(question: str, verdict: YesNo, sentence: str, judge: Callable[[str], YesNo]) -> str:
    """Return who says what a verdict rests on, in a few words; an empty string if the article says it itself.

    Args:
        question: The question; if it asks for what somebody said, the article says itself that he did.
        verdict: "Yes" or "No".
        sentence: The sentence that it rests on.
        judge: Returns the verdict that a sentence gives.

    Example:
        >>> told = "The vote was rigged, the opposition said on Monday."
        >>> attribute("Was the vote rigged?", "Yes", told, lambda text: "Yes")
        'The opposition said so'
    """
    if _SAYING.search(question):
        return ""
    parts = [part for part in PARTS.split(sentence) if judge(part) == verdict]
    sources = [_attribute(verdict, part, judge) for part in parts or [sentence]]
    return sources[0] if all(sources) else ""


def _attribute(verdict: YesNo, sentence: str, judge: Callable[[str], YesNo]) -> str:
    said = [(match, sentence[match.end() :]) for form in _BEFORE if (match := form.search(sentence))]
    said += [(match, sentence[: match.start()]) for form in _BEHIND if (match := form.search(sentence))]
    for match, words in said:
        himself = f"{match['who']} {words}"  # "The mayor said he was ill": the mayor was ill
        if not _HELPER.search(match["who"]) and verdict in (judge(words), judge(himself)):
            return f"{_begin(match['who'])} said so"
    denied = _DENIES.search(sentence) if verdict == "No" else None
    if denied and judge(f"{sentence[: denied.start('denies')]}confirmed{sentence[denied.end('denies') :]}") != "No":
        return f"{_begin(denied['who'])} denied it"
    return ""


def _begin(who: str) -> str:
    return f"{who[0].upper()}{who[1:].removesuffix('.')}"
