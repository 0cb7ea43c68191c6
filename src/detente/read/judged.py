"""A page as the line model has judged it, and what that says of each line: ground for choosing among lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Around(NamedTuple):
    """A page as the choice sees it."""

    texts: Sequence[str]
    logits: Sequence[Sequence[float]]
    """The line model's answers, a row a line."""
    body: Sequence[int]
    head: int | None

    @property
    def top(self) -> int:
        """The line where the story begins: its headline, else its first paragraph."""
        return self.head if self.head is not None else self.body[0] if self.body else 0

    def text(self, at: int, most: int) -> str:
        """The line, or nothing where there is none or it is longer than a stamp."""
        return self.texts[at] if 0 <= at < len(self.texts) and len(self.texts[at]) < most else ""


def odds(rows: list[list[float]], weights: dict[str, Array], name: str) -> list[float]:
    """The odds from 0 to 1 that a learned regression gives each row."""
    if not rows:
        return []
    logits = np.array(rows) @ weights[f"{name}.weight"].astype(np.float64) + float(weights[f"{name}.bias"][0])
    return [1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))) for logit in logits.tolist()]


def place(page: Around, at: int) -> list[float]:
    """Where a line stands to headline and body."""
    first, last = (page.body[0], page.body[-1]) if page.body else (len(page.texts), len(page.texts))
    head = first if page.head is None else page.head
    zone = [at < head, head <= at < first, first <= at <= last, at > last]
    far = [math.log1p(abs(at - mark)) / 3 for mark in (head, first, last)]
    near = [0 < at - head <= 3, 0 < head - at <= 3, 0 < at - last <= 3, 0 < first - at <= 3]
    return [*zone, *far, *near, page.head is None, math.log1p(len(page.texts)) / 5]


def seen(page: Around, at: int) -> list[float]:
    """What the line model says of the line and of its neighbours."""
    rows = [
        max(-12.0, min(12.0, page.logits[near][head])) / 4 if 0 <= near < len(page.texts) else -2.0
        for near in (at - 1, at, at + 1)
        for head in (2, 3)
    ]
    return [*rows, *(max(-12.0, min(12.0, page.logits[at][head])) / 4 for head in (0, 1))]
