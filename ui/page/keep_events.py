"""What happens to answers afterwards: exported, judged with a thumb, made a test question."""

from typing import TYPE_CHECKING

import gradio as gr

from evals.datasets.new_question import write_question
from rag import Assistant, FootnoteError
from ui.page.export import export_html, export_markdown
from ui.page.feedback import FeedbackFile
from ui.page.turns import Json, new_id, parse_conversation

if TYPE_CHECKING:
    from ui.page.page import Parts


class KeepEvents:
    """The events that take something out of the conversation."""

    def __init__(self, desk: Assistant) -> None:
        """Look articles up in this desk, and keep feedback beside its index."""
        self.desk = desk
        self.feedback_file = FeedbackFile(desk.index.folder / "feedback.jsonl")

    def wire(self, parts: "Parts") -> None:
        """Tie the events to the components."""
        private: dict[str, Json] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
        parts.kept.export(self.export, [parts.kept], [parts.outbox], **private)
        parts.transcript.feedback(self.feedback, [parts.kept], [parts.outbox], **private)
        parts.transcript.test(self.make_test_question, [parts.kept], [parts.outbox], **private)

    def export(self, event: gr.EventData, kept: Json) -> Json:
        """Return the conversation as one file."""
        conversation = parse_conversation(kept)
        if _get(event, "format") == "html":
            text, name = export_html(conversation, self.desk.article), "footnote.html"
        else:
            text, name = export_markdown(conversation, self.desk.article), "footnote.md"
        return {"download": name, "text": text, "id": new_id()}

    def feedback(self, event: gr.EventData, kept: Json) -> Json:
        """Keep what a visitor thinks of an answer."""
        turn = parse_conversation(kept).turn(_get(event, "turn"))
        if turn and turn.answer and _get(event, "thumb") in ("up", "down"):
            try:
                self.feedback_file.add(turn.answer, _get(event, "thumb"), _get(event, "reason"))
            except FootnoteError as error:
                return {"notice": f"{error.message} {error.hint}", "id": new_id()}
            return {"notice": "Thank you. Kept beside the index.", "id": new_id()}
        return {"notice": "That answer is not there any more.", "id": new_id()}

    def make_test_question(self, event: gr.EventData, kept: Json) -> Json:
        """Return the answer on screen as an entry for a file of test questions."""
        conversation = parse_conversation(kept)
        turn = conversation.turn(_get(event, "turn"))
        if not turn or not turn.answer:
            return {"notice": "That answer is not there any more.", "id": new_id()}
        history = [each.question for each in conversation.before(turn.id).answers]
        return {"question": write_question(turn.answer, history), "id": new_id()}


def _get(event: gr.EventData, name: str) -> str:
    return str(event._data.get(name) or "") if isinstance(event._data, dict) else ""
