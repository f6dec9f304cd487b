import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Footnote
from tests.model_server import ModelServer, Script, says

TALKS = "Talks in Oslo\n\nThe ministers met in Oslo on Tuesday.\n\nIt rained all day, a spokesman said.\n"
QUESTIONS = """\
- id: where
  kind: fact
  question: Where did the ministers meet on Tuesday?
  answers: [Oslo]
  cites: [talks#1]
- id: queen
  kind: near miss
  question: When was the Queen of Norway born?
"""


@pytest.fixture
def own(tmp_path: Path) -> list[str]:
    """Return the options for an eval of one's own."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "talks.txt").write_text(TALKS)
    (tmp_path / "questions.yaml").write_text(QUESTIONS)
    return [
        *("--articles", str(tmp_path / "articles"), "--questions", str(tmp_path / "questions.yaml")),
        *("--work", str(tmp_path / "work")),
    ]


def test_an_eval_prints_a_summary_and_writes_a_page(footnote: Footnote, own: list[str], tmp_path: Path) -> None:
    run = footnote("eval", *own, "--run", "first")
    assert (run.code, run.err) == (0, "")
    assert "answer contained" in run.out
    page = tmp_path / "work" / "reports" / "first.html"
    assert f"Report: {page}" in run.out
    assert page.read_text().startswith("<!doctype html>")


def test_machines_get_the_summary_alone(footnote: Footnote, own: list[str]) -> None:
    run = footnote("eval", *own, "--json")
    summary = json.loads(run.out)
    [model, *_] = summary["systems"]
    assert (model["system"], model["role"], model["asked"], model["failed"]) == ("reader", "model", 2, 0)
    assert model["slices"]["all"]["exact_spans"] == pytest.approx(
        {"n": 1, "mean": 1.0, "low": 0.2065, "high": 1.0}, abs=1e-4
    )
    assert summary["wrong"] == {"reader": []}


def test_a_limit_that_is_not_kept_is_told_and_exits_with_1(footnote: Footnote, own: list[str]) -> None:
    assert footnote("eval", *own, "--fail-under", "contained=1", "--fail-under", "false_answers=0").code == 0
    run = footnote("eval", *own, "--fail-under", "kind: near miss:coverage=0.5")
    assert run.code == 1
    assert re.search(
        r"limit: reader: coverage \(coverage\) of kind: near miss is 0(\.0+)?, below the limit of 0\.5", run.err
    )


def test_a_comparison_is_told(footnote: Footnote, own: list[str]) -> None:
    footnote("eval", *own, "--run", "before")
    run = footnote("eval", *own, "--run", "after", "--compare", "before")
    assert "Since before: 0 fixed, 0 broken of 2 questions" in run.out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--fail-under", "contain=1"], "error: There is no metric 'contain'."),
        (["--fail-under", "cited"], "error: 'cited' tells no value."),
        (["--fail-under", "cited=80"], "error: 'cited=80' is no limit: cited is 0 to 1."),
        (["--compare", "never"], "error: There is no run"),
        (["--model", "gpt"], "error: There is no model 'gpt'."),
        (["--about", "Talks in Osl"], "error: There is no article 'Talks in Osl' to ask about."),
        (["--run", "../elsewhere"], "error: '../elsewhere' is no name for a run."),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_asked(
    footnote: Footnote, own: list[str], tmp_path: Path, options: list[str], message: str
) -> None:
    run = footnote("eval", *own, *options)
    assert run.code == 1
    assert run.err.startswith(message)
    assert "hint: " in run.err
    assert not (tmp_path / "work" / "runs").exists()


def test_a_wrong_field_is_told_with_file_and_line(footnote: Footnote, own: list[str], tmp_path: Path) -> None:
    (tmp_path / "questions.yaml").write_text(QUESTIONS.replace("cites:", "cite:"))
    run = footnote("eval", *own)
    assert run.code == 1
    assert f"{tmp_path / 'questions.yaml'}, line 5" in run.err
    assert "cites" in run.err


@pytest.mark.parametrize(
    "options",
    [
        ["--articles", "seeds"],
        ["--dataset", "squad:x", "--articles", "seeds", "--questions", "x"],
        ["--floors", "--limit", "3"],
        ["--floors", "--about", "Hamas"],
        ["--limit", "0"],
    ],
)
def test_options_that_do_not_go_together_are_wrong_usage(
    footnote: Footnote, tmp_path: Path, options: list[str]
) -> None:
    assert footnote("eval", *options, "--work", tmp_path).code == 2


def test_a_run_that_was_stopped_goes_on_with_the_same_command(own: list[str], tmp_path: Path) -> None:
    many = "\n".join(QUESTIONS.replace("id: ", f"id: n{number}-") for number in range(60))
    (tmp_path / "questions.yaml").write_text(many)
    command = [sys.executable, "-m", "ui.cli", "eval", *own]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    runs = tmp_path / "work" / "runs"
    while process.poll() is None and not any(file.stat().st_size > 6000 for file in runs.glob("*.jsonl")):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate()
    assert process.returncode == 130
    assert "the same command goes on from here" in told
    [file] = runs.glob("*.jsonl")
    before = file.read_bytes()
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode in (0, 1)
    assert list(runs.iterdir()) == [file]
    assert file.read_bytes().startswith(before)
    assert file.read_text().count('"system":"reader"') == 120


def test_a_question_that_a_model_fails_on_is_told_and_the_others_are_asked(
    footnote: Footnote, own: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_MAX_QUESTION_CHARACTERS", "35")  # one of the two questions is longer
    run = footnote("eval", *own, "--run", "first")
    assert run.code == 1
    assert "failed: reader on 1 of 2 questions; the report tells why." in run.err
    assert "The question has 40 characters" in (tmp_path / "work" / "reports" / "first.html").read_text()


def test_articles_that_cannot_be_read_are_told(footnote: Footnote, own: list[str], tmp_path: Path) -> None:
    (tmp_path / "articles" / "empty.txt").write_text("")
    run = footnote("eval", *own)
    assert run.code == 0
    assert run.err.startswith("unread: empty.txt: the file is empty")
    assert "1 article unread" in run.out


def test_of_many_articles_that_cannot_be_read_some_are_told_and_the_rest_are_counted(
    footnote: Footnote, own: list[str], tmp_path: Path
) -> None:
    for number in range(13):
        (tmp_path / "articles" / f"empty-{number}.txt").write_text("")
    run = footnote("eval", *own)
    assert run.err.count("the file is empty") == 10
    assert "unread: 3 more" in run.err


def test_a_report_that_cannot_be_written_costs_no_answer(footnote: Footnote, own: list[str], tmp_path: Path) -> None:
    run = footnote("eval", *own, "--report", tmp_path / "articles")
    assert run.code == 1
    assert "Nothing is asked again: footnote eval --run own-" in run.err
    assert footnote("eval", *own).code == 0
    assert len(list((tmp_path / "work" / "runs").iterdir())) == 1


def test_questions_about_some_articles_are_asked_and_that_is_told(
    footnote: Footnote, own: list[str], tmp_path: Path
) -> None:
    run = footnote("eval", *own, "--run", "first", "--about", "talks in oslo")
    assert run.code == 0
    assert "1 question · only about Talks in Oslo · 1 article · run first" in run.out
    assert "only about Talks in Oslo" in (tmp_path / "work" / "reports" / "first.html").read_text()
    other = footnote("eval", *own, "--run", "first")
    assert other.code == 1
    assert "There is a run first already that was made with other questions; hashes: questions; filter." in other.err
    assert json.loads(footnote("eval", *own, "--about", "talks", "--json").out)["run"]["filter"] == ["Talks in Oslo"]


def test_a_language_model_is_measured_beside_the_reader(
    footnote: Footnote, own: list[str], tmp_path: Path, model_server: ModelServer
) -> None:
    model_server.plays(says("The ministers met in Oslo on Tuesday. [1]"), says("The articles do not say."))
    run = footnote("eval", *own, "--run", "both", "--model", "reader", "--model", model_server.spec, "--json")
    assert (run.code, run.err) == (0, "")
    systems = {system["system"]: system for system in json.loads(run.out)["systems"]}
    assert systems[model_server.spec]["failed"] == 0
    assert systems[model_server.spec]["slices"]["all"]["contained"]["mean"] == 1.0
    assert systems["reader"]["role"] == systems[model_server.spec]["role"] == "model"
    assert len(model_server.requests) == 2


def test_a_language_model_that_fails_has_failed_even_if_the_reader_answers_instead(
    footnote: Footnote, own: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, model_server: ModelServer
) -> None:
    monkeypatch.setenv("FOOTNOTE_FALLBACK", "reader")
    monkeypatch.setenv("COMPATIBLE_API_KEY", "sk-secret-1234567890")
    model_server.plays(Script(status=401, error="bad key sk-secret-1234567890"))
    run = footnote("eval", *own, "--run", "failing", "--model", model_server.spec)
    assert run.code == 1
    assert f"failed: {model_server.spec} on 2 of 2 questions" in run.err
    written = "".join(file.read_text() for file in (tmp_path / "work").rglob("failing*"))
    assert "refused the key" in written
    assert "sk-secret" not in written + run.out + run.err
