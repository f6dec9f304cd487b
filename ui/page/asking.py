"""Asking and answering: a conversation goes in with a question that waits, and comes out with its answer."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from rag import Assistant, FootnoteError
from rag.records import ArticleFilter
from ui.page.turns import Conversation, Turn

STOPPED = "Stopped before the answer was there."
LOST = "The page was closed before the answer was there."
ASK_AGAIN = "Ask it again."


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
        for answer in pieces:
            turn = replace(turn, answer=answer)
            yield conversation.with_last(turn)
    except FootnoteError as error:
        turn = Turn(turn.id, turn.question, problem=error.message, hint=error.hint)
    yield conversation.with_last(replace(turn, done=True))


def give_up(conversation: Conversation, problem: str) -> Conversation:
    """Return a conversation whose last question, if it still waits, will not be answered any more."""
    if not conversation.turns or conversation.turns[-1].done:
        return conversation
    turn = conversation.turns[-1]
    return conversation.with_last(Turn(turn.id, turn.question, done=True, problem=problem, hint=ASK_AGAIN))


def parse_choice(limit: object, model: str | None) -> Choice:
    """Return what a visitor chose, from what the browser sent; what is no filter limits nothing."""
    chosen = limit if isinstance(limit, dict) else {}
    ids = [each for each in chosen.get("ids") or () if isinstance(each, str)]
    return Choice(
        ArticleFilter(tuple(ids) or None, parse_day(chosen.get("first")), parse_day(chosen.get("last"))), model
    )


def parse_day(text: object) -> date | None:
    """Return the day of a date field, None if it is empty or no date."""
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None
