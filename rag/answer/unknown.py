"""Sentences that say that what is asked is not known: "It is not clear who called", for "Who called?"."""

import re
from collections.abc import Sequence

from rag.answer.gate.likeness import are_related
from rag.answer.judge import Quote, one_line
from rag.read import split_sentences
from rag.search.lexical import content_words
from rag.search.stem import stem

_ASKED = r"who|whom|whose|what|which|when|where|why|how|whether"
_UNKNOWN = re.compile(
    rf"""(?ix)\b(?:not|n['’]t|never|nobody|no\sone|yet\sto|unclear|unknown|uncertain|unsure|mystery|declined\sto|refused\sto
        |would\snot)\b(?:\s\w+){{0,4}}?\s(?P<asked>{_ASKED})\b(?P<what>[^.;,]*)
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
MOST_QUOTES = 3
HALF = 0.5


def find_unknown(question: str, quotes: Sequence[Quote]) -> Quote | None:
    """Return the sentence beside the best quotes that says that the answer is not known, or None.

    Args:
        question: A question that stands by itself.
        quotes: The sentences that may answer it, best first.
    """
    asked = _WORD.match(question)
    if not asked:
        return None
    words = {stem(word) for word in content_words(question)}
    for quote in quotes[:MOST_QUOTES]:
        paragraph = quote.passage.paragraph
        for start, end in split_sentences(paragraph.text):
            if paragraph.start + start < quote.start:
                continue  # what was not known before is told now
            text = one_line(paragraph.text[start:end])
            if _says_so(text, asked["word"].lower(), words):
                return Quote(
                    quote.passage, paragraph.start + start, paragraph.start + end, text, "", quote.evidence, quote.score
                )
    return None


def _says_so(sentence: str, asked: str, words: set[str]) -> bool:
    found = _UNKNOWN.search(sentence)
    if not found or (found["asked"] or found["asked_first"]).lower().replace("whom", "who") != asked.replace(
        "whom", "who"
    ):
        return False
    if found["asked"] and not _KNOWING.search(found[0][: found.start("asked") - found.start()]):
        return False
    told = [stem(word) for word in content_words(found["what"] or found["what_first"] or "") if word not in _VAGUE]
    shared = [word for word in told if any(are_related(word, other) for other in words)]
    return bool(shared) and len(shared) >= HALF * len(told)
