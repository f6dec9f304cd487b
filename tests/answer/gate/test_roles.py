import pytest

from rag.answer.gate.evidence import read_sources
from rag.answer.gate.names import known_names
from rag.answer.gate.roles import doubt_roles
from rag.answer.gate.words import read_words


def doubts(claim: str, cited: str) -> list[str]:
    known = known_names(claim, cited, f"x {claim}", f"x {cited}")
    return [doubt.kind for doubt in doubt_roles(read_words(claim), read_sources(cited), known)]


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Oslo beat Rome.", "Oslo beat Rome 3-1."),
        ("Rome was beaten by Oslo.", "Oslo beat Rome."),
        ("Oslo beat Rome.", "Rome was beaten by Oslo on Sunday."),
        ("The capital of Norway is Oslo.", "Oslo is the capital of Norway."),
        ("Petrova left Oslo.", "In May Ana Petrova, a sailor, left Oslo."),
    ],
)
def test_the_same_roles_raise_no_doubt(claim: str, cited: str) -> None:
    assert doubts(claim, cited) == []


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Rome beat Oslo.", "Oslo beat Rome."),
        ("Oslo was beaten by Rome.", "Rome was beaten by Oslo."),
        ("The union sued the company.", "The company sued the union."),
        ("The talks were led by Lund in Rome.", "The talks were led by Petrova in Rome; Lund came later."),
    ],
)
def test_exchanged_roles_are_doubted(claim: str, cited: str) -> None:
    assert "order" in doubts(claim, cited)


def test_a_number_in_anothers_place_is_doubted() -> None:
    assert doubts("Only three of the four boats came.", "Only four of the four boats came.") == ["number"]
