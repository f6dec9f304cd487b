"""Weigh the gate's signals: logistic regression over sentences that were made true and false.

    python -m rag.training.train_gate TRAIN.jsonl.gz

Sentences that a rule gravely doubts are left out, since no weight decides on them. What is validated on are other
paragraphs than those trained on. The weights go beside the code that uses them.
"""

import argparse
import json
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.metrics.refusing import roc_auc
from rag.answer.gate.doubting import find_doubts
from rag.answer.gate.evidence import choose_sources, gather_evidence
from rag.answer.gate.signals import SIGNALS, WEIGHTS, Signals, measure_signals
from rag.answer.gate.words import fold, read_words
from rag.models.embedder import Embedder, load_embedder
from rag.models.reader import Reader, load_reader
from rag.records import ArticleHeader, Paragraph, Passage
from rag.training.gate_examples import GateExample, make_examples, read_questions

SOURCES = ("squad", "qamr", "nq")
SEED = 0
VALIDATED = 0.3
PENALTY = 0.5
"""Of the square of each weight, so that signals that say the same share it."""

SPEAKING_AGAINST = ("missing", "seams")
"""Signals that have to weigh below 0; the others have to weigh above."""

FALSE_ALARMS = 0.04
"""Share of the true sentences made by rules that may fall below `supported`."""

WITHHELD = 0.1
"""Share of the true statements made of people's questions that may fall below `partly`: the hardest rewordings."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Measured:
    """An example with its signals."""

    example: GateExample
    signals: Signals


def measure(examples: Sequence[GateExample], embedder: Embedder, reader: Reader) -> list[Measured]:
    """Return the examples that no rule gravely doubts, with their signals."""
    found = []
    for example in examples:
        sentence = fold(example.sentence)
        header = ArticleHeader("a", example.title or "Article", "", "", "", None, "unknown")
        paragraph = Paragraph(1, "body", 0, len(example.paragraph), example.paragraph)
        evidence = gather_evidence([Passage(header, paragraph, 0.0, None, None, None, None)])
        words = read_words(sentence)
        sources = choose_sources(words, evidence.sources)
        if not any(doubt.grave for doubt in find_doubts(sentence, words, evidence, sources)):
            found.append(Measured(example, measure_signals(sentence, words, sources, embedder, reader)))
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


def choose(measured: Sequence[Measured], names: Sequence[str]) -> dict[str, object]:
    """Return the weights of some signals and the thresholds, as they are stored; tell how good they are."""
    held = {each.example.paragraph for each in measured if _is_held(each.example.paragraph)}
    train = [each for each in measured if each.example.paragraph not in held]
    rest = [each for each in measured if each.example.paragraph in held]
    weights = fit(_values(train, names), _labels(train), _shares(train))
    wrong = [
        name for name, weight in zip(names, weights[1:], strict=True) if (weight < 0) != (name in SPEAKING_AGAINST)
    ]
    if wrong:  # two signals that say the same can push each other to the wrong side
        log.info("without %s: their weights have the wrong sign", wrong)
        return choose(measured, [name for name in names if name not in wrong])
    chances = 1 / (1 + np.exp(-(_values(rest, names) @ weights[1:] + weights[0])))
    labels = _labels(rest).astype(bool)
    is_stated = np.array([each.example.kind == "stated" for each in rest])
    supported = float(np.quantile(chances[labels & ~is_stated], FALSE_ALARMS))
    partly = min(supported, float(np.quantile(chances[labels & is_stated], WITHHELD)))
    log.info(
        "AUC %.3f, of questions made statements %.3f",
        _auc(chances, labels),
        _auc(chances[is_stated], labels[is_stated]),
    )
    for kind in sorted({(each.example.is_true, each.example.kind) for each in rest}):
        here = np.array([(each.example.is_true, each.example.kind) == kind for each in rest])
        told = (chances[here] >= supported).mean(), (chances[here] >= partly).mean()
        log.info("%-28s n %4d  supported %.3f  not withheld %.3f", kind, here.sum(), *told)
    by_signal = {name: round(float(weight), 3) for name, weight in zip(names, weights[1:], strict=True)}
    log.info("%s from %.3f, partly %.3f: %s", round(float(weights[0]), 3), supported, partly, by_signal)
    return {
        "start": round(float(weights[0]), 3),
        "by_signal": by_signal,
        "supported": round(supported, 3),
        "partly": round(partly, 3),
    }


def _is_held(paragraph: str) -> bool:
    return random.Random(paragraph).random() < VALIDATED


def _values(measured: Sequence[Measured], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[float(getattr(each.signals, name)) for name in names] for each in measured])


def _labels(measured: Sequence[Measured]) -> NDArray[np.float64]:
    return np.array([float(each.example.is_true) for each in measured])


def _shares(measured: Sequence[Measured]) -> NDArray[np.float64]:
    """Return what each example weighs: true and false the same."""
    keys = [each.example.is_true for each in measured]
    return np.array([len(keys) / 2 / keys.count(key) for key in keys])


def _auc(chances: NDArray[np.float64], labels: NDArray[np.bool_]) -> float:
    return roc_auc(chances, labels) or 0.0


def main() -> None:
    """Choose the weights and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path, help="lines of {source, question, context, answer}, gzipped")
    parser.add_argument("--most", type=int, default=400, help="examples of each kind")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    examples = make_examples(read_questions(arguments.questions, SOURCES), arguments.most, random.Random(SEED))
    measured = measure(examples, load_embedder(), load_reader())
    log.info("%d of %d sentences are for the weights to decide", len(measured), len(examples))
    without = [name for name in SIGNALS if name != "agreement"]
    stored = {"with_reader": choose(measured, SIGNALS), "without_reader": choose(measured, without)}
    arguments.out.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
