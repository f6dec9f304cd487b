"""From single responses to a summary: means with intervals, by split and kind, and the cases to read."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from evals.catalogue import METRICS
from evals.entailment import ENTAILMENTS
from evals.metrics.intervals import estimate_mean
from evals.metrics.refusing import reliability_bins, risk_coverage
from evals.records import Estimate, Question, split_ref
from evals.runs import RunFile
from evals.scores import score_response
from evals.statistics import STATISTICS, Scored, calibration_rows, estimate, is_judged
from evals.summary import (
    ALL,
    FOLLOW_UPS,
    KIND,
    SHOWN_FOUND,
    Case,
    CurvePoint,
    ReliabilityBin,
    Summary,
    SystemSummary,
)
from evals.systems import System
from rag import Article, Assistant, FootnoteError

ENTAILMENT = ENTAILMENTS["verbatim"]
"""Decides whether a sentence follows from what it cites, until there is a gate: it suits an answer that only quotes."""

NEEDED = {"overall_exact_match": "exact_match", "overall_f1": "f1"}
"""Metrics that say nothing where another applies to no question: refusals beside answers that are unknown."""


CALIBRATION = "calibration_error"
"""The metric that no slice has where a confidence of the system is no probability, be it in another slice."""


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
    article = lru_cache(maxsize=200)(assistant.article)
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
            _case(one, article)
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
    known = {max((_ids(scored) for _, scored in asked), key=len): ""}
    for system, scored in asked:
        if scored:
            name = FOLLOW_UPS if all(one.question.history for one in scored) else f"what {system.name} was asked"
            known.setdefault(_ids(scored), name)
            for kind in sorted({one.question.kind for one in scored} if system.role == "published" else ()):
                known.setdefault(_ids(scored, kind), f"{name}: {kind}")
    return {name: ids for ids, name in known.items() if name}


def _ids(scored: Sequence[Scored], kind: str = "") -> frozenset[str]:
    return frozenset(one.question.id for one in scored if kind in ("", one.question.kind))


def summarise_system(
    system: System, scored: Sequence[Scored], parts: Mapping[str, frozenset[str]] = MappingProxyType({})
) -> SystemSummary:
    """Return what a system reached, in all, by split, by kind, and on those parts that it was asked whole."""
    done = [one for one in scored if not one.response.failure]
    left_out = () if calibration_rows(done).any() else (CALIBRATION,)
    estimates = {name: _estimate(part, left_out) for name, part in _slices(scored, parts).items()}
    return SystemSummary(
        system=system.name,
        role=system.role,
        asked=len(scored),
        failed=len(scored) - len(done),
        slices={name: found for name, found in estimates.items() if found},
        curve=tuple(_curve(done)),
        seconds=tuple(one.response.seconds for one in done if one.response.seconds is not None),
        reliability=tuple(_reliability(done)) if CALIBRATION in estimates[ALL] else (),
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


def _estimate(scored: Sequence[Scored], left_out: Collection[str]) -> dict[str, Estimate]:
    estimates: dict[str, Estimate] = {}
    for metric in METRICS:
        if metric.key in left_out:
            continue
        if metric.key in STATISTICS:
            found = estimate(scored, metric.key)
        else:
            values = [value for one in scored if (value := one.scores.get(metric.key)) is not None]
            found = estimate_mean(values, metric.unit == "share") if values else None
        if found and (metric.key not in NEEDED or NEEDED[metric.key] in estimates):
            estimates[metric.key] = found
    return estimates


def _curve(scored: Sequence[Scored]) -> list[CurvePoint]:
    judged = [one for one in scored if is_judged(one)]
    answered = [one for one in judged if one.response.outcome == "answered"]
    confidences = [one.response.confidence or 0.0 for one in answered]
    return risk_coverage(confidences, [not one.scores["passed"] for one in answered], len(judged))


def _reliability(scored: Sequence[Scored]) -> list[ReliabilityBin]:
    told = [scored[row] for row in np.flatnonzero(calibration_rows(scored)).tolist()]
    labels = [bool(one.question.answerable) for one in told]
    return reliability_bins([one.response.confidence or 0.0 for one in told], labels)


def _case(one: Scored, article: Callable[[str], Article]) -> Case:
    accepted = [ref for refs in one.question.cites for ref in sorted(refs)]
    wanted = [*(one.response.found or ())[:SHOWN_FOUND], *one.response.cited, *accepted]
    return Case(one.question, one.response, one.scores, {ref: _text(ref, article) for ref in dict.fromkeys(wanted)})


def _text(ref: str, article: Callable[[str], Article]) -> str:
    article_id, number = split_ref(ref)
    try:
        return article(article_id).paragraphs[number - 1].text if number else ""
    except (FootnoteError, IndexError):
        return ""
