"""Fewer and better parts: small ones are merged, actors are summed up, superseded codings are left out for good."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from detente.store import engine, manifest, parts
from detente.store.manifest import Lock, Manifest, Part
from detente.store.schema import CODED

SMALL = 16_000_000  # bytes; a part that is larger is left alone until the store is compacted
MANY = 32  # so many small parts of one table are merged into one
SUMS = ("actor", "run")  # tables that are made anew from the others
# Rows that are asked for together lie together, and a period is a stretch of few row groups.
_ORDER = {
    "story": "day, id",
    "statement": "day, story_id, position",
    "event": "day, story_id, position",
    "party": "day, story_id, event_id, side, position",
    "mention": "day, story_id, owner, role",
    "superseded": "story_id",
}


def due(found: Manifest) -> bool:
    """Return whether small parts should be merged."""
    return any(len(_small(found, table)) >= MANY for table in _ORDER)


def _small(found: Manifest, table: str) -> list[Part]:
    return [part for part in found.of(table) if part.bytes < SMALL]


def merged(connection: Any, folder: Path, found: Manifest) -> Manifest:
    """Write small parts together where there are many; return the manifest that names the results instead."""
    number, fresh = found.number + 1, dict(found.parts)
    with engine.translated(str(folder)):
        for table, order in _ORDER.items():
            small = _small(found, table)
            if len(small) < MANY:
                continue
            query = f"SELECT * FROM {parts.scan(folder, small, table)} ORDER BY {order}"
            runs = {part.run for part in small}
            run = runs.pop() if len(runs) == 1 else None
            whole = parts.write(connection, folder, table, number, query, run)
            fresh[table] = (*(part for part in found.of(table) if part not in small), *whole)
    return replace(found, parts=fresh)


def without_sums(found: Manifest) -> Manifest:
    """Return the manifest without the tables that new codings make untrue."""
    return replace(found, parts={table: found.of(table) for table in found.parts if table not in SUMS})


def with_sums(connection: Any, folder: Path, found: Manifest) -> Manifest:
    """Write the tables of actors and runs anew; return the manifest that names them."""
    number = found.number + 1
    with engine.translated(str(folder)):
        actors = parts.actors(parts.shown(folder, found, "mention")) + " ORDER BY events DESC, name, code"
        sums = {
            "actor": parts.write(connection, folder, "actor", number, actors, None),
            "run": parts.write(connection, folder, "run", number, parts.runs(found.runs), None),
        }
    return without_sums(found).with_parts(sums)


def compact(path: str | Path) -> None:
    """Rewrite a store: one part for each table, sorted by day, without superseded codings.

    Afterwards it is smaller and quicker, and codings that a later run replaced are gone. Readers go on undisturbed.

    Raises:
        StoreError: there is no store, somebody else is writing it, or the disk has no room for a second copy.
    """
    folder = Path(path).absolute()
    manifest.Held(folder).close()  # says so if there is no store, before a lock makes a folder
    lock = Lock(folder)
    connection = engine.writer(folder / "scratch")
    try:
        held = manifest.Held(folder)
        held.close()
        found = held.manifest
        try:
            whole = _rewritten(connection, folder, found)
            with engine.translated(str(folder)):
                manifest.commit(folder, whole)
            found = whole
        finally:
            manifest.sweep(folder, found)
    finally:
        connection.close()
        lock.close()


def _rewritten(connection: Any, folder: Path, found: Manifest) -> Manifest:
    number = found.number + 1
    whole: dict[str, tuple[Part, ...]] = {}
    with engine.translated(str(folder)):
        for table in CODED:
            query = f"{parts.shown(folder, found, table)} ORDER BY {_ORDER[table]}"
            whole[table] = tuple(parts.write(connection, folder, table, number, query, None))
    return with_sums(connection, folder, replace(found, parts=whole)).numbered(number)
