import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
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
    assert re.search(r"failed\s+empty.txt  the file is empty", run.out)
    assert "1 failed, 1 added" in run.out
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
    assert run.out.splitlines()[:4] == [
        "The articles do not say.",
        "No article mentions: Cup, 2018",
        "The dated articles were published on 23 September 2017.",
        "What comes nearest:",
    ]


def test_a_refusal_asks_whether_a_word_is_misspelt_also_for_machines(footnote: Footnote, seeds_index: Path) -> None:
    question = "How tall is the president of Hizbolah in Portugal?"
    run = footnote("ask", question, "--index", seeds_index)
    assert "\nNo article mentions: Hizbolah, Portugal\nhint: Did you mean Hezbollah?\n" in run.out
    found = json.loads(footnote("ask", question, "--json", "--index", seeds_index).out)
    assert (found["unknown_words"], found["hint"]) == (["Hizbolah", "Portugal"], "Did you mean Hezbollah?")
    assert (found["dates"], found["short"]) == (["2017-09-23", "2017-09-23"], "")
    undated = footnote("ask", question, "--json", "--article", "000_36583eb5ba8d5c25", "--index", seeds_index)
    assert json.loads(undated.out)["dates"] is None


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
    assert footnote("ask", WHO, "--dates", "2018-01-01..2017-01-01", "--index", seeds_index).code == 2
    run = footnote("ask", WHO, "--article", "nobody", "--index", seeds_index)
    assert run.code == 1
    assert "There is no article 'nobody'" in run.err


def test_chat_goes_on_until_the_end_and_shows_the_rewritten_question(
    footnote: Footnote, seeds_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        WHO,
        "And the Hezbollah team?",
        "",
        "/show 004_9ac7acf72945896c#10",
        "/show nobody",
        "/show 1",
        "/help",
        "/articles",
        "/new",
    ]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join([*lines, "And the Hezbollah team?"])))
    run = footnote("chat", "--terminal", "--index", seeds_index)
    assert run.code == 0
    assert run.out.count("searched for: Who headed the Hezbollah team in Beirut?") == 1
    assert run.out.count("▶ 10  The Hamas delegation was headed by") == 2
    assert "/articles        list the articles" in run.out
    assert "There is no article 'nobody'" in run.out


def test_articles_lists_the_newest_first(footnote: Footnote, seeds_index: Path) -> None:
    run = footnote("articles", "--index", seeds_index)
    assert run.out.startswith("002_edf3047c270918b1  23 September 2017  Iran attempts")
    assert len(json.loads(footnote("articles", "--json", "--index", seeds_index).out)) == 3


def test_show_numbers_the_paragraphs(footnote: Footnote, seeds_index: Path) -> None:
    run = footnote("show", "002_edf3047c270918b1#10", "--index", seeds_index)
    assert "▶ 10  In 2012, Hamas moved" in run.out
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
        assert re.search(rf"Examples?:\s+footnote {name}", run.out)


def test_the_installed_command_writes_no_colour_into_a_pipe(seeds_index: Path) -> None:
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


def test_whoever_asks_is_told_that_something_could_not_be_read(footnote: Footnote, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Talks in Oslo\n\nThe ministers met in Oslo on Tuesday.\n")
    (tmp_path / "articles" / "b.txt").write_text("")
    run = footnote("ask", "Who met?", "--folder", tmp_path / "articles", "--index", tmp_path / "index")
    assert run.err == "1 could not be read; footnote index tells which and why.\n"


def test_an_index_whose_folder_is_gone_still_answers_and_index_says_so(footnote: Footnote, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Talks in Oslo\n\nThe ministers met in Oslo on Tuesday.\n")
    footnote("index", tmp_path / "articles", "--index", tmp_path / "index")
    (tmp_path / "articles").rename(tmp_path / "elsewhere")
    assert "Talks in Oslo" in footnote("articles", "--index", tmp_path / "index").out
    run = footnote("index", "--index", tmp_path / "index")
    assert run.code == 1
    assert "does not exist" in run.err


def test_index_can_make_the_vectors_anew(footnote: Footnote, tmp_path: Path) -> None:
    footnote("index", "seeds", "--index", tmp_path)
    before = {folder.name for folder in tmp_path.glob("vectors-*")}
    run = footnote("index", "--rebuild", "--index", tmp_path)
    assert run.out.startswith("3 unchanged")
    assert {folder.name for folder in tmp_path.glob("vectors-*")}.isdisjoint(before)


def test_json_on_a_terminal_commands_nothing(footnote: Footnote, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    row = {"title": "A \x9b2J title\u202e", "text": "The ministers met in Oslo on Tuesday."}
    (tmp_path / "articles" / "a.jsonl").write_text(json.dumps(row))
    footnote("index", tmp_path / "articles", "--index", tmp_path / "index")
    run = footnote("articles", "--json", "--index", tmp_path / "index")
    assert not re.search("[\x9b\u202e]", run.out)
    assert json.loads(run.out)[0]["title"] == row["title"]


def test_ctrl_c_while_indexing_ends_soon_and_keeps_what_was_done(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    for number in range(400):
        text = "\n\n".join(f"The ministers of {number + other} countries met in Oslo on Tuesday." for other in range(9))
        (tmp_path / "articles" / f"{number}.txt").write_text(f"Talks {number}\n\n{text}\n")
    footnote = str(Path(sys.executable).with_name("footnote"))
    command = [footnote, "index", str(tmp_path / "articles"), "--index", str(tmp_path / "index")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    database = tmp_path / "index" / "articles.sqlite"
    while not _count_articles(database):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
    assert process.stderr
    assert "What was done is kept" in process.stderr.read()
    assert 0 < _count_articles(database) < 400
    process.stderr.close()


def _count_articles(database: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_the_page_is_not_served_to_others_without_a_password(footnote: Footnote, seeds_index: Path) -> None:
    run = footnote("chat", "--host", "0.0.0.0", "--index", seeds_index)
    assert run.code == 1
    assert "--auth NAME:PASSWORD" in run.err
    assert "--no-auth" in run.err
