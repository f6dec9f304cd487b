from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest

from rag import FootnoteError
from rag.errors import QuestionError
from rag.records import Answer, ArticleFilter
from tests.ui.page.answers import answer, say
from ui.page.asking import MOST_IDS, STOPPED, answer_last, give_up, parse_choice
from ui.page.turns import Conversation


class ScriptedDesk:
    """Answers with what it was given, or fails."""

    def __init__(self, *pieces: Answer, error: FootnoteError | None = None) -> None:
        self.pieces = pieces
        self.error = error
        self.asked: list[tuple[str, int, dict[str, Any]]] = []

    def stream(self, question: str, history: Sequence[Answer], where: ArticleFilter, **choice: Any) -> Iterator[Answer]:
        self.asked.append((question, len(history), {"where": where, **choice}))
        yield from self.pieces
        if self.error:
            raise self.error


def ask(desk: Any, conversation: Conversation) -> list[Conversation]:
    return list(answer_last(desk, conversation, parse_choice({}, None)))


def test_an_answer_grows_and_is_done_at_last() -> None:
    desk = ScriptedDesk(answer(say("One.")), answer(say("One."), say("Two.")))
    steps = ask(desk, Conversation().asking("What?"))
    assert [len(step.turns[-1].answer.sentences) for step in steps if step.turns[-1].answer] == [1, 2, 2]
    assert [step.turns[-1].done for step in steps] == [False, False, True]


def test_only_whole_answers_are_history() -> None:
    desk = ScriptedDesk(answer(say()))
    first = ask(desk, Conversation().asking("What?"))[-1]
    stopped = give_up(first.asking("And?"), STOPPED)
    ask(desk, stopped.asking("And then?"))
    assert [(question, before) for question, before, _ in desk.asked] == [("What?", 0), ("And then?", 1)]


def test_what_is_stopped_keeps_its_sentences_and_no_draft() -> None:
    desk = ScriptedDesk(answer(say("One."), draft="Tw"))
    stopped = give_up(ask(desk, Conversation().asking("What?"))[0], STOPPED).turns[-1]
    assert stopped.answer is not None
    assert ([each.text for each in stopped.answer.sentences], stopped.answer.draft) == (["One."], "")
    assert (stopped.done, stopped.problem) == (True, STOPPED)


def test_what_is_stopped_before_its_first_sentence_is_no_answer() -> None:
    desk = ScriptedDesk(answer(draft="On"))
    stopped = give_up(ask(desk, Conversation().asking("What?"))[0], STOPPED)
    assert (stopped.turns[-1].answer, stopped.answers) == (None, [])


def test_an_error_takes_no_sentence_back() -> None:
    desk = ScriptedDesk(answer(say("One.")), error=FootnoteError("The disk is gone."))
    end = ask(desk, Conversation().asking("What?"))[-1].turns[-1]
    assert end.answer is not None
    assert (len(end.answer.sentences), end.problem) == (1, "The disk is gone.")


def test_drafts_come_no_faster_than_they_are_read_but_each_sentence_does() -> None:
    drafts = [answer(say("One."), draft="x" * length) for length in range(1, 500)]
    steps = ask(ScriptedDesk(answer(draft="O"), *drafts, answer(say("One."), say("Two."))), Conversation().asking("?"))
    answers = [step.turns[-1].answer for step in steps]
    shown = [(len(each.sentences), each.draft) for each in answers if each]
    assert shown[:2] == [(0, "O"), (1, "x")]
    assert shown[-1] == (2, "")
    assert len(shown) < 100


def test_more_articles_than_a_question_may_be_limited_to_are_an_error() -> None:
    with pytest.raises(QuestionError, match="are chosen"):
        parse_choice({"ids": ["a"] * (MOST_IDS + 1)}, None)


def test_a_question_may_be_asked_as_it_is_written() -> None:
    desk = ScriptedDesk(answer(say()))
    ask(desk, Conversation().asking("And he?", as_written=True))
    assert desk.asked[0][2]["rewrite"] is False


def test_an_error_is_told_with_its_hint_and_is_no_answer() -> None:
    [end] = ask(ScriptedDesk(error=FootnoteError("The disk is gone.", "Plug it in.")), Conversation().asking("What?"))
    assert (end.turns[-1].problem, end.turns[-1].hint, end.turns[-1].done) == ("The disk is gone.", "Plug it in.", True)
    assert end.answers == []


def test_an_answered_question_is_not_asked_again() -> None:
    desk = ScriptedDesk(answer(say()))
    done = ask(desk, Conversation().asking("What?"))[-1]
    assert ask(desk, done) == []
    assert ask(desk, Conversation()) == []
    assert len(desk.asked) == 1


def test_what_the_browser_chose_limits_the_question() -> None:
    choice = parse_choice({"ids": ["a", 7], "first": "2020-01-02", "last": "nonsense"}, "reader")
    assert (choice.where, choice.model) == (ArticleFilter(("a",), date(2020, 1, 2), None), "reader")
    assert parse_choice("x", None).where == parse_choice({}, None).where == ArticleFilter()
