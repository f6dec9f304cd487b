"""The figures of a run as words: how a value is written, and which values stand where, in the terminal and the page.

Names, ids and kinds come from files and models, and are hostile: what a terminal or a browser could obey is taken out.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from evals.catalogue import BY_KEY, METRICS
from evals.records import Estimate
from evals.summary import ALL, KIND, Comparison, Metric, RunHeader, Shift, Summary, SystemSummary

Unit = Literal["share", "seconds", "count"]
Verdict = Literal["better", "worse", "unclear"]
"""What a difference says. `unclear` if its interval holds 0."""

# Control characters, marks that turn the direction of writing round, and what no encoding or document may hold.
NOT_SHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

LEAD = ("passed", "contained", "cited", "false_refusals", "false_answers")
"""The figures that come first, whether they have moved or not."""

NARROW = 0.02
"""Intervals of shares narrower than this are written with three decimals, the others with two."""

MINUS = "−"


def shown(text: str) -> str:
    """Return text without anything that a terminal or a browser could obey, and that every file can hold."""
    return NOT_SHOWN.sub("", text)


def one_line(text: str, most: int = 160) -> str:
    """Return text on one line, cut at a word if it is longer than `most` characters.

    Example:
        >>> one_line("The ministers met in Oslo.", 16)
        'The ministers …'
    """
    text = " ".join(shown(text).split())
    if len(text) <= most:
        return text
    cut = text.rfind(" ", most // 2, most)
    return text[: cut if cut > 0 else most - 1].rstrip(",;:") + " …"


def format_value(value: float, unit: Unit) -> str:
    """Return a figure as it is written everywhere.

    Example:
        >>> format_value(0.7333, "share"), format_value(0.0842, "seconds"), format_value(12.34, "seconds")
        ('0.733', '0.084 s', '12.3 s')
        >>> format_value(2.0, "count"), format_value(0.125, "count")
        ('2', '0.12')
    """
    if unit == "share":
        return f"{value:.3f}"
    if unit == "seconds":
        return f"{value:.3f} s" if abs(value) < 10 else f"{value:.1f} s"
    return f"{value:.2f}".rstrip("0").rstrip(".")


def format_interval(estimate: Estimate, unit: Unit) -> str:
    """Return the ends of an interval.

    Example:
        >>> format_interval(Estimate(150, 0.733, 0.6533, 0.8134), "share")
        '0.65–0.81'
        >>> format_interval(Estimate(150, 0.084, 0.081, 0.088), "seconds")
        '0.081–0.088 s'
    """
    return "–".join(_ends(estimate, unit))


def format_difference(value: float, unit: Unit) -> str:
    """Return a difference with its sign; none if it rounds to 0.

    Example:
        >>> format_difference(0.0333, "share"), format_difference(-0.02, "seconds"), format_difference(-1e-9, "share")
        ('+0.033', '−0.020 s', '0.000')
    """
    return _signed(format_value(value, unit))


def format_difference_interval(estimate: Estimate, unit: Unit) -> str:
    """Return the ends of a difference's interval.

    Example:
        >>> format_difference_interval(Estimate(150, 0.03, -0.014, 0.08), "share")
        '−0.01 to +0.08'
    """
    low, high = _ends(estimate, unit)
    return f"{_signed(low)} to {_signed(high)}"


def _ends(estimate: Estimate, unit: Unit) -> tuple[str, str]:
    if unit == "share":
        decimals = 3 if estimate.high - estimate.low < NARROW else 2
        return f"{estimate.low:.{decimals}f}", f"{estimate.high:.{decimals}f}"
    return format_value(estimate.low, unit).removesuffix(" s"), format_value(estimate.high, unit)


def _signed(figure: str) -> str:
    digits = figure.removeprefix("-")
    if not any(digit in digits for digit in "123456789"):
        return digits
    return (MINUS if figure.startswith("-") else "+") + digits


def format_duration(seconds: float) -> str:
    """Return how long a run took.

    Example:
        >>> format_duration(8.25), format_duration(84.3), format_duration(3720)
        ('8.2 s', '1 min 24 s', '1 h 2 min')
    """
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def count_of(number: int, one: str, many: str = "") -> str:
    """Return a number and what it counts.

    Example:
        >>> count_of(1, "question"), count_of(1200, "question"), count_of(2, "reply", "replies")
        ('1 question', '1,200 questions', '2 replies')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


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
    """Return whether a difference is for the better; unclear if its interval holds 0."""
    if metric.better == "neither" or estimate.low <= 0 <= estimate.high:
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
        count_of(header.articles, "article"),
        f"run {one_line(header.name, 60)}",
    )


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
