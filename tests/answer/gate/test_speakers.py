import pytest

from rag.answer.gate.speakers import doubt_speakers
from tests.answer.gate.passages import evidence

SAID = "Ana Petrova left early. “The boat was sold,” said Ben Lund. “Nobody told us about the storm.”"


def doubts(claim: str, cited: str, before: str = "") -> list[bool]:
    return [doubt.grave for doubt in doubt_speakers(claim, evidence(cited, before))]


@pytest.mark.parametrize(
    "claim",
    [
        "Ben Lund said that the boat was sold.",
        "“The boat was sold,” Lund said.",
        "According to Lund, the boat was sold.",
        "The boat was sold, said Lund.",
        "The boat was sold.",
    ],
)
def test_the_right_speaker_raises_no_doubt(claim: str) -> None:
    assert doubts(claim, SAID) == []


@pytest.mark.parametrize(
    "claim",
    ["Ana Petrova said that the boat was sold.", "According to Petrova, the boat was sold."],
)
def test_another_speaker_of_the_paragraph_is_a_grave_doubt(claim: str) -> None:
    assert doubts(claim, SAID) == [True]


def test_a_speaker_in_capitals_is_one() -> None:
    told = "Reuters said that the boat was sold, while NATO was silent."
    assert doubts("NATO said that the boat was sold.", told) == [True]
    assert doubts("Reuters said that the boat was sold.", told) == []


@pytest.mark.parametrize(
    "who", ["Ben Lund, the head of Nord Line,", "Nord Line's Ben Lund", "In Oslo, Ben Lund, a sailor,"]
)
def test_a_speaker_may_be_named_with_a_title(who: str) -> None:
    assert doubts(f"{who} said that the boat was sold.", f"{SAID} He leads Nord Line in Oslo.") == []


def test_a_name_before_an_ellipsis_says_nothing() -> None:
    cited = "“Nord Line, the parent of Varna Ferries… announced that the boat was sold,” wrote a paper."
    assert doubts("Nord Line said that the boat was sold.", cited) == []


def test_a_title_does_not_make_another_the_speaker() -> None:
    cited = "Ana Petrova left. Ben Lund, the head of Nord Line, said that the boat was sold."
    assert doubts("Ana Petrova, the head of Nord Line, said that the boat was sold.", cited) == [True]


def test_he_may_point_to_the_paragraph_before() -> None:
    before = "Ben Lund came back on Friday."
    assert doubts("Lund said that the boat was sold.", "He said that the boat was sold.", before) == []


def test_who_is_not_told_to_have_said_it_is_doubted_a_little() -> None:
    assert doubts("Ben Lund said that the boat was sold.", "The boat was sold.") == [False]


def test_whoever_is_told_by_an_office_that_stands_nowhere_is_doubted_a_little() -> None:
    assert doubts("The Pope said that the boat was sold.", "The boat was sold.") == [False]
    assert doubts("The minister said that the boat was sold.", "Minister Lund told them so.") == []
