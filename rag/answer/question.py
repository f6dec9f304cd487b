"""Understanding a question: is it fit to be asked, and what does it mean after those before it?"""

import re
from collections.abc import Sequence

from rag.errors import QuestionError
from rag.records import Answer
from rag.search.lexical import content_words

GOES_ON = re.compile(r"^\W*(and|but|so|then|what about|how about)\b|^\W*(why|when|where|how)\W*\w*\W*$", re.IGNORECASE)
"""Questions that begin where another left off, or are nothing but a question word and one more."""

PRONOUN = re.compile(r"\b(he|she|they|it|its|him|her|hers|his|them|their|theirs)\b", re.IGNORECASE)
"""Refers to the question before, unless a name stands in front of it: "How did Israel respond to its critics?" """

POINTER = re.compile(
    r"\b(there|that|this|these|those)\W*$|^\W*(was|is|were|are|did|does|do|has|have|had)\s+(that|this|these|those)\b",
    re.IGNORECASE,
)
"""Refers at the end of a question or next to its verb; elsewhere it is a "that Iran would pay" or a "this year"."""

EMPTY_IT = re.compile(r"\b(is|was) it (true|possible|likely|known|said)\b", re.IGNORECASE)


def check_question(question: str, max_characters: int) -> str:
    """Return the question on one line.

    Args:
        question: As it was typed.
        max_characters: The longest that is taken.

    Raises:
        QuestionError: It is empty or too long.
    """
    # Half of a surrogate pair, as a terminal gives for a byte that is no UTF-8, is no text.
    question = " ".join(question.encode("utf-8", "replace").decode("utf-8").split())
    if not re.search(r"\w", question):
        raise QuestionError("The question is empty.", 'Ask in words, for example: footnote ask "Who met in Beirut?"')
    if len(question) > max_characters:
        raise QuestionError(
            f"The question has {len(question):,} characters; at most {max_characters:,} are taken.",
            "Ask it shorter, or raise FOOTNOTE_MAX_QUESTION_CHARACTERS.",
        )
    return question


def standalone_question(question: str, history: Sequence[Answer]) -> str:
    """Return a question that can be searched for by itself.

    A follow-up that points back is given the names of the question before it; any other stays as it is.

    Args:
        question: The question.
        history: The answers before it, oldest first.

    Returns:
        The question, or the question with names behind it in brackets.
    """
    if not history or not _points_back(question):
        return question
    previous = history[-1].standalone_question
    known = set(content_words(question))
    names = [name for name in _names(previous) or content_words(previous) if not known & set(content_words(name))]
    return f"{question} ({', '.join(names)})" if names else question


def _points_back(question: str) -> bool:
    if GOES_ON.search(question) or POINTER.search(question):
        return True
    pronoun = PRONOUN.search(EMPTY_IT.sub("", question))
    return pronoun is not None and not _names(question[: pronoun.start()])


def _names(question: str) -> list[str]:
    """Return the capitalised words of a question, neighbours together, the first word of it left out."""
    behind_first = re.sub(r"^\W*\w+", "", question)
    return list(dict.fromkeys(re.findall(r"[^\W\d_a-z][\w'’-]*(?:\s+[^\W\d_a-z][\w'’-]*)*", behind_first)))
