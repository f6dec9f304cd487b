"""What was asked and answered before a follow-up."""

import re
from dataclasses import dataclass

from rag.answer.follow_up.phrases import Clause, parse_question
from rag.records import Answer

MORE = "Tell me more about this: "
"""Stands before the question of which more was asked."""

_LONGEST = 8
"""Words of a phrase that is put in a question's place; a longer one would hide the question."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the conversation with what it was answered.

    Attributes:
        question: The standalone question, without the brackets of an earlier rewriting.
        aside: What stood in those brackets.
        clause: It taken apart, or None.
        shorts: The answers in a few words; none for a yes or no.
        sentences: The sentences of the answer.
    """

    question: str
    aside: str
    clause: Clause | None
    shorts: tuple[str, ...]
    sentences: tuple[str, ...]


def read_turn(answer: Answer) -> Turn:
    """Return what a follow-up can refer to in an answer and its question."""
    question = answer.standalone_question.removeprefix(MORE)
    brackets = re.search(r"\(([^()]*)\)[?.! ]*$", question)
    question, aside = (question[: brackets.start()].strip(), brackets[1]) if brackets else (question, "")
    parts = () if answer.yes_or_no else answer.short.split(";")
    found = tuple(filter(None, (part.strip(" .,;:\"'“”") for part in parts)))
    sentences = tuple(sentence.text for sentence in answer.sentences)
    return Turn(question, aside, parse_question(question), found, sentences)


def is_plain(phrase: str) -> bool:
    """Tell whether a phrase can be put in a question's place."""
    words = phrase.split()
    return (
        0 < len(words) <= _LONGEST
        and not re.search(r"[;:()\"“”?!]", phrase)
        and ("," not in phrase or " and " in phrase)
    )
