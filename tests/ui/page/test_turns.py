import pytest

from ui.page.turns import MOST_TURNS, Conversation, Turn, parse_conversation, to_json


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
        {"turns": [{"id": "a"}]},
        {"id": "<img>"},
        {"turns": [{"id": 'a"b', "question": "?"}]},
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
