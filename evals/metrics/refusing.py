"""Whether a system refuses the right questions, and whether its confidence tells which answers are right."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evals.summary import CurvePoint, ReliabilityBin

Numbers = Sequence[float] | NDArray[np.float64]
Flags = Sequence[bool] | NDArray[np.bool_]
"""One a question, `(n,)`; as arrays they are quick enough to be resampled."""


def roc_auc(scores: Numbers, labels: Flags) -> float | None:
    """Return how often the higher of two scores belongs to a true label, of all pairs with one true and one false.

    Source: Mann, Whitney, On a Test of Whether one of Two Random Variables is Stochastically Larger than the Other
    (1947), ties counted half; equal to the area under the ROC curve (Hanley, McNeil, Radiology 1982).

    Args:
        scores: Finite scores, of any range.
        labels: One for each score.

    Returns:
        0 to 1, higher is better, 0.5 is chance; None if all labels are the same.

    Raises:
        ValueError: There are not as many labels as scores.
    """
    values, is_true = np.asarray(scores, dtype=np.float64), _flags(labels, len(scores))
    true, false = values[is_true], np.sort(values[~is_true])
    if not len(true) or not len(false):
        return None
    below, not_above = np.searchsorted(false, true, side="left"), np.searchsorted(false, true, side="right")
    return float((below + not_above).sum() / (2 * len(true) * len(false)))


def balanced_accuracy(given: Flags, labels: Flags) -> float | None:
    """Return the mean of the shares that are right among the true and among the false labels.

    Source: Brodersen, Ong, Stephan, Buhmann, The Balanced Accuracy and Its Posterior Distribution (ICPR 2010).

    Args:
        given: What a system decided.
        labels: What is so, one for each.

    Returns:
        0 to 1, higher is better, 0.5 is chance; None if all labels are the same.

    Raises:
        ValueError: There are not as many labels as decisions.
    """
    decided, is_true = np.asarray(given, dtype=np.bool_), _flags(labels, len(given))
    if is_true.all() or not is_true.any():
        return None
    return float(decided[is_true].mean() + (~decided[~is_true]).mean()) / 2


def risk_coverage(confidences: Numbers, wrong: Flags, total: int) -> list[CurvePoint]:
    """Return how many answers are wrong if only the surest are given, for each confidence to draw the line at.

    Answers of the same confidence come and go together and make one point.

    Source: El-Yaniv, Wiener, On the Foundations of Noise-free Selective Classification (JMLR 2010); Geifman,
    El-Yaniv, Selective Classification for Deep Neural Networks (NeurIPS 2017).

    Args:
        confidences: Of the questions that were answered, finite, of any range, higher is surer.
        wrong: Whether the answer is wrong, one for each.
        total: How many questions were asked, refused ones included.

    Returns:
        Points by rising coverage, the last with all that was answered; none if nothing was.

    Raises:
        ValueError: There are not as many judgements as confidences, or more than questions.
    """
    if len(confidences) > total:
        raise ValueError(f"{len(confidences)} answers to {total} questions")
    answered, errors = _count_from_surest(confidences, wrong)
    counts = zip(answered.tolist(), errors.tolist(), strict=True)
    return [CurvePoint(coverage=so_far / total, risk=failed / so_far) for so_far, failed in counts]


def risk_area(confidences: Numbers, wrong: Flags) -> float | None:
    """Return the mean risk over all coverages that a system reaches.

    Source: the area under the risk–coverage curve of Geifman, Uziel, El-Yaniv, Bias-Reduced Uncertainty Estimation
    for Deep Neural Classifiers (ICLR 2019). Ours is divided by the largest coverage, which is below 1 for a system
    that refuses, and a point of several tied answers weighs as many. Refusing what it is least sure of lowers it, so
    it is to be read beside the coverage.

    Args:
        confidences: Of the questions that were answered, finite, of any range, higher is surer.
        wrong: Whether the answer is wrong, one for each.

    Returns:
        0 to 1, lower is better; None if nothing was answered.

    Raises:
        ValueError: There are not as many judgements as confidences.
    """
    answered, errors = _count_from_surest(confidences, wrong)
    if not len(answered):
        return None
    return float((errors / answered * np.diff(answered, prepend=0)).sum() / answered[-1])


def reliability_bins(confidences: Numbers, labels: Flags, bins: int = 10) -> list[ReliabilityBin]:
    """Return how often the label of about the same confidence is true, for a reliability diagram.

    Source: Guo, Pleiss, Sun, Weinberger, On Calibration of Modern Neural Networks (ICML 2017), section 2: bins of
    equal width, each with its upper end; 0 belongs to the first.

    Args:
        confidences: 0 to 1, each the probability that the label is true.
        labels: Whether it is, one for each.
        bins: How many bins there are, from 1.

    Returns:
        The bins that hold something, by rising confidence.

    Raises:
        ValueError: A confidence is no probability, or there are not as many labels as confidences.
    """
    n, confident, true = _bin_sums(confidences, labels, bins)
    return [
        ReliabilityBin(
            low=number / bins,
            high=(number + 1) / bins,
            n=int(n[number]),
            confidence=float(confident[number] / n[number]),
            accuracy=float(true[number] / n[number]),
        )
        for number in np.flatnonzero(n).tolist()
    ]


def expected_calibration_error(confidences: Numbers, labels: Flags, bins: int = 10) -> float | None:
    """Return how far confidences are from the shares of true labels, as a mean over all.

    It is never below 0, so that chance alone makes it larger, the more so the fewer there are.

    Source: Guo et al. (ICML 2017), section 2, equation 3, after Naeini, Cooper, Hauskrecht (AAAI 2015).

    Args:
        confidences: 0 to 1, each the probability that the label is true.
        labels: Whether it is, one for each.
        bins: How many bins there are, from 1.

    Returns:
        0 to 1, lower is better; None if there are none.

    Raises:
        ValueError: A confidence is no probability, or there are not as many labels as confidences.
    """
    _, confident, true = _bin_sums(confidences, labels, bins)
    return float(np.abs(true - confident).sum() / len(confidences)) if len(confidences) else None


def _bin_sums(confidences: Numbers, labels: Flags, bins: int) -> NDArray[np.float64]:
    """Return how many there are in each bin, the sum of their confidences, and of their true labels, `(3, bins)`."""
    values, is_true = np.asarray(confidences, dtype=np.float64), _flags(labels, len(confidences))
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError("a confidence is not between 0 and 1")
    upper_ends = [number / bins for number in range(1, bins)]
    numbers = np.searchsorted(upper_ends, values, side="left")
    weights = (np.ones(len(values)), values, is_true)
    return np.stack([np.bincount(numbers, weights=each, minlength=bins) for each in weights])


def _count_from_surest(confidences: Numbers, wrong: Flags) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many are answered down to each confidence, and how many of these are wrong, `(confidences,)` each."""
    values, is_wrong = np.asarray(confidences, dtype=np.float64), _flags(wrong, len(confidences))
    surest_first = np.argsort(-values)
    ordered, errors = values[surest_first], np.cumsum(is_wrong[surest_first], dtype=np.int64)
    # The last answer of each confidence: the one after it is less sure, or there is none.
    is_last = np.append(ordered[1:] < ordered[:-1], True)[: len(ordered)]
    places = np.flatnonzero(is_last)
    return places.astype(np.int64) + 1, errors[places]


def _flags(flags: Flags, n: int) -> NDArray[np.bool_]:
    if len(flags) != n:
        raise ValueError(f"{len(flags)} judgements of {n}")
    return np.asarray(flags, dtype=np.bool_)
