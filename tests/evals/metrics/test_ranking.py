import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics.ranking import ndcg_at, recall_at, reciprocal_rank

REFS = st.lists(st.sampled_from("abcdef"))


def test_recall_is_the_share_of_the_best_covered_set() -> None:
    accepted = [frozenset("ab"), frozenset("cde")]
    # Of three found, a is half of the first set, and c and d two thirds of the second.
    assert recall_at(["c", "a", "d", "b"], accepted, 3) == pytest.approx(2 / 3)
    assert recall_at(["c", "a", "d", "b"], accepted, 4) == 1.0
    assert recall_at(["x"], accepted, 5) == 0.0


def test_what_is_found_again_takes_no_place() -> None:
    assert recall_at(["x", "x", "a"], [frozenset("a")], 2) == 1.0
    assert reciprocal_rank(["x", "x", "a"], {"a"}) == 1 / 2
    assert ndcg_at(["a", "a"], {"a": 1.0, "b": 1.0}, 2) < 1


def test_the_reciprocal_rank_is_that_of_the_first_relevant_one() -> None:
    assert reciprocal_rank(["x", "y", "b", "a"], {"a", "b"}) == pytest.approx(1 / 3)
    assert reciprocal_rank(["a"], {"a"}) == 1.0
    assert reciprocal_rank(["x"], {"a"}) == 0.0
    assert reciprocal_rank([], {"a"}) == 0.0


def test_ndcg_discounts_each_gain_by_the_logarithm_of_its_place() -> None:
    # Reached: 1 / log2(2) + 0 + 3 / log2(4) = 2.5. Possible: 3 / log2(2) + 1 / log2(3).
    assert ndcg_at(["a", "x", "b"], {"a": 1.0, "b": 3.0}, 10) == pytest.approx(2.5 / (3 + 1 / math.log2(3)))


def test_ndcg_cuts_the_found_and_the_ideal() -> None:
    # Of one place, the best gain is 3.
    assert ndcg_at(["a", "b"], {"a": 1.0, "b": 3.0}, 1) == pytest.approx(1 / 3)


def test_ndcg_is_nothing_if_there_is_nothing_to_gain() -> None:
    assert ndcg_at(["a"], {}, 10) == 0.0
    assert ndcg_at(["a"], {"a": 0.0}, 10) == 0.0


@given(REFS, st.sets(st.frozensets(st.sampled_from("abc"), min_size=1), min_size=1), st.integers(1, 8))
def test_recall_is_a_share_and_grows_with_the_cut(found: list[str], accepted: set[frozenset[str]], cut: int) -> None:
    assert 0 <= recall_at(found, accepted, cut) <= recall_at(found, accepted, cut + 1) <= 1


@given(REFS, st.dictionaries(st.sampled_from("abc"), st.floats(0, 10)), st.integers(1, 8))
def test_ndcg_is_a_share(found: list[str], gains: dict[str, float], cut: int) -> None:
    assert 0 <= ndcg_at(found, gains, cut) <= 1 + 1e-12


@given(st.dictionaries(st.sampled_from("abcdef"), st.floats(1, 10), min_size=1))
def test_the_ideal_order_has_all_the_gain(gains: dict[str, float]) -> None:
    best_first = sorted(gains, key=lambda ref: -gains[ref])
    assert ndcg_at(best_first, gains, 10) == pytest.approx(1)
