"""Quotations: what a sentence puts in quotation marks has to stand in the cited paragraphs to the letter.

Kinds of quotation marks, case, spaces and the stop at the end do not matter; "…" may stand for words that are left out,
and words in brackets for others.
"""

import re
from collections.abc import Iterator, Sequence

from rag.answer.gate.doubts import Doubt
from rag.answer.gate.evidence import Source
from rag.answer.gate.words import fold

_QUOTED = re.compile(r'"([^"]+)"|(?<!\w)\'(?=\w)([^"]{2,}?)(?<=[\w.,!?])\'(?!\w)')
_GAP = re.compile(r"\s*(?:\[[^\]]*\]|\(\s*\.\.\.\s*\)|\.\.\.+|…)\s*")
ANYWHERE = 3
"""Words from which on a quotation may stand anywhere in the paragraph: fewer are there by chance."""

_LETTERS = re.compile(r"[^\W_]+")


def find_quotations(text: str) -> list[str]:
    """Return what stands in quotation marks, without them.

    Example:
        >>> find_quotations("He called it a “stab in the back” and 'no friend's act'.")
        ['stab in the back', "no friend's act"]
    """
    return [match[1] or match[2] for match in _QUOTED.finditer(fold(text)) if _LETTERS.search(match[1] or match[2])]


def has_quotation(quotation: str, text: str) -> bool:
    """Tell whether a text has the words of a quotation, its parts in their order.

    Example:
        >>> has_quotation("We … will [not] leave,", "“We shall stay and will never leave.”")
        True
    """
    letters = " ".join(_LETTERS.findall(fold(text).lower()))
    place = 0
    for part in _GAP.split(fold(quotation)):
        words = " ".join(_LETTERS.findall(part.lower()))
        found = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(letters, place) if words else None
        if words and not found:
            return False
        place = found.end() if found else place
    return True


def doubt_quotations(claim: str, cited: str, sources: Sequence[Source]) -> Iterator[Doubt]:
    """Yield which quotations of a claim are not in the cited paragraphs.

    Args:
        claim: The sentence.
        cited: Text of the cited paragraphs.
        sources: The sentences that it is drawn from: a quotation of a word or two has to stand in one of them, or in
            quotation marks elsewhere.
    """
    for quotation in find_quotations(claim):
        is_short = len(quotation.split()) < ANYWHERE
        places = [*(source.text for source in sources), *find_quotations(cited)] if is_short else [cited]
        if not any(has_quotation(quotation, place) for place in places):
            yield Doubt("quotation", f"The paragraph does not have the words “{quotation}”.")
