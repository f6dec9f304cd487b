import numpy as np

from rag.training.train_gate import fit


def test_what_speaks_for_a_sentence_gets_weight_above_zero_and_what_tells_nothing_none() -> None:
    random = np.random.default_rng(0)
    labels = np.repeat([0.0, 1.0], 200)
    values = np.column_stack([labels + random.normal(0, 1, 400), random.normal(0, 1, 400)])
    _, telling, idle = fit(values, labels, np.ones(400))
    assert telling > 0.5
    assert abs(idle) < 0.3
