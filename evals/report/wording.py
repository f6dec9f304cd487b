"""How figures and names are written, the same in the terminal and on the page.

Names, ids and kinds come from files and models, and are hostile: what a terminal or a browser could obey is taken out.
"""

import re
from typing import Literal

from evals.records import Estimate

Unit = Literal["share", "seconds", "count"]

# Control characters, marks that turn the direction of writing round, and what no encoding or document may hold.
NOT_SHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

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
