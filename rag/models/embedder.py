"""Turn text into vectors: the seam that every embedder fits, and the embedder that is shipped."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.models.runtime import Model

MAX_TOKENS = 256
"""Tokens of a text that reach its vector, [CLS] and [SEP] among them; what is behind them is ignored."""

WEIGHTS = Path(__file__).parent / "weights" / "embedder"


class Embedder(Protocol):
    """Whatever turns texts into vectors whose cosine says how alike two texts are.

    Attributes:
        fingerprint: Names weights, tokenizer and pooling; another one means that the vectors don't mix.
        dimension: Length of a vector.
    """

    fingerprint: str
    dimension: int

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text, in their order; may be called from several threads at once.

        Args:
            texts: Any number of texts of any length, also none or empty ones.

        Returns:
            Array of shape (len(texts), dimension), each row of length 1.
        """
        ...


class MiniLMEmbedder:
    """The shipped embedder: all-MiniLM-L6-v2, English, int8, mean pooling, projected on fewer numbers.

    Attributes:
        fingerprint: Model's name and the start of the hash over weights, tokenizer and token limit.
        dimension: 192.
    """

    def __init__(self, threads: int = 0, folder: Path = WEIGHTS) -> None:
        """Load the weights.

        Args:
            threads: Texts embedded at once, each on one core; 0 means one per core.
            folder: Where `model.onnx` and `tokenizer.json` lie.

        Raises:
            ModelError: A file is missing or damaged.
        """
        self._model = Model(folder, threads)
        self.dimension = int(self._model.output_shapes["embedding"][1])
        self.fingerprint = f"all-MiniLM-L6-v2-int8-{self._model.hash}-{MAX_TOKENS}"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector a text, in their order; thread-safe.

        Args:
            texts: Any number of texts; of each the first `MAX_TOKENS` tokens count.

        Returns:
            Array of shape (len(texts), dimension), each row of length 1.

        Raises:
            ModelError: The runtime failed, for example for want of memory.
        """
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for number, row in enumerate(self._model.map(self._embed_one, texts)):
            vectors[number] = row
        return vectors

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text has, uncut; a text with more than `MAX_TOKENS` loses its end.

        Args:
            texts: Any number of texts.

        Returns:
            For each text at least 2, since [CLS] and [SEP] count.
        """
        return [len(self._model.split(text).ids) for text in texts]

    def _embed_one(self, text: str) -> NDArray[np.float32]:
        ids = self._model.split(text).ids
        if len(ids) > MAX_TOKENS:
            ids = [*ids[: MAX_TOKENS - 1], ids[-1]]
        return self._model.run({"input_ids": ids, "attention_mask": [1] * len(ids)})[0]


def load_embedder(threads: int = 0) -> Embedder:
    """Return the shipped embedder.

    Args:
        threads: Texts embedded at once, each on one core; 0 means one per core.

    Raises:
        ModelError: Its files are missing or damaged.
    """
    return MiniLMEmbedder(threads)
