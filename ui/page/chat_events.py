"""What happens in the conversation: asking, stopping, asking again, undoing, opening one that the browser kept."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import gradio as gr

from rag import Assistant, FootnoteError
from ui.page.asking import LOST, STOPPED, answer_last, give_up, parse_choice
from ui.page.limits import Limits
from ui.page.model_menu import ModelMenu
from ui.page.shown import show_conversation, show_last_turn, welcome
from ui.page.turns import Conversation, Json, parse_conversation, to_json

if TYPE_CHECKING:
    from ui.page.page import Parts

TOO_MANY = "Too many questions are waiting, or the connection broke."

_WAITING: dict[str, Json] = {"submit_btn": False, "stop_btn": "Stop"}
_READY: dict[str, Json] = {"submit_btn": "Ask", "stop_btn": False}


class ChatEvents:
    """The conversation's events. Each gets the visitor's conversation from the browser and gives the next one back."""

    def __init__(self, desk: Assistant, limits: Limits, menu: ModelMenu) -> None:
        """Answer from this desk, within these limits, with a model of this menu."""
        self.desk = desk
        self.limits = limits
        self.menu = menu

    def wire(self, blocks: gr.Blocks, parts: "Parts") -> None:
        """Tie the events to the components."""
        shown = [parts.transcript, parts.kept]
        private: dict[str, Json] = {"api_visibility": "private", "show_progress": "hidden"}
        at_once: dict[str, Json] = {**private, "queue": False}
        asked = parts.composer.submit(self.begin, [parts.composer, parts.kept], [*shown, parts.composer], **at_once)
        asked_again = parts.transcript.again(self.begin_again, [parts.kept], [*shown, parts.composer], **at_once)
        answering = [
            begun.success(
                self.answer,
                [parts.kept, parts.limit, parts.model],
                shown,
                api_visibility="private",
                show_progress="minimal",
                show_progress_on=[parts.status],
                concurrency_limit=self.limits.answers,
                concurrency_id="answers",
            )
            for begun in (asked, asked_again)
        ]
        for event in answering:
            event.success(self.ready, None, [parts.composer], **at_once)
            event.failure(self.fail, [parts.kept], [*shown, parts.composer], **at_once)
        parts.composer.stop(self.stop, [parts.kept], [*shown, parts.composer], cancels=answering, **at_once)
        parts.transcript.undo(self.undo, [parts.kept], [*shown, parts.composer], cancels=answering, **at_once)
        parts.kept.restore(self.restore, None, [*shown, parts.composer], cancels=answering, **at_once)
        for looked_at in (blocks.load, parts.model.focus):
            looked_at(self.models, None, [parts.model], **at_once)

    def begin(self, question: str, kept: Json) -> list[Json]:
        """Put a question into the conversation, where it waits for its answer."""
        conversation = _idle(kept)
        return self._show(conversation.asking(_worded(question)), value="", **_WAITING)

    def begin_again(self, event: gr.EventData, kept: Json) -> list[Json]:
        """Put a question in the place of an earlier one and of all that came after it, or at the end."""
        data = _data(event)
        conversation = _idle(kept)
        turn = conversation.turn(str(data.get("turn")))
        question = _worded(str(data.get("question") or (turn.question if turn else "")))
        conversation = conversation.before(turn.id) if turn else conversation
        return self._show(conversation.asking(question, bool(data.get("as_written"))), **_WAITING)

    def answer(self, kept: Json, limit: Json, model: str | None) -> Iterator[list[Json]]:
        """Answer the question that waits."""
        conversation = parse_conversation(kept)
        before = show_conversation(self.desk, conversation)
        try:
            choice = parse_choice(limit, model)
        except FootnoteError as error:
            yield self._show(give_up(conversation, error.message))[:2]
            return
        kept_sentences = 0
        for answered in answer_last(self.desk, conversation, choice):
            turn = answered.turns[-1]
            sentences = len(turn.answer.sentences) if turn.answer else 0
            # The browser keeps each sentence as it comes, so that none is lost when the answer is stopped.
            is_news = turn.done or sentences > kept_sentences
            kept_sentences = sentences
            yield [show_last_turn(self.desk, answered, before), to_json(answered) if is_news else gr.skip()]

    def ready(self) -> Json:
        """Let the next question be asked."""
        return gr.update(**_READY)

    def stop(self, kept: Json) -> list[Json]:
        """Say that the question that waited was stopped."""
        return self._show(give_up(parse_conversation(kept), STOPPED), **_READY)

    def fail(self, kept: Json) -> list[Json]:
        """Say that the question that waited could not be answered."""
        return self._show(give_up(parse_conversation(kept), TOO_MANY), **_READY)

    def undo(self, kept: Json) -> list[Json]:
        """Take the last question back into the composer."""
        conversation = parse_conversation(kept)
        if not conversation.turns:
            return [gr.skip(), gr.skip(), gr.skip()]
        last = conversation.turns[-1]
        return self._show(conversation.before(last.id), value=last.question, **_READY)

    def restore(self, event: gr.EventData) -> list[Json]:
        """Show a conversation that the browser kept, or a new one."""
        conversation = give_up(parse_conversation(_data(event).get("conversation")), LOST)
        return self._show(conversation, **_READY)

    def models(self) -> Json:
        """List the models that are set up, each with its state."""
        return gr.update(choices=self.menu.choices())

    def _show(self, conversation: Conversation, **composer: Json) -> list[Json]:
        shown = show_conversation(self.desk, conversation)
        if not conversation.turns:
            shown["welcome"] = welcome(self.desk)
        return [shown, to_json(conversation), gr.update(**composer)]


def _idle(kept: Json) -> Conversation:
    conversation = parse_conversation(kept)
    if conversation.turns and not conversation.turns[-1].done:
        raise gr.Error("The last question is still being answered. Stop it first.", print_exception=False)
    return conversation


def _worded(question: str) -> str:
    if not question.strip():
        raise gr.Error("Type a question first.", print_exception=False)
    return question.strip()


def _data(event: gr.EventData) -> dict[str, Json]:
    return event._data if isinstance(event._data, dict) else {}
