"""Write a BERT encoder as an int8 ONNX graph, node by node.

An exporter and a quantizer give the same numbers in 700 nodes, which the runtime then fuses, some for the worse: its
SkipLayerNormalization takes six times as long as Add and LayerNormalization. Written by hand the graph has 140 nodes,
needs no fusing, and is the same file every time. All nodes are standard ones but two kinds of `com.microsoft`, which
onnxruntime runs on every processor.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, checker, helper, numpy_helper

Weights = Mapping[str, NDArray[np.float32]]
"""A model's arrays under the names that `transformers.BertModel` gives them."""

MICROSOFT = "com.microsoft"
OPSETS = [helper.make_opsetid("", 21), helper.make_opsetid(MICROSOFT, 1)]
IR_VERSION = 10
LARGEST = 63
"""Quantized weights lie in -63..63. With all of 8 bits, two products overflow 16 bits on processors that have AVX2 but
not VNNI, and the same text would get another vector there."""


INPUTS = ("input_ids", "attention_mask")
"""What every encoder takes."""


@dataclass(frozen=True, slots=True)
class Output:
    """What a model returns.

    Attributes:
        name: Its name.
        value: Name of the value in the graph, float32.
        shape: Its size in each dimension; a name for what is known at run time only.
    """

    name: str
    value: str
    shape: Sequence[str | int]


class Graph:
    """A graph that grows one node at a time; its values go by name.

    Attributes:
        quantized: Whether weights are int8; if not, the same graph is written in float32.
        products: For each product with a weight, by its name, the value that is multiplied.
    """

    def __init__(self, quantized: bool = True, divisors: Mapping[str, NDArray[np.float32]] | None = None) -> None:
        """Start with nothing but the inputs, which go by their names.

        Args:
            quantized: Write int8 weights.
            divisors: For some products, by name, what each channel of the multiplied value is divided by, shape (n,),
                while the weight is multiplied: the result is the same, but the value is quantized with less error.
        """
        self.quantized = quantized
        self.products: dict[str, str] = {}
        self._divisors = divisors or {}
        self._nodes: list[NodeProto] = []
        self._constants: dict[str, TensorProto] = {}

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        """Keep an array and return its name."""
        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def add(self, kind: str, *inputs: str, domain: str = "", **attributes: object) -> str:
        """Append a node and return the name of its output."""
        return self.add_many(kind, 1, *inputs, domain=domain, **attributes)[0]

    def add_many(self, kind: str, count: int, *inputs: str, domain: str = "", **attributes: object) -> list[str]:
        """Append a node with `count` outputs and return their names."""
        outputs = [f"{kind}_{len(self._nodes)}_{number}" for number in range(count)]
        self._nodes.append(helper.make_node(kind, inputs, outputs, domain=domain, **attributes))
        return outputs

    def multiply(self, name: str, values: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """Append `values @ weight.T + bias`, the weight with one scale per output when quantized.

        Args:
            name: What the constants are called.
            values: Name of a value of shape (..., n).
            weight: Shape (m, n), as torch keeps it.
            bias: Shape (m,).
        """
        added = self.constant(f"{name}.bias", bias)
        self.products[name] = values
        if name in self._divisors:
            values = self.add("Mul", values, self.constant(f"{name}.factor", 1 / self._divisors[name]))
            weight = weight * self._divisors[name]
        if not self.quantized:
            return self.add("Add", self.add("MatMul", values, self.constant(f"{name}.weight", weight.T)), added)
        scales = np.abs(weight).max(axis=1) / LARGEST
        matrix = self.constant(f"{name}.weight", np.rint(weight.T / scales).astype(np.int8))
        scale = self.constant(f"{name}.scale", scales)
        return self.add("DynamicQuantizeMatMul", values, matrix, scale, "", added, domain=MICROSOFT)

    def look_up(self, name: str, ids: str, table: NDArray[np.float32]) -> str:
        """Append the rows of a table of shape (n, m) that `ids` number, one scale per row when quantized."""
        if not self.quantized:
            return self.add("Gather", self.constant(name, table), ids)
        scales = np.abs(table).max(axis=1, keepdims=True) / 127
        rows = self.add("Gather", self.constant(name, np.rint(table / scales).astype(np.int8)), ids)
        factors = self.add("Gather", self.constant(f"{name}.scale", scales), ids)
        return self.add("Mul", self.add("Cast", rows, to=TensorProto.FLOAT), factors)

    def model(self, outputs: Sequence[Output], inputs: Sequence[str] = INPUTS) -> ModelProto:
        """Return the finished, checked model.

        Args:
            outputs: What it returns.
            inputs: What it takes, int64 of shape (batch, tokens).
        """
        ends = [helper.make_node("Identity", [output.value], [output.name]) for output in outputs]
        graph = helper.make_graph(
            [*self._nodes, *ends],
            "bert",
            [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"]) for name in inputs],
            [helper.make_tensor_value_info(output.name, TensorProto.FLOAT, output.shape) for output in outputs],
            list(self._constants.values()),
        )
        model = helper.make_model(graph, opset_imports=OPSETS, ir_version=IR_VERSION, producer_name="footnote")
        checker.check_model(model)
        return model


class Encoder:
    """Adds a BERT encoder to a graph; dropout left out, token types all 0 unless given."""

    def __init__(self, graph: Graph, weights: Weights, heads: int) -> None:
        """Take the graph and the weights.

        Args:
            graph: Where the nodes go.
            weights: The encoder's arrays.
            heads: Number of heads of the attention; it divides the hidden size.
        """
        self.graph = graph
        self.weights = weights
        self.heads = heads
        self.hidden = weights["embeddings.word_embeddings.weight"].shape[1]

    def add(self, token_types: str = "") -> str:
        """Append the encoder and return the name of its last hidden states, float32 (batch, tokens, hidden).

        Args:
            token_types: Name of a value of shape (batch, tokens), 0 or 1, or empty if all are 0.
        """
        graph = self.graph
        size = graph.constant("hidden size", np.array([self.hidden]))
        self._joined = graph.add("Concat", graph.add("Shape", "input_ids"), size, axis=0)
        graph.constant("split", np.array([0, 0, 3, self.heads, self.hidden // self.heads]))
        self._mask = self._add_mask()
        values = self._add_embeddings(token_types)
        for number in range(sum(name.endswith("attention.self.query.weight") for name in self.weights)):
            layer = f"encoder.layer.{number}."
            values = self._norm(f"{layer}attention.output", values, self._add_attention(layer, values))
            values = self._norm(f"{layer}output", values, self._add_feed_forward(layer, values))
        return values

    def _add_mask(self) -> str:
        # 0 for a token, -10,000 for padding, added to the scores of (batch, heads, tokens, tokens).
        graph = self.graph
        mask = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
        mask = graph.add("Sub", mask, graph.constant("one", np.array([1], dtype=np.float32)))
        mask = graph.add("Mul", mask, graph.constant("far", np.array([10_000], dtype=np.float32)))
        return graph.add("Unsqueeze", mask, graph.constant("mask axes", np.array([1, 2])))

    def _add_embeddings(self, token_types: str) -> str:
        graph, weights = self.graph, self.weights
        words = graph.look_up("words", "input_ids", weights["embeddings.word_embeddings.weight"])
        places = weights["embeddings.position_embeddings.weight"]
        types = weights["embeddings.token_type_embeddings.weight"]
        if token_types:
            words = graph.add("Add", words, graph.add("Gather", graph.constant("types", types), token_types))
        else:
            places = places + types[0]
        count = graph.add("Shape", "input_ids", start=1, end=2)
        start = graph.constant("first place", np.array([0]))
        used = graph.add("Slice", graph.constant("places", places), start, count)
        return self._norm("embeddings", words, used)

    def _add_attention(self, layer: str, values: str) -> str:
        graph, own = self.graph, f"{layer}attention."
        # One product gives query, key and value; the attention's factor is already in the query.
        factors = {"query": (self.hidden // self.heads) ** -0.5, "key": 1, "value": 1}
        weight, bias = (
            np.concatenate([self.weights[f"{own}self.{part}.{kind}"] * np.float32(f) for part, f in factors.items()])
            for kind in ("weight", "bias")
        )
        joined = graph.add("Reshape", graph.multiply(f"{own}self", values, weight, bias), "split")
        by_head = graph.add("Transpose", joined, perm=[2, 0, 3, 1, 4])
        query, key, value = graph.add_many("Split", 3, by_head, axis=0, num_outputs=3)
        scores = graph.add("FusedMatMul", query, key, domain=MICROSOFT, transB=1)
        shares = graph.add("Softmax", graph.add("Add", scores, self._mask), axis=-1)
        mixed = graph.add("Transpose", graph.add("MatMul", shares, value), perm=[0, 1, 3, 2, 4])
        return self._linear(f"{own}output.dense", graph.add("Reshape", mixed, self._joined))

    def _add_feed_forward(self, layer: str, values: str) -> str:
        wide = self.graph.add("Gelu", self._linear(f"{layer}intermediate.dense", values))
        return self._linear(f"{layer}output.dense", wide)

    def _linear(self, name: str, values: str) -> str:
        return self.graph.multiply(name, values, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def _norm(self, name: str, values: str, change: str) -> str:
        scale, bias = (
            self.graph.constant(f"{name}.norm.{kind}", self.weights[f"{name}.LayerNorm.{kind}"])
            for kind in ("weight", "bias")
        )
        total = self.graph.add("Add", values, change)
        return self.graph.add("LayerNormalization", total, scale, bias, epsilon=1e-12)
