"""How far a figure can be trusted: percentile bootstrap intervals, the same at every call.

Source: Efron, Tibshirani, An Introduction to the Bootstrap (1993), section 13.3: questions are drawn again with
replacement, and the middle 95 % of what then comes out is the interval.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from evals.records import Estimate

RESAMPLES = 2000
SEED = 0
ENDS = (0.025, 0.975)
NORMAL_QUANTILE = 1.96

_MOST_DRAWN = 1_000_000
"""How many questions are drawn at a time; their places and values take 16 bytes each."""


def estimate_mean(values: Sequence[float], are_shares: bool = True) -> Estimate:
    """Return the mean of some values with its interval.

    Args:
        values: A value a question, without those that it does not apply to.
        are_shares: Whether they lie between 0 and 1.

    Returns:
        The estimate; of shares that are all 0 or all 1 with Wilson's interval, since resampling them shows no doubt
        where there is some, and of other equal values with the value itself.

    Raises:
        ValueError: There are no values.
    """
    array = np.asarray(values, dtype=np.float64)
    if not len(array):
        raise ValueError("there is no mean of no values")
    mean = float(array.mean())
    if array.min() == array.max():
        room = _wilson_room(len(array)) if are_shares and mean in (0.0, 1.0) else 0.0
        return Estimate(len(array), mean, *((mean, mean + room) if mean < 1 else (mean - room, mean)))
    low, high = np.quantile(_resampled_means(array), ENDS)
    return Estimate(len(array), mean, float(low), float(high))


def estimate_statistic(
    statistic: Callable[[NDArray[np.intp]], float | None], n: int, resamples: int = 500
) -> Estimate | None:
    """Return a statistic that is no mean of values, such as an area under a curve, with its interval.

    Args:
        statistic: Takes the places of the questions that it is to be computed over, `(n,)`, some of them repeatedly.
            Resamples that it does not apply to, where it is None, are left out.
        n: How many questions there are.
        resamples: How often it is computed; fewer than for a mean, since each takes a call.

    Returns:
        The estimate, or None if the statistic does not apply to the questions themselves.
    """
    value = statistic(np.arange(n)) if n else None
    if value is None:
        return None
    random = np.random.default_rng(SEED)
    drawn = (statistic(random.integers(0, n, size=n, dtype=np.intp)) for _ in range(resamples))
    values = [resampled for resampled in drawn if resampled is not None]
    low, high = np.quantile(values or [value], ENDS)
    return Estimate(n, value, float(low), float(high))


def estimate_difference(before: Sequence[float], after: Sequence[float]) -> Estimate:
    """Return the mean of what changed for each question, with its interval.

    Args:
        before: A value a question.
        after: Another for each of the same questions, in the same order.

    Returns:
        After minus before: above 0 if the values have grown.

    Raises:
        ValueError: There are no values, or not as many after as before.
    """
    return estimate_mean([new - old for old, new in zip(before, after, strict=True)], are_shares=False)


def _wilson_room(n: int) -> float:
    """Return how far from 0 the share may be when none of `n` was a hit, or from 1 when all were.

    Source: Wilson, Probable Inference, the Law of Succession, and Statistical Inference (1927), for such a count.
    """
    return NORMAL_QUANTILE**2 / (n + NORMAL_QUANTILE**2)


def _resampled_means(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the means of `RESAMPLES` resamples, `(RESAMPLES,)`."""
    random = np.random.default_rng(SEED)
    means = np.empty(RESAMPLES)
    rows = max(1, _MOST_DRAWN // len(values))
    for start in range(0, RESAMPLES, rows):
        chunk = means[start : start + rows]
        chunk[:] = values[random.integers(0, len(values), size=(len(chunk), len(values)))].mean(axis=1)
    return means
