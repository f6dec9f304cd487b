"""A finished run as it could come out: two models, a variant, two baselines, a published system, and hostile names."""

import math
from collections.abc import Mapping
from dataclasses import replace

from evals.catalogue import BY_KEY
from evals.records import CitedText, Estimate, ExpectedAnswer, GivenSentence, Question, Response
from evals.summary import (
    ALL,
    Case,
    Change,
    Comparison,
    CurvePoint,
    ReliabilityBin,
    Role,
    RunHeader,
    Shift,
    Summary,
    SystemSummary,
)

MODEL = "extractive"
OTHER = "openai:qwen3-32b"
HOSTILE = "</title></style><script>alert(1)</script>\"' onload=x \x1b[31m\u202e\x00[red]&lt;"

PARAGRAPHS = {
    "hamas-rift#3": "The reconciliation efforts were reported on Saturday in the Lebanese newspaper As-Safir.",
    "hamas-rift#5": "Abu Ubaida the spokesman for the Kassam Brigades recognized Iran's role in supporting the "
    "Palestinian resistance, in a ceremony marking 27 years since the founding of the movement.",
    "axis#9": "In 2012, Hamas moved its headquarters out of Damascus as the Syrian regime continued its crackdown.",
    "axis#10": "The leadership left, mainly for Egypt and Qatar, and found new friends there.",
    "cairo#2": "Sources close to Hamas said that Khaled Mashaal is expected to visit Tehran in the coming weeks.",
}


def estimate(mean: float, n: int = 150) -> Estimate:
    """Return an estimate with about the interval that a share has."""
    half = 1.96 * math.sqrt(max(mean * (1 - mean), 0.0) / n) if 0 <= mean <= 1 else 0.1 * mean
    return Estimate(n, mean, max(mean - half, 0.0), min(mean + half, 1.0) if mean <= 1 else mean + half)


FIGURES = {
    "passed": 0.733, "contained": 0.781, "exact_match": 0.21, "f1": 0.44, "recall@1": 0.694, "recall@5": 0.887,
    "recall@20": 0.961, "mrr": 0.771, "ndcg@10": 0.802, "cited": 0.71, "cite_precision": 0.82, "cite_recall": 0.74,
    "exact_spans": 1.0, "uncited_sentences": 0.0, "false_refusals": 0.11, "false_answers": 0.24,
    "balanced_accuracy": 0.825, "roc_auc": 0.88, "calibration_error": 0.06, "risk_area": 0.13, "coverage": 0.8,
    "rewritten": 0.93, "p50_seconds": 0.0842, "p95_seconds": 0.2136, "connections": 0.0,
}  # fmt: skip
SEARCHING = [key for key in FIGURES if BY_KEY[key].group == "Found by search"]


def estimates(change: float, keys: Mapping[str, float] | list[str] = FIGURES, n: int = 150) -> dict[str, Estimate]:
    """Return the figures, the shares changed by so much where there is room."""
    return {
        key: estimate(min(max(FIGURES[key] + change, 0.0), 1.0) if 0 < FIGURES[key] < 1 else FIGURES[key], n)
        for key in keys
    }


def seconds(median: float, n: int = 150) -> tuple[float, ...]:
    """Return log-normal times without chance."""
    return tuple(
        median * math.exp(0.35 * math.sin(place * 12.9898) + 0.4 * math.cos(place * 4.1)) for place in range(n)
    )


def curve(best: float, last: float, coverage: float) -> tuple[CurvePoint, ...]:
    """Return a curve that rises with coverage."""
    return tuple(
        CurvePoint(coverage * step / 120, best + (last - best) * (step / 120) ** 2 + 0.03 * math.sin(step) / step)
        for step in range(1, 121)
    )


def reliability(lift: float) -> tuple[ReliabilityBin, ...]:
    """Return bins of which the surest hold the most, answerable as often as told or so much more often."""
    return tuple(
        ReliabilityBin(step / 10, (step + 1) / 10, 3 * step + 2, step / 10 + 0.05, min(step / 10 + 0.05 + lift, 1.0))
        for step in range(10)
        if step != 4
    )


def system(name: str, role: Role, change: float = 0.0) -> SystemSummary:
    """Return a system that answers; a model on splits and kinds too."""
    slices = {ALL: estimates(change)}
    if role == "model":
        slices |= {"dev": estimates(change + 0.01, n=112), "test": estimates(change - 0.03, n=38)}
        slices |= {"kind: fact": estimates(change + 0.1, n=90), f"kind: {HOSTILE}": estimates(change - 0.1, n=40)}
        slices |= {"kind: unanswerable": estimates(0.0, ["passed", "false_answers", "coverage"], n=20)}
    curves = curve(0.05 - change / 4, 0.25 - change, 0.8)
    times, calibrated = seconds(FIGURES["p50_seconds"] + change), reliability(change)
    return SystemSummary(name, role, 150, 1 if role == "model" else 0, slices, curves, times, calibrated)


def question(id: str, kind: str = "fact", *, answerable: bool = True, history: tuple[str, ...] = ()) -> Question:
    """Return a question about the paper that broke the news."""
    answers = ((ExpectedAnswer("As-Safir"),), (ExpectedAnswer("al-Safir"),)) if answerable else ()
    cites = (frozenset({"hamas-rift#3"}), frozenset({"axis#9", "axis#10"})) if answerable else ()
    text = "Which paper broke the news that Nasrallah was trying to patch things up?"
    return Question(id, kind, text, history, answerable, answers, cites, split="dev")


def response(id: str, system: str = MODEL) -> Response:
    """Return an answer that is not the wanted one, with the quote that it rests on."""
    citation = CitedText("hamas-rift#5", "the Kassam Brigades", PARAGRAPHS["hamas-rift#5"], exact=True)
    sentence = GivenSentence("Abu Ubaida speaks for the Kassam Brigades.", (citation,))
    found = ("hamas-rift#5", "cairo#2", "hamas-rift#3", "axis#9", "axis#10")
    given = Response(id, system, "answered", sentence.text, (sentence,), question(id).question, found, (), 0.62, 0.0917)
    return replace(given, short="Abu Ubaida")


def right_answer(id: str, system: str = MODEL) -> Response:
    """Return the answer that was wanted, with the quote in the paragraph that was wanted."""
    citation = CitedText("hamas-rift#3", "the Lebanese newspaper As-Safir", PARAGRAPHS["hamas-rift#3"], exact=True)
    sentence = GivenSentence("The Lebanese newspaper As-Safir reported it.", (citation,))
    return Response(id, system, "answered", sentence.text, (sentence,), question(id).question, (), (), 0.7, 0.08)


def refusal(id: str, system: str = MODEL) -> Response:
    """Return a refusal."""
    found = ("cairo#2", "axis#9", "hamas-rift#5")
    return Response(id, system, "not_in_articles", "", (), "Which paper?", found, (), 0.18, 0.0641)


def cases() -> tuple[Case, ...]:
    """Return a case of each sort, one of them hostile from end to end, and one of the other model."""
    whole = question("seeds-004", kind="follow-up", history=("Who is Nasrallah?", "What does he want?"))
    failed = Response("seeds-005", MODEL, failure=f"the server said 500 {HOSTILE}")
    return (
        Case(question("seeds-001"), response("seeds-001"), {"contained": 0.0, "cited": 0.0}, PARAGRAPHS),
        Case(question("seeds-002"), response("seeds-002"), {"contained": 1.0, "cited": 0.0}, PARAGRAPHS),
        Case(question("seeds-003", "unanswerable", answerable=False), response("seeds-003"), {}, PARAGRAPHS),
        Case(whole, refusal("seeds-004"), {"contained": 0.0, "cited": 0.0}, PARAGRAPHS),
        Case(question("seeds-005"), failed, {}, PARAGRAPHS),
        hostile_case(),
        Case(question("seeds-001"), refusal("seeds-001", OTHER), {"contained": 0.0}, PARAGRAPHS),
    )


def hostile_case() -> Case:
    """Return a case in which every text attacks."""
    ref = f"{HOSTILE}#1"
    asked = Question(
        HOSTILE, HOSTILE, HOSTILE, (HOSTILE,), True, ((ExpectedAnswer(HOSTILE),),), (frozenset({ref}),), note=HOSTILE
    )
    sentence = GivenSentence(HOSTILE, (CitedText(ref, HOSTILE[3:30], HOSTILE, exact=False),))
    given = Response(HOSTILE, MODEL, "answered", HOSTILE, (sentence,), f"{HOSTILE}?", (ref,), (), 0.5, 0.1)
    return Case(asked, replace(given, short=HOSTILE), {"contained": 0.0}, {ref: HOSTILE})


def comparison() -> Comparison:
    """Return what changed since an earlier run: one figure clearly better, one clearly worse, two neither."""
    return Comparison(
        MODEL,
        f"2026-11-20-{HOSTILE}",
        MODEL,
        f"hashes: {HOSTILE}",
        148,
        fixed=(Change(question("seeds-010"), refusal("seeds-010"), right_answer("seeds-010")),),
        broken=(Change(question("seeds-001"), right_answer("seeds-001"), response("seeds-001")),),
        shifts={
            "passed": Shift(0.699, 0.733, Estimate(148, 0.034, 0.007, 0.068)),
            "false_answers": Shift(0.2, 0.3, Estimate(20, 0.1, 0.02, 0.19)),
            "contained": Shift(0.725, 0.733, Estimate(128, 0.008, -0.016, 0.031)),
            "p50_seconds": Shift(0.09, 0.088, Estimate(148, -0.002, -0.011, 0.006)),
        },
    )


def summary() -> Summary:
    """Return the whole run."""
    header = RunHeader(
        "2026-11-21-0400", "seeds", "2026-11-21T04:00:12+00:00", 3, 152, (MODEL, OTHER),
        {"top_k": "8", "folder": HOSTILE}, {"footnote": "0.1.0", "python": "3.11.7"}, {"articles": "0123456789abcdef"},
    )  # fmt: skip
    searcher = SystemSummary("bm25", "baseline", 150, 0, {ALL: estimates(-0.12, SEARCHING)}, (), ())
    systems = (
        system(MODEL, "model"),
        system(OTHER, "model", 0.06),
        system(f"{MODEL}, no rewriting", "variant", -0.04),
        searcher,
        SystemSummary("first paragraph", "baseline", 150, 0, {ALL: estimates(-0.3, ["passed", "contained"])}, (), ()),
        SystemSummary(
            f"published {HOSTILE}", "published", 150, 0, {ALL: estimates(0.1, ["f1", "exact_match"])}, (), ()
        ),
    )
    skipped = (Question("seeds-151", "fact", HOSTILE, skip=f"the piece of text is in no article {HOSTILE}"),)
    return Summary(header, systems, (), skipped, cases(), (comparison(),), "verbatim", 84.3, 512.4)
