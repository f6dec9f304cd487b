import pytest

from rag.answer.gate.additions import doubt_additions
from rag.answer.gate.evidence import read_sources
from rag.answer.gate.names import first_names
from rag.answer.gate.words import read_words

CITED = "The harbour of Varna was sold to a Greek firm for $2 million. Ana Petrova, the mayor, died in many debts."


def added(claim: str) -> list[str]:
    names = first_names(claim)
    return [doubt.reason for doubt in doubt_additions(read_words(claim), read_sources(CITED), names)]


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("The harbour was sold, and it lied about it.", "lied"),
        ("The harbour was sold and the lighthouse too.", "lighthouse"),
        ("The harbour was sold, and the harbour vanished.", "vanished"),
        ("The harbour was sold, but she regretted it.", "regretted"),
        ("The harbour was sold while everybody slept.", "slept"),
        ("The harbour, which leaked, was sold.", "leaked"),
        ("The harbour was sold to a firm that cheated.", "cheated"),
        ("The harbour was sold, citing losses.", "losses"),
        ("Lying about it, Varna sold the harbour.", "lying"),
        ("Ana Petrova, a pianist, was mayor.", "pianist"),
        ("The harbour was sold because of strikes.", "strikes"),
        ("The harbour was sold after a quarrel.", "quarrel"),
        ("The harbour was sold — a scandal.", "scandal"),
    ],
)
def test_a_clause_of_new_words_alone_is_told(claim: str, word: str) -> None:
    [reason] = added(claim)
    assert f"“{word}”" in reason


@pytest.mark.parametrize(
    "claim",
    [
        "The harbour was sold, and Petrova died.",
        "The harbour was purchased by Greeks, and the mayor was killed.",
        "The harbour, which Greeks got for $2 million, was sold.",
        "For example, the harbour was sold.",
        "Ben Lund insisted that the harbour was sold.",
        "The harbour was sold, and Ana Petrova, mayor of Varna, died with numerous debts.",
        "The harbour was sold, and then it was.",
        "Pianists vanished.",
        "",
    ],
)
def test_a_clause_with_a_word_of_the_paragraph_or_none_of_its_own_is_not(claim: str) -> None:
    assert added(claim) == []
