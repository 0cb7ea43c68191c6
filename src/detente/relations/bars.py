"""Pictures made of characters: sparklines and bars for terminals and text files."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

LEVELS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[float | None], width: int | None = None) -> str:
    """Return values as one line of bars, from the smallest (or zero) to the largest; what is missing is a space.

    Where there are more values than characters, neighbours are added up to one.
    """
    found = _summed(values, width) if width and len(values) > width else list(values)
    known = [value for value in found if value is not None]
    low, high = min([0, *known]), max([0, *known])
    span = (high - low) or 1
    # A zero is the lowest bar, and whatever is above it is seen to be so.
    return "".join(" " if value is None else LEVELS[_level((value - low) / span)] for value in found)


def _level(share: float) -> int:
    return 0 if share <= 0 else max(1, min(7, round(share * 7)))


def _summed(values: Sequence[float | None], width: int) -> list[float | None]:
    edges = [round(at * len(values) / width) for at in range(width + 1)]
    groups = ([value for value in values[start:end] if value is not None] for start, end in pairwise(edges))
    return [sum(group) if group else None for group in groups]


def bar(value: float, most: float, width: int, block: str = "█") -> str:
    """Return a bar whose length is the share of value in most; whatever is above zero is seen."""
    return block * (max(1, round(width * value / most)) if value and most else 0)
