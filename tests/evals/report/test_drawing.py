import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from evals.report import drawing

HEIGHTS = st.lists(st.floats(0, 230), min_size=1, max_size=12)


@given(HEIGHTS)
def test_labels_are_far_enough_apart_in_their_order_and_not_too_low(heights: list[float]) -> None:
    placed = drawing.spread(heights, 14, 230)
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    assert max(placed) <= 230
    assert all(placed[below] - placed[above] >= 13.9 for above, below in zip(order, order[1:], strict=False))


@pytest.mark.parametrize("role", ["model", "variant", "baseline", "published"])
def test_a_mark_grows_about_its_middle(role: str) -> None:
    mark = etree.fromstring(drawing.shape(role, 10, 20, 2))
    if mark.tag == "circle":
        assert (mark.get("cx"), mark.get("cy"), mark.get("r")) == ("10.0", "20.0", "6")
    else:
        assert (mark.get("x"), mark.get("y"), mark.get("width"), mark.get("height")) == ("5.0", "15.0", "10", "10")


def test_words_are_escaped() -> None:
    assert "&lt;b&gt;" in drawing.svg(1, 1, "<b>", [drawing.text(0, 0, "<b>")], "plot")
    assert "<b>" not in drawing.text(0, 0, "<b>")
