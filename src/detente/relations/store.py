"""The store as users meet it: one that can also tell of relations.

`detente.store` lies below this room and does not know it, so the two methods are added here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from detente import store
from detente.relations import dyads
from detente.relations.shapes import Pair, Timeline


class Store(store.Store):
    """A store, opened for reading, with its relations."""

    def timeline(self, first: dyads.Side, second: dyads.Side, by: str = "month", **filters: Any) -> Timeline:
        """Return what two sides do to each other, by day, week, month or year; see `dyads.timeline`."""
        return dyads.timeline(self, first, second, by, **filters)

    def relations(self, *, limit: int | None = 20, **filters: Any) -> Iterator[Pair]:
        """Yield the most active pairs of states and bodies; see `dyads.pairs`."""
        return dyads.pairs(self, limit, **filters)


def open(path: str | Path, run: str | None = None) -> Store:
    """Open a store for reading; see `detente.store.Store`."""
    return Store(path, run)
