"""Arc scores to trees: every sentence a proper tree with one root.

The best head of each word is nearly always a tree already. Where it is not, Chu and Liu's and Edmonds' algorithm
finds the best tree with one root (Zmigrod, Vieira and Cotterell 2020 on why one root matters).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


def trees(arcs: Floats, best: Ints, labels: Ints, bounds: Sequence[int]) -> tuple[Ints, Ints]:
    """Heads (0 root, else word + 1) and label numbers of a window's words.

    ``arcs`` [W, W + 1]: scores, column 0 the root; ``best`` and ``labels`` [W, K]: each word's best heads and the
    labels of these arcs; ``bounds``: where sentences begin, and W.
    """
    heads = best[:, 0].copy()
    for number in np.flatnonzero(~_good(heads, bounds)).tolist():
        a, b = bounds[number], bounds[number + 1]
        local = np.concatenate([arcs[a:b, :1], arcs[a:b, a + 1 : b + 1]], 1).astype(np.float64)
        found = decode(local)
        heads[a:b] = np.where(found > 0, found + a, 0)
    match = best == heads[:, None]
    return heads, labels[np.arange(len(heads)), match.argmax(1)]


def _good(heads: Ints, bounds: Sequence[int]) -> NDArray[np.bool_]:
    """Which sentences have one root and no cycle."""
    size = len(heads)
    up = np.concatenate([[0], heads])
    at = up.copy()
    for _ in range(max(1, int(size).bit_length())):
        at = at[at]
    starts = list(bounds[:-1])
    lost = np.add.reduceat((at[1:] != 0).astype(np.int64), starts)
    roots = np.add.reduceat((heads == 0).astype(np.int64), starts)
    good: NDArray[np.bool_] = (lost == 0) & (roots == 1)
    return good


def decode(scores: NDArray[np.float64]) -> Ints:
    """The best tree with one root; scores [n, n + 1], column 0 the root -> heads, 0 or word + 1."""
    size = len(scores)
    full = np.full((size + 1, size + 1), -np.inf)
    full[1:, :] = scores
    np.fill_diagonal(full, -np.inf)
    heads = _edmonds(full)
    roots = np.flatnonzero(heads[1:] == 0) + 1
    if len(roots) > 1:
        found, most = heads, -np.inf
        for root in roots.tolist():
            one = full.copy()
            one[1:, 0] = -np.inf
            one[root, 0] = full[root, 0]
            tree = _edmonds(one)
            total = float(one[np.arange(1, size + 1), tree[1:]].sum())
            if total > most:
                found, most = tree, total
        heads = found
    out: Ints = heads[1:].astype(np.int64)
    return out


def _edmonds(scores: NDArray[np.float64]) -> Ints:
    """The best tree rooted at node 0; scores[dependent, head]."""
    heads: Any = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return np.asarray(heads, np.int64)
    inside = np.zeros(len(scores), bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    kept = scores[cycle, heads[cycle]]
    small = np.full((len(rest) + 1, len(rest) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    into = scores[np.ix_(cycle, rest)] - kept[:, None]  # break the cycle at the word where it costs least
    small[-1, :-1] = into.max(0) + kept.sum()
    out = scores[np.ix_(rest, cycle)]
    small[:-1, -1] = out.max(1)
    tree = _edmonds(small)
    answer = np.asarray(heads, np.int64).copy()
    for at, head in enumerate(tree[:-1].tolist()):
        answer[rest[at]] = cycle[out[at].argmax()] if head == len(rest) else rest[head]
    entered = int(tree[-1])
    broken = int(into[:, entered].argmax())
    answer[cycle[broken]] = rest[entered]
    answer[0] = 0
    return answer


def _cycle(heads: Any) -> Ints | None:
    """The words of one cycle, if there is any."""
    seen = np.zeros(len(heads), np.int64)
    for start in range(1, len(heads)):
        at, path = start, []
        while at and not seen[at]:
            seen[at] = start
            path.append(at)
            at = int(heads[at])
        if at and seen[at] == start:
            return np.array(path[path.index(at) :], np.int64)
    return None
