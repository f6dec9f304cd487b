import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Footnote
from ui.cli import app

WHO = "Who headed the Hamas delegation in Beirut?"
NOWHERE = "Who won the football World Cup in 2018?"


def test_index_tells_what_became_of_each_file(footnote: Footnote, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "good.txt").write_text("Talks in Oslo\n\nThe ministers met in Oslo on Tuesday and agreed on nothing.\n")
    (articles / "empty.txt").write_text("")
    run = footnote("index", articles, "--index", tmp_path / "index")
    assert re.search(r"added\s+good.txt", run.out)
    assert re.search(r"failed\s+empty.txt.*the file is empty", run.out)
    assert "1 added" in run.out or "1 failed, 1 added" in run.out
    assert run.code == 1


def test_a_second_index_finds_nothing_to_do(footnote: Footnote, seeds_index: Path) -> None:
    run = footnote("index", "seeds", "--index", seeds_index)
    assert (run.code, run.out.splitlines()[0]) == (0, "3 unchanged")


def test_ask_prints_the_answer_with_its_footnote(footnote: Footnote, seeds_index: Path) -> None:
    run = footnote("ask", WHO, "--index", seeds_index)
    assert run.code == 0
    assert "Ahmed Abdel Hadi" in run.out
    assert re.search(r"^\[1\] Beirut – Hamas Leader Says .* · date unknown · 004_9ac7acf72945896c#10$", run.out, re.M)


def test_a_refusal_has_its_own_exit_code_and_shows_what_comes_nearest(footnote: Footnote, seeds_index: Path) -> None:
    run = footnote("ask", NOWHERE, "--index", seeds_index)
    assert run.code == 3
    assert run.out.startswith("The articles do not say.\nWhat comes nearest:\n")


def test_json_gives_offsets_that_hold_the_quote(footnote: Footnote, seeds_index: Path) -> None:
    run = footnote("ask", WHO, "--json", "--index", seeds_index)
    citation = json.loads(run.out)["citations"][0]
    text = Path("seeds", citation["article"]["id"] + ".txt").read_text()
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_can_be_limited_to_articles_and_dates(footnote: Footnote, seeds_index: Path) -> None:
    in_2017 = footnote(
        "ask", "Where did Hamas move?", "--dates", "2017-01-01..2017-12-31", "--json", "--index", seeds_index
    )
    assert {passage["article"]["date"] for passage in json.loads(in_2017.out)["nearest"]} == {"2017-09-23"}
    one = footnote("ask", WHO, "--article", "000_36583eb5ba8d5c25", "--json", "--index", seeds_index)
    assert {passage["article"]["id"] for passage in json.loads(one.out)["nearest"]} == {"000_36583eb5ba8d5c25"}


def test_a_wrong_filter_is_told(footnote: Footnote, seeds_index: Path) -> None:
    assert footnote("ask", WHO, "--dates", "yesterday", "--index", seeds_index).code == 2
    run = footnote("ask", WHO, "--article", "nobody", "--index", seeds_index)
    assert run.code == 1
    assert "There is no article 'nobody'" in run.err


def test_chat_goes_on_until_the_end_and_shows_the_rewritten_question(
    footnote: Footnote, seeds_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [WHO, "And the Hezbollah team?", "", "/show 004_9ac7acf72945896c#10", "/show nobody", "/articles", "/new"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join([*lines, "And the Hezbollah team?"])))
    run = footnote("chat", "--index", seeds_index)
    assert run.code == 0
    assert run.out.count("searched for: And the Hezbollah team? (Hamas, Beirut)") == 1
    assert "10  The Hamas delegation was headed by" in run.out
    assert "There is no article 'nobody'" in run.out


def test_articles_lists_the_newest_first(footnote: Footnote, seeds_index: Path) -> None:
    run = footnote("articles", "--index", seeds_index)
    assert run.out.startswith("002_edf3047c270918b1  23 September 2017  Iran attempts")
    assert len(json.loads(footnote("articles", "--json", "--index", seeds_index).out)) == 3


def test_show_numbers_the_paragraphs(footnote: Footnote, seeds_index: Path) -> None:
    run = footnote("show", "002_edf3047c270918b1#10", "--index", seeds_index)
    assert "  10  In 2012, Hamas moved" in run.out
    assert "(boilerplate) 3 min read" in run.out
    wrong = footnote("show", "002_edf3047c270918b1#99", "--index", seeds_index)
    assert wrong.code == 1
    assert "numbered 1 to 28" in wrong.err


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["index", "no-such-folder"], "does not exist", "footnote index"),
        (["ask", " "], "The question is empty", "Ask in words"),
        (["ask", "whys? " * 20_000], "119,999 characters", "shorter"),
        (["show", "nothing"], "There is no article", "footnote articles"),
    ],
)
def test_an_error_is_two_lines_and_exit_code_1(
    footnote: Footnote, tmp_path: Path, arguments: list[str], message: str, hint: str
) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Talks in Oslo\n\nThe ministers met in Oslo on Tuesday.\n")
    footnote("index", tmp_path / "articles", "--index", tmp_path / "index")
    run = footnote(*arguments, "--index", tmp_path / "index")
    assert run.code == 1
    first, second = run.err.splitlines()[-2:]
    assert first.startswith("error: ")
    assert message in run.err.replace("\n", " ")
    assert second.startswith("hint: ")
    assert hint in second


def test_asking_without_an_index_says_how_to_make_one(footnote: Footnote, tmp_path: Path) -> None:
    run = footnote("ask", WHO, "--index", tmp_path / "none")
    assert run.code == 1
    assert "hint: Make one with: footnote index FOLDER" in run.err
    assert not (tmp_path / "none").exists()


def test_every_command_has_help_with_an_example(footnote: Footnote) -> None:
    for command in app.registered_commands:
        name = command.name or getattr(command.callback, "__name__", "")
        run = footnote(name, "--help")
        assert run.code == 0
        assert f"footnote {name}" in run.out


def test_the_installed_command_writes_no_colour_into_a_pipe_and_sees_no_network(seeds_index: Path) -> None:
    command = [str(Path(sys.executable).with_name("footnote")), "ask", WHO, "--index", str(seeds_index)]
    run = subprocess.run(
        command, capture_output=True, text=True, timeout=60, env={**os.environ, "TERM": "xterm-256color"}
    )
    assert run.returncode == 0
    assert "\x1b" not in run.stdout
    assert run.stderr == ""


def test_a_hostile_title_cannot_command_the_terminal(footnote: Footnote, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    title = "Title \x1b[2J\x1b]0;owned\x07 [bold]loud[/bold]"
    text = f"{title}\n\nThe \x1b[31mministers\u202e met in Oslo on Tuesday at noon.\n"
    (tmp_path / "articles" / "a.txt").write_text(text)
    footnote("index", tmp_path / "articles", "--index", tmp_path / "index")
    shown = footnote("articles", "--index", tmp_path / "index").out
    shown += footnote("show", "a#1", "--index", tmp_path / "index").out
    shown += footnote("ask", "Where did they meet?", "--index", tmp_path / "index").out
    assert "[bold]loud[/bold]" in shown
    assert "ministers met in Oslo" in shown
    assert not re.search("[\x1b\x07\u202e]", shown)
