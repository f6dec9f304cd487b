"""Limits that a run must keep: those named on the command line, and the floors that the last good run set."""

import difflib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.catalogue import BY_KEY
from evals.summary import ALL, Summary, SystemSummary
from rag import FootnoteError

FLOORS_FILE = Path(__file__).parent / "floors.json"
"""What the shipped reader reaches on the questions about `seeds/`, by metric, all splits together.

`footnote eval --floors` fails below it; `--raise-floors` moves it up to what a better run reached; nothing moves it
down but a person.
"""

EXACT = ("exact_spans", "alce_recall")
"""Metrics whose floor is what was reached: one false quote is one too many."""

HELD = (
    *("passed", "contained", "cited", *EXACT),
    *("recall@1", "recall@5", "recall@20", "false_refusals", "false_answers", "rewritten", "left_alone"),
)
"""Metrics that have a floor, but for `EXACT` one question below what was reached: another processor may round
otherwise. Times have none, since they tell more of the machine."""

DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Limit:
    """A value that a metric must reach, or must not exceed where lower is better.

    Attributes:
        metric: The metric's key.
        value: The value, in the metric's unit.
        part: The slice that it is taken over: `all`, `dev`, `test`, `kind: fact`.
    """

    metric: str
    value: float
    part: str = ALL


def parse_limit(text: str) -> Limit:
    """Read `METRIC=VALUE`, or `SLICE:METRIC=VALUE`.

    Raises:
        FootnoteError: It is not of this form, or there is no such metric.

    Example:
        >>> parse_limit("contained=0.8"), parse_limit("test:cited=0.9")
        (Limit(metric='contained', value=0.8, part='all'), Limit(metric='cited', value=0.9, part='test'))
    """
    name, mark, value = text.rpartition("=")
    part, _, metric = (name if mark else text).rpartition(":")
    if metric not in BY_KEY:
        close = difflib.get_close_matches(metric, BY_KEY, 1)
        hint = f"Did you mean {close[0]}?" if close else f"There are: {', '.join(BY_KEY)}."
        raise FootnoteError(f"There is no metric {metric or text!r}.", hint)
    try:
        number = float(value if mark else "")
    except ValueError as error:
        raise FootnoteError(f"{text!r} tells no value.", f"Write {metric}=0.8, for example.") from error
    if not math.isfinite(number) or (BY_KEY[metric].unit == "share" and not 0 <= number <= 1):
        raise FootnoteError(f"{text!r} is no limit: {metric} is 0 to 1.", f"Write {metric}=0.8, for example.")
    return Limit(metric, number, part.strip() or ALL)


def check_limits(summary: Summary, limits: Iterable[Limit]) -> Iterator[str]:
    """Yield a sentence for each limit that a model does not keep.

    A metric that applies to no question of the slice is not kept: it would else be kept by measuring nothing.
    """
    limits = list(limits)
    models = [system for system in summary.systems if system.role == "model"]
    if limits and not models:
        yield "no model was measured."
    for system in models:
        for limit in limits:
            yield from _check(system, limit)


def read_floors(path: Path = FLOORS_FILE) -> list[Limit]:
    """Return the floors.

    Raises:
        FootnoteError: The file is missing or is none of floors.
    """
    try:
        floors = json.loads(path.read_text(encoding="utf-8"))
        limits = [parse_limit(f"{metric}={value}") for metric, value in floors.items()]
    except (OSError, ValueError, AttributeError) as error:
        raise FootnoteError(f"{path} holds no floors: {error}.", 'They look like {"contained": 0.8}.') from error
    if not limits or any(limit.part != ALL for limit in limits):
        raise FootnoteError(f"{path} holds no floors, or some of a part.", 'They look like {"contained": 0.8}.')
    return limits


def raise_floors(system: SystemSummary, path: Path = FLOORS_FILE) -> list[Limit]:
    """Move each floor to what a system reached, if that is better, and write the file.

    Returns:
        The floors that moved or are new.
    """
    floors = {limit.metric: limit.value for limit in read_floors(path)} if path.exists() else {}
    moved = {
        metric: value
        for metric, value in _reached(system).items()
        if metric not in floors or _better(metric, value, floors[metric])
    }
    try:
        path.write_text(json.dumps(floors | moved, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise FootnoteError(
            f"{path} cannot be written: {error.strerror}.", "The floors are part of a checkout."
        ) from error
    return [Limit(metric, value) for metric, value in moved.items()]


def _reached(system: SystemSummary) -> Mapping[str, float]:
    """Return the floors that a run sets, rounded to the side that the same run keeps."""
    reached = {}
    for metric in HELD:
        estimate = system.slices[ALL].get(metric)
        if estimate:
            room = 0 if metric in EXACT else 1 / estimate.n
            higher = BY_KEY[metric].better == "higher"
            floor = max(estimate.mean - room, 0) if higher else min(estimate.mean + room, 1)
            reached[metric] = (math.floor if higher else math.ceil)(floor * 10**DECIMALS) / 10**DECIMALS
    return reached


def _check(system: SystemSummary, limit: Limit) -> Iterator[str]:
    metric = BY_KEY[limit.metric]
    where = f"{system.system}: {metric.title} ({limit.metric})" + (f" of {limit.part}" if limit.part != ALL else "")
    estimate = system.slices.get(limit.part, {}).get(limit.metric)
    if estimate is None:
        yield f"{where} was not measured; the limit is {limit.value:g}."
    elif not math.isfinite(estimate.mean) or _better(limit.metric, limit.value, estimate.mean):
        side = "above" if metric.better == "lower" else "below"
        yield f"{where} is {estimate.mean:.4f}, {side} the limit of {limit.value:g}."


def _better(metric: str, one: float, other: float) -> bool:
    return one < other if BY_KEY[metric].better == "lower" else one > other
