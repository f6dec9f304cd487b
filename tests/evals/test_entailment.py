import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.entailment import ENTAILMENTS

PREMISE = "Mr. Zahar said on “Al‑Manar” that Hamas would work with Iran."
VERBATIM, WORDS, WORD_PAIRS = (ENTAILMENTS[name] for name in ("verbatim", "words", "word-pairs"))


def test_each_is_known_by_its_name() -> None:
    assert [(name, entailment.name) for name, entailment in ENTAILMENTS.items()] == [
        (name, name) for name in ("verbatim", "words", "word-pairs")
    ]


def test_verbatim_takes_a_quotation_whatever_its_punctuation() -> None:
    assert VERBATIM.entails(PREMISE, 'Zahar said on "al-Manar" that')
    assert not VERBATIM.entails(PREMISE, "Zahar said that")


def test_words_take_all_content_words_in_any_order() -> None:
    assert WORDS.entails(PREMISE, "Iran would work with Hamas.")
    # Of hamas, work and syria the premise has two.
    assert WORDS.score(PREMISE, "Hamas would work with Syria") == pytest.approx(2 / 3)
    assert not WORDS.entails(PREMISE, "Hamas would work with Syria")


def test_word_pairs_know_a_little_of_order() -> None:
    # Of "hamas would", "would work", "work with" and "with syria" the premise has three.
    assert WORD_PAIRS.score(PREMISE, "Hamas would work with Syria") == pytest.approx(3 / 4)
    assert WORD_PAIRS.entails(PREMISE, "Hamas would work with Syria")
    assert not WORD_PAIRS.entails(PREMISE, "Iran said Zahar would work")


@pytest.mark.parametrize("claim", ["", "—", "?!"])
def test_a_claim_without_words_follows_from_nothing(claim: str) -> None:
    assert not any(entailment.entails(PREMISE, claim) for entailment in ENTAILMENTS.values())


def test_a_single_word_has_no_neighbours_and_is_looked_for_itself() -> None:
    assert WORD_PAIRS.score(PREMISE, "Hamas.") == 1.0
    assert WORD_PAIRS.score(PREMISE, "Syria.") == 0.0


def test_negation_is_lost_on_words() -> None:
    assert WORDS.entails(PREMISE, "Hamas would not work with Iran.")


@pytest.mark.parametrize("name", ENTAILMENTS)
@given(premise=st.text(), claim=st.text())
def test_scores_are_shares(name: str, premise: str, claim: str) -> None:
    assert 0 <= ENTAILMENTS[name].score(premise, claim) <= 1


@pytest.mark.parametrize("name", ENTAILMENTS)
def test_a_premise_follows_from_itself(name: str) -> None:
    assert ENTAILMENTS[name].entails(PREMISE, PREMISE)
