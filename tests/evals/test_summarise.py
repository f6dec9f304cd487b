from dataclasses import dataclass, replace

import pytest

from evals.records import Question, Response
from evals.statistics import Scored
from evals.summarise import find_parts, summarise_system
from evals.summary import Role, SystemSummary


@dataclass
class Named:
    """A system that nothing is asked."""

    name: str
    role: Role = "model"

    def applies(self, question: Question) -> bool:
        return True

    def respond(self, question: Question) -> Response:
        raise AssertionError


def scored(answerable: bool, outcome: str, confidence: float, seconds: float = 0.1, **scores: float) -> Scored:
    question = Question("q", "fact" if answerable else "near miss", "Where?", answerable=answerable)
    response = Response("q", "own", outcome, confidence=confidence, seconds=seconds)  # type: ignore[arg-type]
    return Scored(question, response, scores)


def summary(*of: Scored) -> SystemSummary:
    return summarise_system(Named("own"), of)


def test_a_mean_is_over_the_questions_that_a_metric_applies_to() -> None:
    [low, high, other] = (scored(True, "answered", 0.5, contained=value) for value in (0.0, 1.0, 1.0))
    found = summary(low, high, other, scored(False, "answered", 0.5, false_answers=1.0)).slices["all"]
    assert (found["contained"].n, found["contained"].mean) == (3, 2 / 3)
    assert found["false_answers"].n == 1
    assert "cited" not in found


def test_a_failure_is_counted_and_in_no_mean() -> None:
    failed = Scored(Question("q", "fact", "Where?"), Response("q", "own", failure="down"), {})
    found = summary(scored(True, "answered", 0.5, contained=1.0), failed)
    assert (found.asked, found.failed, found.slices["all"]["contained"].n) == (2, 1, 1)


def test_confidence_is_judged_by_how_it_tells_answerable_from_unanswerable() -> None:
    answers = [scored(True, "answered", 0.9), scored(True, "answered", 0.4)]
    refusals = [scored(False, "not_in_articles", 0.5), scored(False, "answered", 0.1)]
    found = summary(*answers, *refusals).slices["all"]
    assert (found["roc_auc"].mean, found["roc_auc"].n) == (0.75, 4)
    assert found["balanced_accuracy"].mean == 0.75


def test_risk_is_taken_over_answers_surest_first() -> None:
    right, wrong = scored(True, "answered", 0.9, passed=1.0), scored(True, "answered", 0.5, passed=0.0)
    refused = [scored(True, "not_in_articles", 0.1, passed=0.0)] * 2
    found = summary(right, wrong, *refused)
    assert [(point.coverage, point.risk) for point in found.curve] == [(0.25, 0), (0.5, 0.5)]
    assert found.slices["all"]["risk_area"].mean == 0.25


def test_times_are_percentiles() -> None:
    found = summary(*(scored(True, "answered", 0.5, seconds=second) for second in (0.1, 0.2, 0.3))).slices["all"]
    assert (found["p50_seconds"].mean, found["p50_seconds"].n) == (0.2, 3)


def test_refusals_are_set_beside_answers_only_where_answers_are_known() -> None:
    refused = scored(False, "not_in_articles", 0.1, overall_f1=1.0)
    assert "overall_f1" not in summary(refused).slices["all"]
    both = summary(refused, scored(True, "answered", 0.9, f1=0.5, overall_f1=0.5)).slices["all"]
    assert both["overall_f1"].mean == 0.75


def asked(*questions: Question) -> list[Scored]:
    return [Scored(one, Response(one.id, "own", "answered"), {"contained": 1.0}) for one in questions]


def test_what_only_some_systems_were_asked_is_a_part_on_which_all_that_were_can_be_compared() -> None:
    first, later = Question("1", "fact", "Where?"), Question("2", "follow-up", "When?", history=("Where?",))
    parts = find_parts([(Named("model"), asked(first, later)), (Named("variant", "variant"), asked(later))])
    assert parts["turn two and later"] == {"2"}
    assert summarise_system(Named("model"), asked(first, later), parts).slices["turn two and later"]
    assert "turn two and later" not in summarise_system(Named("other"), asked(first), parts).slices


def test_published_answers_are_compared_by_kind_on_the_questions_that_they_are_for() -> None:
    questions = [Question("1", "in them", "Where?"), Question("2", "not", "When?"), Question("3", "not", "Who?")]
    parts = find_parts([(Named("model"), asked(*questions)), (Named("gpt3", "published"), asked(*questions[:2]))])
    assert parts == {
        "what gpt3 was asked": {"1", "2"},
        "what gpt3 was asked: in them": {"1"},
        "what gpt3 was asked: not": {"2"},
    }


def test_calibration_is_of_being_answerable_whether_the_answer_is_right_or_not() -> None:
    wrong, refused = scored(True, "answered", 0.8, passed=0.0), scored(True, "not_in_articles", 0.8, passed=0.0)
    found = summary(wrong, refused, scored(False, "answered", 0.3, passed=0.0))
    error = found.slices["all"]["calibration_error"]
    # Two at 0.8, both answerable, and one at 0.3 that is not.
    assert (error.n, error.mean) == (3, pytest.approx((2 * 0.2 + 0.3) / 3))
    assert error.low <= error.high
    assert [(row.n, row.accuracy) for row in found.reliability] == [(1, 0), (2, 1)]


@pytest.mark.parametrize("outside", [-0.01, 1.3])
def test_one_confidence_that_is_no_probability_makes_none_of_the_system_one(outside: float) -> None:
    pair = [scored(True, "answered", 0.8), scored(False, "not_in_articles", 0.3)]
    other = scored(True, "answered", outside)
    found = summary(*pair, Scored(replace(other.question, kind="list"), other.response, {}))
    assert "roc_auc" in found.slices["all"]
    assert not any("calibration_error" in estimates for estimates in found.slices.values())
    assert found.reliability == ()


def test_calibration_takes_questions_of_both_sorts() -> None:
    found = summary(scored(True, "answered", 0.8), scored(True, "answered", 0.4))
    assert "calibration_error" not in found.slices["all"]
    assert found.reliability == ()
    both = summary(scored(True, "answered", 0.8), scored(False, "answered", 0.4))
    assert "calibration_error" in both.slices["all"]
    assert "calibration_error" not in both.slices["kind: fact"]


def test_a_system_that_tells_no_confidence_is_not_calibrated() -> None:
    found = summary(*asked(Question("1", "fact", "Where?"), Question("2", "near miss", "Why?", answerable=False)))
    assert "calibration_error" not in found.slices["all"]
    assert found.reliability == ()
