"""Counts and what is read off them: precision, recall, F1, and how far they may be trusted."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from detente.fields import Shaped

SAMPLES = 1000
SEED = 0


@dataclass(slots=True)
class Tally:
    """How many were right, of how many answers, and of how many that there were to be found."""

    right: int = 0
    answers: int = 0
    gold: int = 0

    def count(self, right: int, answers: int, gold: int) -> None:
        """Add to the counts."""
        self.right += right
        self.answers += answers
        self.gold += gold

    def judge(self, right: bool) -> None:
        """Add one question that has one answer: precision, recall and F1 are then all its accuracy."""
        self.count(right, 1, 1)


@dataclass(frozen=True, slots=True)
class Figure(Shaped):
    """One figure with its counts; percentages with one decimal, null where there is nothing to divide by."""

    group: Annotated[str, "overall, type, status, field or statement"]
    name: Annotated[str, "what is counted"]
    precision: Annotated[float | None, "right among the answers"]
    recall: Annotated[float | None, "right among the gold"]
    f1: Annotated[float | None, "harmonic mean of the two"]
    low: Annotated[float | None, "lower end of the 95 % interval of F1"]
    high: Annotated[float | None, "upper end"]
    right: Annotated[int, "how many were right"]
    answers: Annotated[int, "of how many answers"]
    gold: Annotated[int, "and of how many in the gold"]


def percent(part: float, whole: float) -> float | None:
    """Return a part of a whole in per cent."""
    return round(100 * part / whole, 1) if whole else None


def total(each: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    """Return the tallies of many passages as one, by name."""
    sums: dict[str, Tally] = {}
    for tallies in each:
        for name, tally in tallies.items():
            sums.setdefault(name, Tally()).count(tally.right, tally.answers, tally.gold)
    return sums


def intervals(each: Sequence[Mapping[str, Tally]]) -> dict[str, tuple[float | None, float | None]]:
    """Return the 95 % interval of each F1: what it would be on other passages like these.

    The passages are drawn anew with replacement, a thousand times and always alike (bootstrap over passages, since
    the events of one passage stand and fall together).
    """
    import numpy as np

    names = list(total(each))
    counts = np.zeros((len(each), len(names), 4))
    for row, tallies in enumerate(each):
        for column, name in enumerate(names):
            if tally := tallies.get(name):
                counts[row, column] = (tally.right, tally.answers, tally.gold, 1)
    draw = random.Random(SEED)
    samples = np.array([counts[draw.choices(range(len(each)), k=len(each))].sum(0) for _ in range(SAMPLES)])
    return {name: _middle(samples[:, column]) for column, name in enumerate(names)}


def _middle(samples: Any) -> tuple[float | None, float | None]:
    """The bounds between which nineteen of twenty samples lie, of those in which the thing was asked at all."""
    asked = [row for row in samples.tolist() if row[3]]
    values = sorted(percent(2 * right, answers + gold) or 0.0 for right, answers, gold, _ in asked)
    if not values:
        return None, None
    tail = len(values) // 40
    return values[tail], values[-1 - tail]
