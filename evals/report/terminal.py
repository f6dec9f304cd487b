"""A finished run for the terminal: the figures, and last, where the eye is, what changed. Pure: the command prints.

Letters stand for the systems, so that the tables fit on 80 columns, in a file too. Nothing is told by colour alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from evals.catalogue import HEADLINES
from evals.records import Estimate
from evals.report import table, wording
from evals.report.table import Difference, KindLine, Lettered, ScoreTable
from evals.summary import ALL, Change, Comparison, Metric, Summary

METRIC_WIDTH = 31
MOST_IDS = 24
"""How many ids of fixed or broken questions are listed; the page has them all."""

COLOURS = {"better": "green", "worse": "red", "unclear": "dim"}
GAP = 2
"""Columns between two columns; in a table with a rule, one of them is the rule's."""


def render_summary(summary: Summary, width: int = 80) -> Group:
    """Return the report of a run.

    Args:
        summary: The run.
        width: Columns that the tables may take, from about 50; what does not fit goes into further tables below.
    """
    lettered = table.letter_systems(summary.systems)
    splits = table.shown_splits([each.summary for each in lettered])
    return Group(
        _render_header(summary),
        _render_legend(lettered),
        *(part for each in table.score_tables(lettered, summary.parts) for part in _render_table(each, splits, width)),
        *(part for each in lettered if each.summary.role == "model" for part in _render_kinds(each)),
        *(part for each in summary.comparisons for part in _render_comparison(each)),
    )


def _render_header(summary: Summary) -> Text:
    models = ", ".join(wording.one_line(model, 60) for model in summary.header.models)
    return Text.assemble(
        (" · ".join(table.header_facts(summary.header)), "bold"),
        f"\n{models}" if models else "",
        f"\n{' · '.join(table.cost_facts(summary))}\n",
    )


def _render_legend(lettered: Sequence[Lettered]) -> Table:
    legend = Table.grid(padding=(0, GAP, 0, 0))
    for each in lettered:
        failed = f", {each.summary.failed:,} failed" if each.summary.failed else ""
        details = f"{each.summary.role}, {each.summary.asked:,} asked{failed}"
        legend.add_row(
            Text(each.letter, "bold cyan"), Text(wording.one_line(each.name, 40), overflow="fold"), Text(details, "dim")
        )
    return legend


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of figures, one cell a metric; empty where a metric does not apply."""

    title: str
    cells: tuple[str, ...]
    style: str = ""

    @property
    def width(self) -> int:
        return max(map(cell_len, (self.title, *self.cells))) + GAP


def _details(each: Lettered, metrics: Sequence[Metric], splits: Sequence[str]) -> list[_Column]:
    """Return a model's columns: mean, interval, number of questions, and its mean on each split."""
    whole = [each.summary.slices.get(ALL, {}).get(metric.key) for metric in metrics]
    intervals = (
        wording.format_interval(estimate, metric.unit) if estimate else ""
        for estimate, metric in zip(whole, metrics, strict=True)
    )
    return [
        _Column(each.letter, _means(each, metrics, ALL), "bold"),
        _Column("95 % interval", tuple(intervals), "dim"),
        _Column("n", tuple(str(estimate.n) if estimate else "" for estimate in whole), "dim"),
        *(_split_column(each, metrics, split) for split in splits if each.summary.slices.get(split)),
    ]


def _split_column(each: Lettered, metrics: Sequence[Metric], split: str) -> _Column:
    """Return the means on a split, each with the number of questions: some are over very few."""
    estimates = [each.summary.slices[split].get(metric.key) for metric in metrics]
    means = zip(_means(each, metrics, split), estimates, strict=True)
    return _Column(split, tuple(f"{mean} /{estimate.n}" if estimate else "" for mean, estimate in means))


def _means(each: Lettered, metrics: Sequence[Metric], slice_name: str) -> tuple[str, ...]:
    estimates = (each.summary.slices.get(slice_name, {}).get(metric.key) for metric in metrics)
    return tuple(
        wording.format_value(estimate.mean, metric.unit) if estimate else ""
        for estimate, metric in zip(estimates, metrics, strict=True)
    )


def _render_table(scores: ScoreTable, splits: Sequence[str], width: int) -> Iterator[RenderableType]:
    """Yield one table if all fits beside each other, else one for each model and then the means of all systems."""
    yield Text.assemble("\n", (scores.title, "bold"))
    metrics = [
        metric
        for group in table.group_metrics([each.summary for each in scores.systems], HEADLINES)
        for metric in group.metrics
    ]
    means = [_Column(each.letter, _means(each, metrics, ALL), _weight(each)) for each in scores.systems]
    details = [_details(each, metrics, splits) for each in scores.systems if each.summary.role == "model"]
    others = [column for column, each in zip(means, scores.systems, strict=True) if each.summary.role != "model"]
    together = [column for columns in details for column in columns] + others
    if METRIC_WIDTH + sum(column.width for column in together) <= width:
        yield _render_scores(together, metrics)
        return
    for columns in details:
        yield _render_scores(columns, metrics)
    if len(means) > 1:
        yield from (_render_scores(columns, metrics) for columns in _fill(means, width - METRIC_WIDTH))


def _weight(each: Lettered) -> str:
    return "bold" if each.summary.role == "model" else ""


def _fill(columns: Sequence[_Column], width: int) -> Iterator[list[_Column]]:
    """Yield the columns of one table after another, each with as many as fit, at least one."""
    filled: list[_Column] = []
    for column in columns:
        if filled and sum(each.width for each in (*filled, column)) > width:
            yield filled
            filled = []
        filled.append(column)
    if filled:
        yield filled


def _render_scores(columns: Sequence[_Column], metrics: Sequence[Metric]) -> RenderableType:
    """Return a table with a line for each metric that applies in one of its columns, under the titles of the groups."""
    scores = _figures("", [column.title for column in columns], [column.style for column in columns])
    group = ""
    for place, metric in enumerate(metrics):
        cells = [column.cells[place] for column in columns]
        if any(cells):
            if metric.group != group:
                scores.add_row(Text(metric.group, "bold cyan"))
            group = metric.group
            scores.add_row(Text(f" {metric.title} {table.direction_mark(metric)}".rstrip()), *map(Text, cells))
    return scores


def _figures(first: str, titles: Sequence[str], styles: Sequence[str]) -> Table:
    """Return an empty table: a first column of words that may fold, then columns of figures that may not."""
    figures = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    figures.add_column(Text(first), max_width=METRIC_WIDTH, overflow="fold")
    for title, style in zip(titles, styles, strict=True):
        figures.add_column(Text(title), justify="right", no_wrap=True, min_width=cell_len(title), style=style)
    return figures


def _render_kinds(each: Lettered) -> Iterator[RenderableType]:
    lines = table.kind_lines(each.summary)
    if not lines:
        return
    yield Text.assemble("\n", ("By kind", "bold"), f" · {each.letter} {each.name}")
    kinds = _figures("kind", ["n", "passed", "contained", "cited", "refused"], ["dim", "bold", "", "", ""])
    for line in lines:
        kinds.add_row(Text(wording.one_line(line.kind, 60)), *map(Text, _kind_cells(line)))
    yield kinds


def _kind_cells(line: KindLine) -> list[str]:
    estimates = (line.passed, line.contained, line.cited, line.refused)
    return [f"{line.n:,}", *(_share_of(each, line.n) if each else "" for each in estimates)]


def _share_of(estimate: Estimate, n: int) -> str:
    """Return a share, with the number of questions that it is over where that is another."""
    return wording.format_value(estimate.mean, "share") + (f" /{estimate.n}" if estimate.n != n else "")


def _render_comparison(comparison: Comparison) -> Iterator[RenderableType]:
    yield Text.assemble(
        (f"\nSince {wording.one_line(comparison.earlier, 60)}: ", "bold"),
        (f"{len(comparison.fixed):,} fixed", "bold green" if comparison.fixed else "bold"),
        ", ",
        (f"{len(comparison.broken):,} broken", "bold red" if comparison.broken else "bold"),
        f" of {wording.count_of(comparison.questions, 'question')} · {table.compared_systems(comparison)}",
    )
    if comparison.changed:
        yield Text(f"  made with other {wording.one_line(comparison.changed, 200)}", "dim")
    yield _render_shifts(comparison)
    for name, changes, colour in (("broken", comparison.broken, "red"), ("fixed", comparison.fixed, "green")):
        if changes:
            yield Text(f"  {name}", f"bold {colour}")
            yield from _list_changes(changes)


def _render_shifts(comparison: Comparison) -> RenderableType:
    lines = Table.grid(padding=(0, GAP, 0, 0))
    unclear = 0
    for each in table.order_differences(comparison):
        if each.verdict == "unclear" and each.metric.key not in table.LEAD:
            unclear += 1
        elif each.metric.key in HEADLINES:
            lines.add_row(*_shift_cells(each))
    return Group(lines, Text(f"  no clear difference in {unclear:,} other figures", "dim"))


def _shift_cells(each: Difference) -> list[Text]:
    unit, shift = each.metric.unit, each.shift
    before, after = wording.format_value(shift.before, unit), wording.format_value(shift.after, unit)
    return [
        Text(f"  {each.verdict}", COLOURS[each.verdict]),
        Text(f"{each.metric.title} {table.direction_mark(each.metric)}".rstrip()),
        Text(f"{before} → {after}", "bold", no_wrap=True),
        Text(wording.format_difference_interval(shift.difference, unit), "dim", no_wrap=True),
        Text(f"n {shift.difference.n}", "dim", no_wrap=True),
    ]


def _list_changes(changes: Sequence[Change]) -> Iterator[Text]:
    """Yield a line a kind of question, with the ids; those of the test split are only counted."""
    shown = [change.question for change in changes if change.question.split != "test"]
    for kind in dict.fromkeys(question.kind for question in shown[:MOST_IDS]):
        ids = [wording.one_line(question.id, 60) for question in shown[:MOST_IDS] if question.kind == kind]
        yield Text(f"    {wording.one_line(kind, 60)}: {', '.join(ids)}")
    if len(shown) > MOST_IDS:
        yield Text(f"    and {len(shown) - MOST_IDS:,} more")
    if len(shown) < len(changes):
        yield Text(f"    {len(changes) - len(shown):,} of the test split")
