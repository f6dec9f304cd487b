"""Figures drawn: means with intervals, differences, and times.

Shapes and letters tell the systems apart, colours only help; each drawing says its figures in words too.
"""

import math
import statistics
from collections.abc import Callable, Sequence

from markupsafe import Markup

from evals.records import Estimate
from evals.report import table, wording
from evals.report.drawing import NOTHING, WIDTH, colour, line, shape, svg, text
from evals.report.table import Lettered
from evals.summary import ALL, Metric

STRIP_WIDTH = 150
STRIP_PITCH = 9
BINS = 48


def plot_intervals(metric: Metric, lettered: Sequence[Lettered]) -> Markup:
    """Return one metric's means and intervals of all systems, one under the other on one axis.

    Shares stand between 0 and 1, other units between 0 and the highest end. Empty if no system has the metric.
    """
    estimates = [each.summary.slices.get(ALL, {}).get(metric.key) for each in lettered]
    known = [estimate for estimate in estimates if estimate]
    if not known:
        return NOTHING
    most = 1.0 if metric.unit == "share" else max(estimate.high for estimate in known) or 1.0
    height = STRIP_PITCH * len(lettered) + 4
    parts = [line(_across(share, 1), 0, _across(share, 1), height, "grid") for share in (0, 0.5, 1)]
    words = []
    for place, (each, estimate) in enumerate(zip(lettered, estimates, strict=True)):
        if estimate:
            parts.append(_strip_row(place, each, estimate, most))
            interval = wording.format_interval(estimate, metric.unit)
            words.append(f"{each.letter} {each.name} {wording.format_value(estimate.mean, metric.unit)} ({interval})")
    return svg(STRIP_WIDTH, height, f"{metric.title}: {'; '.join(words)}", parts, "strip")


def _across(value: float, most: float) -> float:
    return 14 + (STRIP_WIDTH - 20) * min(max(value / most, 0), 1)


def _strip_row(place: int, each: Lettered, estimate: Estimate, most: float) -> Markup:
    y = STRIP_PITCH * (place + 0.5) + 2
    low, mean, high = (_across(value, most) for value in (estimate.low, estimate.mean, estimate.high))
    marks = NOTHING.join(
        [
            text(0, y + 3, each.letter, "letter"),
            line(low, y, high, y, "interval"),
            shape(each.summary.role, mean, y),
        ]
    )
    return Markup('<g class="{}">{}</g>').format(colour(each), marks)


def plot_difference(metric: Metric, estimate: Estimate, most: float) -> Markup:
    """Return a difference and its interval around 0.

    Args:
        metric: What differs.
        estimate: The mean difference and its interval.
        most: The difference at either end of the axis, above 0.
    """
    width, y = 120.0, 8.0
    low, mean, high = (
        width / 2 + (width / 2 - 4) * min(max(value / most, -1), 1)
        for value in (estimate.low, estimate.mean, estimate.high)
    )
    bar = Markup('<rect class="bar" x="{:.1f}" y="4" width="{:.1f}" height="8"/>')
    parts = [
        bar.format(min(mean, width / 2), abs(mean - width / 2)),
        line(width / 2, 0, width / 2, 16, "zero"),
        line(low, y, high, y, "interval"),
        line(low, y - 3, low, y + 3, "interval"),
        line(high, y - 3, high, y + 3, "interval"),
    ]
    figure = wording.format_difference(estimate.mean, metric.unit)
    interval = wording.format_difference_interval(estimate, metric.unit)
    verdict = table.judge(metric, estimate)
    return svg(width, 16, f"{metric.title}: {figure} ({interval}), {verdict}", parts, f"difference {verdict}")


def plot_times(lettered: Sequence[Lettered]) -> Markup:
    """Return a histogram of seconds for each system that was timed, under one logarithmic axis, p50 and p95 marked."""
    timed = [each for each in lettered if _seconds(each)]
    if not timed:
        return NOTHING
    everything = [second for each in timed for second in _seconds(each)]
    low, high = math.floor(math.log10(min(everything))), math.ceil(math.log10(max(everything)))
    low, high = (low, high) if low < high else (low, low + 1)
    left, right, pitch = 6.0, WIDTH - 10.0, 62.0

    def across(seconds: float) -> float:
        return left + (right - left) * (math.log10(seconds) - low) / (high - low)

    height = pitch * len(timed)
    parts = []
    for power in range(low, high + 1):
        where = "start" if power == low else "end" if power == high else "middle"
        parts += [
            line(across(10.0**power), pitch * row - 38, across(10.0**power), pitch * row, "grid")
            for row in range(1, len(timed) + 1)
        ]
        parts.append(text(across(10.0**power), height + 15, f"{10.0**power:g} s", where))
    words = []
    for row, each in enumerate(timed):
        parts.append(_histogram(each, pitch * (row + 1), across))
        words.append(f"{each.letter} {each.name}: {_time_words(each)}")
    return svg(WIDTH, height + 22, f"Seconds an answer. {'; '.join(words)}", parts, "plot")


def _seconds(each: Lettered) -> list[float]:
    """Return the times, those too short to be shown lengthened to a tenth of a millisecond."""
    return [max(second, 1e-4) for second in each.summary.seconds if math.isfinite(second)]


def _percentile(each: Lettered, percent: int) -> float:
    """Return the figure that the tables show, or else the percentile of the times."""
    estimate = each.summary.slices.get(ALL, {}).get(f"p{percent}_seconds")
    if estimate:
        return max(estimate.mean, 1e-4)
    seconds = _seconds(each)
    return statistics.quantiles(seconds * 2, n=100, method="inclusive")[percent - 1]


def _time_words(each: Lettered) -> str:
    return " · ".join(
        f"p{percent} {wording.format_value(_percentile(each, percent), 'seconds')}" for percent in (50, 95)
    )


def _histogram(each: Lettered, bottom: float, across: Callable[[float], float]) -> Markup:
    width = (WIDTH - 16) / BINS
    counts = [0] * BINS
    for second in _seconds(each):
        counts[min(max(int((across(second) - 6) / width), 0), BINS - 1)] += 1
    bar = Markup('<rect class="bar" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>')
    tallest = max(counts)
    parts = [
        bar.format(6 + width * number, bottom - 32 * count / tallest, width - 0.8, 32 * count / tallest)
        for number, count in enumerate(counts)
        if count
    ]
    for percent, style in ((50, "half"), (95, "most")):
        x = across(_percentile(each, percent))
        parts.append(line(x, bottom - 38, x, bottom, style))
    parts.append(line(6, bottom, WIDTH - 10, bottom, "axis"))
    parts.append(text(6, bottom - 44, f"{each.letter} {wording.one_line(each.name, 30)}", "label"))
    parts.append(text(WIDTH - 10, bottom - 44, _time_words(each), "end figure"))
    return Markup('<g class="{}">{}</g>').format(colour(each), NOTHING.join(parts))
