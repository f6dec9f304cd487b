"""Find the channels whose outliers would spoil int8, so that the weights can take them over.

A product quantizes all that it multiplies with one scale. In this model single channels reach 30 where the others stay
below 2, which leaves those others a few of the 256 steps. Dividing such a channel and multiplying its weights changes
nothing but the error.

Source: Xiao et al. 2023, SmoothQuant. Ours divides by powers of two, which is exact and the same on every machine, and
only what stands out; the published formula, which evens out all channels, made this model worse.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from rag.training.bert_graph import Graph, Output

USUAL = 4.0
"""A channel stands out if its largest value is more than this many times that of the middle channel. Dividing more
channels costs more precision in the weights than it gains."""

TEXTS = [
    "Mayor unveils plan for new harbour\nThe harbour, which has been closed since last year, will reopen in May.",
    "Shares fall\nShares of the carmaker fell 4.7% to $81.30 on Tuesday after it recalled 120,000 vans.",
    '"We did not expect this," said Ana Petrova, who chairs the committee. "Nobody did."',
    "Police said two men, aged 24 and 31, were arrested near the U.S. embassy at 5 p.m. on Friday.",
    "WASHINGTON (Reuters) - The Senate voted 51-49 on Thursday to confirm the judge.",
    "The team won 3-1 in front of 40,000 fans; its striker, injured in March, scored twice.",
    "Who is the new prime minister of Japan?",
    "when did the ceasefire begin and who broke it",
    "Photo: A woman walks past a damaged building in Kyiv, Ukraine, Jan. 5, 2023. (AP Photo/Evgeniy Maloletka)",
    "Researchers at the university found that the vaccine protected mice against all four strains of the virus.",
    "Read more: What we know so far",
    "However, the ministry's spokesman denied the report, calling it “baseless” — and added that talks would go on.",
]
"""Texts of the kind that will be embedded; a few are enough to show which channels stand out."""


def find_divisors(
    add_model: Callable[[Graph], object], feeds: Sequence[Mapping[str, Sequence[int]]]
) -> dict[str, NDArray[np.float32]]:
    """Return what to divide the channels by, for the products that have channels standing out.

    Args:
        add_model: Appends the model to a graph.
        feeds: Some texts of the kind that will be read: by the name of an input one number a token.

    Returns:
        By the product's name, powers of two from 1 upwards, shape (channels,).
    """
    graph = Graph(quantized=False)
    add_model(graph)
    names = list(graph.products)
    peaks = _measure_peaks(graph, feeds)
    divisors = {}
    for name, peak in zip(names, peaks, strict=True):
        excess = np.maximum(peak / (USUAL * np.median(peak)), 1)
        divisors[name] = np.exp2(np.rint(np.log2(excess))).astype(np.float32)
    return {name: divisor for name, divisor in divisors.items() if divisor.max() > 1}


def _measure_peaks(graph: Graph, feeds: Sequence[Mapping[str, Sequence[int]]]) -> list[NDArray[np.float32]]:
    """Return the largest magnitude of every channel over all texts, for each product in the graph's order."""
    outputs = [Output(name, value, ["batch", "tokens", "channels"]) for name, value in graph.products.items()]
    model = graph.model(outputs, list(feeds[0])).SerializeToString()
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    peaks: list[NDArray[np.float32]] = []
    for feed in feeds:
        values = session.run(None, {name: np.array([row]) for name, row in feed.items()})
        here = [np.abs(value).reshape(-1, value.shape[-1]).max(axis=0) for value in values]
        peaks = [np.maximum(old, new) for old, new in zip(peaks, here, strict=True)] if peaks else here
    return peaks
