"""A test question made from an answer: an entry for a file of questions, to be looked at before it is kept."""

import json
import re
from collections.abc import Sequence

from rag.records import Answer


def write_question(answer: Answer, history: Sequence[str] = ()) -> str:
    """Return an answer as an entry of a file of questions, in YAML.

    What the answer says counts as right, so only a right answer should be made a question. One that says that the
    articles do not say becomes a question that they do not answer.

    Args:
        answer: The answer; its outcome is `answered` or `not_in_articles`.
        history: The questions before it, oldest first; told only if the question points back to them.
    """
    is_follow_up = bool(history) and answer.standalone_question != answer.question
    lines = [
        f"- id: {_id(answer.standalone_question)}",
        f"  kind: {_kind(answer, is_follow_up)}",
        f"  question: {_text(answer.question)}",
    ]
    if answer.sentences:
        lines.append(f"  answers: [{', '.join(_answers(answer))}]")
        refs = dict.fromkeys(citation.ref for citation in answer.citations)
        lines.append(f"  cites: [{', '.join(map(_text, refs))}]")
    if is_follow_up:
        lines.append(f"  history: [{', '.join(map(_text, history))}]")
    return "\n".join(lines) + "\n"


def _kind(answer: Answer, is_follow_up: bool) -> str:
    if is_follow_up:
        return "follow-up"
    if not answer.sentences:
        return "near miss"
    return "yes or no" if answer.yes_or_no else "fact"


def _answers(answer: Answer) -> list[str]:
    if answer.yes_or_no:
        return [f"{{text: {_text(answer.yes_or_no)}, verdict: {_text(answer.yes_or_no.lower())}}}"]
    return [_text(part) for part in answer.short.split("; ") if part] or [_text(answer.sentences[0].text)]


def _id(question: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", question.lower())[:8]) or "question"


def _text(text: str) -> str:
    # JSON's strings are YAML's, but for what JSON leaves as it is and YAML allows nowhere.
    return json.dumps(text)
