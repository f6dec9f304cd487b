import pytest

from rag.answer.gate.evidence import choose_sources
from rag.answer.gate.overlap import Overlap, measure_overlap
from rag.answer.gate.words import read_words
from tests.answer.gate.passages import evidence

TALKS = (
    "The mayor of Bergen met the owners of the ferry in Oslo. She asked them for a cheaper ticket. "
    "A storm had closed the harbour for three days. The ministry paid for a new pier."
)


def overlap(claim: str) -> Overlap:
    words = read_words(claim)
    return measure_overlap(words, choose_sources(words, evidence(TALKS).sources))


def test_what_stands_there_has_all_its_words_and_pairs() -> None:
    found = overlap("The mayor of Bergen met the owners of the ferry, and a storm had closed the harbour.")
    assert (found.clause_words, found.clause_pairs, found.seams) == (1.0, 1.0, 0)


def test_the_weakest_clause_tells_what_is_made_up() -> None:
    found = overlap("The mayor of Bergen met the owners of the ferry, and the bishop sold his red bicycle.")
    assert found.clause_words == 0.0
    assert found.clause_pairs < 0.2 < found.one


def test_a_clause_of_two_words_is_not_judged_alone() -> None:
    assert overlap("On Monday, the mayor met the owners of the ferry, he insisted.").clause_words > 0.5


def test_a_pronoun_stands_for_the_subject_of_the_sentence_before() -> None:
    found = overlap("The mayor of Bergen asked them for a cheaper ticket.")
    assert (found.one, found.clause_pairs, found.seams) == (1.0, 1.0, 0)


@pytest.mark.parametrize("claim", ["A storm closed the ministry for three days.", "The ferry paid for a new pier."])
def test_a_word_of_another_sentence_in_the_middle_is_a_seam(claim: str) -> None:
    assert overlap(claim).seams > 0


def test_a_claim_without_a_word_that_says_anything_lacks_none() -> None:
    found = overlap("It was for them.")
    assert (found.one, found.clause_words, found.seams) == (1.0, 1.0, 0)
