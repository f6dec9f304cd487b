"""The records of a finished run: what a report shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from evals.records import Estimate, Question, Response

Role = Literal["model", "variant", "baseline", "published"]
"""A model to be measured, the same with something taken away or given, what it has to beat, or others' results."""

ALL = "all"
"""The slice of all questions. Others are the splits, `dev` and `test`, the kinds, `kind: fact`, and the parts."""

FOLLOW_UPS = "turn two and later"
"""The part of the questions that have others before them. A part is what only some systems were asked."""

KIND = "kind: "

SHOWN_FOUND = 3
"""How many of the found paragraphs are shown with a case."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure in a report.

    Attributes:
        key: Names it for machines and for `--fail-under`.
        title: Names it for people.
        group: Metrics of a group stand together.
        better: Which direction is better.
        unit: `share` is 0 to 1; `seconds` and `count` are what they say.
        meaning: What it is, in a sentence, with its range if that is not plain.
    """

    key: str
    title: str
    group: str
    better: Literal["higher", "lower", "neither"]
    unit: Literal["share", "seconds", "count"]
    meaning: str


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A point of a risk–coverage curve.

    Attributes:
        coverage: Share of the questions that are answered, 0 to 1.
        risk: Share of wrong answers among them, 0 to 1.
    """

    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Questions to which a system gives about the same confidence.

    Attributes:
        low: Lower end of the confidences, not part of the bin but in the first one, 0 to 1.
        high: Upper end, part of the bin.
        n: How many questions there are, at least 1.
        confidence: Their mean confidence, 0 to 1.
        accuracy: Share of those that are answerable among them, 0 to 1; the confidence if it is calibrated.
    """

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class SystemSummary:
    """What one system reached.

    Attributes:
        system: Its name.
        role: What it is in the run for.
        asked: How many questions it was asked.
        failed: How many of them it failed on; they are in no mean.
        slices: Estimates by metric key, for each slice by its name; what does not apply is left out. Of the parts,
            those that the system was asked whole.
        curve: Its risk–coverage curve; empty if it tells no confidence.
        seconds: Time of each answer, in order; empty if it was not taken.
        reliability: What its confidences are worth, by rising confidence; empty if they are no probabilities.
    """

    system: str
    role: Role
    asked: int
    failed: int
    slices: Mapping[str, Mapping[str, Estimate]]
    curve: tuple[CurvePoint, ...]
    seconds: tuple[float, ...]
    reliability: tuple[ReliabilityBin, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A question that a model got wrong or failed on, for somebody to read.

    Attributes:
        question: The question.
        response: What the model made of it.
        scores: Its values by metric key; None where the metric does not apply.
        texts: Texts of paragraphs that are shown, by ref: the first found ones, the cited ones and the accepted ones.
    """

    question: Question
    response: Response
    scores: Mapping[str, float | None]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one question since an earlier run: it passed and no longer does, or the other way round."""

    question: Question
    before: Response
    after: Response


@dataclass(frozen=True, slots=True)
class Shift:
    """How a figure has moved since an earlier run, over the questions to which it applies in both.

    Attributes:
        before: What it was then.
        after: What it is now.
        difference: Now minus then, with its paired bootstrap interval.
    """

    before: float
    after: float
    difference: Estimate


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed for one model since an earlier run, over the questions that both runs have.

    Attributes:
        system: The model.
        earlier: Name of the earlier run.
        earlier_system: The model of that run, another only if it lacks this one.
        changed: What the runs were made with otherwise, such as `hashes: code`; empty if it is the same.
        questions: How many questions both have.
        fixed: Questions that failed then and pass now.
        broken: Questions that passed then and fail now.
        shifts: How each figure has moved, by metric key.
    """

    system: str
    earlier: str
    earlier_system: str
    changed: str
    questions: int
    fixed: tuple[Change, ...]
    broken: tuple[Change, ...]
    shifts: Mapping[str, Shift]


@dataclass(frozen=True, slots=True)
class RunHeader:
    """What a run was made with.

    Attributes:
        name: Names the run; its file is `NAME.jsonl`.
        dataset: What was asked, as it was named on the command line; `seeds` by default.
        started: When it began, ISO 8601 with time zone.
        articles: How many articles were searched.
        questions: How many questions there are.
        models: The models that were to be measured, by their specs.
        settings: The settings in force, by name.
        versions: Versions of Python, Footnote and the libraries that matter, and the embedder's fingerprint.
        hashes: SHA-256 of `articles`, `questions` and `code`, the first 16 digits.
        filter: Titles of the articles that the questions had to be about, in order; empty if about any.
    """

    name: str
    dataset: str
    started: str
    articles: int
    questions: int
    models: tuple[str, ...]
    settings: Mapping[str, str]
    versions: Mapping[str, str]
    hashes: Mapping[str, str]
    filter: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """A finished run, scored.

    Attributes:
        header: What it was made with.
        systems: The models first, then their variants, the baselines, and published results.
        parts: Names of the slices that only some systems were asked, on which all that were can be compared.
        skipped: Questions that could not be asked, with their `skip`.
        unread: Files and articles that could not be read, each with its reason.
        cases: What the models got wrong, by question in the dataset's order.
        comparisons: One a model, if an earlier run was named.
        entailment: Name of what decided whether a sentence follows from what it cites.
        seconds: Wall time of this session; an earlier one that was interrupted is not in it.
        peak_megabytes: Most memory that the process had, the baselines' searches among its work.
    """

    header: RunHeader
    systems: tuple[SystemSummary, ...]
    parts: tuple[str, ...]
    skipped: tuple[Question, ...]
    cases: tuple[Case, ...]
    comparisons: tuple[Comparison, ...]
    entailment: str
    seconds: float
    peak_megabytes: float
    unread: tuple[str, ...] = ()
