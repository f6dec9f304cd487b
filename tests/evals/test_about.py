from collections.abc import Sequence

import pytest

from evals.about import choose_questions
from evals.records import Question
from rag import ArticleHeader, FootnoteError


def header(id: str, title: str) -> ArticleHeader:
    return ArticleHeader(id, title, "", "", "", None, "unknown")


ARTICLES = [header("oslo", "Talks in Oslo"), header("rome", "Trade in Rome"), header("Fresno-1f", "Fresno, California")]
CITING = Question("citing", "fact", "Where?", cites=(frozenset({"oslo#1"}),), given=("oslo#1",))
EITHER = Question("either", "fact", "Who?", cites=(frozenset({"oslo#2"}), frozenset({"rome#1"})))
BOTH = Question("both", "several articles", "Which?", cites=(frozenset({"oslo#2", "rome#1"}),))
FINDING = Question("finding", "query", "Trade?", articles=(frozenset({"rome"}),), given=("rome", "oslo"))
UNANSWERABLE = Question("unanswerable", "unanswerable", "Why?", answerable=False, given=("Fresno-1f#3",))
NOWHERE = Question("nowhere", "near miss", "When?", answerable=False)
LOST = Question("lost", "fact", "How?", given=(), skip="its paragraph is not in the articles")
QUESTIONS = [CITING, EITHER, BOTH, FINDING, UNANSWERABLE, NOWHERE]


def chosen(*names: str, questions: Sequence[Question] = QUESTIONS) -> list[str]:
    return [question.id for question in choose_questions(questions, names, ARTICLES).questions]


def test_without_a_name_all_questions_stay() -> None:
    assert chosen() == [question.id for question in QUESTIONS]
    assert choose_questions(QUESTIONS, (), ARTICLES).titles == ()


def test_a_question_is_about_what_it_has_to_cite_or_else_is_given_to_read() -> None:
    assert chosen("Talks in Oslo") == ["citing", "either"]
    assert chosen("Trade in Rome") == ["either", "finding"]
    assert chosen("Fresno, California") == ["unanswerable"]


def test_a_question_that_needs_two_articles_is_about_both_only() -> None:
    assert chosen("Talks in Oslo", "Trade in Rome") == ["citing", "either", "both", "finding"]


@pytest.mark.parametrize("name", ["Fresno-1f", "fresno,_california", " Fresno,  California"])
def test_an_article_is_named_by_its_id_or_by_its_title_however_it_is_spelt(name: str) -> None:
    assert chosen(name) == ["unanswerable"]


def test_the_titles_are_told_in_order_each_once() -> None:
    assert choose_questions(QUESTIONS, ("Trade in Rome", "oslo", "rome"), ARTICLES).titles == (
        "Talks in Oslo",
        "Trade in Rome",
    )


def test_what_cannot_be_asked_of_whatever_article_is_still_told() -> None:
    assert chosen("Fresno-1f", questions=[*QUESTIONS, LOST]) == ["unanswerable", "lost"]


def test_an_unknown_article_is_told_the_nearest() -> None:
    with pytest.raises(FootnoteError, match="There is no article 'Fresno_Californa' to ask about") as caught:
        chosen("Talks in Oslo", "Fresno_Californa")
    assert caught.value.hint == "Did you mean 'Fresno, California'?"


def test_an_article_without_a_question_is_an_error_that_names_some_with_questions() -> None:
    with pytest.raises(FootnoteError, match="No question is about the article 'rome'") as caught:
        chosen("oslo", "rome", questions=[CITING, UNANSWERABLE, NOWHERE])
    assert caught.value.hint == "There are questions about Fresno, California; Talks in Oslo."
    with pytest.raises(FootnoteError) as caught:
        chosen("oslo", questions=[NOWHERE])
    assert "belong to no article" in caught.value.hint
