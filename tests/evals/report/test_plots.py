import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from evals.catalogue import BY_KEY
from evals.records import Estimate
from evals.report import plots
from evals.report.table import Lettered, letter_systems
from evals.summary import ALL
from tests.evals.report.summaries import HOSTILE, MODEL, summary, system

SHARES = st.floats(min_value=0, max_value=1)


def parsed(svg: str) -> etree._Element:
    return etree.fromstring(svg)


def title(svg: str) -> str:
    return parsed(svg).findtext("title") or ""


def all_systems() -> tuple[Lettered, ...]:
    return letter_systems(summary().systems)


@pytest.mark.parametrize(
    "svg",
    [
        plots.plot_intervals(BY_KEY["passed"], all_systems()),
        plots.plot_intervals(BY_KEY["p50_seconds"], all_systems()),
        plots.plot_difference(BY_KEY["passed"], Estimate(9, 0.1, 0.0, 0.2), 0.3),
        plots.plot_times(all_systems()),
    ],
)
def test_a_drawing_is_an_image_with_its_figures_in_words(svg: str) -> None:
    root = parsed(svg)
    assert root.get("role") == "img"
    assert re.search(r"\d", title(svg))
    assert "nan" not in svg
    assert not re.search(r"#[0-9a-f]{3}|rgb", svg)


def test_hostile_names_become_no_element() -> None:
    lettered = letter_systems([system(HOSTILE, "model")])
    for svg in (plots.plot_times(lettered), plots.plot_intervals(BY_KEY["mrr"], lettered)):
        root = parsed(svg)
        assert not list(root.iter("script", "style"))
        assert "<script>" in title(svg)
        assert not any(name.startswith("on") for each in root.iter() for name in each.attrib)


def test_intervals_tell_each_system_that_has_the_metric() -> None:
    words = title(plots.plot_intervals(BY_KEY["recall@1"], all_systems()))
    assert words.startswith("right paragraph first: A extractive 0.694 (0.62–0.77); B openai:qwen3-32b 0.754")
    assert "D bm25 0.574" in words
    assert "first paragraph" not in words


def test_without_figures_there_is_no_drawing() -> None:
    bare = letter_systems([replace(system(MODEL, "model"), slices={ALL: {}}, seconds=())])
    assert not plots.plot_intervals(BY_KEY["passed"], bare)
    assert not plots.plot_times(bare)


def test_roles_have_shapes_of_their_own() -> None:
    svg = plots.plot_intervals(BY_KEY["f1"], all_systems()) + plots.plot_intervals(BY_KEY["mrr"], all_systems())
    assert svg.count('class="dot open"') == 2
    assert svg.count("<rect") == 2
    assert svg.count("rotate(45") == 1


@given(SHARES, SHARES, SHARES)
def test_a_difference_stays_inside_its_drawing(one: float, two: float, three: float) -> None:
    low, mean, high = sorted(value * 2 - 1 for value in (one, two, three))
    root = parsed(plots.plot_difference(BY_KEY["passed"], Estimate(9, mean, low, high), 0.5))
    across = [float(each.get(name, "0")) for each in root.iter("line") for name in ("x1", "x2")]
    assert 0 <= min(across) <= max(across) <= 120


def test_a_difference_is_drawn_in_the_colour_of_its_verdict() -> None:
    svg = plots.plot_difference(BY_KEY["false_answers"], Estimate(9, 0.1, 0.05, 0.2), 0.3)
    assert parsed(svg).get("class") == "difference worse"
    assert title(svg) == "false answers: +0.100 (+0.05 to +0.20), worse"


def test_times_mark_the_percentiles_of_the_tables() -> None:
    assert "A extractive: p50 0.084 s · p95 0.214 s" in title(plots.plot_times(all_systems()))
    untold = letter_systems([replace(system(MODEL, "model"), slices={}, seconds=(0.5,) * 10)])
    assert "p50 0.500 s · p95 0.500 s" in title(plots.plot_times(untold))


@given(st.lists(st.floats(min_value=0, max_value=1e5), min_size=1, max_size=30))
def test_any_times_can_be_drawn(seconds: list[float]) -> None:
    svg = plots.plot_times(letter_systems([replace(system(MODEL, "model"), slices={}, seconds=tuple(seconds))]))
    across = [float(each.get("x1", "0")) for each in parsed(svg).iter("line")]
    assert all(math.isfinite(x) and -1 <= x <= plots.WIDTH for x in across)
