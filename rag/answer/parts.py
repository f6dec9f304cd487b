"""A question that asks for two things is two questions."""

import re

from rag.read import split_sentences

_ASKS = (
    r"(?:(?:in|on|at|to|for|by|with|from|of|about|since|until)\s+)?(?:who|whom|whose|what|when|where|why|how|which)\b"
)
_JOINT = re.compile(rf"(?:[,;]\s*|\s+)and\s+(?:say\s+|tell\s+me\s+|also\s+|if\s+so,?\s+)?(?={_ASKS}\s)", re.IGNORECASE)
_BEGINS = re.compile(
    rf"\W*(?:{_ASKS}|(?:name|list|give|is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b)", re.IGNORECASE
)
_TWO_WORDS = re.compile(r"\W*(when|where|why|how|who)(?:,?\s+and\s+|\s*/\s*|,\s+)(when|where|why|how)\s+(?=\w)", re.I)
_UNFINISHED = re.compile(
    r"\b(?:know|tell|told|said|say|says|ask|asked|explain|explained|decide|decided|see|learn|who|what|when|where|why|how)\W*$",
    re.IGNORECASE,
)

MOST_PARTS = 3
LEAST_WORDS = 3
"""Words that a part has at least; "… and why?" goes with what stands before it."""


def split_question(question: str) -> list[str]:
    """Return the questions that a question consists of, each with a question mark; mostly one, the question itself.

    A part may need those before it to be understood, as a follow-up does.

    Args:
        question: A question that stands by itself.

    Example:
        >>> split_question("Who won the race, and how much did she earn?")
        ['Who won the race?', 'how much did she earn?']
        >>> split_question("When and where did they meet?")
        ['When did they meet?', 'where did they meet?']
        >>> split_question("What did Ana and Ben buy?")
        ['What did Ana and Ben buy?']
    """
    if pair := _TWO_WORDS.match(question):
        rest = question[pair.end() :]
        return [f"{word} {rest}" for word in pair.groups()]
    sentences = [question[start:end] for start, end in split_sentences(question)]
    if 2 <= len(sentences) <= MOST_PARTS and all(each.endswith("?") and _is_whole(each) for each in sentences):
        return sentences
    parts: list[str] = []
    start = 0
    for joint in _JOINT.finditer(question):
        if _is_whole(question[start : joint.start()]) and _is_whole(question[joint.end() :]):
            parts.append(question[start : joint.start()])
            start = joint.end()
    parts.append(question[start:])
    if not 2 <= len(parts) <= MOST_PARTS:
        return [question]
    return [part.strip(" ?.!,;") + "?" for part in parts]


def _is_whole(part: str) -> bool:
    return bool(_BEGINS.match(part)) and len(part.split()) >= LEAST_WORDS and not _UNFINISHED.search(part)
