"""Figures drawn as SVG, made of numbers and escaped names only, in the page's own colours.

Shapes and letters tell the systems apart, colours only help; each drawing says its figures in words too.
"""

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evals.records import Estimate
from evals.report import table, wording
from evals.report.table import Lettered
from evals.summary import ALL, CurvePoint, Metric

WIDTH = 480
STRIP_WIDTH = 150
STRIP_PITCH = 9
MOST_POINTS = 200
BINS = 48
COLOURS = 8
"""How many colours the page has; then they begin anew."""

NOTHING = Markup("")


def _svg(width: float, height: float, title: str, parts: Sequence[Markup], style: str) -> Markup:
    size = Markup('viewBox="0 0 {0:.0f} {1:.0f}" width="{0:.0f}" height="{1:.0f}"').format(width, height)
    svg = Markup('<svg class="{}" role="img" {}><title>{}</title>{}</svg>')
    return svg.format(style, size, title, NOTHING.join(parts))


def _line(x1: float, y1: float, x2: float, y2: float, style: str) -> Markup:
    return Markup('<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(style, x1, y1, x2, y2)


def _text(x: float, y: float, words: str, style: str = "") -> Markup:
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}">{}</text>').format(style, x, y, words)


def _colour(each: Lettered) -> str:
    return f"s{each.place % COLOURS}"


def _shape(role: str, x: float, y: float) -> Markup:
    """Return the mark of a mean: a disc for a model, a ring, a square and a lozenge for the others."""
    if role in ("model", "variant"):
        style = "dot" if role == "model" else "dot open"
        return Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="3"/>').format(style, x, y)
    turned = Markup(' transform="rotate(45 {:.1f} {:.1f})"').format(x, y) if role == "published" else NOTHING
    square = Markup('<rect class="dot" x="{:.1f}" y="{:.1f}" width="5" height="5"{}/>')
    return square.format(x - 2.5, y - 2.5, turned)


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
    parts = [_line(_across(share, 1), 0, _across(share, 1), height, "grid") for share in (0, 0.5, 1)]
    words = []
    for place, (each, estimate) in enumerate(zip(lettered, estimates, strict=True)):
        if estimate:
            parts.append(_strip_row(place, each, estimate, most))
            interval = wording.format_interval(estimate, metric.unit)
            words.append(f"{each.letter} {each.name} {wording.format_value(estimate.mean, metric.unit)} ({interval})")
    return _svg(STRIP_WIDTH, height, f"{metric.title}: {'; '.join(words)}", parts, "strip")


def _across(value: float, most: float) -> float:
    return 14 + (STRIP_WIDTH - 20) * min(max(value / most, 0), 1)


def _strip_row(place: int, each: Lettered, estimate: Estimate, most: float) -> Markup:
    y = STRIP_PITCH * (place + 0.5) + 2
    low, mean, high = (_across(value, most) for value in (estimate.low, estimate.mean, estimate.high))
    marks = NOTHING.join(
        [
            _text(0, y + 3, each.letter, "letter"),
            _line(low, y, high, y, "interval"),
            _shape(each.summary.role, mean, y),
        ]
    )
    return Markup('<g class="{}">{}</g>').format(_colour(each), marks)


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
        _line(width / 2, 0, width / 2, 16, "zero"),
        _line(low, y, high, y, "interval"),
        _line(low, y - 3, low, y + 3, "interval"),
        _line(high, y - 3, high, y + 3, "interval"),
    ]
    figure = wording.format_difference(estimate.mean, metric.unit)
    interval = wording.format_difference_interval(estimate, metric.unit)
    verdict = table.judge(metric, estimate)
    return _svg(width, 16, f"{metric.title}: {figure} ({interval}), {verdict}", parts, f"difference {verdict}")


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a curve's points go: coverage from 0 to 1 across, risk from 0 to `most_y` up."""

    left: float
    top: float
    right: float
    bottom: float
    most_y: float

    def place(self, point: CurvePoint) -> tuple[float, float]:
        x = self.left + (self.right - self.left) * point.coverage
        return x, self.bottom - (self.bottom - self.top) * min(point.risk / self.most_y, 1)


def plot_curves(lettered: Sequence[Lettered]) -> Markup:
    """Return the risk–coverage curves of the systems that have one; empty if none has."""
    curves = [each for each in lettered if each.summary.curve]
    if not curves:
        return NOTHING
    highest = max(point.risk for each in curves for point in each.summary.curve)
    frame = _Box(
        36, 10, WIDTH - 150, 230, next(most for most in (0.1, 0.2, 0.4, 0.6, 0.8, math.inf) if highest <= most)
    )
    if math.isinf(frame.most_y):
        frame = _Box(frame.left, frame.top, frame.right, frame.bottom, 1.0)
    parts = _axes(frame)
    ends = [frame.place(each.summary.curve[-1])[1] for each in curves]
    for each, label_y in zip(curves, _spread(ends, 14, frame.bottom), strict=True):
        parts.append(_curve(each, frame, label_y))
    words = "; ".join(f"{each.letter} {each.name}: {_curve_words(each.summary.curve)}" for each in curves)
    return _svg(WIDTH, 268, f"Risk over coverage, lower is better. {words}", parts, "plot")


def _curve_words(curve: Sequence[CurvePoint]) -> str:
    """Return the risk at a quarter, a half, three quarters and all of what a system answers."""
    last = curve[-1].coverage
    wanted = [min(curve, key=lambda point: abs(point.coverage - share * last)) for share in (0.25, 0.5, 0.75, 1)]
    return ", ".join(f"risk {point.risk:.2f} at coverage {point.coverage:.2f}" for point in wanted)


def _axes(frame: _Box) -> list[Markup]:
    parts = []
    for step in range(5):
        y = frame.bottom - (frame.bottom - frame.top) * step / 4
        x = frame.left + (frame.right - frame.left) * step / 4
        parts.append(_line(frame.left, y, frame.right, y, "axis" if step == 0 else "grid"))
        parts.append(_text(frame.left - 5, y + 4, f"{frame.most_y * step / 4:.3g}", "end"))
        parts.append(_text(x, frame.bottom + 16, f"{step / 4:g}", "middle"))
    middle = (frame.top + frame.bottom) / 2
    parts.append(_text((frame.left + frame.right) / 2, frame.bottom + 34, "coverage: share answered →", "middle"))
    turned = Markup('<text class="middle" transform="translate(9 {:.0f}) rotate(-90)">risk: share wrong →</text>')
    return [*parts, turned.format(middle)]


def _curve(each: Lettered, frame: _Box, label_y: float) -> Markup:
    points = [frame.place(point) for point in thin(each.summary.curve)]
    x, y = points[-1]
    path = Markup('<polyline class="curve d{}" points="{}"/>').format(
        each.place % 4, " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    )
    marks = [
        path,
        _shape(each.summary.role, x, y),
        _line(x + 4, y, frame.right + 6, label_y, "leader"),
        _text(frame.right + 9, label_y + 4, f"{each.letter} {wording.one_line(each.name, 20)}", "label"),
    ]
    return Markup('<g class="{}">{}</g>').format(_colour(each), NOTHING.join(marks))


def thin(curve: Sequence[CurvePoint]) -> list[CurvePoint]:
    """Return at most `MOST_POINTS` points of a curve, the first and the last among them."""
    if len(curve) <= MOST_POINTS:
        return list(curve)
    step = (len(curve) - 1) / (MOST_POINTS - 1)
    return [curve[round(place * step)] for place in range(MOST_POINTS)]


def _spread(heights: Sequence[float], gap: float, lowest: float) -> list[float]:
    """Return heights for labels, near the wanted ones and at least `gap` apart, the last at `lowest` if it can be."""
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    placed = list(heights)
    for before, place in zip(order, order[1:], strict=False):
        placed[place] = max(placed[place], placed[before] + gap)
    limit = lowest
    for place in reversed(order):
        placed[place] = min(placed[place], limit)
        limit = placed[place] - gap
    return placed


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
            _line(across(10.0**power), pitch * row - 38, across(10.0**power), pitch * row, "grid")
            for row in range(1, len(timed) + 1)
        ]
        parts.append(_text(across(10.0**power), height + 15, f"{10.0**power:g} s", where))
    words = []
    for row, each in enumerate(timed):
        parts.append(_histogram(each, pitch * (row + 1), across))
        words.append(f"{each.letter} {each.name}: {_time_words(each)}")
    return _svg(WIDTH, height + 22, f"Seconds an answer. {'; '.join(words)}", parts, "plot")


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
        parts.append(_line(x, bottom - 38, x, bottom, style))
    parts.append(_line(6, bottom, WIDTH - 10, bottom, "axis"))
    parts.append(_text(6, bottom - 44, f"{each.letter} {wording.one_line(each.name, 30)}", "label"))
    parts.append(_text(WIDTH - 10, bottom - 44, _time_words(each), "end figure"))
    return Markup('<g class="{}">{}</g>').format(_colour(each), NOTHING.join(parts))
