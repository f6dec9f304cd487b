from dataclasses import replace
from pathlib import Path

import pytest

from evals.compare import check_common, compare_runs
from evals.records import Question, Response
from evals.runs import RunFile
from evals.summary import RunHeader
from rag import FootnoteError

HEADER = RunHeader("before", "own", "", 1, 3, ("reader",), {}, {}, {})
QUESTIONS = [Question(name, "near miss", f"{name}?", answerable=False) for name in ("one", "two", "three")]


def run(**outcomes: str) -> RunFile:
    """Return a run in which these questions were answered or refused; refusing is right."""
    responses = [
        Response(name, "reader", outcome, asked=f"{name}?")  # type: ignore[arg-type]
        for name, outcome in outcomes.items()
    ]
    return RunFile(Path("before.jsonl"), HEADER, responses)


BEFORE = run(one="answered", two="not_in_articles", three="not_in_articles")
BEFORE_RESPONSES = list(BEFORE.responses.values())


def test_what_was_fixed_and_what_broke_is_told_by_question() -> None:
    after = run(one="not_in_articles", two="answered", three="not_in_articles")
    [comparison] = compare_runs(BEFORE, after, QUESTIONS, ["reader"])
    assert [change.question.id for change in comparison.fixed] == ["one"]
    assert [change.question.id for change in comparison.broken] == ["two"]
    assert (comparison.questions, comparison.shifts["passed"].difference.mean) == (3, 0)


def test_a_difference_is_now_minus_then_on_the_same_questions() -> None:
    after = run(one="not_in_articles", two="not_in_articles")
    [comparison] = compare_runs(BEFORE, after, QUESTIONS, ["reader"])
    assert (comparison.questions, comparison.shifts["passed"].difference.mean) == (2, 0.5)
    assert comparison.shifts["false_answers"].difference.mean == -0.5


def test_a_question_that_reads_otherwise_now_is_another_question() -> None:
    after = run(one="not_in_articles", two="not_in_articles")
    after.responses["reader", "one"] = replace(after.responses["reader", "one"], asked="Another?")
    [comparison] = compare_runs(BEFORE, after, QUESTIONS, ["reader"])
    assert comparison.questions == 1


def test_another_model_is_compared_with_the_first_of_the_earlier_run() -> None:
    after = RunFile(Path("after.jsonl"), HEADER, [Response("one", "other", "not_in_articles", asked="one?")])
    [comparison] = compare_runs(BEFORE, after, QUESTIONS, ["other"])
    assert [change.question.id for change in comparison.fixed] == ["one"]


def test_a_failure_is_not_right() -> None:
    after = run(two="answered")
    after.responses["reader", "two"] = Response("two", "reader", failure="down", asked="two?")
    [comparison] = compare_runs(BEFORE, after, QUESTIONS, ["reader"])
    assert [change.question.id for change in comparison.broken] == ["two"]
    assert "passed" not in comparison.shifts


def test_times_and_confidences_are_compared_too() -> None:
    def timed(seconds: float) -> RunFile:
        return RunFile(
            Path("run.jsonl"),
            HEADER,
            [Response(one.id, "reader", "answered", seconds=seconds, asked=one.question) for one in QUESTIONS],
        )

    [comparison] = compare_runs(timed(0.1), timed(0.3), QUESTIONS, ["reader"])
    assert comparison.shifts["p50_seconds"].difference.mean == pytest.approx(0.2)
    assert comparison.shifts["p50_seconds"].difference.low == pytest.approx(0.2)


def test_what_the_runs_were_made_with_otherwise_is_told() -> None:
    other = RunFile(Path("after.jsonl"), replace(HEADER, articles=2, settings={"threads": "1"}), BEFORE_RESPONSES)
    [comparison] = compare_runs(BEFORE, other, QUESTIONS, ["reader"])
    assert comparison.changed == "articles; settings: threads"
    assert (comparison.system, comparison.earlier_system) == ("reader", "reader")


def test_runs_with_nothing_in_common_are_an_error() -> None:
    check_common(BEFORE, QUESTIONS)
    with pytest.raises(FootnoteError, match="asked none of these questions"):
        check_common(BEFORE, [Question("one", "near miss", "Another?")])
