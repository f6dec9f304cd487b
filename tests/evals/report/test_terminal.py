from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from evals.report.terminal import render_summary
from evals.summary import ALL, Summary
from tests.evals.report.summaries import HOSTILE, MODEL, comparison, estimates, question, summary, system


def printed(run: Summary, width: int = 80, *, colours: bool = False) -> str:
    out = StringIO()
    Console(file=out, width=width, force_terminal=colours, color_system="truecolor" if colours else None).print(
        render_summary(run, width)
    )
    return out.getvalue()


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_no_line_is_wider_than_asked_and_no_figure_is_cut(width: int) -> None:
    lines = printed(summary(), width).splitlines()
    assert max(map(len, lines)) <= width
    for figures in (["0.733", "0.66–0.80", "150"], ["0.084", "s"]):
        assert any(all(figure in line for figure in figures) for line in lines)


def test_in_a_file_there_is_no_escape_sequence() -> None:
    assert "\x1b" not in printed(summary())


def test_hostile_names_are_text() -> None:
    text = printed(summary(), 200, colours=True)
    assert "\x1b[31m\u202e" not in text
    assert not any(mark in text for mark in "\x00\u202e")
    assert "[red]" in printed(replace(summary(), systems=(system("[red]x[/red][/]", "model"),)))


def test_what_changed_comes_last_and_the_leading_figures_whether_they_moved_or_not() -> None:
    text = printed(summary(), 120)
    assert "Since 2026-11-20" in text[text.index("By kind") :]
    changed = text[text.index("Since 2026-11-20") :]
    assert "1 fixed, 1 broken of 148 questions" in changed
    places = [
        changed.index(line) for line in ("better   passed", "unclear  answer contained", "worse    false answers")
    ]
    assert places == sorted(places)
    assert "0.200 → 0.300" in changed
    assert "no clear difference in 1 other figures" in changed
    assert changed.index("seeds-001") < changed.index("seeds-010")


def test_many_broken_questions_are_counted() -> None:
    change = comparison().broken[0]
    changes = tuple(replace(change, question=question(f"q{number}")) for number in range(40))
    text = printed(replace(summary(), comparisons=(replace(comparison(), broken=changes),)))
    assert "fact: q0, q1" in text
    assert "and 16 more" in " ".join(text.split())


def test_the_head_tells_what_was_asked_and_what_it_took() -> None:
    text = printed(replace(summary(), comparisons=()))
    assert text.startswith("seeds · 152 questions · 3 articles · run 2026-11-21-0400\n")
    assert "took 1 min 24 s · 512 MB at most · 1 skipped · 2 failed" in text
    assert "A  extractive" in text
    assert "model, 150 asked, 1 failed" in text


def test_one_table_is_enough_where_everything_fits() -> None:
    baseline = replace(system("bm25", "baseline"), slices={ALL: estimates(-0.1, ["passed"])})
    run = replace(summary(), systems=(system(MODEL, "model"), baseline))
    assert printed(run, 100).count("\n passed ") == 1
    assert printed(run, 80).count("\n passed ") == 2


def test_a_model_has_its_interval_and_splits_and_lower_is_marked() -> None:
    lines = printed(summary()).splitlines()
    row = next(line for line in lines if line.startswith(" passed"))
    assert row.split() == ["passed", "0.733", "0.66–0.80", "150", "0.743", "/112", "0.703", "/38"]
    assert any(line.startswith(" false answers ↓") for line in lines)


def test_kinds_of_each_model_are_told() -> None:
    text = printed(summary(), 120)
    assert "By kind · A extractive" in text
    assert "By kind · B openai:qwen3-32b" in text
    row = next(line for line in text.splitlines() if line.startswith("fact"))
    assert row.split() == ["fact", "90", "0.833", "0.881", "0.810", "0.100"]


def test_a_run_without_a_system_is_told_too() -> None:
    text = printed(replace(summary(), systems=(), cases=(), comparisons=()))
    assert "152 questions" in text
    assert HOSTILE not in text
