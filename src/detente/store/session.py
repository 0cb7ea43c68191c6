"""A look at a store: the manifest that is held, and a connection whose views show what it names."""

from __future__ import annotations

from pathlib import Path

from detente.errors import StoreError
from detente.store import engine, parts
from detente.store.manifest import Held
from detente.store.schema import CODED, TABLES


class Session:
    """One state of a store, kept for as long as anything refers to it."""

    def __init__(self, folder: Path, run: str | None) -> None:
        """Hold the manifest and lay views over its parts; StoreError if there is no such store or run."""
        self.folder, self.run = folder, run
        self.held = Held(folder)
        self.manifest = self.held.manifest
        if run is not None:
            self.check(run)
        with engine.translated(str(folder)):
            self.connection = engine.reader(folder / file for file in sorted(self.manifest.files()))
            self.connection.execute(";\n".join(f"CREATE VIEW {view} AS {sql}" for view, sql in self._views()))

    def _views(self) -> list[tuple[str, str]]:
        found = self.manifest
        views = {table: parts.shown(self.folder, found, table, self.run) for table in CODED}
        summed = found.of("actor") if self.run is None else ()
        views["actor"] = (
            f"SELECT * FROM {parts.scan(self.folder, summed, 'actor')}"
            if summed
            else parts.actors(views["mention"])
        )
        views["run"] = parts.runs(found.runs)
        return [(view, views[view]) for view in TABLES]

    def close(self) -> None:
        """Close the connection and let the parts go."""
        self.connection.close()
        self.held.close()

    def check(self, run: str) -> None:
        """Raise StoreError unless the store has this run."""
        runs = [known.id for known in self.manifest.runs]
        if run not in runs:
            advice = f"Its runs are {', '.join(runs)}." if runs else "It has none yet."
            raise StoreError(f"there is no run {run!r}", where=str(self.folder), advice=advice)
