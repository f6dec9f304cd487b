"""Sentences that say that what is asked is not known: "It is not clear who called", for "Who called?"."""

import re
from dataclasses import replace

from rag.answer.gate.likeness import are_related
from rag.answer.judge import Quote, one_line
from rag.read import split_sentences
from rag.search.lexical import content_words
from rag.search.stem import stem

_ASKED = r"who|whom|whose|what|which|when|where|why|how|whether"
_UNKNOWN = re.compile(
    rf"""(?ix)(?:n['’]t|\b(?:not|never|nobody|no\sone|yet\sto|unclear|unknown|uncertain|unsure|mystery|declined\sto
        |refused\sto))\b(?:\s\w+){{0,4}}?\s(?P<asked>{_ASKED})\b(?P<what>[^.;,]*)
    |\b(?P<asked_first>{_ASKED})\b(?P<what_first>[^.;,]*?)\s(?:is|are|was|were|remains?|remained|has|have)\s(?:still\s|yet\s
        |been\s)*(?:not\s(?:been\s|yet\s)*(?:known|clear|certain|established|released|disclosed)|unknown|unclear|uncertain)\b"""
)
_KNOWING = re.compile(
    r"\b(?:know\w*|clear|unclear|unknown|uncertain|unsure|say|said|tell|told|disclos\w*|reveal\w*|establish\w*|determin\w*"
    r"|explain\w*|confirm\w*|mystery|comment\w*|found|find)\b",
    re.IGNORECASE,
)
_WORD = re.compile(rf"\W*(?:\w+\W+){{0,2}}?(?P<word>{_ASKED})\b", re.IGNORECASE)
_VAGUE = frozenset({"many", "much", "people"})

HALF = 0.5
"""Share of the words of what is not known that the question has at least."""


def find_unknown(question: str, best: Quote) -> Quote | None:
    """Return the sentence in or behind the best quote that says that the answer is not known, or None.

    What stands before the quote does not count: what was not known then is told now.

    Args:
        question: A question that stands by itself.
        best: The sentence that answers it best.
    """
    asked = _WORD.match(question)
    if not asked:
        return None
    words = {stem(word) for word in content_words(question)}
    paragraph = best.passage.paragraph
    for first, last in split_sentences(paragraph.text):
        start, end = paragraph.start + first, paragraph.start + last
        text = one_line(paragraph.text[first:last])
        if start >= best.start and _says_so(text, asked["word"].lower(), words):
            return replace(best, start=start, end=end, text=text, short="")
    return None


def _says_so(sentence: str, asked: str, words: set[str]) -> bool:
    """Tell whether a sentence says that it is not known who, when or what did what the question's words say."""
    found = _UNKNOWN.search(sentence)
    if not found or (found["asked"] or found["asked_first"]).lower().removesuffix("m") != asked.removesuffix("m"):
        return False
    if found["asked"] and not _KNOWING.search(found[0][: found.start("asked") - found.start()]):
        return False
    told = [stem(word) for word in content_words(found["what"] or found["what_first"] or "") if word not in _VAGUE]
    shared = [word for word in told if any(are_related(word, other) for other in words)]
    return bool(shared) and len(shared) >= HALF * len(told)
