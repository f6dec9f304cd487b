"""Follow-ups: questions that mean something only after those before them."""

from rag.answer.follow_up.rewrite import standalone_question

__all__ = ["standalone_question"]
