"""The report for machines: what `footnote eval --json` prints."""

from dataclasses import asdict
from typing import Any

from evals.summary import Comparison, Summary, SystemSummary


def summary_to_dict(summary: Summary) -> dict[str, Any]:
    """Return a summary as what JSON can hold: estimates as `{n, mean, low, high}`, questions by id."""
    return {
        "run": asdict(summary.header),
        "systems": [_system_to_dict(system) for system in summary.systems],
        "wrong": {
            system.system: [case.question.id for case in summary.cases if case.response.system == system.system]
            for system in summary.systems
            if system.role == "model"
        },
        "skipped": {question.id: question.skip for question in summary.skipped},
        "unread": list(summary.unread),
        "comparisons": [_comparison_to_dict(comparison) for comparison in summary.comparisons],
        "entailment": summary.entailment,
        "seconds": round(summary.seconds, 3),
        "peak_megabytes": round(summary.peak_megabytes, 1),
    }


def _system_to_dict(system: SystemSummary) -> dict[str, Any]:
    return {
        "system": system.system,
        "role": system.role,
        "asked": system.asked,
        "failed": system.failed,
        "slices": {
            name: {metric: asdict(estimate) for metric, estimate in estimates.items()}
            for name, estimates in system.slices.items()
        },
    }


def _comparison_to_dict(comparison: Comparison) -> dict[str, Any]:
    return {
        "system": comparison.system,
        "earlier": comparison.earlier,
        "earlier_system": comparison.earlier_system,
        "changed": comparison.changed,
        "questions": comparison.questions,
        "fixed": [change.question.id for change in comparison.fixed],
        "broken": [change.question.id for change in comparison.broken],
        "shifts": {metric: asdict(shift) for metric, shift in comparison.shifts.items()},
    }
