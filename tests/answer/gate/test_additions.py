import pytest

from rag.answer.gate.additions import doubt_additions, doubt_causes
from rag.answer.gate.evidence import read_sources
from rag.answer.gate.names import first_names
from rag.answer.gate.words import read_words

CITED = "The harbour of Varna was sold to a Greek firm for $2 million. Ana Petrova, the mayor, died in many debts."


def added(claim: str) -> list[str]:
    names = first_names(claim)
    return [doubt.reason for doubt in doubt_additions(read_words(claim), read_sources(CITED), names)]


def causes(claim: str, cited: str) -> list[str]:
    return [doubt.reason for doubt in doubt_causes(read_words(claim), read_sources(cited))]


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


@pytest.mark.parametrize(
    "claim",
    [
        "The mayor resigned because a storm closed the harbour.",
        "Due to a storm, the mayor resigned.",
        "A storm closed the harbour, so the mayor resigned.",
        "A storm closed the harbour; the mayor therefore resigned.",
    ],
)
def test_what_stands_side_by_side_is_no_cause(claim: str) -> None:
    assert len(causes(claim, "A storm closed the harbour. The mayor resigned.")) == 1
    assert causes(claim, "As a storm closed the harbour, the mayor resigned.") == []


def test_what_gives_no_cause_is_not_doubted() -> None:
    for claim in ("The harbour is closed so far.", "He was due in Oslo.", "The mayor resigned, so did Lund."):
        assert causes(claim, "A storm closed the harbour. The mayor resigned.") == []
