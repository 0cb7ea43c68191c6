"""Which answer is to be held against which gold: the one-to-one assignment of the greatest total likeness.

The Hungarian method in its shortest form (Kuhn 1955; the version with potentials and one row at a time): exact,
and quick for the few dozen events of a story.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


def best_pairs(
    answers: Sequence[A], gold: Sequence[B], likeness: Callable[[A, B], float]
) -> list[tuple[A, B]]:
    """Return the pairs in the order of the gold; two of likeness 0 are never paired.

    Args:
        answers: what was found.
        gold: what should have been.
        likeness: how much the two agree, 0 or more.
    """
    if not answers or not gold:
        return []
    likes = [[likeness(answer, one) for answer in answers] for one in gold]
    size = max(len(answers), len(gold))
    cost = [
        [-likes[row][column] if row < len(gold) and column < len(answers) else 0.0 for column in range(size)]
        for row in range(size)
    ]
    taken = _assigned(cost)
    return [(answers[taken[row]], one) for row, one in enumerate(gold)
            if taken[row] < len(answers) and likes[row][taken[row]] > 0]  # fmt: skip


def _assigned(cost: Sequence[Sequence[float]]) -> list[int]:
    """Return for each row of a square table the column that makes the sum of costs smallest."""
    size = len(cost)
    row_price, column_price = [0.0] * (size + 1), [0.0] * (size + 1)
    holder = [0] * (
        size + 1
    )  # the row that holds a column, counted from 1; column 0 is where a new row waits
    for row in range(1, size + 1):
        holder[0], column = row, 0
        slack, came_from, seen = [float("inf")] * (size + 1), [0] * (size + 1), [False] * (size + 1)
        while holder[column]:
            seen[column] = True
            here, step, nearest = holder[column], float("inf"), 0
            for other in (k for k in range(1, size + 1) if not seen[k]):
                gap = cost[here - 1][other - 1] - row_price[here] - column_price[other]
                if gap < slack[other]:
                    slack[other], came_from[other] = gap, column
                if slack[other] < step:
                    step, nearest = slack[other], other
            for other in range(size + 1):
                if seen[other]:
                    row_price[holder[other]] += step
                    column_price[other] -= step
                else:
                    slack[other] -= step
            column = nearest
        while column:  # every row on the way moves on by one column
            holder[column], column = holder[came_from[column]], came_from[column]
    found = [0] * size
    for column in range(1, size + 1):
        found[holder[column] - 1] = column - 1
    return found
