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
        (
            "The accounts of Ana Petrova were closed by the Oslo Bank.",
            "The Oslo Bank closed the accounts of Ana Petrova.",
        ),
        ("Ben Lund got a long letter from Ana Petrova.", "Ana Petrova wrote a long letter to Ben Lund."),
        ("Ben Lund married Ana Petrova in May.", "Ana Petrova married Ben Lund in May."),
        ("Rome beat Oslo.", "It rained. Rome beat Oslo, and Oslo left Rome."),
        ("Oslo is dearer than Rome.", "Rome is cheaper than Oslo."),
        ("The mayor met with Ben Lund.", "The mayor met with Ana Petrova and Ben Lund on Monday."),
        ("The union is led by Ana Petrova.", "The union is led by the sailor Ana Petrova, while Ben Lund left it."),
    ],
)
def test_the_same_roles_raise_no_doubt(claim: str, cited: str) -> None:
    assert doubts(claim, cited) == []


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Rome beat Oslo.", "Oslo beat Rome."),
        ("Oslo was beaten by Rome.", "Rome was beaten by Oslo."),
        ("The union is led by Ben Lund.", "The union is led by Ana Petrova, while the club was run by Ben Lund."),
        ("The club was run by Ana Petrova.", "The union is led by Ana Petrova, but the club was run by Ben Lund."),
        ("The union sued the company.", "The company sued the union."),
        ("The union sued the company.", "It rained. The company sued the union."),
        (
            "Ana Petrova has closed the accounts of the Oslo Bank.",
            "The Oslo Bank has closed the accounts of Ana Petrova.",
        ),
        ("Lund showed the data of the firm Nord Line.", "Nord Line showed the data of the engineer Ben Lund."),
        ("Cars in May were cheaper than old boats.", "Old boats were much cheaper than cars in May."),
        ("The talks were led by Lund in Rome.", "The talks were led by Petrova in Rome; Lund came later."),
    ],
)
def test_exchanged_roles_are_doubted(claim: str, cited: str) -> None:
    assert "order" in doubts(claim, cited)


def test_a_number_in_anothers_place_is_doubted() -> None:
    assert doubts("Only three of the four boats came.", "Only four of the four boats came.") == ["number"]
