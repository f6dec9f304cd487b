"""Load and run the shipped models: the only place that knows the runtime.

Each text is a run of its own on one core, and as many run at once as there are threads. Batches would gain nothing:
they are padded, outgrow the caches, and share one scale for their int8 activations, so that what comes of a text would
depend on what happens to be run beside it.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from rag.errors import ModelError

REINSTALL = "Install Footnote again: pip install --force-reinstall --no-deps footnote"
TEXTS_AT_ONCE = 1024  # How many are handed to the threads before their results are collected.

Text = TypeVar("Text")
Result = TypeVar("Result")


class Model:
    """A shipped model: a folder with `model.onnx` and `tokenizer.json`. Thread-safe.

    Attributes:
        hash: Start of the hash over both files; other weights have another one.
        output_shapes: By the name of each output, its size in every dimension, a name where it varies.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        """Load the weights.

        Args:
            folder: Where the two files lie.
            threads: Texts run at once, each on one core; 0 means one per core.

        Raises:
            ModelError: A file is missing or damaged.
        """
        self._name = folder.name
        self._threads = threads or os.cpu_count() or 1
        self._tokenizer = _load_tokenizer(folder / "tokenizer.json")
        self._session = _load_session(folder / "model.onnx")
        self.hash = _hash_files(folder)
        self.output_shapes: dict[str, list[int | str]] = {out.name: out.shape for out in self._session.get_outputs()}

    def split(self, text: str, add_special_tokens: bool = True) -> Encoding:
        """Return a text's tokens with their offsets, uncut."""
        # A lone surrogate is not Unicode: the tokenizer would refuse it. One text at a time takes 1 % of the run, and
        # the tokenizer's own threads would print a warning after every fork.
        plain = text.encode("utf-8", "replace").decode("utf-8")
        return self._tokenizer.encode(plain, add_special_tokens=add_special_tokens)

    def run(self, inputs: Mapping[str, Sequence[int]]) -> list[NDArray[np.float32]]:
        """Return the model's outputs for one text, without the batch's dimension.

        Args:
            inputs: By name, one number a token.

        Raises:
            ModelError: The runtime failed, for example for want of memory.
        """
        try:
            outputs = self._session.run(None, {name: np.array([row]) for name, row in inputs.items()})
        except Exception as error:  # onnxruntime's exceptions share no base class
            raise ModelError(f"The {self._name} failed: {error}", REINSTALL) from error
        return [output[0] for output in outputs]

    def map(self, run: Callable[[Text], Result], texts: Sequence[Text]) -> Iterator[Result]:
        """Yield what comes of each text, in their order, several worked on at once."""
        with ThreadPoolExecutor(self._threads) as pool:
            for start in range(0, len(texts), TEXTS_AT_ONCE):
                yield from pool.map(run, texts[start : start + TEXTS_AT_ONCE])


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
    return hashlib.sha256(b"".join(parts)).hexdigest()[:16]
