"""A turn of the conversation turned into HTML. Pure; everything that others wrote is escaped by the template."""

from collections.abc import Sequence

from rag.records import Answer, AnswerSentence
from ui.page.evidence import ShownCitation
from ui.page.templates import fill
from ui.page.turns import Turn
from ui.render import VERDICTS, one_line, plain, render_asides, render_span


def render_turn(turn: Turn, citations: Sequence[ShownCitation], is_last: bool) -> str:
    """Return a turn as HTML.

    Args:
        turn: The turn.
        citations: The places that its answer points at.
        is_last: Whether it is the last one, which alone can be undone.
    """
    return fill(
        "turn.html.jinja",
        turn=turn,
        question=plain(turn.question),
        answer=turn.answer,
        look=look_of(turn),
        citations=citations,
        places={citation.key: citation for citation in citations},
        rewritten=_rewritten(turn.answer),
        short_keys=_short_keys(turn.answer) if turn.answer else [],
        verdict_of=verdict_of,
        searched=_searched(turn.answer) if turn.answer else "",
        draft=turn.answer.draft if turn.answer and not turn.done else "",
        asides=asides_of(turn.answer),
        one_line=one_line,
        plain=plain,
        is_last=is_last,
    )


def look_of(turn: Turn) -> str:
    """Return what a turn looks like: its outcome, `waiting` or `problem`."""
    if not turn.answer:
        return "problem" if turn.done else "waiting"
    has_words = turn.answer.sentences or turn.answer.draft
    return turn.answer.outcome if turn.done or has_words else "waiting"


def verdict_of(sentence: AnswerSentence) -> str:
    """Return the words for a sentence's verdict, or an empty string if it was not checked."""
    verdict = VERDICTS.get(sentence.verdict, sentence.verdict) if sentence.verdict else ""
    return f"{verdict}, footnote added" if sentence.added else verdict


def asides_of(answer: Answer | None) -> list[str]:
    """Return what is to be told of how an answer came about, a sentence each."""
    return [aside.plain for aside in render_asides(answer)] if answer else []


def _rewritten(answer: Answer | None) -> str:
    is_other = answer and answer.standalone_question != answer.question
    return plain(answer.standalone_question) if answer and is_other else ""


def _short_keys(answer: Answer) -> list[str]:
    return answer.short_marks.strip("[]").split("][") if answer.short_marks else []


def _searched(answer: Answer) -> str:
    """Return what was searched, in a sentence."""
    return f"The dated articles were published {render_span(*answer.dates)}." if answer.dates else ""
