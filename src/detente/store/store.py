"""A store, opened for reading: listings, records, SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Self

from detente.errors import StoreError, UsageError
from detente.records import Event, Noun, Record, Statement, Story
from detente.store import engine, guard, listings, manifest
from detente.store.diff import Diff, compared
from detente.store.filters import Filters
from detente.store.result import Result
from detente.store.runs import Run
from detente.store.schema import TABLES, Column
from detente.store.session import Session

CHUNK = 2000  # stories whose records are put together at once


@dataclass(frozen=True, slots=True)
class Status(Noun):
    """How large a store is and what is in it."""

    path: Annotated[str, "the folder"]
    stories: Annotated[int, "stories"]
    statements: Annotated[int, "statements in them"]
    events: Annotated[int, "events in them"]
    actors: Annotated[int, "different actors in these"]
    first: Annotated[str | None, "day of publication of the oldest story"]
    last: Annotated[str | None, "day of publication of the newest"]
    superseded: Annotated[int, "codings that a later run replaced and `compact` would remove"]
    parts: Annotated[int, "Parquet files"]
    bytes: Annotated[int, "their size"]
    runs: Annotated[tuple[Run, ...], "the runs, oldest first"]


class Store:
    """A store as it was when it was opened; `refresh` moves on to what it holds now. It is never written here.

    Args:
        path: the folder.
        run: show only what this run coded, even where a later run replaced it;
            by default the newest coding of each story.

    Raises:
        StoreError: there is no store, no such run, or it cannot be read.
    """

    def __init__(self, path: str | Path, run: str | None = None) -> None:
        """Open it; takes some milliseconds, whatever its size."""
        self.path = Path(path).absolute()
        self._run = run
        self._session = Session(self.path, run)

    def close(self) -> None:
        """Let go of the store at once, not when it is forgotten; it cannot be asked afterwards."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def changed(self) -> bool:
        """Return whether something was committed since this was opened or refreshed."""
        return manifest.current(self.path) != self._session.held.id

    def refresh(self) -> None:
        """Look at what the store holds now. Results asked for before still show what it held then."""
        self._session = Session(self.path, self._run)

    def runs(self) -> tuple[Run, ...]:
        """Return its runs, oldest first."""
        return self._session.manifest.runs

    def tables(self) -> Mapping[str, tuple[Column, ...]]:
        """Return its tables, each with its columns: name, type, meaning."""
        return {name: table.columns for name, table in TABLES.items()}

    def status(self) -> Status:
        """Return how large it is and what is in it."""
        found = self._session.manifest
        ((first, last),) = self.query("SELECT min(day), max(day) FROM story").rows()
        counts = {
            table: self.query(f"SELECT count(*) FROM {table}").rows()[0][0]
            for table in ("story", "statement", "event", "actor")
        }
        parts = [part for group in found.parts.values() for part in group]
        return Status(
            path=str(self.path),
            stories=counts["story"],
            statements=counts["statement"],
            events=counts["event"],
            actors=counts["actor"],
            first=first.isoformat() if first else None,
            last=last.isoformat() if last else None,
            superseded=sum(part.rows for part in found.of("superseded")),
            parts=len(parts),
            bytes=sum(part.bytes for part in parts),
            runs=found.runs,
        )

    def events(self, *, limit: int | None = None, offset: int = 0, **filters: Any) -> Result:
        """List events in the order of their days; the filters are those of `Filters`."""
        return self._listed(listings.events(Filters(**filters), limit, offset))

    def statements(self, *, limit: int | None = None, offset: int = 0, **filters: Any) -> Result:
        """List statements; `source` is the speaker or principal, `target` the addressee, `type` what rests on it."""
        return self._listed(listings.statements(Filters(**filters), limit, offset))

    def stories(self, *, limit: int | None = None, offset: int = 0, **filters: Any) -> Result:
        """List stories in which an event meets the filters; dates and words are those of the story."""
        return self._listed(listings.stories(Filters(**filters), limit, offset))

    def actors(self, *, limit: int | None = None, offset: int = 0, **filters: Any) -> Result:
        """List actors, or those who take part in the events that the filters leave, with counts of these."""
        return self._listed(listings.actors(Filters(**filters), limit, offset))

    def _listed(self, query: listings.Query) -> Result:
        return Result(self._session, query.sql, query.values, query.counting)

    def sql(self, sql: str) -> Result:
        """Ask in SQL: one SELECT over the tables. It cannot write, nor read anything but the store.

        Raises:
            UsageError: it is no query, names what is not there, or asks for what no query may do.
        """
        if sql != sql.encode("utf-8", "replace").decode("utf-8"):
            raise UsageError("half a character (a lone surrogate) is in it", where="SQL", advice=guard.ADVICE)
        cursor = self._session.connection.cursor()
        try:
            guard.check(engine.syntax(cursor, sql))
            query = engine.bare(cursor, sql)
            guard.check(engine.syntax(cursor, query))
            result = Result(self._session, query)
            _ = result.columns  # what does not fit the tables is said now, not when rows are wanted
        except StoreError as error:
            raise UsageError(error.what, where="SQL", advice=guard.ADVICE) from error
        return result

    def query(self, sql: str, values: Sequence[Any] = ()) -> Result:
        """Ask in SQL that the program itself made, with values for its question marks. Never pass a user's SQL."""
        return Result(self._session, sql, values)

    def records(self, **filters: Any) -> Iterator[Record]:
        """Yield the records of the stories that the filters leave, exactly as they were coded, oldest story first."""
        where = Filters(**filters).stories()
        chosen = self.query(f"SELECT id FROM story WHERE {where.sql} ORDER BY day, id", where.values)
        ids = [row[0] for row in chosen]
        for start in range(0, len(ids), CHUNK):
            yield from self._records(ids[start : start + CHUNK])

    def record(self, story_id: str) -> Record:
        """Return the record of one story; StoreError if it is not there."""
        for record in self._records([story_id]):
            return record
        raise self._missing("story", story_id)

    def record_of(self, item_id: str) -> Record:
        """Return the record that holds an event or a statement; StoreError if there is none."""
        table = "statement" if item_id.startswith("w") else "event"
        for (story_id,) in self.query(f"SELECT story_id FROM {table} WHERE id = ?", [item_id]):
            return self.record(story_id)
        raise self._missing(table, item_id)

    def _missing(self, what: str, name: str) -> StoreError:
        return StoreError(
            f"there is no {what} {name!r}",
            where=str(self.path),
            advice=f"`detente events {self.path}` lists the ids.",
        )

    def _records(self, ids: list[str]) -> Iterator[Record]:
        statements = self._items("statement", Statement, ids)
        events = self._items("event", Event, ids)
        stories = {story.id: story for story in self._nouns("story", Story, "id", ids)}
        for story_id in ids:
            if story_id in stories:
                found = statements.get(story_id, ()), events.get(story_id, ())
                yield Record(stories[story_id], tuple(found[0]), tuple(found[1]))

    def _items(self, table: str, kind: type[Any], ids: list[str]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for item in self._nouns(table, kind, "story_id", ids):
            found.setdefault(item.story_id, []).append(item)
        return found

    def _nouns(self, table: str, kind: type[Any], key: str, ids: list[str]) -> Iterator[Any]:
        columns = [column for column in TABLES[table].columns if column.name in kind.__dataclass_fields__]
        shown = ", ".join(engine.name(column.name) for column in columns)
        order = "ORDER BY story_id, position" if table != "story" else ""
        chosen = self.query(
            f"SELECT {shown} FROM {table} WHERE {key} IN (SELECT unnest(?::VARCHAR[])) {order}", [ids]
        )
        names = [column.name for column in columns]
        return (kind.from_dict(dict(zip(names, row, strict=True))) for row in chosen)

    def diff(self, before: str, after: str) -> Diff:
        """Return what changed between two runs, in the stories that both of them coded.

        Raises:
            StoreError: there is no such run, or no story that both coded is left.
        """
        return compared(self._session, before, after)

    def __repr__(self) -> str:
        return f"<Store {self.path}, {len(self.runs())} runs>"


def open(path: str | Path, run: str | None = None) -> Store:
    """Open a store for reading; see `Store`."""
    return Store(path, run)
