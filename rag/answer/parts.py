"""A question that asks for two things is two questions."""

import re

from rag.answer.follow_up.ellipsis import is_question_phrase
from rag.answer.follow_up.phrases import parse_question
from rag.answer.follow_up.words import AUXILIARIES
from rag.read import split_sentences

_ASKS = (
    r"(?:(?:in|on|at|to|for|by|with|from|of|about|since|until)\s+)?(?:who|whom|whose|what|when|where|why|how|which)\b"
)
_JOINT = re.compile(rf"(?:[,;]\s*|\s+)and\s+(?:say\s+|tell\s+me\s+|also\s+|if\s+so,?\s+)?(?={_ASKS}\s)", re.IGNORECASE)
_AUX = rf"(?:{'|'.join(sorted(AUXILIARIES))})"
_BEGINS = re.compile(rf"\W*(?:{_ASKS}|(?:name|list|give|{_AUX})\b)", re.IGNORECASE)
_WORDS_IN_A_ROW = re.compile(
    rf"\W*(?P<row>(?:who|when|where|why|how)(?:(?:,?\s+and\s+|\s*/\s*|,\s+)(?:when|where|why|how))+)\s+(?={_AUX}\b)",
    re.I,
)
_IN_BRACKETS = re.compile(r"(?<=[?.!])\s*(?P<inside>\([^()]*\))$")
"""What was added from the conversation before."""

_UNFINISHED = re.compile(
    r"\b(?:know|tell|told|said|say|says|ask|asked|explain|explained|decide|decided|see|learn|who|what|when|where|why|how)\W*$",
    re.IGNORECASE,
)

_TAIL = re.compile(
    r"(?:,\s*|\s+)and\s+(?=(?:(?:in|on|at|by|for|with|from|to|of)\s+)?"
    r"(?:where|when|(?:what|which)\s\w+|how\s(?:much|long|often|far|badly|old|many(?:\s\w+)?))\W*$)",
    re.IGNORECASE,
)
"""Before a question that is cut short and stands last: "… and where?"; "why" goes with what stands before it."""

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
        >>> split_question("Who won it and how many took part? (Oslo)")
        ['Who won it? (Oslo)', 'how many took part? (Oslo)']
        >>> split_question("How many men and how many women were hurt?")
        ['How many men were hurt?', 'how many women were hurt?']
        >>> split_question("What did Ana and Ben buy?")
        ['What did Ana and Ben buy?']
    """
    if brackets := _IN_BRACKETS.search(question):
        bare = split_question(question[: brackets.start()])
        return [f"{part} {brackets['inside']}" for part in bare] if len(bare) > 1 else [question]
    if row := _WORDS_IN_A_ROW.match(question):
        words = re.findall(r"\b(?!and\b)\w+", row["row"], re.IGNORECASE)
        return [f"{word} {question[row.end() :]}" for word in words[:MOST_PARTS]]
    sentences = [question[start:end] for start, end in split_sentences(question)]
    if 2 <= len(sentences) <= MOST_PARTS and all(each.endswith("?") and _is_whole(each) for each in sentences):
        return sentences
    if (tail := _TAIL.search(question)) and _is_whole(question[: tail.start()]):
        return [*split_question(f"{question[: tail.start()]}?"), question[tail.end() :].strip(" ?.!,;") + "?"]
    parts: list[str] = []
    start = 0
    for joint in _JOINT.finditer(question):
        first, second = question[start : joint.start()], question[joint.end() :]
        if _is_whole(second) and (whole := _complete(first, second)):
            parts.append(whole)
            start = joint.end()
    parts.append(question[start:])
    if not 2 <= len(parts) <= MOST_PARTS:
        return [question]
    return [part.strip(" ?.!,;") + "?" for part in parts]


def _complete(first: str, second: str) -> str:
    """Return the first part, "how many men" with the rest of "how many women were hurt"; empty if it is no question."""
    if not is_question_phrase(first):
        return first if _is_whole(first) else ""
    clause = parse_question(_JOINT.split(second, maxsplit=1)[0])
    return f"{first} {clause.cut(clause.lead_end)}" if clause else ""


def _is_whole(part: str) -> bool:
    is_long = len(part.split()) >= LEAST_WORDS and not is_question_phrase(part)
    return bool(_BEGINS.match(part)) and is_long and not _UNFINISHED.search(part)
