from dataclasses import replace
from pathlib import Path

import pytest

from evals.records import CitedText, GivenSentence, Response
from evals.runs import find_unfinished, finish_run, free_name, read_run, run_path, start_run
from evals.summary import RunHeader
from rag import FootnoteError

HEADER = RunHeader(
    "first", "seeds", "2026-11-21T04:00:00+00:00", 3, 2, ("reader",), {"threads": "0"}, {}, {"code": "a"}
)
SENTENCE = GivenSentence("They met.", (CitedText("a#1", "They met.", "They met. It rained.", exact=True),))
RESPONSE = Response(
    "q1", "reader", "answered", "They met.", (SENTENCE,), "Who met?", ("a#1",), ("a",), 0.9, 0.1, asked="Who met?"
)


def test_what_was_answered_is_read_back_as_it_was(tmp_path: Path) -> None:
    start_run(tmp_path, HEADER).add(RESPONSE)
    run = read_run(tmp_path / "first.jsonl")
    assert (run.header, run.responses) == (HEADER, {("reader", "q1"): RESPONSE})


def test_a_run_goes_on_behind_a_line_that_was_cut_off(tmp_path: Path) -> None:
    start_run(tmp_path, HEADER).add(RESPONSE)
    path = tmp_path / "first.jsonl"
    path.write_bytes(path.read_bytes() + b'{"question_id": "q2", "sys')
    run = start_run(tmp_path, replace(HEADER, started="later"))
    run.add(replace(RESPONSE, question_id="q2"))
    assert list(read_run(path).responses) == [("reader", "q1"), ("reader", "q2")]


def test_a_question_that_was_asked_again_counts_once(tmp_path: Path) -> None:
    run = start_run(tmp_path, HEADER)
    run.add(Response("q1", "reader", failure="The model is down."))
    run.add(RESPONSE)
    assert read_run(run.path).responses == {("reader", "q1"): RESPONSE}


def test_a_run_that_was_made_with_something_else_is_not_gone_on_with(tmp_path: Path) -> None:
    start_run(tmp_path, HEADER)
    with pytest.raises(FootnoteError, match="made with other articles; hashes: code") as caught:
        start_run(tmp_path, replace(HEADER, articles=4, hashes={"code": "b"}))
    assert "--run" in caught.value.hint


def test_the_newest_unfinished_run_made_with_the_same_is_found(tmp_path: Path) -> None:
    run = start_run(tmp_path, HEADER)
    now = replace(HEADER, name="now", started="now", dataset="./seeds")
    assert find_unfinished(tmp_path, now) == "first"
    assert find_unfinished(tmp_path, replace(now, models=("other",))) == ""
    finish_run(run.path)
    assert find_unfinished(tmp_path, now) == ""


def test_something_else_among_the_runs_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "notes.jsonl").write_text("not a run\n")
    assert find_unfinished(tmp_path, HEADER) == ""


def test_a_name_that_is_taken_is_numbered(tmp_path: Path) -> None:
    start_run(tmp_path, HEADER)
    assert (free_name(tmp_path, "first"), free_name(tmp_path, "second")) == ("first-2", "second")


def test_a_copied_run_is_called_after_its_file(tmp_path: Path) -> None:
    start_run(tmp_path, HEADER).path.rename(tmp_path / "copy.jsonl")
    assert read_run(tmp_path / "copy.jsonl").header.name == "copy"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file")
    with pytest.raises(FootnoteError, match="cannot be written") as caught:
        start_run(tmp_path / "runs", HEADER)
    assert "go on" in caught.value.hint


def test_a_missing_run_is_told_with_those_that_are_there(tmp_path: Path) -> None:
    start_run(tmp_path, HEADER)
    with pytest.raises(FootnoteError, match="There is no run") as caught:
        read_run(run_path(tmp_path, "second"))
    assert "first" in caught.value.hint


@pytest.mark.parametrize("content", ["", "nothing\n", '{"name": "a"}\n'])
def test_a_file_that_is_no_run_is_an_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.jsonl").write_text(content)
    with pytest.raises(FootnoteError, match="is no run of this version"):
        read_run(tmp_path / "a.jsonl")


@pytest.mark.parametrize("name", ["", "a/b", "../a", "/a", "a" * 300, "a\nb", "\udcff"])
def test_a_name_that_leads_elsewhere_is_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(FootnoteError, match="is no name for a run"):
        run_path(tmp_path, name)


def test_a_run_from_before_there_were_short_answers_and_filters_can_be_read(tmp_path: Path) -> None:
    start_run(tmp_path, HEADER).add(RESPONSE)
    path = tmp_path / "first.jsonl"
    text = path.read_text()
    older = text.replace(',"short":""', "").replace(',"filter":[]', "")
    assert len(text) - len(older) == len(',"short":"","filter":[]')
    path.write_text(older)
    run = read_run(path)
    assert (run.header, run.responses) == (HEADER, {("reader", "q1"): RESPONSE})
