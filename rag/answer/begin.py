"""The answer before anything is known of it."""

from collections.abc import Sequence

from rag.answer.follow_up import standalone_question
from rag.records import Answer


def begin_answer(question: str, history: Sequence[Answer] = (), rewrite: bool = True) -> Answer:
    """Return an answer that has only its question yet.

    Args:
        question: The question.
        history: The answers before it, oldest first.
        rewrite: Whether a question that points back is made whole.
    """
    return Answer(
        question=question,
        standalone_question=standalone_question(question, history) if rewrite else question,
        outcome="answered",
        sentences=(),
        nearest=(),
        reason="",
        hint="",
        model="",
        seconds=0.0,
    )
