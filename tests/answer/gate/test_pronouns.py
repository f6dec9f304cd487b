import pytest

from rag.answer.gate.evidence import read_sources
from rag.answer.gate.pronouns import resolve


@pytest.mark.parametrize(
    ("before", "subject"),
    [
        ("Ana Petrova, a sailor from Oslo, sold the boat.", "ana petrova"),
        ("The mayor of Bergen met Ben Lund.", "the mayor of bergen"),
        ("Officials met. Hamas left Damascus.", "hamas"),
        ("On Sunday Ana Petrova sold the boat.", ""),
        ("", ""),
    ],
)
def test_he_is_who_the_sentence_before_begins_with(before: str, subject: str) -> None:
    source = resolve(read_sources("She did not say why.", before)[0])
    assert " ".join(word.text for word in source.words) == f"{subject or 'she'} did not say why"


def test_a_resolved_source_keeps_its_own_words_and_gets_the_pairs_of_the_subject() -> None:
    source = resolve(read_sources("She left Oslo.", "Ana Petrova sold the boat.")[0])
    assert {"petrova", "oslo"} <= source.stems
    assert ("petrova", "leav") in source.pairs
    assert source.pairs > read_sources("She left Oslo.")[0].pairs


def test_a_sentence_that_begins_with_no_pronoun_stays_as_it_is() -> None:
    [source] = read_sources("The boat was sold.", "Ana Petrova left.")
    assert resolve(source) is source
