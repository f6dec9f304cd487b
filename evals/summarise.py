"""From single responses to a summary: means with intervals, by split and kind, and the cases to read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from evals.catalogue import METRICS
from evals.entailment import ENTAILMENTS
from evals.metrics.intervals import estimate_mean, estimate_statistic
from evals.metrics.refusing import balanced_accuracy, risk_area_of, risk_coverage, roc_auc
from evals.records import Estimate, Question, Response
from evals.runs import RunFile
from evals.scores import Scores, score_response
from evals.summary import ALL, FOLLOW_UPS, KIND, SHOWN_FOUND, Case, CurvePoint, Summary, SystemSummary
from evals.systems import System
from rag import Assistant, FootnoteError

ENTAILMENT = ENTAILMENTS["verbatim"]
"""Decides whether a sentence follows from what it cites, until there is a gate: it suits an answer that only quotes."""

NEEDED = {"overall_exact_match": "exact_match", "overall_f1": "f1"}
"""Metrics that say nothing where another applies to no question: refusals beside answers that are unknown."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A response with its question and its scores."""

    question: Question
    response: Response
    scores: Scores


def score_all(run: RunFile, questions: Sequence[Question], system: str) -> list[Scored]:
    """Return what a system made of each question that it was asked, in their order."""
    found = [(question, run.responses.get((system, question.id))) for question in questions]
    return [
        Scored(question, response, score_response(question, response, ENTAILMENT))
        for question, response in found
        if response
    ]


def summarise(run: RunFile, questions: Sequence[Question], systems: Sequence[System], assistant: Assistant) -> Summary:
    """Return the summary of a run, not yet compared with another, its time and memory still 0.

    Args:
        run: The run, all its questions asked.
        questions: The questions, those to skip among them.
        systems: What they were put to.
        assistant: Knows the texts of the paragraphs that cases show.
    """
    scored = {system.name: score_all(run, questions, system.name) for system in systems}
    parts = find_parts([(system, scored[system.name]) for system in systems])
    return Summary(
        header=run.header,
        systems=tuple(
            summarise_system(system, scored[system.name], parts) for system in systems if scored[system.name]
        ),
        parts=tuple(parts),
        skipped=tuple(question for question in questions if question.skip),
        cases=tuple(
            _case(one, assistant)
            for system in systems
            if system.role == "model"
            for one in scored[system.name]
            if one.response.failure or one.scores.get("passed") == 0
        ),
        comparisons=(),
        entailment=ENTAILMENT.name,
        seconds=0.0,
        peak_megabytes=0.0,
    )


def find_parts(asked: Sequence[tuple[System, Sequence[Scored]]]) -> dict[str, frozenset[str]]:
    """Return the questions that only some systems were asked, by a name for them, and by kind where it was published.

    Args:
        asked: The systems with what they were asked.
    """
    whole = max(len(scored) for _, scored in asked)
    parts: dict[str, frozenset[str]] = {}
    for system, scored in asked:
        if 0 < len(scored) < whole:
            name = FOLLOW_UPS if all(one.question.history for one in scored) else f"what {system.name} was asked"
            kinds = {one.question.kind for one in scored} if system.role == "published" else set()
            found = {name: _ids(scored)}
            found |= {f"{name}: {kind}": _ids(scored, kind) for kind in sorted(kinds)}
            parts |= {name: ids for name, ids in found.items() if ids not in parts.values()}
    return parts


def _ids(scored: Sequence[Scored], kind: str = "") -> frozenset[str]:
    return frozenset(one.question.id for one in scored if kind in ("", one.question.kind))


def summarise_system(
    system: System, scored: Sequence[Scored], parts: Mapping[str, frozenset[str]] = MappingProxyType({})
) -> SystemSummary:
    """Return what a system reached, in all, by split, by kind, and on those parts that it was asked whole."""
    done = [one for one in scored if not one.response.failure]
    return SystemSummary(
        system=system.name,
        role=system.role,
        asked=len(scored),
        failed=len(scored) - len(done),
        slices={name: estimates for name, part in _slices(scored, parts).items() if (estimates := _estimate(part))},
        curve=tuple(_curve(done)),
        seconds=tuple(one.response.seconds for one in done if one.response.seconds is not None),
    )


def _slices(scored: Sequence[Scored], parts: Mapping[str, frozenset[str]]) -> dict[str, list[Scored]]:
    """Return what did not fail, slice by slice."""
    asked = _ids(scored)
    slices: dict[str, list[Scored]] = {ALL: []}
    for one in scored:
        names = [ALL, one.question.split, KIND + one.question.kind]
        names += [name for name, ids in parts.items() if ids <= asked and one.question.id in ids]
        if not one.response.failure:
            for name in filter(None, names):
                slices.setdefault(name, []).append(one)
    return slices


def _estimate(scored: Sequence[Scored]) -> dict[str, Estimate]:
    estimates: dict[str, Estimate] = {}
    for metric in METRICS:
        if metric.key in _STATISTICS:
            estimate = _STATISTICS[metric.key](scored)
        else:
            values = [value for one in scored if (value := one.scores.get(metric.key)) is not None]
            estimate = estimate_mean(values) if values else None
        if estimate and (metric.key not in NEEDED or NEEDED[metric.key] in estimates):
            estimates[metric.key] = estimate
    return estimates


def _balanced_accuracy(scored: Sequence[Scored]) -> Estimate | None:
    judged = [one for one in scored if one.response.outcome]
    answered = np.array([one.response.outcome == "answered" for one in judged], dtype=bool)
    labels = np.array([one.question.answerable for one in judged], dtype=bool)
    return _resample(lambda rows: balanced_accuracy(answered[rows], labels[rows]), len(judged))


def _roc_auc(scored: Sequence[Scored]) -> Estimate | None:
    sure = [one for one in scored if one.response.confidence is not None]
    confidences = np.array([one.response.confidence for one in sure], dtype=float)
    labels = np.array([one.question.answerable for one in sure], dtype=bool)
    return _resample(lambda rows: roc_auc(confidences[rows], labels[rows]), len(sure))


def _risk_area(scored: Sequence[Scored]) -> Estimate | None:
    answered = [one for one in _judged(scored) if one.response.outcome == "answered"]
    confidences = np.array([one.response.confidence for one in answered], dtype=float)
    wrong = np.array([not one.scores["passed"] for one in answered], dtype=bool)
    return _resample(lambda rows: risk_area_of(confidences[rows], wrong[rows]), len(answered))


def _percentile(share: float) -> Callable[[Sequence[Scored]], Estimate | None]:
    def estimate(scored: Sequence[Scored]) -> Estimate | None:
        seconds = np.array([one.response.seconds for one in scored if one.response.seconds is not None])
        return _resample(lambda rows: float(np.quantile(seconds[rows], share)), len(seconds))

    return estimate


_STATISTICS: dict[str, Callable[[Sequence[Scored]], Estimate | None]] = {
    "balanced_accuracy": _balanced_accuracy,
    "roc_auc": _roc_auc,
    "risk_area": _risk_area,
    "p50_seconds": _percentile(0.5),
    "p95_seconds": _percentile(0.95),
}
"""Metrics that are no mean of single values."""


def _resample(statistic: Callable[[NDArray[np.intp]], float | None], n: int) -> Estimate | None:
    return estimate_statistic(statistic, n) if n else None


def _judged(scored: Sequence[Scored]) -> list[Scored]:
    """Return those that count in a risk–coverage curve: right or wrong, and with a confidence."""
    return [one for one in scored if one.response.confidence is not None and one.scores.get("passed") is not None]


def _curve(scored: Sequence[Scored]) -> list[CurvePoint]:
    judged = _judged(scored)
    answered = [one for one in judged if one.response.outcome == "answered"]
    confidences = [one.response.confidence or 0.0 for one in answered]
    return risk_coverage(confidences, [not one.scores["passed"] for one in answered], len(judged))


def _case(one: Scored, assistant: Assistant) -> Case:
    accepted = [ref for refs in one.question.cites for ref in sorted(refs)]
    wanted = [*(one.response.found or ())[:SHOWN_FOUND], *one.response.cited, *accepted]
    return Case(one.question, one.response, one.scores, {ref: _text(ref, assistant) for ref in dict.fromkeys(wanted)})


def _text(ref: str, assistant: Assistant) -> str:
    article_id, _, number = ref.rpartition("#")
    try:
        return assistant.article(article_id).paragraphs[int(number) - 1].text
    except (FootnoteError, IndexError):
        return ""
