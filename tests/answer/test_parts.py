import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.parts import split_question


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Who won the race, and how much did she earn?", ["Who won the race?", "how much did she earn?"]),
        ("What did Apple pay and when did it buy the firm?", ["What did Apple pay?", "when did it buy the firm?"]),
        ("When and where did they meet?", ["When did they meet?", "where did they meet?"]),
        ("In which city was she born, and in what year did she die?", None),
        ("Did Iran agree to it, and what did it pay?", ["Did Iran agree to it?", "what did it pay?"]),
        ("Who won the race? How much did she earn?", ["Who won the race?", "How much did she earn?"]),
        ("Who found the score and where?", ["Who found the score?", "where?"]),
        ("When/where did they meet?", ["When did they meet?", "where did they meet?"]),
        ("How many men and how many women were hurt?", ["How many men were hurt?", "how many women were hurt?"]),
        ("In which year and in what city was he born?", ["In which year was he born?", "in what city was he born?"]),
        (
            "Who decided that and how many were hurt? (Oslo, fire)",
            ["Who decided that? (Oslo, fire)", "how many were hurt? (Oslo, fire)"],
        ),
        ("How many died and how many were hurt?", ["How many died?", "how many were hurt?"]),
        ("What is NATO and what is the EU (the Union)?", ["What is NATO?", "what is the EU (the Union)?"]),
        ("Name the two judges and say who appointed them.", ["Name the two judges?", "who appointed them?"]),
    ],
)
def test_two_questions_in_one_are_parted(question: str, parts: list[str] | None) -> None:
    assert len(split_question(question)) == 2
    assert parts is None or split_question(question) == parts


def test_question_words_in_a_row_are_a_question_each() -> None:
    parts = ["When did he die?", "where did he die?", "how did he die?"]
    assert split_question("When, where and how did he die?") == parts


@pytest.mark.parametrize(
    "question",
    [
        "Who, when asked, denied it?",
        "When and how many people died?",
        "What did Ana and Ben buy?",
        "Who knows when and why he left?",
        "What is the difference between what Ana said and what Ben said?",
        "Why did the ministers meet and sign?",
        "Which towns and villages were flooded?",
        "Who won and why?",
        "I read of a race. Who won it?",
        "Who?",
        "",
    ],
)
def test_one_question_stays_as_it_is(question: str) -> None:
    assert split_question(question) == [question]


@given(st.text(alphabet="who what and when, did?é \n", max_size=60))
def test_no_part_is_empty_and_nothing_is_invented(question: str) -> None:
    parts = split_question(question)
    assert parts
    assert parts == [question] or all(part.strip(" ?") for part in parts)
    assert {word for part in parts for word in part.replace("?", " ").split()} <= set(
        question.replace("?", " ").replace(",", " ").split()
    ) or parts == [question]
