import pytest

from rag.answer.question import check_question, standalone_question
from rag.errors import QuestionError
from rag.records import Answer


def after(question: str) -> list[Answer]:
    return [Answer(question, question, "answered", (), (), "", "", "", 0.0)]


BEFORE = after("Who headed the Hamas delegation in Beirut?")


@pytest.mark.parametrize("question", ["", "  \n", "?!", "…"])
def test_a_question_without_a_word_is_refused(question: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        check_question(question, 100)


def test_a_question_is_put_on_one_line_and_may_be_of_any_script() -> None:
    assert check_question(" Who \n met? ", 100) == "Who met?"
    assert check_question("谁见面了?", 100) == "谁见面了?"


def test_a_question_that_is_too_long_is_told_both_lengths() -> None:
    with pytest.raises(QuestionError, match="101 characters; at most 100"):
        check_question("w" * 101, 100)


@pytest.mark.parametrize(
    "question",
    [
        "And the Hezbollah team?",
        "Where did they meet?",
        "What about its leader?",
        "Why?",
        "When was that?",
        "But who paid?",
    ],
)
def test_a_follow_up_that_points_back_is_given_names(question: str) -> None:
    assert standalone_question(question, BEFORE) == f"{question} (Hamas, Beirut)"


@pytest.mark.parametrize(
    "question",
    [
        "Who is Mahmoud Zahar?",
        "When did Iran resume aid to Syria?",
        "Is there a ceasefire in Gaza?",
        "Who said that Iran would pay?",
        "Which party won the election that took place in Turkey?",
        "How did Israel respond to its critics?",
        "What did the Pope say in his Easter address?",
        "Did the UN condemn this year's attack in Kabul?",
        "Is it true that Syria agreed?",
    ],
)
def test_a_complete_question_stays_as_it_is(question: str) -> None:
    assert standalone_question(question, BEFORE) == question


def test_the_first_question_stays_as_it_is() -> None:
    assert standalone_question("Where did they meet?", []) == "Where did they meet?"


def test_names_that_the_question_has_are_not_added_again() -> None:
    assert standalone_question("Did they leave Beirut?", BEFORE) == "Did they leave Beirut? (Hamas)"


def test_without_names_the_words_that_say_something_are_added() -> None:
    assert standalone_question("Why was it closed?", after("when did the border open")) == (
        "Why was it closed? (border, open)"
    )


def test_a_third_turn_still_knows_the_first() -> None:
    second = standalone_question("And the Hezbollah team?", BEFORE)
    third = standalone_question("Where did they meet?", [Answer("", second, "answered", (), (), "", "", "", 0.0)])
    assert third == "Where did they meet? (Hezbollah, Hamas, Beirut)"
