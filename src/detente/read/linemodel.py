"""What the lines of a page look like, in numbers, and a small learned network that reads them.

The network knows no site and no phrase list. It sees, for each line, its length, case, punctuation, place on
the page, hashed words and how much its words recur on the page, and then its neighbours out to some sixty
lines on either side. Weights: `data/lines.npz`, made by `training/lines.py`, loaded at first use. Everything
here works on whole pages at once in numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

HEADS = ("body", "headline", "byline", "date")
"""What the network judges of every line, in the order of its answers."""

BUCKETS = 4096
"""How many cells the hashed vocabulary has; words that share one share their weights."""

_LONGEST = 4000
_SINGLE = 250_000
"""Multiplications up to which OpenBLAS stays in one thread (its threshold is 4 x 65,536)."""
_KNOWN = 0x3000
"""Characters from here on (CJK, emoji) are one class; the model reads English."""

_MARKS = (
    ".",
    ",",
    ":",
    ";",
    "?",
    "!",
    "\"“”'‘’«»",
    "(",
    ")",
    "|",
    "-–—",
    "•·▪●►→›»*",
    "/",
    "@",
    "©®™",
    "$€£%",
    "#&+=",
)
_SPACE, _UPPER, _LOWER, _DIGIT, _OTHER = 0, 1, 2, 3, 4 + len(_MARKS)
_CLASSES = _OTHER + 1
_ENDS = (".", "?!", ":", "\"”'’", ",;", ")", "…-–—")


class Page(NamedTuple):
    """A page as the network takes it: a row of numbers a line, and the hashed words of all lines."""

    numbers: Array
    """lines x FEATURES, float32."""
    words: Array
    """Bucket of every word on the page, in reading order."""
    starts: Array
    """lines + 1 indices into `words`: where each line's words begin."""


@cache
def _tables() -> tuple[Array, Array, Array, Array]:
    """Class and folded code of each character, powers for the rolling hash, class of a last character."""
    kind = np.full(_KNOWN + 1, _OTHER, dtype=np.uint8)
    fold = np.arange(_KNOWN + 1, dtype=np.uint64)
    last = np.full(_KNOWN + 1, len(_ENDS) + 2, dtype=np.uint8)
    for code in range(_KNOWN):
        letter = chr(code)
        if letter.isspace():
            kind[code] = _SPACE
        elif letter.isdigit():
            kind[code], fold[code], last[code] = _DIGIT, ord("0"), len(_ENDS) + 1
        elif letter.isalpha():
            kind[code], last[code] = (_UPPER if letter.isupper() else _LOWER), len(_ENDS)
            fold[code] = min(ord(letter.lower()[0]), _KNOWN)
    for at, marks in enumerate(_MARKS):
        kind[[ord(mark) for mark in marks]] = 4 + at
    for at, marks in enumerate(_ENDS):
        last[[ord(mark) for mark in marks]] = at
    powers = np.array([pow(1_000_003, at, 1 << 64) for at in range(32)], dtype=np.uint64)
    return kind, fold, powers, last


def _mixed(hashes: Array, bits: int) -> Array:
    """The top bits of well-stirred 64-bit hashes."""
    stirred = (hashes ^ (hashes >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15)
    out: Array = (stirred >> np.uint64(64 - bits)).astype(np.int64)
    return out


def _sums(values: Array, starts: Array) -> Array:
    """Sum of `values` in each stretch that begins at `starts`; an empty stretch has 0."""
    total = np.concatenate([np.zeros((1, *values.shape[1:]), values.dtype), np.cumsum(values, axis=0)])
    out: Array = total[starts[1:]] - total[starts[:-1]]
    return out


def page(lines: Sequence[str]) -> Page:
    """The numbers of every line. Lines must hold no newline and must not be blank."""
    kinds, fold, powers, ends = _tables()
    text = "\n".join(lines) + "\n"
    codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32), _KNOWN)
    kind = kinds[codes]
    breaks = np.flatnonzero(codes == 10)
    bounds = np.concatenate([[0], breaks + 1])
    inside = (kind >= _UPPER) & (kind <= _DIGIT)
    inside[codes == _KNOWN] = True
    before = np.concatenate([[False], inside[:-1]])
    heads = np.flatnonzero(inside & ~before)
    tails = np.flatnonzero(~inside & before)
    starts = np.searchsorted(heads, bounds)
    sizes = tails - heads
    hashes = _hashes(codes, fold, powers, heads, sizes)
    first = kind[heads] if len(heads) else np.zeros(0, np.uint8)
    upper = np.concatenate([[0], np.cumsum(kind == _UPPER)])
    shouting = (upper[tails] - upper[heads] == sizes) & (sizes > 1)
    shapes = np.stack([first == _UPPER, shouting, first == _DIGIT, sizes > 6, sizes < 4], axis=1)
    cells = np.repeat(np.arange(len(lines)) * _CLASSES, np.diff(bounds)) + kind
    counts = np.bincount(cells, minlength=len(lines) * _CLASSES).reshape(-1, _CLASSES)
    numbers = _numbers(
        counts, _sums(shapes.astype(np.int64), starts), kind[bounds[:-1]], ends[codes[breaks - 1]]
    )
    where = _places(np.diff(bounds).astype(np.float32), _line_hashes(hashes, starts))
    topic = _topic(hashes, sizes, starts, np.diff(bounds))
    full = np.concatenate([numbers, where, topic], axis=1).astype(np.float32)
    return Page(full, _mixed(hashes, BUCKETS.bit_length() - 1), starts)


def _hashes(codes: Array, fold: Array, powers: Array, heads: Array, sizes: Array) -> Array:
    """A 64-bit hash of every word, case folded and digits all alike."""
    if not len(heads):
        return np.zeros(0, np.uint64)
    short = np.minimum(sizes, 20)
    owner = np.repeat(np.arange(len(heads)), short)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(short) - short, short)
    with np.errstate(over="ignore"):
        parts = fold[codes[heads[owner] + place]] * powers[place]
        out: Array = np.add.reduceat(parts, np.cumsum(short) - short)
    return out


def _line_hashes(hashes: Array, starts: Array) -> Array:
    """One hash a line from its words, to see lines that come twice."""
    with np.errstate(over="ignore"):
        order = np.arange(len(hashes), dtype=np.uint64) - np.repeat(starts[:-1], np.diff(starts)).astype(
            np.uint64
        )
        return _sums(hashes * (order * np.uint64(2) + np.uint64(1)), starts)


def _numbers(counts: Array, shapes: Array, first: Array, last: Array) -> Array:
    """Length, case, punctuation and ends of each line."""
    size = counts.sum(axis=1, keepdims=True)
    words = np.maximum(counts[:, [_SPACE]], 1)
    marks = counts[:, 4:]
    opening = np.stack(
        [first == _UPPER, first == _LOWER, first == _DIGIT, first == 4 + 6, first > _DIGIT], axis=1
    )
    return np.concatenate(
        [
            np.log1p(size) / 3,
            np.log1p(words) / 2,
            size < 60,
            words < 4,
            words > 20,
            shapes / words,
            counts[:, [_UPPER, _DIGIT, _SPACE]] / size * 3,
            np.log1p(marks),
            marks[:, :2] / words * 3,
            opening,
            np.eye(len(_ENDS) + 3, dtype=np.float32)[last],
        ],
        axis=1,
    )


def _places(sizes: Array, lines: Array) -> Array:
    """Where each line stands on the page, and whether the same words come again."""
    many = len(sizes)
    at = np.arange(many)
    _, seen, inverse, times = np.unique(lines, return_index=True, return_inverse=True, return_counts=True)
    through = np.cumsum(sizes) / sizes.sum()
    columns = [
        at / many,
        np.log1p(at) / 3,
        np.log1p(many - 1 - at) / 3,
        np.full(many, np.log1p(many) / 3),
        through,
        np.full(many, np.log1p(sizes.sum()) / 5),
        np.minimum(times[inverse], 5) / 3,
        seen[inverse] != at,
    ]
    return np.stack(columns, axis=1)


def _topic(hashes: Array, sizes: Array, starts: Array, lengths: Array) -> Array:
    """How much a line's longer words recur in the page's long lines: a headline's do, a menu's don't."""
    owner = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    cell = _mixed(hashes, 14)
    keep = sizes > 3
    counted = keep & (lengths > 120)[owner]
    table = np.bincount(cell[counted], minlength=1 << 14).astype(np.float32)
    other = np.maximum(table[cell] - counted, 0) * keep
    kept = np.maximum(_sums(keep.astype(np.float32), starts), 1)
    share = _sums((other > 0).astype(np.float32), starts) / kept
    depth = _sums(np.log1p(other), starts) / kept
    return np.stack([share, depth / 2], axis=1)


@cache
def learned() -> dict[str, Array]:
    """The learned arrays as float32; the word table is stored in whole numbers with one scale a column."""
    with files("detente.read").joinpath("data/lines.npz").open("rb") as stored, np.load(stored) as arrays:
        found = {name: arrays[name].astype(np.float32) for name in arrays.files}
    return unpacked(found)


def unpacked(stored: dict[str, Array]) -> dict[str, Array]:
    """Arrays as used, from arrays as stored: `NAME` and `NAME.scale` make one, matrices are turned.

    Turned means in x out and in one piece of memory, the three taps of a convolution (stored out x in x 3) side
    by side: that keeps numpy on its fast path.
    """
    found = {}
    for name, value in stored.items():
        if name.startswith("conv") and name.endswith(".weight"):
            value = value.transpose(1, 2, 0).reshape(value.shape[1], -1)
        elif name.endswith(".weight"):
            value = value.T
        elif name.endswith(".scale"):
            continue
        found[name] = np.ascontiguousarray(
            value * stored.get(f"{name}.scale", np.float32(1)), dtype=np.float32
        )
    return found


def judge(lines: Sequence[str], weights: dict[str, Array] | None = None) -> Array:
    """For every line the logits of HEADS: above 0 more likely than not. Lines as for `page`.

    Time and memory stay bounded on hostile input: of an endless line only its two ends are read, and a page of
    more than `_LONGEST` lines is judged in pieces.
    """
    if not lines:
        return np.zeros((0, len(HEADS)), np.float32)
    weights = weights or learned()
    short = [clipped(line) for line in lines]
    pieces = [short[at : at + _LONGEST] for at in range(0, len(short), _LONGEST)]
    return np.concatenate([run(page(piece), weights) for piece in pieces])


def clipped(line: str) -> str:
    """The line, or if it is very long its beginning and end: enough to see what it is."""
    return line if len(line) <= 1500 else line[:1000] + line[-500:]


def bags(words: Array, starts: Array, table: Array) -> Array:
    """Mean, first and last word vector of each line; zeros for a line without words."""
    rows = np.concatenate([table[words], np.zeros((1, table.shape[1]), table.dtype)])
    many = np.diff(starts)[:, None]
    mean = _sums(rows[:-1].astype(np.float64), starts) / np.maximum(many, 1)
    first = np.where(many > 0, rows[starts[:-1]], 0)
    last = np.where(many > 0, rows[np.maximum(starts[1:] - 1, 0)], 0)
    return np.concatenate([mean, first, last], axis=1, dtype=np.float32)


def run(page: Page, weights: dict[str, Array]) -> Array:
    """The network: a dense layer, the page's own means and maxima, then convolutions ever wider along it."""
    rows = np.concatenate([page.numbers, bags(page.words, page.starts, weights["words"])], axis=1)
    rows = np.maximum(_times(rows, weights["in.weight"]) + weights["in.bias"], 0)
    whole = np.concatenate([rows.mean(axis=0), rows.max(axis=0)])
    rows = rows + np.maximum(whole @ weights["page.weight"] + weights["page.bias"], 0)
    step = 0
    while f"conv{step}.weight" in weights:
        rows = rows + np.maximum(
            _conv(rows, weights[f"conv{step}.weight"], 2**step) + weights[f"conv{step}.bias"], 0
        )
        step += 1
    out: Array = _times(rows, weights["out.weight"]) + weights["out.bias"]
    return out


def _times(rows: Array, weight: Array) -> Array:
    """The matrix product, in pieces too small for the linear algebra library to share among threads.

    Pages are small: threads waiting for each other on a busy machine cost ten times what the product does.
    """
    size = max(_SINGLE // weight.size, 1)
    full = len(rows) // size * size
    many = rows[:full].reshape(-1, size, rows.shape[1]) @ weight
    out: Array = np.concatenate([many.reshape(full, weight.shape[1]), rows[full:] @ weight])
    return out


def _conv(rows: Array, weight: Array, reach: int) -> Array:
    """Each line with the lines `reach` above and below it; `weight` as `unpacked` gives it."""
    above, here, below = np.split(_times(rows, weight), 3, axis=1)
    out: Array = here.copy()
    if len(rows) > reach:
        out[reach:] += above[:-reach]
        out[:-reach] += below[reach:]
    return out
