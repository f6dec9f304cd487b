"""What changed since an earlier run, laid out for the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from evals.report import plots, table
from evals.report.cases import ShownChange, show_changes
from evals.report.table import Difference
from evals.summary import Comparison


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A difference and its drawing."""

    difference: Difference
    bar: Markup


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison as the page shows it.

    Attributes:
        comparison: The comparison.
        rows: The leading figures, and those that have clearly moved.
        others: The other figures.
        fixed: What was fixed, without the test split.
        broken: What broke, without the test split.
        hidden: How many changes are of the test split.
    """

    comparison: Comparison
    rows: tuple[DifferenceRow, ...]
    others: tuple[DifferenceRow, ...]
    fixed: tuple[ShownChange, ...]
    broken: tuple[ShownChange, ...]
    hidden: int


def show_comparison(comparison: Comparison) -> Compared:
    """Return a comparison as the page shows it."""
    differences = table.order_differences(comparison)
    rows = [DifferenceRow(each, _bar(each, differences)) for each in differences]
    told = [row for row in rows if row.difference.verdict != "unclear" or row.difference.metric.key in table.LEAD]
    fixed, broken = (
        show_changes([change for change in changes if change.question.split != "test"])
        for changes in (comparison.fixed, comparison.broken)
    )
    hidden = len(comparison.fixed) + len(comparison.broken) - len(fixed) - len(broken)
    return Compared(comparison, tuple(told), tuple(row for row in rows if row not in told), fixed, broken, hidden)


def _bar(difference: Difference, differences: Sequence[Difference]) -> Markup:
    """Return a difference drawn to the scale of all that have its unit."""
    alike = [each.shift.difference for each in differences if each.metric.unit == difference.metric.unit]
    most = max(max(abs(each.low), abs(each.high)) for each in alike)
    return plots.plot_difference(difference.metric, difference.shift.difference, most or 1.0)
