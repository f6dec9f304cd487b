"""Make the shipped reader from trained weights: `python -m rag.training.export_reader --from FILE ... --to FOLDER`.

Weights of several trainings are averaged. Writes `model.onnx`, the same bytes every time, and `tokenizer.json`. Needs
the `train` extra.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto

from rag.models.reader import READER_INPUTS, build_inputs, join_context
from rag.training.average import average_weights
from rag.training.balance import TEXTS, find_divisors
from rag.training.bert_graph import Encoder, Graph, Output, Weights
from rag.training.export_embedder import default_weights, load_tokenizer, write_model

QUESTIONS = [
    "Who chairs the committee?",
    "How much did the shares fall?",
    "when did the ceasefire begin and who broke it",
    "Why was the harbour closed?",
]
"""Asked of each of the texts that show which channels stand out."""


def build_reader(weights: Weights, source: Path, quantized: bool = True) -> ModelProto:
    """Return encoder and heads as one model.

    Its inputs are `READER_INPUTS`, int64 (batch, tokens). Its outputs, float32: `borders` (batch, tokens, 2), the
    logits of a token being the first and the last of the answer, and `answered` (batch, 1, 1), the logit of there being
    one.

    Args:
        weights: As `train_reader` writes them.
        source: Folder of the model that the training began from, with `config.json` and `tokenizer.json`.
        quantized: False for a float32 model, to compare with.
    """
    heads = json.loads((source / "config.json").read_text(encoding="utf-8"))["num_attention_heads"]
    divisors = find_divisors(lambda graph: _add_reader(graph, weights, heads), _feeds(source)) if quantized else {}
    graph = Graph(quantized, divisors)
    borders, answered = _add_reader(graph, weights, heads)
    outputs = [Output("borders", borders, ["batch", "tokens", 2]), Output("answered", answered, ["batch", 1, 1])]
    return graph.model(outputs, READER_INPUTS)


def _feeds(source: Path) -> list[dict[str, Sequence[int]]]:
    tokenizer = load_tokenizer(source)
    texts = [tokenizer.encode(text, add_special_tokens=False).ids for text in TEXTS]
    questions = [tokenizer.encode(text, add_special_tokens=False).ids for text in QUESTIONS]
    parts = [*zip([[], *texts], texts, strict=False)]
    return [build_inputs(question, join_context([], before), text) for question in questions for before, text in parts]


def _add_reader(graph: Graph, weights: Weights, heads: int) -> tuple[str, str]:
    """Append the reader and return the names of its borders and its answer logit."""
    prefix = "encoder."
    own = {name.removeprefix(prefix): array for name, array in weights.items() if name.startswith(prefix)}
    encoder = Encoder(graph, own, heads)
    states = encoder.add("token_type_ids")
    borders = graph.add("Add", _add_linear(graph, "span", states, weights), _add_readable_mask(graph))
    shares = graph.add("Transpose", graph.add("Softmax", borders, axis=1), perm=[0, 2, 1])
    wide = graph.constant("two states", np.array([0, 1, 2 * encoder.hidden]))
    pointed = graph.add("Reshape", graph.add("MatMul", shares, states), wide)
    first = graph.add("Gather", states, graph.constant("first", np.array([0])), axis=1)
    mixed = graph.multiply(
        "mix", graph.add("Concat", first, pointed, axis=2), weights["mix.weight"], weights["mix.bias"]
    )
    return borders, _add_linear(graph, "answered", graph.add("Gelu", mixed), weights)


def _add_readable_mask(graph: Graph) -> str:
    # 0 where an answer may begin or end, -10,000 elsewhere, of shape (batch, tokens, 1).
    mask = graph.add("Cast", "readable", to=TensorProto.FLOAT)
    mask = graph.add("Mul", graph.add("Sub", mask, "one"), "far")
    return graph.add("Unsqueeze", mask, graph.constant("border axis", np.array([2])))


def _add_linear(graph: Graph, name: str, values: str, weights: Weights) -> str:
    # In float32: it is small, and its outputs are what everything hangs on.
    matrix: NDArray[np.float32] = weights[f"{name}.weight"].T
    product = graph.add("MatMul", values, graph.constant(f"{name}.weight", matrix))
    return graph.add("Add", product, graph.constant(f"{name}.bias", weights[f"{name}.bias"]))


def main() -> None:
    """Read the command line and write the two files."""
    parser = argparse.ArgumentParser(description="Make the shipped reader from trained weights.")
    parser.add_argument(
        "--from",
        dest="trained",
        type=Path,
        nargs="+",
        required=True,
        help="reader.safetensors of the trainings",
    )
    parser.add_argument("--weights", type=Path, help="folder of the model it began from; default: the package's")
    parser.add_argument("--to", type=Path, required=True, help="folder to write to")
    parser.add_argument("--float", action="store_true", help="do not quantize, to compare with")
    options = parser.parse_args()
    source = options.weights or default_weights()
    model = build_reader(average_weights(options.trained), source, quantized=not options.float)
    write_model(model, source, options.to)


if __name__ == "__main__":
    main()
