from pathlib import Path

import pytest

from evals.catalogue import BY_KEY
from evals.floors import FLOORS_FILE, HELD, Limit, check_limits, parse_limit, raise_floors, read_floors
from evals.records import Estimate
from evals.summary import RunHeader, Summary, SystemSummary
from rag import FootnoteError

HEADER = RunHeader("first", "seeds", "", 3, 2, ("reader",), {}, {}, {})


def system(role: str = "model", **means: float) -> SystemSummary:
    estimates = {metric: Estimate(10, mean, 0.0, 1.0) for metric, mean in means.items()}
    return SystemSummary("reader", role, 10, 0, {"all": estimates, "test": estimates}, (), ())  # type: ignore[arg-type]


def broken(limit: str, *systems: SystemSummary) -> list[str]:
    return list(check_limits(Summary(HEADER, systems, (), (), (), (), "verbatim", 0.0, 0.0), [parse_limit(limit)]))


def test_a_limit_is_kept_when_it_is_reached() -> None:
    assert broken("contained=0.8", system(contained=0.8)) == []
    assert broken("false_answers=0.2", system(false_answers=0.2)) == []


def test_a_limit_that_is_not_kept_is_told_with_both_values() -> None:
    assert broken("contained=0.8", system(contained=0.79)) == [
        "reader: answer contained (contained) is 0.7900, below the limit of 0.8."
    ]
    assert broken("test:false_answers=0.2", system(false_answers=0.3)) == [
        "reader: false answers (false_answers) of test is 0.3000, above the limit of 0.2."
    ]


def test_what_was_not_measured_keeps_no_limit() -> None:
    assert broken("cited=0.1", system(contained=0.8)) == [
        "reader: right paragraphs cited (cited) was not measured; the limit is 0.1."
    ]


def test_limits_are_for_models_not_for_what_they_are_compared_with() -> None:
    assert broken("contained=0.8", system(contained=0.8), system("baseline", contained=0.1)) == []


def test_without_a_model_no_limit_is_kept() -> None:
    assert broken("contained=0.8", system("baseline", contained=0.9)) == ["no model was measured."]


@pytest.mark.parametrize("text", ["", "=", "contain=0.8", "contained", "contained=", "contained=good", "contained=nan"])
def test_a_limit_of_another_form_is_told_what_is_wrong(text: str) -> None:
    with pytest.raises(FootnoteError) as caught:
        parse_limit(text)
    assert caught.value.hint


def test_floors_rise_and_never_fall(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    raise_floors(system(contained=0.8, false_answers=0.3), file)
    moved = raise_floors(system(contained=0.7, false_answers=0.21117), file)
    assert moved == [Limit("false_answers", 0.3112)]
    assert read_floors(file) == [Limit("contained", 0.7), Limit("false_answers", 0.3112)]


def test_a_floor_leaves_room_for_one_question_and_none_for_a_false_quote(tmp_path: Path) -> None:
    raise_floors(system(contained=0.8, exact_spans=1.0, false_answers=0.95), tmp_path / "floors.json")
    assert {limit.metric: limit.value for limit in read_floors(tmp_path / "floors.json")} == {
        "contained": 0.7,
        "exact_spans": 1.0,
        "false_answers": 1.0,
    }


def test_the_run_that_set_the_floors_keeps_them(tmp_path: Path) -> None:
    run = system(contained=2 / 3, false_answers=1 / 3)
    raise_floors(run, tmp_path / "floors.json")
    summary = Summary(HEADER, (run,), (), (), (), (), "verbatim", 0.0, 0.0)
    assert list(check_limits(summary, read_floors(tmp_path / "floors.json"))) == []


def test_our_own_floors_hold_every_metric_that_has_one() -> None:
    assert {limit.metric for limit in read_floors(FLOORS_FILE)} == set(HELD) <= set(BY_KEY)


@pytest.mark.parametrize("content", [None, "", "[1]", "{", '{"contain": 0.8}', '{"contained": null}'])
def test_a_file_without_floors_is_an_error(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "floors.json").write_text(content)
    with pytest.raises(FootnoteError):
        read_floors(tmp_path / "floors.json")
