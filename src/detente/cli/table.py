"""Rows of any result as they are written: an aligned table for people, JSON objects, or CSV.

A result can have a million rows, so nothing waits for the last one: the first rows decide how wide the columns are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import Any

from detente.cli.columns import Column
from detente.cli.output import Listing, Screen
from detente.cli.readable import BOLD, painted, plain

Row = tuple[Any, ...]
Cell = Callable[[Mapping[str, Any]], object]
SAMPLE = 200  # rows that decide the widths
WIDEST = 32  # characters of a column that is not the last
NARROWEST = 20  # characters left to the last column even on a narrow screen
GAP = "  "


def listing(
    names: Sequence[str], rows: Iterable[Row], shown: Mapping[str, Cell] | None = None
) -> tuple[Listing, Iterator[Row]]:
    """Return how rows are written, and the rows.

    Args:
        names: the columns' names.
        rows: the rows, in the order of the names.
        shown: the columns of the table for people, each made from a row as a mapping; by default all.
    """
    waiting = iter(rows)
    first = list(islice(waiting, SAMPLE))
    columns = tuple(Column(name, "", itemgetter(at)) for at, name in enumerate(names))
    table = _Table(names, shown or {name: itemgetter(name) for name in names}, first)
    flat = Listing(
        lambda row: {name: data(value) for name, value in zip(names, row, strict=True)},
        columns,
        lambda row: [tuple(map(cell, row))],
        table.line,
    )
    return flat, chain(first, waiting)


def data(value: Any) -> Any:
    """Return a value of a database as a JSON value: dates as ISO text, what JSON lacks as its usual text."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): data(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set):
        return [data(part) for part in value]
    return str(value)


def cell(value: Any) -> Any:
    """Return a value for one cell: plain lists separated by semicolons, deeper ones as JSON."""
    import json

    value = data(value)
    if isinstance(value, list) and not any(isinstance(part, list | dict) for part in value):
        return "; ".join("" if part is None else str(part) for part in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


class _Table:
    """An aligned table; its heading stands above the first row."""

    def __init__(self, names: Sequence[str], shown: Mapping[str, Cell], sample: Sequence[Row]) -> None:
        self.names = names
        self.shown = shown
        self.begun = False
        texts = [self._texts(row) for row in sample]
        self.widths = [max(map(len, column)) for column in zip([*shown], *texts, strict=True)]
        numbers = [[value(dict(zip(names, row, strict=True))) for value in shown.values()] for row in sample]
        self.right = [bool(column) and all(map(_is_number, column)) for column in zip(*numbers, strict=True)]

    def line(self, row: Row, screen: Screen) -> str:
        """Return a row as a line; the first is preceded by the heading."""
        widths = self._fitted(screen)
        lines = [] if self.begun else [painted(self._joined([*self.shown], widths), BOLD, screen)]
        self.begun = True
        return "\n".join([*lines, self._joined(self._texts(row), widths)])

    def _texts(self, row: Row) -> list[str]:
        values = dict(zip(self.names, row, strict=True))
        return [plain(_text(value(values))) for value in self.shown.values()]

    def _fitted(self, screen: Screen) -> list[int]:
        """As wide as the cells where there is room; else columns have a bound, and the last takes what is left."""
        room = screen.width - len(GAP) * (len(self.widths) - 1)
        if sum(self.widths) <= room:
            return self.widths
        *widths, last = (*(min(width, WIDEST) for width in self.widths[:-1]), self.widths[-1])
        return [*widths, min(last, max(NARROWEST, room - sum(widths)))]

    def _joined(self, texts: Sequence[str], widths: Sequence[int]) -> str:
        right = self.right or [False] * len(texts)
        cells = (
            cut(text, width).rjust(width) if number else cut(text, width).ljust(width)
            for text, width, number in zip(texts, widths, right, strict=True)
        )
        return GAP.join(cells).rstrip()


def cut(text: str, width: int) -> str:
    """Return a text cut to a width; an ellipsis stands for what is missing."""
    return text if len(text) <= width else text[: width - 1] + "…"


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _text(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    return str(cell(value))
