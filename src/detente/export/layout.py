"""What a layout is: its columns, each with its meaning and its value, and how the file is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from detente.export.acts import Dyad

Cell = str | int | float | None


class Column(NamedTuple):
    """One column: its name, what it holds or why it is empty, and its value for a row."""

    name: str
    meaning: str
    value: Callable[[Dyad], Cell]


class Layout(NamedTuple):
    """A tab-separated layout of dyadic events."""

    name: str
    file: str
    title: str
    columns: tuple[Column, ...]
    header: bool
    missing: str = ""  # how a cell without a value is written


def empty(name: str, why: str) -> Column:
    """Return a column that the layout has and detente cannot fill."""
    return Column(name, f"empty: {why}", lambda row: None)
