"""The mean of several trainings' weights."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from rag.training.bert_graph import Weights


def average_weights(paths: Sequence[Path]) -> Weights:
    """Return the mean of some trainings' weights, which reads better than any one of them and costs no more.

    Source: Wortsman et al., Model soups (ICML 2022). It holds for trainings that began from the same weights.

    Args:
        paths: Files as `train_reader` writes them, at least one.
    """
    trained = [load_file(path) for path in paths]
    return {name: np.mean([each[name] for each in trained], axis=0, dtype=np.float32) for name in trained[0]}
