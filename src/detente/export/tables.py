"""The store's own tables as plain CSV or Parquet files, one a table."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from detente.errors import MissingPart
from detente.store import Filters, Store

TABLES = ("story", "statement", "event", "party", "mention", "actor", "run")
CHUNK = 20_000


def queries(chosen: Filters) -> Mapping[str, tuple[str, list[Any]]]:
    """Return the query of each table.

    With filters: the events that meet them, their parties, their stories, and whatever these stories state and name.
    Runs and actors are written whole; of events the filters are those of every listing.
    """
    where = chosen.events()
    if not where.values:
        return {table: (f"SELECT * FROM {table}", []) for table in TABLES}
    of = {
        "event": f"SELECT * FROM event WHERE {where.sql}",
        "party": f"SELECT * FROM party WHERE event_id IN (SELECT id FROM event WHERE {where.sql})",
        "story": f"SELECT * FROM story WHERE id IN (SELECT story_id FROM event WHERE {where.sql})",
        "statement": f"SELECT * FROM statement WHERE story_id IN (SELECT story_id FROM event WHERE {where.sql})",
        "mention": f"SELECT * FROM mention WHERE story_id IN (SELECT story_id FROM event WHERE {where.sql})",
    }
    return {
        table: (of[table], where.values) if table in of else (f"SELECT * FROM {table}", [])
        for table in TABLES
    }


def write_csv(store: Store, folder: Path, chosen: Filters) -> dict[str, int]:
    """Write each table as CSV: UTF-8, a header line, lists and records in a cell as JSON; return the rows of each."""
    return {
        table: _csv(store, folder / f"{table}.csv", query, values)
        for table, (query, values) in queries(chosen).items()
    }


def _csv(store: Store, path: Path, query: str, values: list[Any]) -> int:
    found = store.query(query, values)
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(found.columns)
        for row in found:
            rows.writerow([_cell(value) for value in row])
            count += 1
    return count


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def write_parquet(store: Store, folder: Path, chosen: Filters) -> dict[str, int]:
    """Write each table as one Parquet file, lists and records as such; return the rows of each.

    Raises:
        MissingPart: pyarrow is not installed.
    """
    try:
        parquet = import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingPart(
            "Parquet is written by the package pyarrow, which is not installed",
            advice="Install it with: pip install 'detente[parquet]'; or take --layout csv.",
        ) from error
    counts = {}
    for table, (query, values) in queries(chosen).items():
        found = store.query(query, values).arrow()
        parquet.write_table(found, folder / f"{table}.parquet", compression="zstd")
        counts[table] = found.num_rows
    return counts
