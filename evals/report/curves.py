"""What the confidence of systems is worth, drawn as curves: risk over coverage, and reliability."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evals.report import wording
from evals.report.drawing import NOTHING, WIDTH, colour, line, shape, spread, svg, text
from evals.report.table import Lettered
from evals.summary import ALL, CurvePoint, ReliabilityBin

HEIGHT = 268
MOST_POINTS = 200


@dataclass(frozen=True, slots=True)
class _Box:
    """Where points go: 0 to 1 across, 0 to `most_y` up."""

    most_y: float = 1.0
    left: float = 36
    top: float = 10
    right: float = WIDTH - 150
    bottom: float = 230

    def place(self, x: float, y: float) -> tuple[float, float]:
        height = (self.bottom - self.top) * min(y / self.most_y, 1)
        return self.left + (self.right - self.left) * x, self.bottom - height


def plot_curves(lettered: Sequence[Lettered]) -> Markup:
    """Return the risk–coverage curves of the systems that have one; empty if none has."""
    curves = [each for each in lettered if each.summary.curve]
    if not curves:
        return NOTHING
    highest = max(point.risk for each in curves for point in each.summary.curve)
    box = _Box(next((most for most in (0.1, 0.2, 0.4, 0.6, 0.8) if highest <= most), 1.0))
    paths = [[box.place(point.coverage, point.risk) for point in thin(each.summary.curve)] for each in curves]
    parts = _axes(box, "coverage: share answered →", "risk: share wrong →")
    for each, path, label_y in zip(curves, paths, _label_heights(paths, box), strict=True):
        mark = shape(each.summary.role, *path[-1])
        parts.append(_curve(each, path, mark, _label(each, path[-1], box, label_y)))
    words = "; ".join(f"{each.letter} {each.name}: {_curve_words(each.summary.curve)}" for each in curves)
    return svg(WIDTH, HEIGHT, f"Risk over coverage, lower is better. {words}", parts, "plot")


def plot_reliability(lettered: Sequence[Lettered]) -> Markup:
    """Return how often questions are answerable, by confidence, of the systems whose confidence is a probability.

    A mark is larger where more questions are. Empty if there is no such system.
    """
    told = [each for each in lettered if each.summary.reliability]
    if not told:
        return NOTHING
    box = _Box()
    paths = [[box.place(row.confidence, row.accuracy) for row in each.summary.reliability] for each in told]
    parts = _axes(box, "confidence →", "share answerable →")
    parts.append(line(*box.place(0, 0), *box.place(1, 1), "ideal"))
    for each, path, label_y in zip(told, paths, _label_heights(paths, box), strict=True):
        parts.append(_curve(each, path, _bin_marks(each, path), _label(each, path[-1], box, label_y)))
    words = "; ".join(f"{each.letter} {each.name}: {_bin_words(each)}" for each in told)
    return svg(WIDTH, HEIGHT, f"Share answerable by confidence, calibrated where equal. {words}", parts, "plot")


def thin(curve: Sequence[CurvePoint]) -> list[CurvePoint]:
    """Return at most `MOST_POINTS` points of a curve, the first and the last among them."""
    if len(curve) <= MOST_POINTS:
        return list(curve)
    step = (len(curve) - 1) / (MOST_POINTS - 1)
    return [curve[round(place * step)] for place in range(MOST_POINTS)]


def _curve_words(curve: Sequence[CurvePoint]) -> str:
    """Return the risk at a quarter, a half, three quarters and all of what a system answers."""
    last = curve[-1].coverage
    wanted = [min(curve, key=lambda point: abs(point.coverage - share * last)) for share in (0.25, 0.5, 0.75, 1)]
    return ", ".join(f"risk {point.risk:.2f} at coverage {point.coverage:.2f}" for point in wanted)


def _bin_words(each: Lettered) -> str:
    error = each.summary.slices.get(ALL, {}).get("calibration_error")
    whole = [f"calibration error {wording.format_value(error.mean, 'share')}"] if error else []
    return ", ".join([*whole, *map(_words_of_bin, each.summary.reliability)])


def _words_of_bin(row: ReliabilityBin) -> str:
    return f"at confidence {row.confidence:.2f} {row.accuracy:.2f} of {wording.count_of(row.n, 'question')}"


def _bin_marks(each: Lettered, path: Sequence[tuple[float, float]]) -> Markup:
    """Return a mark for each bin, its area by the number of questions."""
    most = max(row.n for row in each.summary.reliability)
    sizes = [0.5 + 1.25 * math.sqrt(row.n / most) for row in each.summary.reliability]
    marks = (shape(each.summary.role, x, y, size) for (x, y), size in zip(path, sizes, strict=True))
    return NOTHING.join(marks)


def _axes(box: _Box, across: str, up: str) -> list[Markup]:
    parts = []
    for step in range(5):
        x, y = box.place(step / 4, box.most_y * step / 4)
        parts.append(line(box.left, y, box.right, y, "axis" if step == 0 else "grid"))
        parts.append(text(box.left - 5, y + 4, f"{box.most_y * step / 4:.3g}", "end"))
        parts.append(text(x, box.bottom + 16, f"{step / 4:g}", "middle"))
    parts.append(text((box.left + box.right) / 2, box.bottom + 34, across, "middle"))
    turned = Markup('<text class="middle" transform="translate(9 {:.0f}) rotate(-90)">{}</text>')
    return [*parts, turned.format((box.top + box.bottom) / 2, up)]


def _curve(each: Lettered, path: Sequence[tuple[float, float]], marks: Markup, label: Markup) -> Markup:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in path)
    stroke = Markup('<polyline class="curve d{}" points="{}"/>').format(each.place % 4, points)
    return Markup('<g class="{}">{}{}{}</g>').format(colour(each), stroke, marks, label)


def _label_heights(paths: Sequence[Sequence[tuple[float, float]]], box: _Box) -> list[float]:
    return spread([path[-1][1] for path in paths], 14, box.bottom)


def _label(each: Lettered, end: tuple[float, float], box: _Box, y: float) -> Markup:
    """Return a system's name to the right of the axes, led to from the end of its curve."""
    leader = line(end[0] + 4, end[1], box.right + 6, y, "leader")
    return leader + text(box.right + 9, y + 4, f"{each.letter} {wording.one_line(each.name, 20)}", "label")
