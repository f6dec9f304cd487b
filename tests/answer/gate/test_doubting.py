import pytest

from rag.answer.gate.doubting import find_doubts
from rag.answer.gate.evidence import choose_sources
from rag.answer.gate.words import read_words
from tests.answer.gate.passages import evidence

CITED = "The company denied reports that the new ferry to Oslo was unsafe, said Ana Petrova. It can carry 120 people."


def grave(claim: str, cited: str = CITED) -> list[bool]:
    words, around = read_words(claim), evidence(cited)
    return [doubt.grave for doubt in find_doubts(claim, words, around, choose_sources(words, around.sources))]


@pytest.mark.parametrize(
    "claim",
    [
        "The company did not deny reports that the new ferry to Oslo was unsafe.",
        "The company denied reports that the new ferry to Oslo was not unsafe.",
        "The company denied reports that the new ferry to Oslo was unsafe, said Ben Lund.",
    ],
)
def test_a_change_among_the_same_words_is_grave(claim: str) -> None:
    assert grave(claim)[:1] == [True]


@pytest.mark.parametrize(
    "claim", ["Reports of danger are not true, according to the firm.", "It cannot be called unsafe."]
)
def test_what_is_built_otherwise_is_not_held_against_the_build_of_the_paragraph(claim: str) -> None:
    assert True not in grave(claim)


@pytest.mark.parametrize(
    "claim", ["There is room aboard for 210 passengers.", "Passengers can sail there from Bergen."]
)
def test_a_wrong_fact_is_grave_in_any_words(claim: str) -> None:
    assert grave(claim)[:1] == [True]


def test_a_not_that_stands_in_the_other_source_is_none_too_many() -> None:
    cited = "They can see light. They are weak, as they can not see shapes."
    assert grave("They can see light, and they are weak, as they can not see shapes.", cited) == []


def test_a_question_says_nothing() -> None:
    assert grave("Can it carry 120 people?") == [False]
    assert grave("It can carry 120 people.") == []
