"""A visitor's conversation: what was asked and what came of it. The browser keeps it, so it comes back as a stranger's.

Nothing of a visitor is kept on the server: each event brings the conversation along and gets the next one back.
"""

import json
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

MOST_CHARACTERS = 2_000_000
"""Characters of JSON that a conversation may have; the oldest turns are dropped first. A turn has some 10,000."""

MOST_TURN_CHARACTERS = 400_000
"""Characters of JSON that a turn may have; of a larger one only the question is kept."""

TOO_LARGE = "This answer was too large to be kept."
ASK_AGAIN = "Ask it again."


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation.

    Attributes:
        id: Unique in the page; letters and digits.
        question: The question as it was asked.
        answer: The whole answer, or as far as it has come; None if there is none yet.
        done: Whether nothing more will come.
        problem: Why no answer came or no whole one, though no model failed, in one sentence; empty otherwise.
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
        forgotten: How many older turns are not kept any more.
    """

    id: str = ""
    turns: tuple[Turn, ...] = ()
    forgotten: int = 0

    @property
    def answers(self) -> list[Answer]:
        """Return the answers to which nothing more will come, oldest first."""
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
        turns = (*self.turns, Turn(new_id(), question, as_written=as_written))
        forgotten = self.forgotten + max(0, len(turns) - MOST_TURNS)
        return Conversation(self.id or new_id(), turns[-MOST_TURNS:], forgotten)

    def with_last(self, turn: Turn) -> "Conversation":
        """Return the conversation with another last turn."""
        return replace(self, turns=(*self.turns[:-1], turn))


_CONVERSATION = TypeAdapter(Conversation)
_TURN = TypeAdapter(Turn)


def new_id() -> str:
    """Return a name that nothing else has."""
    return secrets.token_hex(6)


def parse_conversation(value: object) -> Conversation:
    """Return the conversation that a browser sent, its newest turns if it is too large; what is none is empty."""
    sent = value if isinstance(value, dict) else {}
    listed = sent.get("turns")
    listed = list(listed) if isinstance(listed, (list, tuple)) else []
    turns: list[Turn] = []
    room = MOST_CHARACTERS
    for each in reversed(listed[-MOST_TURNS:]):
        size = _size(each)
        turn = _parse_turn(each, size)
        room -= size if size <= MOST_TURN_CHARACTERS else 0
        if room < 0:
            break
        turns += [turn] if turn else []
    before = sent.get("forgotten")
    before = before if isinstance(before, int) and 0 < before < 1_000_000 else 0
    name = sent.get("id")
    name = name if isinstance(name, str) and name.isalnum() and len(name) < 100 else ""
    return Conversation(name, tuple(reversed(turns)), before + len(listed) - len(turns))


def _parse_turn(value: object, size: int) -> Turn | None:
    if size > MOST_TURN_CHARACTERS:
        if not isinstance(value, dict):
            return None
        question = str(value.get("question"))[: MOST_TURN_CHARACTERS // 100]
        value = {"id": value.get("id"), "question": question, "done": True, "problem": TOO_LARGE, "hint": ASK_AGAIN}
    try:
        turn = _TURN.validate_python(value)
    except (ValidationError, RecursionError):
        return None
    return turn if turn.id.isalnum() else None


def _size(value: object) -> int:
    """Return how many characters a value has as JSON, more than any may have if it is not JSON."""
    try:
        return len(json.dumps(value, ensure_ascii=False))
    except (TypeError, ValueError, RecursionError):
        return MOST_CHARACTERS


def to_json(conversation: Conversation) -> object:
    """Return a conversation as the browser keeps it."""
    return _CONVERSATION.dump_python(conversation, mode="json")


def title_of(turns: Sequence[Turn]) -> str:
    """Return what a conversation is called: its first question."""
    return turns[0].question if turns else "New conversation"
