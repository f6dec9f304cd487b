import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics.citing import (
    AlceScores,
    alce,
    citation_f1,
    citation_precision,
    citation_recall,
    exact_spans,
    uncited_share,
)
from evals.records import CitedText, GivenSentence


def has_all_words(premise: str, claim: str) -> bool:
    return set(claim.split()) <= set(premise.split())


def sentence(text: str, *paragraphs: str) -> GivenSentence:
    """Make a sentence that cites paragraphs which are their own addresses."""
    return GivenSentence(text, tuple(CitedText(paragraph, "", paragraph, exact=True) for paragraph in paragraphs))


def test_precision_is_the_share_of_the_cited_in_any_accepted_set() -> None:
    assert citation_precision(["a", "c", "x", "x"], [frozenset("ab"), frozenset("c")]) == pytest.approx(2 / 3)
    assert citation_precision(["a"], []) == 0.0


def test_precision_does_not_apply_if_nothing_is_cited() -> None:
    assert citation_precision([], [frozenset("a")]) is None


def test_recall_is_the_share_of_the_best_covered_set() -> None:
    accepted = [frozenset("ab"), frozenset("cde")]
    assert citation_recall(["a", "c", "d"], accepted) == pytest.approx(2 / 3)
    assert citation_recall([], accepted) == 0.0


def test_f1_is_the_harmonic_mean() -> None:
    assert citation_f1(0.5, 1.0) == pytest.approx(2 * 0.5 * 1.0 / 1.5)
    assert citation_f1(0.0, 0.0) == 0.0


def test_a_sentence_may_follow_from_two_paragraphs_together() -> None:
    assert alce([sentence("w x", "w", "x")], has_all_words) == AlceScores(recall=1.0, precision=1.0)


def test_a_citation_without_which_the_sentence_still_follows_is_not_needed() -> None:
    # "x" is needed; "y" neither bears out the sentence nor is missed.
    assert alce([sentence("x", "x", "y")], has_all_words) == AlceScores(recall=1.0, precision=1 / 2)


def test_a_citation_that_bears_out_the_sentence_alone_is_needed_even_if_another_does_too() -> None:
    assert alce([sentence("x", "x y", "x z")], has_all_words) == AlceScores(recall=1.0, precision=1.0)


def test_citations_of_a_sentence_that_does_not_follow_are_all_not_needed() -> None:
    # Sentences: 1 of 3 follows. Citations: 1 of 3 is needed; the last sentence has none.
    answer = [sentence("x", "x"), sentence("x z", "x", "y"), sentence("x")]
    assert alce(answer, has_all_words) == AlceScores(recall=1 / 3, precision=1 / 3)


def test_an_uncited_answer_has_no_precision_and_no_answer_neither() -> None:
    assert alce([sentence("x")], has_all_words) == AlceScores(recall=0.0, precision=None)
    assert alce([], has_all_words) == AlceScores(recall=None, precision=None)


def test_a_paragraph_that_is_cited_twice_in_a_sentence_is_one_citation() -> None:
    assert alce([sentence("x", "y", "x", "x")], has_all_words) == AlceScores(recall=1.0, precision=1 / 2)


def test_nothing_follows_from_nothing() -> None:
    assert alce([sentence("")], lambda premise, claim: True) == AlceScores(recall=0.0, precision=None)
    assert alce([sentence("", "x")], lambda premise, claim: premise == "x") == AlceScores(recall=1.0, precision=1.0)


@given(st.lists(st.builds(sentence, *[st.text("xyz ", max_size=5)] * 3)))
def test_alce_is_made_of_shares(answer: list[GivenSentence]) -> None:
    scores = alce(answer, has_all_words)
    assert all(score is None or 0 <= score <= 1 for score in (scores.recall, scores.precision))


def test_spans_are_exact_by_citation() -> None:
    exact, shifted = CitedText("a#1", "", "", exact=True), CitedText("a#2", "", "", exact=False)
    assert exact_spans([GivenSentence("x", (exact, exact)), GivenSentence("y", (shifted,))]) == pytest.approx(2 / 3)
    assert exact_spans([GivenSentence("x", ())]) is None


def test_sentences_without_citation_are_counted() -> None:
    assert uncited_share([sentence("x"), sentence("y", "y"), sentence("z")]) == pytest.approx(2 / 3)
    assert uncited_share([]) is None
