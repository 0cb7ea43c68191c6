"""RECORD → STORE: a folder of Parquet files that grows by whole batches and can be asked at any time.

>>> import detente
>>> store = detente.open("store/")
>>> store.events(source="RUS", target="USA", status="occurred").df()

`Writer` adds to it, `Store` reads it, `compact` tidies it. DuckDB does the computing; see `docs/store.md`.
"""

from __future__ import annotations

from detente.store.commit import Writer
from detente.store.diff import Change, Diff
from detente.store.filters import Filters
from detente.store.merge import compact
from detente.store.result import Result
from detente.store.runs import Coding, Problem, Run
from detente.store.store import Status, Store, open

__all__ = [
    "Change",
    "Coding",
    "Diff",
    "Filters",
    "Problem",
    "Result",
    "Run",
    "Status",
    "Store",
    "Writer",
    "compact",
    "open",
]
