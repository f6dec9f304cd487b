import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup

from evals.metrics.refusing import reliability_bins
from evals.report import curves
from evals.report.drawing import WIDTH
from evals.report.table import Lettered, letter_systems
from evals.summary import CurvePoint, ReliabilityBin
from tests.evals.report.summaries import HOSTILE, MODEL, curve, summary, system

Plot = Callable[[Sequence[Lettered]], Markup]

JUDGED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1)


def parsed(svg: str) -> etree._Element:
    return etree.fromstring(svg)


def title(svg: str) -> str:
    return parsed(svg).findtext("title") or ""


def all_systems() -> tuple[Lettered, ...]:
    return letter_systems(summary().systems)


def calibrated(*rows: ReliabilityBin) -> tuple[Lettered, ...]:
    return letter_systems([replace(system(MODEL, "model"), reliability=rows)])


@pytest.mark.parametrize("plot", [curves.plot_curves, curves.plot_reliability])
def test_a_drawing_is_an_image_with_its_figures_in_words(plot: Plot) -> None:
    svg = plot(all_systems())
    assert parsed(svg).get("role") == "img"
    assert re.search(r"\d", title(svg))
    assert "nan" not in svg
    assert not re.search(r"#[0-9a-f]{3}|rgb", svg)


@pytest.mark.parametrize("plot", [curves.plot_curves, curves.plot_reliability])
def test_hostile_names_become_no_element(plot: Plot) -> None:
    root = parsed(plot(letter_systems([system(HOSTILE, "model")])))
    assert not list(root.iter("script", "style"))
    assert "<script>" in (root.findtext("title") or "")
    assert not any(name.startswith("on") for each in root.iter() for name in each.attrib)


def test_without_a_confidence_there_is_no_drawing() -> None:
    bare = letter_systems([replace(system(MODEL, "model"), curve=(), reliability=())])
    assert not curves.plot_curves(bare)
    assert not curves.plot_reliability(bare)


@pytest.mark.parametrize("plot", [curves.plot_curves, curves.plot_reliability])
def test_labels_of_curves_do_not_lie_on_each_other(plot: Plot) -> None:
    lettered = letter_systems([replace(system(f"m{number}", "model"), curve=curve(0.1, 0.2, 1)) for number in range(6)])
    labels = parsed(plot(lettered)).iterfind(".//text[@class='label']")
    heights = sorted(float(label.get("y", "0")) for label in labels)
    assert len(heights) == 6
    assert all(below - above >= 13.9 for above, below in zip(heights, heights[1:], strict=False))


def test_a_long_curve_is_thinned_to_its_ends() -> None:
    points = [CurvePoint(step / 9999, 0.1) for step in range(10_000)]
    thinned = curves.thin(points)
    assert len(thinned) == curves.MOST_POINTS
    assert (thinned[0], thinned[-1]) == (points[0], points[-1])


def test_reliability_tells_each_bin_with_its_number_of_questions() -> None:
    words = title(curves.plot_reliability(calibrated(ReliabilityBin(0.1, 0.2, 1, 0.15, 0.0))))
    assert words.startswith("Share answerable by confidence, calibrated where equal. A extractive: calibration error ")
    assert words.endswith(", at confidence 0.15 0.00 of 1 question")


def test_what_is_calibrated_lies_on_the_broken_line() -> None:
    rows = [ReliabilityBin(low, low + 0.1, 5, low + 0.05, low + 0.05) for low in (0.0, 0.4, 0.9)]
    root = parsed(curves.plot_reliability(calibrated(*rows)))
    [ideal] = root.iterfind(".//line[@class='ideal']")
    x1, y1, x2, y2 = (float(ideal.get(name, "")) for name in ("x1", "y1", "x2", "y2"))
    for disc in root.iter("circle"):
        share = (float(disc.get("cx", "")) - x1) / (x2 - x1)
        assert float(disc.get("cy", "")) == pytest.approx(y1 + share * (y2 - y1), abs=0.1)


def test_more_questions_make_a_larger_mark() -> None:
    rows = (ReliabilityBin(0.1, 0.2, 3, 0.15, 0.2), ReliabilityBin(0.7, 0.8, 300, 0.75, 0.8))
    few, many = parsed(curves.plot_reliability(calibrated(*rows))).iter("circle")
    assert float(few.get("r", "")) < float(many.get("r", ""))


@given(JUDGED)
def test_any_confidences_can_be_drawn(pairs: list[tuple[float, bool]]) -> None:
    rows = reliability_bins([confidence for confidence, _ in pairs], [label for _, label in pairs])
    root = parsed(curves.plot_reliability(calibrated(*rows)))
    places = [float(disc.get(name, "nan")) for disc in root.iter("circle") for name in ("cx", "cy")]
    assert len(places) == 2 * len(rows)
    assert all(math.isfinite(place) and 0 <= place <= WIDTH for place in places)
