"""A conversation as one file that needs nothing else: HTML for people, Markdown for other programs."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from rag.answer.gate import FindArticle
from rag.records import Answer, AnswerSentence, Citation
from ui.page.evidence import find_citations
from ui.page.messages import asides_of, verdict_of
from ui.page.templates import asset, fill
from ui.page.turns import Conversation, Turn, title_of
from ui.render import one_line, plain, render_date

NO_ANSWER = "No answer came."

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|>~-])")


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote as it stands in an exported file.

    Attributes:
        key: Its mark.
        title: The article's title.
        date: Its day of publication in words.
        ref: The paragraph's address.
        paragraph: The paragraph's number.
        quote: The very words.
        verdict: What the check said of the sentences that rest on it, or "not checked".
        changed: Why the article does not show the words any more, or an empty string.
    """

    key: str
    title: str
    date: str
    ref: str
    paragraph: int
    quote: str
    verdict: str
    changed: str


def export_html(conversation: Conversation, find: FindArticle) -> str:
    """Return a conversation as a page of HTML that loads nothing."""
    return fill(
        "export.html.jinja",
        title=one_line(title_of(conversation.turns), 100),
        turns=[(turn, notes_of(turn), footnotes_of(turn, find)) for turn in conversation.turns],
        css=asset("export.css"),
        day=render_date(datetime.now(UTC).date()),
        verdict_of=verdict_of,
        plain=plain,
    )


def export_markdown(conversation: Conversation, find: FindArticle) -> str:
    """Return a conversation as Markdown in which nothing that others wrote is markup."""
    parts = [_turn_to_markdown(turn, footnotes_of(turn, find)) for turn in conversation.turns]
    return "\n\n---\n\n".join(parts) + "\n"


def footnotes_of(turn: Turn, find: FindArticle) -> list[Footnote]:
    """Return the footnotes of a turn's answer, in order."""
    if not turn.answer:
        return []
    places = {place.key: place for place in find_citations(turn.answer, find)}
    return [
        Footnote(
            key=str(citation.number),
            title=plain(citation.article.title),
            date=render_date(citation.article.date),
            ref=citation.ref,
            paragraph=citation.paragraph_number,
            quote=plain(citation.quote),
            verdict=_verdict(turn.answer, citation),
            changed=places[str(citation.number)].changed,
        )
        for citation in turn.answer.citations
    ]


def notes_of(turn: Turn) -> list[str]:
    """Return what is to be told of a turn beside its sentences: why there are none or no more, and what is left out."""
    answer = turn.answer
    if not answer:
        return [turn.problem or NO_ANSWER]
    unanswered = f"The articles do not say: {' '.join(answer.unanswered)}" if answer.unanswered else ""
    return [note for note in (answer.warning, *asides_of(answer), answer.reason, unanswered, turn.problem) if note]


def _verdict(answer: Answer, citation: Citation) -> str:
    verdicts = [verdict_of(sentence) for sentence in answer.sentences if citation in sentence.citations]
    return ", ".join(dict.fromkeys(filter(None, verdicts))) or "not checked"


def _turn_to_markdown(turn: Turn, footnotes: list[Footnote]) -> str:
    answer = turn.answer
    parts = [f"## {_escaped(turn.question)}"]
    if answer and answer.standalone_question != answer.question:
        parts.append(f"Searched for: {_escaped(answer.standalone_question)}")
    if answer and answer.sentences:
        if answer.short:
            parts.append(f"**{_escaped(answer.short)}** {_escaped(answer.short_marks)}")
        parts.append(" ".join(map(_sentence, answer.sentences)))
    parts += [f"*{_escaped(note)}*" for note in notes_of(turn)]
    parts += [
        f"\\[{note.key}\\] {_escaped(note.title)}, {note.date}, paragraph {note.paragraph} ({_escaped(note.ref)}), "
        f"{_escaped(note.verdict)}{'. ' + note.changed if note.changed else ''}\n\n> {_escaped(note.quote)}"
        for note in footnotes
    ]
    if answer and answer.model:
        parts.append(f"Answered by {_escaped(answer.model)}")
    return "\n\n".join(parts)


def _sentence(sentence: AnswerSentence) -> str:
    verdict = verdict_of(sentence)
    return f"{_escaped(sentence.text)} {_escaped(sentence.marks)}" + (f" *({_escaped(verdict)})*" if verdict else "")


def _escaped(text: str) -> str:
    """Return text on one line that Markdown shows as it is; a link in it stays text."""
    text = " ".join(plain(text).split()).replace("&", "&amp;").replace("<", "&lt;")
    return _SPECIAL.sub(r"\\\1", text).replace("://", ":\u200b//").replace("www.", "www\u200b.")
