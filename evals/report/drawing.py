"""The strokes that figures are made of: SVG with numbers and escaped names only, in the page's own colours."""

from collections.abc import Sequence

from markupsafe import Markup

from evals.report.table import Lettered

WIDTH = 480
COLOURS = 8
"""How many colours the page has; then they begin anew."""

NOTHING = Markup("")


def svg(width: float, height: float, title: str, parts: Sequence[Markup], style: str) -> Markup:
    """Return a whole drawing, its figures in words as its title."""
    size = Markup('viewBox="0 0 {0:.0f} {1:.0f}" width="{0:.0f}" height="{1:.0f}"').format(width, height)
    drawing = Markup('<svg class="{}" role="img" {}><title>{}</title>{}</svg>')
    return drawing.format(style, size, title, NOTHING.join(parts))


def line(x1: float, y1: float, x2: float, y2: float, style: str) -> Markup:
    """Return a straight line."""
    return Markup('<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(style, x1, y1, x2, y2)


def text(x: float, y: float, words: str, style: str = "") -> Markup:
    """Return words, `y` their base line."""
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}">{}</text>').format(style, x, y, words)


def colour(each: Lettered) -> str:
    """Return the style that gives a system its colour."""
    return f"s{each.place % COLOURS}"


def shape(role: str, x: float, y: float, size: float = 1.0) -> Markup:
    """Return the mark of a figure: a disc for a model, a ring, a square and a lozenge for the others."""
    if role in ("model", "variant"):
        style = "dot" if role == "model" else "dot open"
        return Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="{:.3g}"/>').format(style, x, y, 3 * size)
    turned = Markup(' transform="rotate(45 {:.1f} {:.1f})"').format(x, y) if role == "published" else NOTHING
    square = Markup('<rect class="dot" x="{0:.1f}" y="{1:.1f}" width="{2:.3g}" height="{2:.3g}"{3}/>')
    return square.format(x - 2.5 * size, y - 2.5 * size, 5 * size, turned)


def spread(heights: Sequence[float], gap: float, lowest: float) -> list[float]:
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
