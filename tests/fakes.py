"""Fakes: small real implementations of our seams, in place of patches."""

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class WordHashEmbedder:
    """An embedder that knows words and no meaning: texts that share words are alike."""

    def __init__(self, dimension: int = 64) -> None:
        self.dimension = dimension
        self.fingerprint = f"word-hash-{dimension}"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            # A text without words still needs a vector of length 1.
            for word in re.findall(r"\w+", text.lower()) or [""]:
                row[zlib.crc32(word.encode()) % self.dimension] += 1.0
            row /= np.linalg.norm(row)
        return vectors
