"""Turn text into vectors: the seam that every embedder fits, and the embedder that is shipped.

Each text is a run of its own on one core, and as many run at once as there are threads. Batches would gain nothing:
they are padded, outgrow the caches, and share one scale for their int8 activations, so that a text's vector would
depend on what happens to be embedded beside it.
"""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rag.errors import ModelError

MAX_TOKENS = 256
"""Tokens of a text that reach its vector, [CLS] and [SEP] among them; what is behind them is ignored."""

WEIGHTS = Path(__file__).parent / "weights" / "embedder"
REINSTALL = "Install Footnote again: pip install --force-reinstall --no-deps footnote"
TEXTS_AT_ONCE = 1024  # How many are handed to the threads before their vectors are collected.


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
    """The shipped embedder: all-MiniLM-L6-v2, English, int8, mean pooling.

    Attributes:
        fingerprint: Model's name and the start of the hash over weights, tokenizer and token limit.
        dimension: 384.
    """

    def __init__(self, threads: int = 0, folder: Path = WEIGHTS) -> None:
        """Load the weights.

        Args:
            threads: Texts embedded at once, each on one core; 0 means one per core.
            folder: Where `model.onnx` and `tokenizer.json` lie.

        Raises:
            ModelError: A file is missing or damaged.
        """
        self._threads = threads or os.cpu_count() or 1
        self._tokenizer = _load_tokenizer(folder / "tokenizer.json")
        self._session = _load_session(folder / "model.onnx")
        self.dimension = int(self._session.get_outputs()[0].shape[1])
        self.fingerprint = f"all-MiniLM-L6-v2-int8-{_hash_files(folder)}"

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
        with ThreadPoolExecutor(self._threads) as pool:
            for start in range(0, len(texts), TEXTS_AT_ONCE):
                rows = pool.map(self._embed_one, texts[start : start + TEXTS_AT_ONCE])
                for number, row in enumerate(rows, start):
                    vectors[number] = row
        return vectors

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text has, uncut; a text with more than `MAX_TOKENS` loses its end.

        Args:
            texts: Any number of texts.

        Returns:
            For each text at least 2, since [CLS] and [SEP] count.
        """
        return [len(self._split(text)) for text in texts]

    def _split(self, text: str) -> list[int]:
        # A lone surrogate is not Unicode: the tokenizer would refuse it. One text at a time takes 1 % of the run, and
        # the tokenizer's own threads would print a warning after every fork.
        return self._tokenizer.encode(text.encode("utf-8", "replace").decode("utf-8")).ids

    def _embed_one(self, text: str) -> NDArray[np.float32]:
        ids = self._split(text)
        if len(ids) > MAX_TOKENS:
            ids = [*ids[: MAX_TOKENS - 1], ids[-1]]
        tokens = np.array([ids], dtype=np.int64)
        try:
            outputs = self._session.run(None, {"input_ids": tokens, "attention_mask": np.ones_like(tokens)})
        except Exception as error:  # onnxruntime's exceptions share no base class
            raise ModelError(f"The embedder failed: {error}", REINSTALL) from error
        row: NDArray[np.float32] = outputs[0][0]
        return row


def load_embedder(threads: int = 0) -> Embedder:
    """Return the shipped embedder.

    Args:
        threads: Texts embedded at once, each on one core; 0 means one per core.

    Raises:
        ModelError: Its files are missing or damaged.
    """
    return MiniLMEmbedder(threads)


def _load_tokenizer(path: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises plain Exception
        raise ModelError(f"{path} is missing or damaged: {error}", REINSTALL) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _load_session(path: Path) -> onnxruntime.InferenceSession:
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    # The graph is as it should be. At higher levels Add and LayerNormalization become one node, which is slower.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's exceptions share no base class
        raise ModelError(f"{path} is missing or damaged: {error}", REINSTALL) from error


def _hash_files(folder: Path) -> str:
    parts = [(folder / name).read_bytes() for name in ("model.onnx", "tokenizer.json")]
    return hashlib.sha256(b"".join([*parts, str(MAX_TOKENS).encode()])).hexdigest()[:16]
