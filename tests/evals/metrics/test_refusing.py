import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics.refusing import (
    balanced_accuracy,
    expected_calibration_error,
    reliability_bins,
    risk_area,
    risk_coverage,
    roc_auc,
)
from evals.summary import CurvePoint

SCORED = st.lists(st.tuples(st.floats(-1e9, 1e9) | st.integers(0, 3).map(float), st.booleans()))
JUDGED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1)


def split(pairs: list[tuple[float, bool]]) -> tuple[list[float], list[bool]]:
    return [number for number, _ in pairs], [flag for _, flag in pairs]


def test_auc_counts_pairs_and_ties_half() -> None:
    # True 3 and 1, false 2 and 1: 3>2, 3>1, 1<2, 1=1, so 2.5 of 4 pairs.
    assert roc_auc([3, 1, 2, 1], [True, True, False, False]) == pytest.approx(2.5 / 4)


@given(SCORED)
def test_auc_is_that_of_all_pairs(pairs: list[tuple[float, bool]]) -> None:
    true, false = [s for s, label in pairs if label], [s for s, label in pairs if not label]
    wins = [(one > other) + (one == other) / 2 for one in true for other in false]
    assert roc_auc(*split(pairs)) == (pytest.approx(sum(wins) / len(wins)) if wins else None)


@given(SCORED)
def test_auc_of_the_reverse_order_is_the_rest(pairs: list[tuple[float, bool]]) -> None:
    scores, labels = split(pairs)
    value, reverse = roc_auc(scores, labels), roc_auc([-score for score in scores], labels)
    assert value == (None if reverse is None else pytest.approx(1 - reverse))


def test_balanced_accuracy_weighs_both_kinds_the_same() -> None:
    # Of three true ones two are right, of one false one none: (2/3 + 0) / 2.
    assert balanced_accuracy([True, True, False, True], [True, True, True, False]) == pytest.approx(1 / 3)
    assert balanced_accuracy([True, False], [True, False]) == 1.0


@pytest.mark.parametrize("labels", [[], [True, True], [False]])
def test_one_kind_of_question_tells_nothing_of_refusing(labels: list[bool]) -> None:
    assert balanced_accuracy(labels, labels) is None
    assert roc_auc([0.0] * len(labels), labels) is None


def test_the_curve_goes_from_the_surest_answer_to_all() -> None:
    # By confidence: right; wrong; right. Four questions were asked.
    assert risk_coverage([0.5, 0.9, 0.1], [True, False, False], 4) == [
        CurvePoint(1 / 4, 0.0),
        CurvePoint(2 / 4, 1 / 2),
        CurvePoint(3 / 4, 1 / 3),
    ]


def test_answers_of_the_same_confidence_are_one_point() -> None:
    assert risk_coverage([0.5, 0.5, 0.9], [True, False, False], 3) == [CurvePoint(1 / 3, 0.0), CurvePoint(1.0, 1 / 3)]


def test_without_answers_there_is_no_curve() -> None:
    assert risk_coverage([], [], 4) == []
    assert risk_area([], []) is None


def test_there_are_not_more_answers_than_questions() -> None:
    with pytest.raises(ValueError, match="2 answers to 1 questions"):
        risk_coverage([0.1, 0.2], [True, False], 1)


@given(SCORED, st.integers(0, 5))
def test_the_curve_ends_with_the_overall_risk(pairs: list[tuple[float, bool]], refused: int) -> None:
    confidences, wrong = split(pairs)
    points = risk_coverage(confidences, wrong, len(pairs) + refused)
    assert len(points) == len(set(confidences))
    if points:
        assert points[-1] == CurvePoint(len(pairs) / (len(pairs) + refused), sum(wrong) / len(wrong))


def test_the_area_is_the_mean_risk_over_the_coverages_reached() -> None:
    # Surest first: right, wrong, right and right, the last two of one confidence. Steps of 1, 1 and 2 of four answers
    # at risks 0, 1/2 and 1/4: (0 + 1/2 + 2/4) / 4.
    assert risk_area([0.9, 0.5, 0.1, 0.1], [False, True, False, False]) == pytest.approx(1 / 4)


@given(SCORED.filter(bool))
def test_the_area_is_a_share_and_that_of_one_confidence_is_the_overall_risk(pairs: list[tuple[float, bool]]) -> None:
    confidences, wrong = split(pairs)
    area = risk_area(confidences, wrong)
    assert area is not None
    assert 0 <= area <= 1 + 1e-12
    assert risk_area([0.5] * len(pairs), wrong) == pytest.approx(sum(wrong) / len(wrong))


@given(SCORED.filter(bool), st.integers(0, 5))
def test_the_area_is_that_under_the_curve(pairs: list[tuple[float, bool]], refused: int) -> None:
    confidences, wrong = split(pairs)
    points = risk_coverage(confidences, wrong, len(pairs) + refused)
    steps = zip(points, [CurvePoint(0, 0), *points], strict=False)
    area = sum(point.risk * (point.coverage - before.coverage) for point, before in steps)
    assert risk_area(confidences, wrong) == pytest.approx(area / points[-1].coverage)


def test_calibration_error_is_the_mean_gap_of_confidence_and_share() -> None:
    # Two bins of 0.5: (0.2 + 0.4) / 2 = 0.3 confident and 1/2 true, 0.9 confident and none true.
    error = expected_calibration_error([0.2, 0.4, 0.9], [True, False, False], bins=2)
    assert error == pytest.approx((2 * abs(0.5 - 0.3) + 1 * abs(0 - 0.9)) / 3)
    assert expected_calibration_error([], []) is None


@pytest.mark.parametrize(("confidence", "low"), [(0.0, 0.0), (0.1, 0.0), (0.7, 0.6), (0.71, 0.7), (1.0, 0.9)])
def test_a_bin_has_its_upper_end(confidence: float, low: float) -> None:
    assert [row.low for row in reliability_bins([confidence], [True])] == [low]


def test_a_bin_tells_how_many_how_sure_and_how_many_true() -> None:
    (row,) = reliability_bins([0.62, 0.68], [True, False])
    assert (row.low, row.high, row.n) == (0.6, 0.7, 2)
    assert (row.confidence, row.accuracy) == (pytest.approx(0.65), 0.5)


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan")])
def test_a_confidence_that_is_no_probability_is_not_calibrated(confidence: float) -> None:
    for measure in (reliability_bins, expected_calibration_error):
        with pytest.raises(ValueError, match="between 0 and 1"):
            measure([confidence], [True])


@given(JUDGED)
def test_the_bins_hold_all_and_the_error_is_their_mean_gap(pairs: list[tuple[float, bool]]) -> None:
    confidences, labels = split(pairs)
    rows = reliability_bins(confidences, labels)
    assert sum(row.n for row in rows) == len(pairs)
    error = expected_calibration_error(confidences, labels)
    assert error == pytest.approx(sum(row.n * abs(row.accuracy - row.confidence) for row in rows) / len(pairs))
    assert 0 <= error <= 1 + 1e-12


def test_labels_that_are_too_few_are_refused() -> None:
    for measure in (roc_auc, balanced_accuracy, reliability_bins, expected_calibration_error):
        with pytest.raises(ValueError, match="1 judgements of 2"):
            measure([True, False], [True])
    with pytest.raises(ValueError, match="1 judgements of 2"):
        risk_coverage([0.5, 0.6], [True], 2)
