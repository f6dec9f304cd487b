from dataclasses import fields

import numpy as np
import pytest

from rag.answer.gate.signals import Signals, WayOfWeighing, Weights, load_weights, weigh
from rag.training.gate_examples import GateExample
from rag.training.train_gate import SHARES, WEIGHED, Measured, choose, fit


def test_what_speaks_for_a_sentence_gets_weight_above_zero_and_what_tells_nothing_none() -> None:
    random = np.random.default_rng(0)
    labels = np.repeat([0.0, 1.0], 200)
    values = np.column_stack([labels + random.normal(0, 1, 400), random.normal(0, 1, 400)])
    _, telling, idle = fit(values, labels, np.ones(400))
    assert telling > 0.5
    assert abs(idle) < 0.3


def test_true_and_false_examples_weigh_the_same() -> None:
    true, false = (
        sum(share for (_, is_true), share in SHARES.items() if is_true == wanted) for wanted in (True, False)
    )
    assert (round(true, 9), round(false, 9)) == (0.5, 0.5)


def make_measured(way: WayOfWeighing) -> list[Measured]:
    """Return true and false sentences of many paragraphs, the true ones mostly with the higher signals."""
    random = np.random.default_rng(0)
    found = []
    for number in range(600):
        is_true = number % 2 == 0
        value = float(np.clip(random.normal(0.7 if is_true else 0.4, 0.15), 0, 1))
        kind = "cut" if is_true and way == "close" else "stated"
        signals = Signals(
            pairs=0.9 if way == "close" else 0.1,
            one=value,
            clause_words=value,
            clause_pairs=value,
            near=value,
            likeness=value,
            agreement=None if way == "close" else value,
            seams=1 - value,
        )
        found.append(Measured(GateExample(f"{number}.", f"Paragraph {number}.", is_true, kind), signals))
    return found


@pytest.mark.parametrize(("way", "is_true", "share"), [("close", True, 0.97), ("reworded", False, 0.05)])
def test_the_threshold_is_for_true_sentences_that_are_close_and_for_false_ones_that_are_not(
    way: WayOfWeighing, is_true: bool, share: float
) -> None:
    measured = make_measured(way)
    weights = Weights(**choose(measured, way, WEIGHED[way]))
    chances = [weigh(each.signals, weights) for each in measured if each.example.is_true == is_true]
    assert np.mean([chance >= weights.supported for chance in chances]) == pytest.approx(share, abs=0.03)


def test_what_is_shipped_weighs_only_what_is_measured() -> None:
    names = {field.name for field in fields(Signals)}
    for way, weights in load_weights().items():
        assert set(weights.by_signal) <= set(WEIGHED[way]) <= names
        assert 0 < weights.supported < 1
