"""Which figures of a run stand where, in the terminal and on the page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from evals.catalogue import BY_KEY, METRICS
from evals.records import Estimate
from evals.report.wording import count_of, format_duration, one_line, shown
from evals.summary import ALL, KIND, Comparison, Metric, RunHeader, Shift, Summary, SystemSummary

Verdict = Literal["better", "worse", "unclear"]
"""What a difference says. `unclear` if its interval holds 0, or if it is one of fewer than `FEWEST` questions."""

FEWEST = 6
"""Questions from which on a difference can be told: where five all change alike, chance does so in one of 16 cases."""

LEAD = ("passed", "contained", "cited", "false_refusals", "false_answers")
"""The figures that come first, whether they have moved or not."""


@dataclass(frozen=True, slots=True)
class Lettered:
    """A system, its place in the run from 0, and the letter that stands for it where its name does not fit."""

    place: int
    letter: str
    name: str
    summary: SystemSummary


def letter_systems(systems: Sequence[SystemSummary]) -> tuple[Lettered, ...]:
    """Return the systems in order, with the letters A to Z, then A2 to Z2 and so on."""
    return tuple(Lettered(place, _letter(place), one_line(each.system, 60), each) for place, each in enumerate(systems))


def _letter(place: int) -> str:
    return chr(ord("A") + place % 26) + (str(place // 26 + 1) if place > 25 else "")


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """Systems that were asked the same questions, so that their figures can stand side by side."""

    title: str
    systems: tuple[Lettered, ...]


def score_tables(lettered: Sequence[Lettered], parts: Sequence[str]) -> tuple[ScoreTable, ...]:
    """Return a table of the systems that were asked everything, and one for each part with all that were asked it."""
    whole = max((each.summary.asked for each in lettered), default=0)
    tables = [ScoreTable("All questions", tuple(each for each in lettered if each.summary.asked == whole))]
    for part in parts:
        asked = (_only(each, part) for each in lettered if part in each.summary.slices)
        tables.append(ScoreTable(one_line(part[:1].upper() + part[1:]), tuple(asked)))
    return tuple(tables)


def _only(each: Lettered, part: str) -> Lettered:
    return replace(each, summary=replace(each.summary, slices={ALL: each.summary.slices[part]}))


@dataclass(frozen=True, slots=True)
class MetricGroup:
    """Metrics that stand together, and apply to at least one of the systems."""

    title: str
    metrics: tuple[Metric, ...]


def group_metrics(
    systems: Sequence[SystemSummary], keys: Collection[str] = frozenset(BY_KEY)
) -> tuple[MetricGroup, ...]:
    """Return those of some metrics that apply to at least one system on all questions, in the catalogue's order."""
    applying = {key for each in systems for key in each.slices.get(ALL, {}) if key in keys}
    metrics = [metric for metric in METRICS if metric.key in applying]
    titles = dict.fromkeys(metric.group for metric in metrics)
    return tuple(MetricGroup(title, tuple(each for each in metrics if each.group == title)) for title in titles)


def shown_splits(systems: Sequence[SystemSummary]) -> tuple[str, ...]:
    """Return the splits, dev before test, on which a system was measured."""
    return tuple(split for split in ("dev", "test") if any(each.slices.get(split) for each in systems))


@dataclass(frozen=True, slots=True)
class KindLine:
    """What a system did with the questions of one kind; None where a figure does not apply."""

    kind: str
    n: int
    passed: Estimate | None
    contained: Estimate | None
    cited: Estimate | None
    refused: Estimate | None


def kind_lines(system: SystemSummary) -> tuple[KindLine, ...]:
    """Return a line for each kind of question, in the run's order."""
    return tuple(
        _kind_line(shown(name.removeprefix(KIND)), estimates)
        for name, estimates in system.slices.items()
        if name.startswith(KIND) and estimates
    )


def _kind_line(kind: str, estimates: Mapping[str, Estimate]) -> KindLine:
    coverage = estimates.get("coverage")
    return KindLine(
        kind,
        max(estimate.n for estimate in estimates.values()),
        estimates.get("passed"),
        estimates.get("contained"),
        estimates.get("cited"),
        Estimate(coverage.n, 1 - coverage.mean, 1 - coverage.high, 1 - coverage.low) if coverage else None,
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric, how it has moved, and what that says."""

    metric: Metric
    shift: Shift
    verdict: Verdict


def judge(metric: Metric, estimate: Estimate) -> Verdict:
    """Return whether a difference is for the better; unclear if its interval holds 0 or there are few questions."""
    if metric.better == "neither" or estimate.n < FEWEST or estimate.low <= 0 <= estimate.high:
        return "unclear"
    return "better" if (estimate.low > 0) == (metric.better == "higher") else "worse"


def order_differences(comparison: Comparison) -> tuple[Difference, ...]:
    """Return the leading figures, then what got worse, what got better, and the unclear rest, as in the catalogue."""
    differences = [
        Difference(metric, shift, judge(metric, shift.difference))
        for metric in BY_KEY.values()
        if (shift := comparison.shifts.get(metric.key))
    ]
    order = ("worse", "better", "unclear")
    return tuple(sorted(differences, key=lambda one: (_lead_place(one.metric), order.index(one.verdict))))


def _lead_place(metric: Metric) -> int:
    return LEAD.index(metric.key) if metric.key in LEAD else len(LEAD)


def compared_systems(comparison: Comparison) -> str:
    """Return the model, and the earlier one where that is another."""
    system, earlier = one_line(comparison.system, 60), one_line(comparison.earlier_system, 60)
    return system if system == earlier else f"{system}, then {earlier}"


def direction_mark(metric: Metric) -> str:
    """Return `↓` where lower is better, else an empty string."""
    return "↓" if metric.better == "lower" else ""


def count_failed(summary: Summary) -> int:
    """Return how often a model failed, all models together."""
    return sum(each.failed for each in summary.systems if each.role == "model")


def header_facts(header: RunHeader) -> tuple[str, ...]:
    """Return what was asked of what, in words."""
    return (
        one_line(header.dataset, 60),
        count_of(header.questions, "question"),
        *([f"only about {_list_titles(header.filter)}"] if header.filter else []),
        count_of(header.articles, "article"),
        f"run {one_line(header.name, 60)}",
    )


def _list_titles(titles: Sequence[str]) -> str:
    """Return titles in a few words: all of one or two, else how many there are and the first."""
    many = len(titles) > 2
    return (f"{count_of(len(titles), 'article')}: " if many else "") + one_line("; ".join(titles), 60)


def cost_facts(summary: Summary) -> tuple[str, ...]:
    """Return what the run took and what it left out, in words."""
    return (
        f"took {format_duration(summary.seconds)}",
        f"{summary.peak_megabytes:,.0f} MB at most",
        f"{len(summary.skipped):,} skipped",
        *([f"{count_of(len(summary.unread), 'article')} unread"] if summary.unread else []),
        f"{count_failed(summary):,} failed",
        *([f"ALCE by: {summary.entailment}"] if _has(summary, "alce_recall") else []),
    )


def _has(summary: Summary, metric: str) -> bool:
    return any(metric in each.slices.get(ALL, {}) for each in summary.systems)
