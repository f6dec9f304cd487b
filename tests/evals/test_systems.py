from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from evals.baselines import FirstSentence, Published, SearchBaseline, SupportJudge
from evals.desk import Desk
from evals.entailment import ENTAILMENTS
from evals.records import Question
from evals.systems import ModelSystem, WithoutHistory, WithPassages
from rag import Answer, Assistant

TALKS = "Talks in Oslo\n\nThe ministers met in Oslo on Tuesday.\n\nIt rained all day. The talks went on.\n"
TRADE = "Trade in Rome\n\nThe ministers met in Rome on Friday.\n"
HISTORY = ("Where did the ministers from Norway meet?",)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "talks.txt").write_text(TALKS)
    (folder / "trade.txt").write_text(TRADE)
    with Assistant.open(folder, index=folder.with_name("desk-index")) as assistant:
        yield Desk(assistant)


def question(text: str, history: tuple[str, ...] = (), given: tuple[str, ...] | None = None) -> Question:
    return Question("q", "fact", text, history, given=given)


def test_an_answer_is_kept_with_the_text_that_it_cites(desk: Desk) -> None:
    response = ModelSystem(desk, "reader").respond(question("Where did the ministers meet on Tuesday?"))
    [sentence, *_] = response.sentences
    assert sentence.citations[0].ref == response.cited[0] == "talks#1"
    assert sentence.citations[0].exact
    assert sentence.citations[0].paragraph == "The ministers met in Oslo on Tuesday."
    assert (response.outcome, response.text.startswith(sentence.text)) == ("answered", True)
    assert response.found is not None
    assert response.found[0] == "talks#1"


class Terse(Assistant):
    """An assistant that says it in a word."""

    def ask(self, *question: Any, **named: Any) -> Answer:
        return replace(super().ask(*question, **named), short="Oslo")


def test_the_short_answer_is_kept(desk: Desk) -> None:
    terse = Desk(Terse(desk.assistant.index, desk.assistant.settings))
    asked = question("Where did the ministers meet on Tuesday?")
    response = ModelSystem(terse, "reader").respond(asked)
    assert response.short == "Oslo"
    assert response.text.startswith("The ministers met in Oslo on Tuesday.")


def test_a_follow_up_is_asked_with_its_history_and_without(desk: Desk) -> None:
    follow_up = question("And when was that?", HISTORY)
    assert "Norway" in ModelSystem(desk, "reader").respond(follow_up).standalone_question
    assert WithoutHistory(desk, "reader").respond(follow_up).standalone_question == "And when was that?"
    assert not WithoutHistory(desk, "reader").applies(question("When?"))


def test_what_is_given_is_all_that_is_read(desk: Desk) -> None:
    system = WithPassages(desk, "reader")
    asked = "On which day did the ministers meet?"
    assert system.respond(question(asked, given=("trade#1",))).cited == ("trade#1",)
    assert set(system.respond(question(asked, given=("trade",))).cited) == {"trade#1"}
    assert system.respond(question(asked, given=())).outcome == "not_in_articles"
    assert not system.applies(question(asked))


def test_a_half_of_the_search_has_an_order_of_its_own_and_no_answer(desk: Desk) -> None:
    response = SearchBaseline(desk, "BM25 only", lambda passage: passage.lexical_rank).respond(question("Rome Friday"))
    assert response.found == ("trade#1",)
    assert (response.outcome, response.seconds) == (None, None)


def test_baselines_search_for_the_same_question_as_the_assistant(desk: Desk) -> None:
    assert "Norway" in desk.standalone(question("And when was that?", HISTORY))
    response = SearchBaseline(desk, "BM25 only", lambda passage: passage.lexical_rank)
    assert response.respond(question("And when was that?", ("Did they meet in Rome on Friday?",))).found == ("trade#1",)


def test_the_first_sentence_of_the_best_paragraph_is_quoted(desk: Desk) -> None:
    response = FirstSentence(desk).respond(question("It rained all day and the talks went on?"))
    assert (response.text, response.cited) == ("It rained all day.", ("talks#2",))


def test_published_answers_are_for_the_questions_that_they_answer() -> None:
    published = Published("gpt3", {"q": "Oslo"})
    assert published.respond(question("Where?")).text == "Oslo"
    assert not published.applies(Question("other", "fact", "Where?"))


def test_an_entailment_judges_a_sentence_by_its_article(desk: Desk) -> None:
    judge = SupportJudge(desk, ENTAILMENTS["verbatim"])
    assert judge.respond(question("It rained all day.", given=("talks",))).outcome == "answered"
    assert judge.respond(question("It snowed all day.", given=("talks",))).outcome == "not_in_articles"
