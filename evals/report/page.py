"""A finished run as one HTML page that opens offline, runs no script and asks nothing of any host.

Everything from articles, files and models goes through `shown` and is escaped; see `_finalize`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evals.catalogue import BY_KEY
from evals.records import Estimate
from evals.report import curves, plots, table, wording
from evals.report.cases import ShownCase, show_case
from evals.report.changes import show_comparison
from evals.report.table import KindLine, Lettered, ScoreTable
from evals.summary import ALL, Case, Metric, Summary

LEAD = (*table.LEAD, "balanced_accuracy", "recall@1", "recall@5", "article_recall@1")
"""What the head of the page tells of a model: the first `LEAD_FIGURES` that apply."""

LEAD_FIGURES = 5

OPEN_CASES = 60
"""Up to so many cases stand open by kind; more are folded, so that the page can be scrolled."""


def _finalize(value: object) -> object:
    """Clean every text that the template puts into the page; what our own code marked up is clean already."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return wording.shown(value)
    return value


ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    finalize=_finalize,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.globals.update(
    format_value=wording.format_value,
    format_interval=wording.format_interval,
    format_difference=wording.format_difference,
    format_difference_interval=wording.format_difference_interval,
    count_of=wording.count_of,
    one_line=wording.one_line,
    compared_systems=table.compared_systems,
)


def render_page(summary: Summary) -> str:
    """Return the report of a run: a whole HTML document."""
    lettered = table.letter_systems(summary.systems)
    models = [each for each in lettered if each.summary.role == "model"]
    splits = table.shown_splits([each.summary for each in models])
    asked_all = table.score_tables(lettered, summary.parts)[0].systems
    return ENVIRONMENT.get_template("page.html.jinja").render(
        header=summary.header,
        started=_format_started(summary.header.started),
        facts=table.header_facts(summary.header),
        costs=table.cost_facts(summary),
        lettered=lettered,
        leads=[(each, _lead(each)) for each in models],
        compared=[show_comparison(comparison) for comparison in summary.comparisons],
        score_tables=[_show_scores(each, splits) for each in table.score_tables(lettered, summary.parts)],
        glossary=table.group_metrics(summary.systems),
        kinds=[KindTable(each, lines) for each in models if (lines := table.kind_lines(each.summary))],
        curves=curves.plot_curves(asked_all),
        reliability=curves.plot_reliability(asked_all),
        times=plots.plot_times(lettered),
        wrong=[_gather(each, summary.cases) for each in models],
        skipped=summary.skipped,
        made_with=_made_with(summary),
    )


def _format_started(started: str) -> str:
    """Return when a run began as people write it, or as it stands if it is no ISO 8601."""
    try:
        moment = datetime.fromisoformat(started)
    except ValueError:
        return started
    return f"{moment.day} {moment:%B %Y, %H:%M} {moment.tzname() or ''}".rstrip()


@dataclass(frozen=True, slots=True)
class Figure:
    """An estimate in words.

    Attributes:
        metric: What it estimates.
        value: The mean.
        interval: Its interval.
        n: How many questions it was taken over.
    """

    metric: Metric
    value: str
    interval: str
    n: int


def _figure(metric: Metric, estimates: Mapping[str, Estimate]) -> Figure | None:
    estimate = estimates.get(metric.key)
    if estimate is None:
        return None
    value = wording.format_value(estimate.mean, metric.unit)
    return Figure(metric, value, wording.format_interval(estimate, metric.unit), estimate.n)


def _lead(each: Lettered) -> list[Figure]:
    estimates = each.summary.slices.get(ALL, {})
    return [figure for key in LEAD if (figure := _figure(BY_KEY[key], estimates))][:LEAD_FIGURES]


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """A column of the score tables: a system on all questions, or a model on a split."""

    lettered: Lettered
    slice_name: str


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A metric: its drawing, the questions that it applies to, and each column's figure.

    Attributes:
        metric: The metric.
        strip: Means and intervals of all systems.
        n: How many questions the first system that has the metric was measured on.
    """

    metric: Metric
    strip: Markup
    n: int

    def figure(self, column: ScoreColumn) -> Figure | None:
        """Return what stands in a column, or None if the metric does not apply."""
        return _figure(self.metric, column.lettered.summary.slices.get(column.slice_name, {}))


@dataclass(frozen=True, slots=True)
class ScoreGroup:
    """The rows of metrics that stand together."""

    title: str
    rows: tuple[ScoreRow, ...]


@dataclass(frozen=True, slots=True)
class ShownScores:
    """A table of scores: systems that were asked the same questions."""

    title: str
    columns: tuple[ScoreColumn, ...]
    groups: tuple[ScoreGroup, ...]


def _show_scores(scores: ScoreTable, splits: Sequence[str]) -> ShownScores:
    """Return a table: all systems side by side, then the models on each split."""
    whole = [ScoreColumn(each, ALL) for each in scores.systems]
    by_split = [
        ScoreColumn(each, split)
        for each in scores.systems
        for split in splits
        if each.summary.role == "model" and each.summary.slices.get(split)
    ]
    groups = table.group_metrics([each.summary for each in scores.systems])
    shown = (
        ScoreGroup(group.title, tuple(_row(metric, scores.systems) for metric in group.metrics)) for group in groups
    )
    return ShownScores(scores.title, (*whole, *by_split), tuple(shown))


def _row(metric: Metric, lettered: Sequence[Lettered]) -> ScoreRow:
    found = (each.summary.slices.get(ALL, {}).get(metric.key) for each in lettered)
    n = next(estimate.n for estimate in found if estimate)
    return ScoreRow(metric, plots.plot_intervals(metric, lettered), n)


@dataclass(frozen=True, slots=True)
class KindTable:
    """What one model did by kind of question."""

    lettered: Lettered
    lines: tuple[KindLine, ...]


@dataclass(frozen=True, slots=True)
class WrongOfKind:
    """What a model got wrong among the questions of one kind."""

    kind: str
    cases: tuple[ShownCase, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What a model got wrong.

    Attributes:
        lettered: The model.
        number: How many cases there are.
        tally: How many of each fault, the most frequent first.
        kinds: The cases by kind, in order, without those of the test split.
        test: The cases of the test split.
        open: Whether there are few enough to show them unfolded by kind.
    """

    lettered: Lettered
    number: int
    tally: Mapping[str, int]
    kinds: tuple[WrongOfKind, ...]
    test: tuple[ShownCase, ...]
    open: bool


def _gather(each: Lettered, cases: Sequence[Case]) -> Wrong:
    shown = [show_case(case) for case in cases if case.response.system == each.summary.system]
    kinds: dict[str, list[ShownCase]] = {}
    tally: dict[str, int] = {}
    for one in shown:
        if one.case.question.split != "test":
            kinds.setdefault(one.case.question.kind, []).append(one)
        tally[one.fault] = tally.get(one.fault, 0) + 1
    return Wrong(
        each,
        len(shown),
        dict(sorted(tally.items(), key=lambda pair: -pair[1])),
        tuple(WrongOfKind(kind, tuple(group)) for kind, group in kinds.items()),
        tuple(one for one in shown if one.case.question.split == "test"),
        len(cases) <= OPEN_CASES,
    )


def _made_with(summary: Summary) -> dict[str, Mapping[str, str]]:
    header = summary.header
    connections = {
        each.name: wording.format_value(estimate.mean, "count")
        for each in table.letter_systems(summary.systems)
        if (estimate := each.summary.slices.get(ALL, {}).get("connections"))
    }
    run = {
        "run": header.name,
        "dataset": header.dataset,
        "started": header.started,
        "models": ", ".join(header.models),
        "questions": f"{header.questions:,}",
        "articles": f"{header.articles:,}",
        **({"questions only about": "; ".join(header.filter)} if header.filter else {}),
        "entailment, for ALCE": summary.entailment,
        "wall time": wording.format_duration(summary.seconds),
        "peak memory": f"{summary.peak_megabytes:,.0f} MB",
    }
    parts = {
        "Run": run,
        "Connections an answer": connections,
        "Settings": header.settings,
        "Versions": header.versions,
        "SHA-256, first digits": header.hashes,
    }
    return {title: part for title, part in parts.items() if part}
