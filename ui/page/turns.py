"""A visitor's conversation: what was asked and what came of it. The browser keeps it, so it comes back as a stranger's.

Nothing of a visitor is kept on the server: each event brings the conversation along and gets the next one back.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rag.records import Answer

Json = Any
"""What the browser sends and gets, where its shape is checked later or not ours."""

MOST_TURNS = 100
"""Turns of a conversation that are kept; the oldest are dropped first."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation.

    Attributes:
        id: Unique in the page; letters and digits.
        question: The question as it was asked.
        answer: The whole answer, or as far as it has come; None if there is none yet.
        done: Whether nothing more will come.
        problem: Why no answer came though no model failed, in one sentence; empty otherwise.
        hint: What to do about that, or an empty string.
        as_written: Whether it is asked as it stands, also where it points back.
    """

    id: str
    question: str
    answer: Answer | None = None
    done: bool = False
    problem: str = ""
    hint: str = ""
    as_written: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """What one visitor asked, oldest first.

    Attributes:
        id: Unique in the browser; letters and digits.
        turns: The turns.
    """

    id: str = ""
    turns: tuple[Turn, ...] = ()

    @property
    def answers(self) -> list[Answer]:
        """Return the whole answers, oldest first."""
        return [turn.answer for turn in self.turns if turn.answer and turn.done]

    def turn(self, turn_id: str) -> Turn | None:
        """Return a turn by its id, or None."""
        return next((turn for turn in self.turns if turn.id == turn_id), None)

    def before(self, turn_id: str) -> "Conversation":
        """Return the conversation as it was before a turn, or as it is if there is no such turn."""
        ids = [turn.id for turn in self.turns]
        return replace(self, turns=self.turns[: ids.index(turn_id)]) if turn_id in ids else self

    def asking(self, question: str, as_written: bool = False) -> "Conversation":
        """Return the conversation with a question more that waits for its answer."""
        turn = Turn(new_id(), question, as_written=as_written)
        return Conversation(self.id or new_id(), (*self.turns, turn)[-MOST_TURNS:])

    def with_last(self, turn: Turn) -> "Conversation":
        """Return the conversation with another last turn."""
        return replace(self, turns=(*self.turns[:-1], turn))


_CONVERSATION = TypeAdapter(Conversation)


def new_id() -> str:
    """Return a name that nothing else has."""
    return secrets.token_hex(6)


def parse_conversation(value: object) -> Conversation:
    """Return the conversation that a browser sent; what is none counts as an empty one."""
    try:
        found = _CONVERSATION.validate_python(value or {})
    except (ValidationError, RecursionError):
        return Conversation()
    ids = [found.id, *(turn.id for turn in found.turns)]
    return found if all(part.isalnum() or not part for part in ids) else Conversation()


def to_json(conversation: Conversation) -> object:
    """Return a conversation as the browser keeps it."""
    return _CONVERSATION.dump_python(conversation, mode="json")


def title_of(turns: Sequence[Turn]) -> str:
    """Return what a conversation is called: its first question."""
    return turns[0].question if turns else "New conversation"
