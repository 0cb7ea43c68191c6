"""Decoding: proper trees with one root, the best there is."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.text.tree import decode, trees


def is_tree(heads: list[int]) -> bool:
    """One root, and every word reaches it."""
    if sum(head == 0 for head in heads) != 1:
        return False
    for start in range(1, len(heads) + 1):
        at, steps = start, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return True


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 5), st.integers(0, 10_000))
def test_the_best_tree_of_all(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1))
    for at in range(size):
        scores[at, at + 1] = -np.inf
    found = decode(scores).tolist()
    assert is_tree(found)
    best = max(
        sum(scores[at, head] for at, head in enumerate(heads))
        for heads in product(range(size + 1), repeat=size)
        if is_tree(list(heads))
    )
    assert sum(scores[at, head] for at, head in enumerate(found)) == pytest.approx(best)


@settings(max_examples=50, deadline=None)
@given(st.integers(6, 60), st.integers(0, 10_000))
def test_long_sentences_are_trees_too(size: int, seed: int) -> None:
    assert is_tree(decode(np.random.default_rng(seed).normal(size=(size, size + 1))).tolist())


def test_labels_follow_the_heads_and_sentences_stay_apart() -> None:
    arcs = np.full((4, 5), -1e4, np.float32)
    arcs[0, 2], arcs[1, 1], arcs[0, 0] = 5, 4, 1  # words 1 and 2 hang on each other: a cycle
    arcs[1, 0] = 3.5
    arcs[2, 0], arcs[3, 3] = 5, 5
    best = np.array([[2, 0], [1, 0], [0, 4], [3, 0]])
    labels = np.array([[7, 1], [8, 1], [1, 9], [6, 1]])
    heads, found = trees(arcs, best, labels, [0, 2, 4])
    assert heads.tolist() == [2, 0, 0, 3]
    assert found.tolist() == [7, 1, 1, 6]
