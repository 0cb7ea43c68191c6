"""Write a trained network as one int8 ONNX file: the same computation as net.py, for one window at a time.

    python training/export.py runs/judge --out src/detente/text/weights/reader.onnx
    python training/export.py runs/judge --out reader-float.onnx --float

Matrices are int8 with a scale for every output; activations are quantised as they come, with a scale for every row
(``--tensor``: for the whole window), so that no row depends on another's. The graph is built by hand: it is small,
needs no exporter, and says what is computed.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from batches import Labels
from net import DISTANCES, HEADS, LAYERS, WIDTH, Net, bucket
from onnx import TensorProto, helper, numpy_helper

POSITIONS = 256  # a window holds at most this many pieces
TOP = 3  # heads of a word for which the label is computed
CUE = 0.3  # a word begins a cue above this probability; the coder asks for more where words are not quoted


class Graph:
    """Nodes and constants in the order of their making."""

    def __init__(self, exact: bool, rows: bool, outer: Graph | None = None) -> None:
        """``exact``: float matrices; ``rows``: a scale for every row of activations; ``outer``: whose branch it is."""
        self.nodes: list[Any] = []
        self.constants: list[Any] = outer.constants if outer else []
        self.exact, self.rows, self.count = exact, rows, outer.count if outer else 0
        self.lows: dict[str, tuple[str, str]] = {}  # activations already made int8: rows and their scales

    def const(self, value: Any, kind: Any = None) -> str:
        """A constant."""
        self.count += 1
        name = f"c{self.count}"
        self.constants.append(numpy_helper.from_array(np.asarray(value, kind), name))
        return name

    def op(
        self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, name: str = "", **attributes: Any
    ) -> Any:
        """A node; its output's name, or their names."""
        self.count += 1
        names = (
            [name or f"n{self.count}"] if outputs == 1 else [f"n{self.count}_{at}" for at in range(outputs)]
        )
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, layer: Any) -> str:
        """A linear layer."""
        return self.matmul(x, layer.weight.detach().numpy().T, layer.bias.detach().numpy())

    def matmul(self, x: str, weight: np.ndarray, bias: np.ndarray | None = None) -> str:
        """x @ weight + bias, in int8 unless exact."""
        if self.exact:
            out = self.op("MatMul", x, self.const(weight, np.float32))
            return out if bias is None else self.op("Add", out, self.const(bias, np.float32))
        scale = np.maximum(np.abs(weight).max(0), 1e-8) / 127
        packed = self.const(np.clip(np.round(weight / scale), -127, 127), np.int8)
        if not self.rows:
            end = [] if bias is None else [self.const(bias, np.float32)]
            return self.op(
                "DynamicQuantizeMatMul",
                x,
                packed,
                self.const(scale, np.float32),
                "",
                *end,
                domain="com.microsoft",
            )
        low, step = self.low(x)
        whole = self.op("MatMulInteger", low, packed, self.const(128, np.uint8))
        out = self.op(
            "Mul",
            self.op("Mul", self.op("Cast", whole, to=TensorProto.FLOAT), step),
            self.const(scale, np.float32),
        )
        return out if bias is None else self.op("Add", out, self.const(bias, np.float32))

    def low(self, x: str) -> tuple[str, str]:
        """Activations as uint8 around 128, and the scale of each row."""
        if x not in self.lows:
            most = self.op("ReduceMax", self.op("Abs", x), self.const([-1], np.int64), keepdims=1)
            step = self.op(
                "Mul", self.op("Max", most, self.const(1e-8, np.float32)), self.const(1 / 127, np.float32)
            )
            shifted = self.op("Add", self.op("Round", self.op("Div", x, step)), self.const(128, np.float32))
            self.lows[x] = self.op("Cast", shifted, to=TensorProto.UINT8), step
        return self.lows[x]

    def linears(self, x: str, layers: list[Any]) -> list[str]:
        """Several linear layers on the same input: one product, then cut."""
        weight = np.concatenate([layer.weight.detach().numpy().T for layer in layers], 1)
        bias = np.concatenate([layer.bias.detach().numpy() for layer in layers])
        sizes = self.const([len(layer.bias) for layer in layers], np.int64)
        return list(self.op("Split", self.matmul(x, weight, bias), sizes, outputs=len(layers), axis=-1))

    def norm(self, x: str, layer: Any) -> str:
        """Layer normalisation."""
        scale, bias = (self.const(part.detach().numpy(), np.float32) for part in (layer.weight, layer.bias))
        return self.op("LayerNormalization", x, scale, bias, axis=-1, epsilon=1e-12)

    def table(self, index: str, weight: np.ndarray) -> str:
        """Rows of an embedding table, int8 with a scale for every row unless exact."""
        if self.exact or len(weight) < 1000:
            return self.op("Gather", self.const(weight, np.float32), index)
        scale = np.maximum(np.abs(weight).max(1, keepdims=True), 1e-8) / 127
        packed = self.op("Gather", self.const(np.round(weight / scale), np.int8), index)
        return self.op(
            "Mul",
            self.op("Cast", packed, to=TensorProto.FLOAT),
            self.op("Gather", self.const(scale, np.float32), index),
        )

    def gelu(self, x: str) -> str:
        """GELU."""
        return self.op("Gelu", x)

    def halves(self, x: str) -> tuple[str, str]:
        """The two halves of the last axis."""
        first, second = self.op("Split", x, outputs=2, axis=-1, num_outputs=2)
        return first, second

    def add(self, *terms: str) -> str:
        """A sum."""
        total = terms[0]
        for term in terms[1:]:
            total = self.op("Add", total, term)
        return total


def encoder(g: Graph, net: Net) -> str:
    """The transformer: ids and kinds to vectors [T, 384]."""
    length = g.op("Shape", "ids")
    places = g.op(
        "Slice",
        g.const(net.place.weight[:POSITIONS].detach().numpy(), np.float32),
        g.const([0], np.int64),
        length,
    )
    x = g.add(
        g.table("ids", net.piece.weight.detach().numpy()),
        places,
        g.table("kinds", net.kind.weight.detach().numpy()),
    )
    x = g.op("Unsqueeze", g.norm(x, net.norm), g.const([0], np.int64))
    for layer in net.layers:
        q, k, v = g.op("Split", g.linear(x, layer.qkv), outputs=3, axis=-1, num_outputs=3)
        seen = g.op("MultiHeadAttention", q, k, v, domain="com.microsoft", num_heads=HEADS)
        x = g.norm(g.add(x, g.linear(seen, layer.out)), layer.norm1)
        x = g.norm(g.add(x, g.linear(g.gelu(g.linear(x, layer.up)), layer.down)), layer.norm2)
    return g.op("Squeeze", x, g.const([0], np.int64), name="encoded")


def choose(g: Graph, given: str, logit: str, floor: float = 0.0) -> str:
    """What the caller fixed (0 or 1), else whether the logit is above the floor."""
    zero = g.const(0, np.int64)
    likely = g.op("And", g.op("Less", given, zero), g.op("Greater", logit, g.const(floor, np.float32)))
    return str(g.op("Or", likely, g.op("Greater", given, zero)))


def column(g: Graph, x: str, at: int) -> str:
    """One column of a matrix."""
    return g.op("Gather", x, g.const(at, np.int64), axis=1)


def joined(g: Graph, head: Any, arcs: str, index: str) -> str:
    """What the tree says of each pair: one step or two, word on anchor or anchor on word (net.Pairs.joined)."""
    twice = g.op("MatMul", arcs, arcs)
    down = g.op("Transpose", index, perm=[1, 0])
    up = g.op("Gather", down, g.const([1, 0], np.int64), axis=1)
    four = [g.op("GatherND", table, way) for table in (arcs, twice) for way in (up, down)]
    columns = [g.op("Unsqueeze", one, g.const([1], np.int64)) for one in four]
    weight = g.const(head.tree.weight.detach().numpy().T, np.float32)
    return str(g.op("MatMul", g.op("Concat", *columns, axis=1), weight))


def pairs(
    g: Graph, head: Any, w: str, words: str, marked: str, index: str, name: str, arcs: str = ""
) -> None:
    """Labels of (anchor, word) pairs; marked [W] says which words are anchors, index is [2, N]."""
    anchors = g.op("Gather", w, g.op("Squeeze", g.op("NonZero", marked), g.const([0], np.int64)))
    order = g.op(
        "Sub",
        g.op("CumSum", g.op("Cast", marked, to=TensorProto.INT64), g.const(0, np.int64)),
        g.const(1, np.int64),
    )
    a, b = g.halves(g.linear(anchors, head.anchor))
    c, d = g.halves(words)
    p, q = (g.op("Gather", index, g.const(at, np.int64)) for at in (0, 1))
    reach = torch.arange(-POSITIONS, POSITIONS + 1)
    near = g.const(bucket(reach).numpy(), np.int64)
    away = g.op("Gather", near, g.op("Add", g.op("Sub", q, p), g.const(POSITIONS, np.int64)))
    far = g.op("Gather", g.const(head.distance.weight.detach().numpy(), np.float32), away)
    p = g.op("Gather", order, p)
    product = g.op("Mul", g.op("Gather", b, p), g.op("Gather", d, q))
    terms = [g.op("Gather", a, p), g.op("Gather", c, q), product, far]
    if arcs:
        terms.append(joined(g, head, arcs, index))
    hidden = g.gelu(g.add(*terms))
    g.op("ArgMax", g.linear(hidden, head.out), axis=-1, keepdims=0, name=name)


def heads(g: Graph, net: Net, x: str) -> None:
    """Every reading head on the word vectors."""
    w = g.op("Concat", g.op("Gather", x, "first"), g.op("Gather", x, "last"), axis=-1)
    tag, dep, head, rel_dep, rel_head, role, said = g.linears(
        w,
        [
            net.tag.linear,
            net.arc_dep.linear,
            net.arc_head.linear,
            net.rel_dep,
            net.rel_head,
            net.frames.word,
            net.said.word,
        ],
    )
    names = ("upos", "feats", "lemma", "names", "parties")
    *tags, flags = g.linears(g.gelu(tag), [*(net.tags[name] for name in names), net.flags])
    for name, scores in zip(names, tags, strict=True):
        g.op("ArgMax", scores, axis=-1, keepdims=0, name=name)
    starts = choose(g, "starts_given", column(g, flags, 0))
    g.op("Identity", starts, name="starts")
    number = g.op("CumSum", g.op("Cast", starts, to=TensorProto.INT64), g.const(0, np.int64))
    same = g.op(
        "Equal",
        g.op("Unsqueeze", number, g.const([1], np.int64)),
        g.op("Unsqueeze", number, g.const([0], np.int64)),
    )
    arcs = trees(g, net, (g.gelu(dep), g.gelu(head), rel_dep, rel_head), same)
    marked = choose(g, "predicates_given", column(g, flags, 1))
    asked = g.op("And", same, g.op("Unsqueeze", marked, g.const([1], np.int64)))
    pairs(g, net.frames, w, role, marked, g.op("NonZero", asked, name="role_pairs"), "roles", arcs)
    g.op("Sigmoid", column(g, flags, 2), name="cue_scores")
    cue = g.op("Greater", column(g, flags, 2), g.const(float(np.log(CUE / (1 - CUE))), np.float32))
    every = g.op("And", g.op("Unsqueeze", cue, g.const([1], np.int64)), g.op("Or", same, g.op("Not", same)))
    pairs(g, net.said, w, said, cue, g.op("NonZero", every, name="said_pairs"), "said")


def trees(g: Graph, net: Net, parts: tuple[str, str, str, str], same: str) -> str:
    """Arc scores within the sentence, and labels of each word's best heads; gives how likely each arc is [W, W]."""
    dep, head, rel_dep, rel_head = parts
    head = g.op("Concat", g.const(net.root.detach().numpy()[None], np.float32), head, axis=0)
    arc = net.arc.detach().numpy()
    scores = g.op("MatMul", g.matmul(dep, arc[:-1], arc[-1]), g.op("Transpose", head, perm=[1, 0]))
    open_root = g.op("Pad", same, g.const([0, 1, 0, 0], np.int64), g.const(True, np.bool_))
    scores = g.op("Where", open_root, scores, g.const(-1e4, np.float32), name="arcs")
    width = g.op("Slice", g.op("Shape", scores), g.const([1], np.int64), g.const([2], np.int64))
    _, best = g.op("TopK", scores, g.op("Min", width, g.const([TOP], np.int64)), outputs=2, axis=-1)
    g.op("Identity", best, name="best_heads")
    at = g.op("Max", g.op("Sub", best, g.const(1, np.int64)), g.const(0, np.int64))
    a, b = (g.op("Unsqueeze", part, g.const([1], np.int64)) for part in g.halves(rel_dep))
    c, d = (g.op("Gather", part, at) for part in g.halves(rel_head))
    hidden = g.gelu(g.add(c, a, g.op("Mul", d, b)))
    g.op("ArgMax", g.linear(hidden, net.rel), axis=-1, keepdims=0, name="best_labels")
    likely = g.op("Softmax", scores, axis=-1)
    return str(
        g.op(
            "Slice",
            likely,
            g.const([1], np.int64),
            g.const([POSITIONS + 1], np.int64),
            g.const([1], np.int64),
        )
    )


def relate(g: Graph, net: Net, x: str) -> None:
    """Type probabilities of the marked pair."""
    mark = g.op("Div", "kinds", g.const(8, np.int64))
    pooled = [g.op("Slice", x, g.const([0], np.int64), g.const([1], np.int64))]
    for number in (1, 2):
        inside = g.op("Cast", g.op("Equal", mark, g.const(number, np.int64)), to=TensorProto.FLOAT)
        row = g.op("Unsqueeze", inside, g.const([0], np.int64))
        size = g.op("Max", g.op("ReduceSum", inside), g.const([1], np.float32))
        pooled.append(g.op("Div", g.op("MatMul", row, x), size))
    hidden = g.gelu(g.linear(g.op("Concat", *pooled, axis=-1), net.pair.linear))
    types = g.op("Softmax", g.linear(hidden, net.types), axis=-1)
    g.op("Squeeze", types, g.const([0], np.int64), name="types")


READ = {
    "upos": "W",
    "feats": "W",
    "lemma": "W",
    "names": "W",
    "parties": "W",
    "starts": "W",
    "arcs": "WH",
    "best_heads": "WK",
    "best_labels": "WK",
    "role_pairs": "2N",
    "roles": "N",
    "cue_scores": "W",
    "said_pairs": "2M",
    "said": "M",
}
JUDGED = {"types": "C", "encoded": "TD"}
FLOATS = ("arcs", "cue_scores", "types", "encoded")


def kind_of(name: str) -> int:
    """The element type of an output."""
    return int(
        TensorProto.FLOAT if name in FLOATS else TensorProto.BOOL if name == "starts" else TensorProto.INT64
    )


def branch(g: Graph, net: Net, x: str) -> None:
    """The reading heads, computed only where they are asked for (the input ``read``)."""
    inner = Graph(g.exact, g.rows, g)
    heads(inner, net, x)
    info = [
        helper.make_tensor_value_info(name, kind_of(name), [None] * len(axes)) for name, axes in READ.items()
    ]
    then = helper.make_graph(inner.nodes, "reading", [], info)
    empty = [
        helper.make_node(
            "Constant",
            [],
            [f"no_{name}"],
            value=helper.make_tensor(f"no_{name}", kind_of(name), [0] * len(axes), []),
        )
        for name, axes in READ.items()
    ]
    blank = [
        helper.make_tensor_value_info(f"no_{name}", kind_of(name), [None] * len(axes))
        for name, axes in READ.items()
    ]
    other = helper.make_graph(empty, "not_reading", [], blank)
    for node in then.node:  # inner names, so that the outer ones are the node's own
        node.output[:] = [f"in_{name}" if name in READ else name for name in node.output]
        node.input[:] = [f"in_{name}" if name in READ else name for name in node.input]
    for one in then.output:
        one.name = f"in_{one.name}"
    g.nodes.append(helper.make_node("If", ["read"], list(READ), then_branch=then, else_branch=other))
    g.count = inner.count


def build(net: Net, labels: Labels, *, exact: bool, rows: bool) -> Any:
    """The whole model."""
    g = Graph(exact, rows)
    x = encoder(g, net)
    branch(g, net, x)
    relate(g, net, x)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, [size])
        for name, size in (
            ("ids", "T"),
            ("kinds", "T"),
            ("first", "W"),
            ("last", "W"),
            ("starts_given", "W"),
            ("predicates_given", "W"),
        )
    ]
    inputs.append(helper.make_tensor_value_info("read", TensorProto.BOOL, []))
    outputs = [
        helper.make_tensor_value_info(
            name, kind_of(name), [2 if axis == "2" else f"{name}_{axis}" for axis in axes]
        )
        for name, axes in (READ | JUDGED).items()
    ]
    graph = helper.make_graph(g.nodes, "reader", inputs, outputs, g.constants)
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)],
        ir_version=10,
    )
    helper.set_model_props(
        model,
        {
            "labels": json.dumps(labels.lists, ensure_ascii=False),
            "width": str(WIDTH),
            "layers": str(LAYERS),
            "distances": str(DISTANCES),
            "limit": str(POSITIONS),
        },
    )
    onnx.checker.check_model(model)
    return model


def main() -> None:
    """Read a run, write ONNX."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("run", type=Path)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--float", dest="exact", action="store_true")
    options.add_argument("--tensor", action="store_true", help="one scale for a window's activations")
    args = options.parse_args()
    labels = Labels.load(args.run / "labels.json")
    net = Net(labels.sizes())
    state = torch.load(args.run / "state.pt", map_location="cpu")
    net.load_state_dict(state.get("average", state["net"]), strict=False)
    net.eval()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(build(net, labels, exact=args.exact, rows=not args.tensor), args.out)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.1f} MB, step {state['step']}")


if __name__ == "__main__":
    main()
