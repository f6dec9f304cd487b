"""Weigh the gate's signals: logistic regression over sentences that were made true and false.

    python -m rag.training.train_gate TRAIN.jsonl.gz

Sentences that stand in their paragraph and those that a rule gravely doubts are left out, since no weight decides on
them. Those in the paragraph's words and those told in others are weighed apart. What is validated on are other
paragraphs than those trained on. The weights go beside the code that uses them.
"""

import argparse
import json
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.gate.damage import DAMAGES
from evals.gate.measuring import make_passage
from evals.metrics.refusing import roc_auc
from rag.answer.gate.check import KEPT, is_quoted_whole
from rag.answer.gate.doubting import find_doubts
from rag.answer.gate.evidence import choose_sources, gather_evidence
from rag.answer.gate.signals import WEIGHTS, Signals, WayOfWeighing, is_about_something_else, measure_signals
from rag.answer.gate.words import fold, read_words
from rag.models.embedder import Embedder, load_embedder
from rag.models.reader import Reader, load_reader
from rag.training.gate_examples import FROM_ELSEWHERE, GateExample, make_examples, read_asked

SOURCES = ("squad", "qamr", "nq")
SEED = 0
VALIDATED = 0.5
PENALTY = 10.0
"""Of the square of each weight, so that signals that say the same share it: less makes no better a ranking of what is
validated on."""

WEIGHED: dict[WayOfWeighing, tuple[str, ...]] = {
    "close": ("pairs", "clause_words", "clause_pairs", "near", "likeness", "seams"),
    "reworded": ("clause_words", "likeness", "agreement"),
    "reworded_without_reader": ("clause_words", "likeness"),
}
"""What each kind of sentence is weighed by. Those that are not there make no better a ranking of what is validated on;
nor does the reader of the close ones, for 30 ms each."""

SPEAKING_AGAINST = ("seams",)
"""Signals that have to weigh below 0; the others have to weigh above."""

SHARES = {
    **{("copied", True): 0.4, ("stated", True): 0.1},
    **{("damaged", False): 0.07, ("mixed", False): 0.08, ("elsewhere", False): 0.13, ("stated", False): 0.22},
}
"""What the groups of examples weigh together. What a model writes in a paragraph's words is mostly true, what it writes
in its own less often. Source: Ladhak and others, "Faithful or Extractive?", ACL 2022."""

FALSE_ALARMS = 0.05
"""Share of the true sentences in the paragraph's words that may fall below `supported`. On what is validated on, the
balanced accuracy, weighed by `SHARES` (a true sentence that gets a mark and a false one that gets none cost the same),
rises up to 6 % and is the same from there to 10 %: this marks the fewest true ones within a point of it."""

LET_THROUGH = 0.05
"""Share of the false sentences in other words that may reach `supported`, of those that speak of nothing else."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Measured:
    """An example with its signals."""

    example: GateExample
    signals: Signals


def measure(examples: Sequence[GateExample], embedder: Embedder, reader: Reader) -> list[Measured]:
    """Return the examples that are no quotation and that no rule gravely doubts, with their signals."""
    found = []
    embed = lru_cache(KEPT)(lambda text: embedder.embed([text])[0])
    for example in examples:
        if is_quoted_whole(example.sentence, [example.paragraph]):
            continue
        sentence = fold(example.sentence)
        evidence = gather_evidence([make_passage(example.paragraph, title=example.title)])
        words = read_words(sentence)
        sources = choose_sources(words, evidence.sources)
        if not any(doubt.grave for doubt in find_doubts(sentence, words, evidence, sources)):
            found.append(Measured(example, measure_signals(sentence, words, sources, embed, reader)))
    return found


def fit(values: NDArray[np.float64], labels: NDArray[np.float64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weights of a logistic regression, the constant first, by Newton's method.

    Args:
        values: Shape (examples, signals).
        labels: 1 for true, 0 for false, shape (examples,).
        shares: What each example weighs, shape (examples,).
    """
    inputs = np.hstack([np.ones((len(values), 1)), values])
    penalty = np.diag([0.0] + [PENALTY] * values.shape[1])
    weights = np.zeros(inputs.shape[1])
    for _ in range(30):
        chances = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (shares * (chances - labels)) + penalty @ weights
        curve = (inputs * (shares * chances * (1 - chances))[:, None]).T @ inputs + penalty
        weights -= np.linalg.solve(curve, slope)
    return weights


def choose(measured: Sequence[Measured], way: WayOfWeighing, names: Sequence[str]) -> dict[str, object]:
    """Return the weights of some signals and the threshold, as they are stored; tell how good they are."""
    train = [each for each in measured if not _is_held(each.example.paragraph)]
    rest = [each for each in measured if _is_held(each.example.paragraph) and _is_weighed(each, way)]
    shares = _shares(train)
    here = [place for place, each in enumerate(train) if _is_weighed(each, way)]
    train = [train[place] for place in here]
    weights = fit(_values(train, names), _labels(train), shares[here])
    wrong = [
        name for name, weight in zip(names, weights[1:], strict=True) if (weight < 0) != (name in SPEAKING_AGAINST)
    ]
    if wrong:  # two signals that say the same can push each other to the wrong side
        log.info("without %s: their weights have the wrong sign", wrong)
        return choose(measured, way, [name for name in names if name not in wrong])
    chances = 1 / (1 + np.exp(-(_values(rest, names) @ weights[1:] + weights[0])))
    supported = _choose_threshold(rest, chances, way)
    log.info("%s: n %d, AUC %.3f", way, len(rest), _auc(chances, _labels(rest).astype(bool)))
    _tell(rest, chances, supported)
    by_signal = {name: round(float(weight), 3) for name, weight in zip(names, weights[1:], strict=True)}
    log.info("%.3f, supported from %.3f: %s", weights[0], supported, by_signal)
    return {"start": round(float(weights[0]), 3), "by_signal": by_signal, "supported": round(supported, 3)}


def _is_weighed(each: Measured, way: WayOfWeighing) -> bool:
    return (each.signals.weighed_as == "close") == (way == "close")


def _choose_threshold(rest: Sequence[Measured], chances: NDArray[np.float64], way: WayOfWeighing) -> float:
    if way == "close":
        is_copied = np.array([_group(each.example) == ("copied", True) for each in rest])
        return float(np.quantile(chances[is_copied], FALSE_ALARMS))
    is_false = np.array([not each.example.is_true and not is_about_something_else(each.signals) for each in rest])
    return float(np.quantile(chances[is_false], 1 - LET_THROUGH))


def _tell(rest: Sequence[Measured], chances: NDArray[np.float64], supported: float) -> None:
    elsewhere = np.array([is_about_something_else(each.signals) for each in rest])
    for kind in sorted({(each.example.is_true, each.example.kind) for each in rest}):
        here = np.array([(each.example.is_true, each.example.kind) == kind for each in rest])
        told = (chances[here] >= supported).mean(), elsewhere[here].mean()
        log.info("%-28s n %4d  supported %.3f  about something else %.3f", kind, here.sum(), *told)


def _group(example: GateExample) -> tuple[str, bool]:
    if example.kind == "stated":
        return "stated", example.is_true
    if example.is_true:
        return "copied", True
    if example.kind in FROM_ELSEWHERE:
        return "elsewhere", False
    return "damaged" if example.kind in (*DAMAGES, "other word", "made-up word") else "mixed", False


def _is_held(paragraph: str) -> bool:
    return random.Random(paragraph.split("\n")[0]).random() < VALIDATED


def _values(measured: Sequence[Measured], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[float(getattr(each.signals, name)) for name in names] for each in measured])


def _labels(measured: Sequence[Measured]) -> NDArray[np.float64]:
    return np.array([float(each.example.is_true) for each in measured])


def _shares(measured: Sequence[Measured]) -> NDArray[np.float64]:
    """Return what each example weighs: the groups as in `SHARES`, and in a group all the same."""
    groups = [_group(each.example) for each in measured]
    return np.array([len(groups) * SHARES[group] / groups.count(group) for group in groups])


def _auc(chances: NDArray[np.float64], labels: NDArray[np.bool_]) -> float:
    return roc_auc(chances, labels) or 0.0


def main() -> None:
    """Choose the weights and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path, help="lines of {source, question, context, answer}, gzipped")
    parser.add_argument("--most", type=int, default=200, help="examples of each kind")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    examples = make_examples(read_asked(arguments.questions, SOURCES), arguments.most, random.Random(SEED))
    examples.sort(key=lambda example: example.paragraph)
    measured = measure(examples, load_embedder(), load_reader())
    log.info("%d of %d sentences are for the weights to decide", len(measured), len(examples))
    stored = {way: choose(measured, way, names) for way, names in WEIGHED.items()}
    arguments.out.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
