"""Figures over many questions that are no mean of single values: each can be taken over any rows, to be resampled."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evals.metrics.intervals import estimate_statistic
from evals.metrics.refusing import balanced_accuracy, expected_calibration_error, risk_area, roc_auc
from evals.records import Estimate, Question, Response
from evals.scores import Scores
from evals.summary import Shift

Rows = NDArray[np.intp]
"""Places of questions, `(n,)`, some of them repeatedly."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A response with its question and its scores."""

    question: Question
    response: Response
    scores: Scores


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure over some responses.

    Attributes:
        applies: Which of them it is taken over, `(n,)`.
        value: Returns it for some rows, all of which it applies to; None if it does not apply to these together.
    """

    applies: NDArray[np.bool_]
    value: Callable[[Rows], float | None]

    def over(self, rows: Rows) -> float | None:
        """Return the figure over those of the rows that it applies to."""
        fit = rows[self.applies[rows]]
        return self.value(fit) if len(fit) else None


def estimate(scored: Sequence[Scored], key: str) -> Estimate | None:
    """Return a figure of `STATISTICS` with its interval, or None if it does not apply."""
    statistic = STATISTICS[key](scored)
    found = estimate_statistic(statistic.over, len(scored))
    return replace(found, n=int(statistic.applies.sum())) if found else None


def estimate_shift(before: Sequence[Scored], after: Sequence[Scored], key: str) -> Shift | None:
    """Return how a figure of `STATISTICS` has moved over the same questions, in the same order.

    Returns:
        The figure then and now, each over what it applies to; None if it does not apply to both.
    """
    old, new = STATISTICS[key](before), STATISTICS[key](after)

    def change(rows: Rows) -> float | None:
        was, now = old.over(rows), new.over(rows)
        return None if was is None or now is None else now - was

    whole = np.arange(len(before))
    was, now, found = old.over(whole), new.over(whole), estimate_statistic(change, len(before))
    if was is None or now is None or found is None:
        return None
    return Shift(was, now, replace(found, n=int((old.applies & new.applies).sum())))


def _balanced_accuracy(scored: Sequence[Scored]) -> Statistic:
    answered = np.array([one.response.outcome == "answered" for one in scored], dtype=bool)
    labels = np.array([bool(one.question.answerable) for one in scored], dtype=bool)
    applies = [one.response.outcome is not None and one.question.answerable is not None for one in scored]
    return Statistic(np.array(applies, dtype=bool), lambda rows: balanced_accuracy(answered[rows], labels[rows]))


def _roc_auc(scored: Sequence[Scored]) -> Statistic:
    confidences = np.array([one.response.confidence or 0.0 for one in scored])
    labels = np.array([bool(one.question.answerable) for one in scored], dtype=bool)
    applies = [one.response.confidence is not None and one.question.answerable is not None for one in scored]
    return Statistic(np.array(applies, dtype=bool), lambda rows: roc_auc(confidences[rows], labels[rows]))


def _calibration_error(scored: Sequence[Scored]) -> Statistic:
    calibrated = calibration_rows(scored)
    confidences = np.array([one.response.confidence or 0.0 for one in scored])
    labels = np.array([bool(one.question.answerable) for one in scored], dtype=bool)

    def value(rows: Rows) -> float | None:
        one_kind = labels[rows].all() or not labels[rows].any()
        return None if one_kind else expected_calibration_error(confidences[rows], labels[rows])

    return Statistic(calibrated, value)


def calibration_rows(scored: Sequence[Scored]) -> NDArray[np.bool_]:
    """Return which responses the calibration of the confidence is taken over, `(n,)`.

    All that tell one, to questions of which somebody knows whether they are answerable; none at all if a confidence
    is outside 0 to 1, since then they are no probabilities.
    """
    told = [one.response.confidence for one in scored if one.response.confidence is not None]
    are_probabilities = all(0 <= confidence <= 1 for confidence in told)
    applies = [one.response.confidence is not None and one.question.answerable is not None for one in scored]
    return np.array(applies, dtype=bool) & are_probabilities


def _risk_area(scored: Sequence[Scored]) -> Statistic:
    confidences = np.array([one.response.confidence or 0.0 for one in scored])
    wrong = np.array([not one.scores.get("passed") for one in scored], dtype=bool)
    applies = [is_judged(one) and one.response.outcome == "answered" for one in scored]
    return Statistic(np.array(applies, dtype=bool), lambda rows: risk_area(confidences[rows], wrong[rows]))


def is_judged(one: Scored) -> bool:
    """Tell whether a response counts in a risk–coverage curve: right or wrong, and with a confidence."""
    return one.response.confidence is not None and one.scores.get("passed") is not None


def _percentile(share: float) -> Callable[[Sequence[Scored]], Statistic]:
    def statistic(scored: Sequence[Scored]) -> Statistic:
        seconds = np.array([one.response.seconds or 0.0 for one in scored])
        applies = np.array([one.response.seconds is not None for one in scored], dtype=bool)
        return Statistic(applies, lambda rows: float(np.quantile(seconds[rows], share)))

    return statistic


STATISTICS: Mapping[str, Callable[[Sequence[Scored]], Statistic]] = {
    "balanced_accuracy": _balanced_accuracy,
    "roc_auc": _roc_auc,
    "calibration_error": _calibration_error,
    "risk_area": _risk_area,
    "p50_seconds": _percentile(0.5),
    "p95_seconds": _percentile(0.95),
}
"""How a metric is taken over responses, by its key."""
