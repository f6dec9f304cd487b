"""Asking and answering: a conversation goes in with a question that waits, and comes out with its answer."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from rag import Assistant, FootnoteError
from rag.errors import QuestionError
from rag.records import Answer, ArticleFilter
from ui.page.turns import ASK_AGAIN, Conversation, Turn

STOPPED = "Stopped before the answer was whole."
LOST = "The page was closed before the answer was whole."

MOST_IDS = 10_000
"""Articles that a question may be limited to, each by its id."""

DRAFT_SECONDS = 0.1
"""Time that a draft is shown before the next may take its place: a model's words come faster than anybody reads."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a visitor chose for the next question.

    Attributes:
        where: Which articles may be used.
        model: The model's spec, or None for the one asked by default.
    """

    where: ArticleFilter
    model: str | None = None


def answer_last(desk: Assistant, conversation: Conversation, choice: Choice) -> Iterator[Conversation]:
    """Answer the last question of a conversation bit by bit; an error becomes what came of the question.

    Args:
        desk: The assistant.
        conversation: The conversation; its last question waits for an answer.
        choice: What the visitor chose.

    Yields:
        The conversation with the answer as far as it has come; the last one is whole. None if no question waits.
    """
    if not conversation.turns or conversation.turns[-1].done:
        return
    turn = conversation.turns[-1]
    try:
        pieces = desk.stream(
            turn.question, conversation.answers, choice.where, model=choice.model, rewrite=not turn.as_written
        )
        for answer in _paced(pieces):
            turn = replace(turn, answer=answer)
            yield conversation.with_last(turn)
    except FootnoteError as error:
        turn = _broken_off(turn, error.message, error.hint)
    yield conversation.with_last(replace(turn, done=True))


def give_up(conversation: Conversation, problem: str) -> Conversation:
    """Return a conversation whose last question, if it still waits, gets no more than what is there of its answer."""
    if not conversation.turns or conversation.turns[-1].done:
        return conversation
    return conversation.with_last(_broken_off(conversation.turns[-1], problem, ASK_AGAIN))


def _broken_off(turn: Turn, problem: str, hint: str) -> Turn:
    said = turn.answer if turn.answer and turn.answer.sentences else None
    return replace(turn, answer=said and replace(said, draft=""), done=True, problem=problem, hint=hint)


def _paced(pieces: Iterator[Answer]) -> Iterator[Answer]:
    """Leave out drafts that come too soon after what was shown last."""
    sentences, shown_at = -1, 0.0
    for answer in pieces:
        is_only_draft = answer.draft and len(answer.sentences) == sentences
        if is_only_draft and time.monotonic() - shown_at < DRAFT_SECONDS:
            continue
        sentences, shown_at = len(answer.sentences), time.monotonic()
        yield answer


def parse_choice(limit: object, model: str | None) -> Choice:
    """Return what a visitor chose, from what the browser sent; what is no filter limits nothing.

    Raises:
        QuestionError: More articles are chosen than may be.
    """
    chosen = limit if isinstance(limit, dict) else {}
    listed = chosen.get("ids")
    ids = [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
    if len(ids) > MOST_IDS:
        raise QuestionError(f"More than {MOST_IDS:,} articles are chosen.", "Choose fewer, or limit by date.")
    return Choice(
        ArticleFilter(tuple(ids) or None, parse_day(chosen.get("first")), parse_day(chosen.get("last"))), model
    )


def parse_day(text: object) -> date | None:
    """Return the day of a date field, None if it is empty or no date."""
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None
