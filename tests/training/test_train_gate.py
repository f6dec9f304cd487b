import numpy as np

from rag.training.train_gate import SHARES, fit


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
