import random
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from evals.metrics.intervals import estimate_difference, estimate_mean, estimate_statistic
from evals.records import Estimate


def test_the_interval_is_as_wide_as_a_plain_bootstrap() -> None:
    values = [1.0] * 60 + [0.0] * 40
    draw = random.Random(7)
    means = sorted(sum(draw.choices(values, k=100)) / 100 for _ in range(2000))
    estimate = estimate_mean(values)
    assert (estimate.n, estimate.mean) == (100, 0.6)
    assert estimate.low == pytest.approx(means[50], abs=0.02)
    assert estimate.high == pytest.approx(means[1949], abs=0.02)


def test_the_interval_is_as_wide_as_the_normal_one_of_many_values() -> None:
    values = [1.0, 0.0] * 2000
    # 1.96 · sqrt(0.25 / 4000)
    assert estimate_mean(values).high - 0.5 == pytest.approx(0.0155, abs=0.001)


def test_the_same_values_have_the_same_interval() -> None:
    assert estimate_mean([0.1, 0.5, 0.7]) == estimate_mean([0.1, 0.5, 0.7])


def test_a_single_value_is_its_own_interval() -> None:
    assert estimate_mean([0.3]) == Estimate(1, 0.3, 0.3, 0.3)


def test_where_all_are_right_there_is_still_doubt() -> None:
    # Wilson: 1.96² / (n + 1.96²) is 0.2426 for 12 and 0.0370 for 100.
    assert estimate_mean([0.0] * 12) == Estimate(12, 0.0, 0.0, pytest.approx(0.2425, abs=1e-4))
    assert estimate_mean([1.0] * 100) == Estimate(100, 1.0, pytest.approx(0.9630, abs=1e-4), 1.0)
    assert estimate_difference([1.0, 0.0], [1.0, 0.0]) == Estimate(2, 0.0, 0.0, 0.0)


def test_no_values_have_no_mean() -> None:
    with pytest.raises(ValueError, match="no values"):
        estimate_mean([])


def test_many_values_take_little_memory() -> None:
    values = np.random.default_rng(3).random(6000).tolist()
    tracemalloc.start()
    estimate_mean(values)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_the_interval_lies_within_the_values_and_holds_the_mean(values: list[float]) -> None:
    estimate = estimate_mean(values)
    if set(values) not in ({0.0}, {1.0}):
        assert min(values) - 1e-12 <= estimate.low <= estimate.high <= max(values) + 1e-12
    assert estimate.low - 1e-12 <= estimate.mean <= estimate.high + 1e-12


def test_a_statistic_is_computed_over_places_drawn_again() -> None:
    values = np.arange(100.0)
    estimate = estimate_statistic(lambda rows: float(np.median(values[rows])), 100)
    assert estimate is not None
    assert (estimate.n, estimate.mean) == (100, 49.5)
    assert 30 < estimate.low < 49.5 < estimate.high < 70


def test_resamples_that_a_statistic_does_not_apply_to_are_left_out() -> None:
    def share_if_the_first_is_drawn(rows: NDArray[np.intp]) -> float | None:
        return float((rows == 0).mean()) if 0 in rows else None

    estimate = estimate_statistic(share_if_the_first_is_drawn, 2)
    assert estimate == Estimate(2, 0.5, 0.5, 1.0)


def test_a_statistic_that_does_not_apply_has_no_estimate() -> None:
    assert estimate_statistic(lambda rows: None, 5) is None
    assert estimate_statistic(lambda rows: 1.0, 0) is None
    assert estimate_statistic(lambda rows: 1.0, 1) == Estimate(1, 1.0, 1.0, 1.0)


def test_a_statistic_that_applies_to_no_resample_is_its_own_interval() -> None:
    estimate = estimate_statistic(lambda rows: 0.5 if len(set(rows.tolist())) == 50 else None, 50)
    assert estimate == Estimate(50, 0.5, 0.5, 0.5)


def test_a_difference_is_paired() -> None:
    # Every question gained 0.1, so however they are drawn the mean gain is 0.1.
    estimate = estimate_difference([0.1, 0.5, 0.8], [0.2, 0.6, 0.9])
    assert (estimate.mean, estimate.low, estimate.high) == pytest.approx((0.1, 0.1, 0.1))


def test_a_difference_is_below_zero_if_values_fell() -> None:
    estimate = estimate_difference([1.0] * 20, [0.0] * 19 + [1.0])
    assert estimate.mean == pytest.approx(-0.95)
    assert estimate.high < 0


def test_values_that_are_not_paired_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        estimate_difference([0.1, 0.2], [0.1])
