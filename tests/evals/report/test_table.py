from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.catalogue import BY_KEY
from evals.records import Estimate
from evals.report import table, wording
from evals.summary import ALL, FOLLOW_UPS, Shift
from tests.evals.report.summaries import HOSTILE, MODEL, comparison, estimates, summary, system


@given(st.text())
def test_shown_text_can_be_written_to_every_file_and_obeyed_by_nothing(text: str) -> None:
    shown = wording.shown(text)
    assert shown.encode().decode() == shown
    assert not any(mark in shown for mark in "\x00\x07\x1b\x7f\x9b\u202e\u2066\ud800\ufffe")


@given(st.text(), st.integers(min_value=5, max_value=80))
def test_one_line_is_one_line_and_not_longer_than_asked(text: str, most: int) -> None:
    line = wording.one_line(text, most)
    assert "\n" not in line
    assert len(line) <= most + len(" …")


@pytest.mark.parametrize(
    ("estimate", "interval"),
    [
        (Estimate(9, 0.5, 0.1, 0.9), "0.10–0.90"),
        (Estimate(9000, 0.998, 0.9971, 0.9989), "0.997–0.999"),
    ],
)
def test_a_narrow_interval_has_a_decimal_more(estimate: Estimate, interval: str) -> None:
    assert wording.format_interval(estimate, "share") == interval


def test_a_difference_that_rounds_to_nothing_has_no_sign() -> None:
    assert wording.format_difference(-0.0001, "share") == "0.000"
    assert wording.format_difference_interval(Estimate(9, 0, -0.3, 0.001), "share") == "−0.30 to 0.00"


@pytest.mark.parametrize(
    ("key", "low", "high", "verdict"),
    [
        ("passed", 0.01, 0.05, "better"),
        ("passed", -0.05, -0.01, "worse"),
        ("passed", -0.01, 0.05, "unclear"),
        ("passed", 0.0, 0.05, "unclear"),
        ("false_answers", 0.01, 0.05, "worse"),
        ("p50_seconds", -0.05, -0.01, "better"),
    ],
)
def test_a_difference_is_judged_by_its_interval_and_direction(key: str, low: float, high: float, verdict: str) -> None:
    assert table.judge(BY_KEY[key], Estimate(9, (low + high) / 2, low, high)) == verdict


def test_a_difference_of_few_questions_is_unclear_even_if_all_changed_alike() -> None:
    assert table.judge(BY_KEY["passed"], Estimate(5, 1.0, 1.0, 1.0)) == "unclear"
    assert table.judge(BY_KEY["passed"], Estimate(6, 1.0, 1.0, 1.0)) == "better"


def test_the_leading_figures_come_first_then_what_got_worse() -> None:
    worse = Shift(0.9, 0.8, Estimate(148, -0.1, -0.15, -0.05))
    shifts = {**comparison().shifts, "recall@5": Shift(0.5, 0.6, Estimate(9, 0.1, 0.05, 0.2)), "recall@20": worse}
    ordered = [each.metric.key for each in table.order_differences(replace(comparison(), shifts=shifts))]
    assert ordered == ["passed", "contained", "false_answers", "recall@20", "recall@5", "p50_seconds"]


def test_groups_hold_only_what_applies_to_a_system() -> None:
    groups = table.group_metrics(summary().systems)
    assert [group.title for group in groups][:2] == ["Said", "Found by search"]
    keys = [metric.key for group in groups for metric in group.metrics]
    assert "passed" in keys
    assert "alce_recall" not in keys


def test_systems_keep_their_order_and_get_letters() -> None:
    lettered = table.letter_systems(summary().systems)
    assert "".join(each.letter for each in lettered) == "ABCDEF"
    assert lettered[0].name == MODEL
    assert table.letter_systems([system("x", "variant")] * 28)[27].letter == "B2"


def test_what_was_asked_only_some_questions_stands_beside_the_model_on_these() -> None:
    later = estimates(-0.1, n=30)
    model = replace(system(MODEL, "model"), asked=150, slices={ALL: estimates(0.0), FOLLOW_UPS: later})
    variant = replace(system("no rewriting", "variant"), asked=30, slices={ALL: later, FOLLOW_UPS: later})
    whole, narrow = table.score_tables(table.letter_systems([model, variant]), [FOLLOW_UPS])
    assert narrow.title == "Turn two and later"
    assert [each.letter for each in whole.systems] == ["A"]
    assert [each.letter for each in narrow.systems] == ["A", "B"]
    assert narrow.systems[0].summary.slices[ALL] == later


def test_splits_are_shown_if_a_system_has_them() -> None:
    assert table.shown_splits(summary().systems) == ("dev", "test")
    assert table.shown_splits([system("x", "variant")]) == ()


def test_kinds_tell_what_was_refused() -> None:
    model = system(MODEL, "model")
    lines = table.kind_lines(model)
    assert [line.kind for line in lines] == ["fact", wording.shown(HOSTILE), "unanswerable"]
    refused = lines[2].refused
    assert refused is not None
    assert refused.mean == pytest.approx(0.2)
    assert refused.low <= refused.mean <= refused.high
    assert lines[2].contained is None


def test_failures_of_the_models_are_counted() -> None:
    assert table.count_failed(summary()) == 2
    assert table.cost_facts(summary()) == (
        "took 1 min 24 s",
        "512 MB at most",
        "1 skipped",
        "2 failed",
    )
    judged = replace(system(MODEL, "model"), slices={ALL: {"alce_recall": Estimate(9, 1.0, 0.7, 1.0)}})
    assert table.cost_facts(replace(summary(), systems=(judged,)))[-1] == "ALCE by: verbatim"
