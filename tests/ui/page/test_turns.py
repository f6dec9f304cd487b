from typing import Any

import pytest

from tests.ui.page.answers import answer, say
from ui.page import turns
from ui.page.turns import MOST_TURNS, TOO_LARGE, Conversation, Turn, parse_conversation, to_json


def test_a_conversation_comes_back_from_the_browser_as_it_went() -> None:
    conversation = Conversation().asking("Who met in Beirut?").asking("And in Rome?", as_written=True)
    assert parse_conversation(to_json(conversation)) == conversation


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        "x",
        7,
        {"id": 7},
        {"id": "<img>"},
        {"turns": 7},
        {"turns": [], "forgotten": "many"},
    ],
)
def test_what_is_no_conversation_counts_as_an_empty_one(sent: object) -> None:
    assert parse_conversation(sent) == Conversation()


def test_asking_again_forgets_the_turn_and_what_came_after_it() -> None:
    conversation = Conversation("a", (Turn("1", "One?"), Turn("2", "Two?"), Turn("3", "Three?")))
    assert [turn.question for turn in conversation.before("2").turns] == ["One?"]
    assert conversation.before("no such") == conversation


def test_a_conversation_forgets_its_oldest_turns_at_last() -> None:
    conversation = Conversation()
    for number in range(MOST_TURNS + 1):
        conversation = conversation.asking(f"Question {number}?")
    assert (len(conversation.turns), conversation.turns[0].question) == (MOST_TURNS, "Question 1?")
    assert conversation.forgotten == 1


def sent(*questions: str) -> dict[str, Any]:
    return {"id": "c", "turns": [{"id": f"t{place}", "question": each} for place, each in enumerate(questions)]}


@pytest.mark.parametrize("bad", [{"id": "a"}, {"id": 'a"b', "question": "?"}, None, [[]], {"id": "a", "question": 7}])
def test_a_turn_that_is_none_is_left_out_and_counted_and_the_others_stay(bad: object) -> None:
    found = parse_conversation({"turns": [*sent("One?")["turns"], bad, *sent("Two?")["turns"]]})
    assert ([turn.question for turn in found.turns], found.forgotten) == (["One?", "Two?"], 1)


def test_of_too_many_turns_the_newest_are_taken() -> None:
    found = parse_conversation(sent(*map(str, range(MOST_TURNS + 7))))
    assert (len(found.turns), found.turns[0].question, found.forgotten) == (MOST_TURNS, "7", 7)


def test_of_too_large_a_conversation_the_newest_turns_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_CHARACTERS", 1000)
    found = parse_conversation(sent(*(letter * 450 for letter in "abcd")))
    assert ([turn.question[0] for turn in found.turns], found.forgotten) == (["c", "d"], 2)


def test_of_too_large_an_answer_the_question_stays_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_TURN_CHARACTERS", 5000)
    large = Turn("b", "What?", answer(say("x" * 5000)), done=True)
    found = parse_conversation(to_json(Conversation("c", (Turn("a", "One?"), large, Turn("d", "Two?")))))
    assert [turn.question for turn in found.turns] == ["One?", "What?", "Two?"]
    assert (found.turns[1].answer, found.turns[1].problem, found.turns[1].done) == (None, TOO_LARGE, True)


def test_what_is_nested_without_end_is_no_turn() -> None:
    endless: list[object] = []
    for _ in range(5000):
        endless = [endless]
    assert parse_conversation({"turns": [endless, *sent("One?")["turns"]]}).forgotten == 1
