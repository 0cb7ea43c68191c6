"""From records to rows: the queries that turn one batch of records into one part for each table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields as fields_of
from pathlib import Path
from typing import Any

from detente.records import Actor, Event, Statement, Story
from detente.store import flat
from detente.store.engine import name, quoted
from detente.store.manifest import Manifest, Part, sync
from detente.store.runs import Run
from detente.store.schema import BATCH_SHAPE, STORED, json_shape

# Rows in a row group: enough to compress well, few enough for all cores to have work. Where rows are long they are
# fewer, since whoever wants one row reads its group.
GROUP = 30_000
LONG = {"story": 2_000, "statement": 10_000, "event": 10_000}


def load(connection: Any, lines: Iterable[str]) -> None:
    """Put records, each as its JSON, into the table `batch`, one a row."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE batch AS "
        f"SELECT unnest(from_json_strict(?::VARCHAR, {quoted(BATCH_SHAPE)})) AS record",
        [f"[{','.join(lines)}]"],
    )


def write(connection: Any, folder: Path, table: str, number: int, query: str, run: str | None) -> list[Part]:
    """Write the rows of a query as one part, if there are any, and see it onto the disk.

    Raises:
        duckdb.Error, OSError: it could not be written; what was written of it is gone again.
    """
    file = f"{table}/{number:08d}.parquet"
    path = folder / file
    path.parent.mkdir(exist_ok=True)
    try:
        (count,) = connection.execute(f"COPY ({query}) TO {quoted(str(path))} {_form(table)}").fetchone()
        if not count:
            path.unlink()
            return []
        sync(path)
        sync(path.parent)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return [Part(file, count, path.stat().st_size, run)]


def _form(table: str) -> str:
    """How a part is written. Readers of Parquet find what its columns mean under the key `columns`."""
    meanings = json.dumps(
        {column.name: column.meaning for column in STORED[table].columns}, ensure_ascii=False
    )
    size = LONG.get(table, GROUP)
    return f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {size}, KV_METADATA {{columns: {quoted(meanings)}}})"


def queries(run: str) -> dict[str, str]:
    """Return for each table the query that takes its rows from `batch`."""
    published = day("record.story.published")
    end = f"{published} AS day, {quoted(run)} AS run"
    own = {"statements": _fields("one", Statement), "events": _fields("one", Event)}
    beside = {"statements": _flat(flat.STATEMENT), "events": _flat(flat.EVENT)}
    days = {"statements": end, "events": f"{_event_day()} AS day, {quoted(run)} AS run"}
    items = {of: f"SELECT {own[of]}, {beside[of]}, position, {days[of]} FROM {_each(of)}" for of in own}
    mentions = [
        *(_mention("statements", f"one.{role}", role, end) for role in ("speaker", "addressee")),
        *(_mention("events", f"unnest(one.{role})", role, end) for role in ("source", "target")),
    ]
    return {
        "story": f"SELECT {_fields('record.story', Story)}, {_flat(flat.STORY)}, {end} FROM batch",
        "statement": items["statements"],
        "event": items["events"],
        "party": " UNION ALL ".join(_party(side, days["events"]) for side in ("source", "target")),
        "mention": " UNION ALL ".join(mentions),
    }


def day(date: str) -> str:
    """Return the SQL for the first day of an ISO date, datetime, month or year."""
    return (
        f"TRY_CAST(CASE length({date}) WHEN 4 THEN {date} || '-01-01' WHEN 7 THEN {date} || '-01' "
        f"ELSE left({date}, 10) END AS DATE)"
    )


def _event_day() -> str:
    return f"coalesce({day('one.date')}, {day('record.story.published')})"


def _each(items: str) -> str:
    return f"(SELECT record, unnest(record.{items}) AS one, {_numbered(f'record.{items}')} AS position FROM batch)"


def _numbered(items: str) -> str:
    return f"CAST(generate_subscripts({items}, 1) - 1 AS INTEGER)"


def _fields(of: str, record: Any) -> str:
    return ", ".join(f"{of}.{name(field.name)} AS {name(field.name)}" for field in fields_of(record))


def _flat(columns: Iterable[flat.Flat]) -> str:
    return ", ".join(f"{column.sql} AS {name(column.name)}" for column in columns)


def _mentioned(span: str) -> str:
    actor = ", ".join(f"{span}.actor.{name(field.name)} AS {name(field.name)}" for field in fields_of(Actor))
    return f'{span}.start AS start, {span}."end" AS "end", {span}.text AS text, {actor}, {span}.why AS why'


def _party(side: str, end: str) -> str:
    place = _numbered(f"one.{side}")
    before = "place" if side == "source" else "len(one.source) + place"
    earlier = f"list_slice(list_concat(one.source, one.target), 1, {before})"
    again = f"list_contains([other.actor FOR other IN {earlier}], party.actor)"
    spread = f"SELECT one, record, unnest(one.{side}) AS party, {place} AS place FROM {_each('events')}"
    return (
        f"SELECT one.id AS event_id, one.story_id AS story_id, '{side}' AS side, place AS position, "
        f"one.reciprocal AS reciprocal, {again} AS again, {_mentioned('party')}, {end} "
        f"FROM ({spread})"
    )


def _mention(items: str, taken: str, role: str, end: str) -> str:
    return (
        f"SELECT owner.story_id AS story_id, '{role}' AS role, owner.id AS owner, {_mentioned('span')}, "
        f"{end} "
        f"FROM (SELECT record, one AS owner, {taken} AS span FROM {_each(items)}) WHERE span IS NOT NULL"
    )


def scan(folder: Path, parts: Sequence[Part], table: str) -> str:
    """Return the SQL that reads parts of a table; an empty table of the same columns if there are none."""
    if not parts:
        empty = ", ".join(f"NULL::{column.type} AS {name(column.name)}" for column in STORED[table].columns)
        return f"(SELECT {empty} WHERE false)"
    files = ", ".join(quoted(str(folder / part.file)) for part in parts)
    return f"read_parquet([{files}])"


def shown(folder: Path, manifest: Manifest, table: str, run: str | None = None) -> str:
    """Return the SQL for the rows of a table that are to be seen: of every story its newest coding.

    Args:
        folder: the store.
        manifest: what it holds.
        table: one of those that have a run.
        run: only what this run coded, whether it was superseded or not.
    """
    if run is not None:
        parts = [part for part in manifest.of(table) if part.run in (None, run)]
        return f"SELECT * FROM {scan(folder, parts, table)} WHERE run = {quoted(run)}"
    every = f"SELECT * FROM {scan(folder, manifest.of(table), table)} AS one"
    if not manifest.of("superseded"):
        return every
    key = "id" if table == "story" else "story_id"
    gone = scan(folder, manifest.of("superseded"), "superseded")
    return f"{every} ANTI JOIN {gone} AS gone ON one.{key} = gone.story_id AND one.run = gone.run"


def runs(found: Iterable[Run]) -> str:
    """Return the query that lists runs."""
    text = json.dumps([run.to_dict() for run in found], ensure_ascii=False)
    form = json.dumps([json_shape(Run)])
    return f"SELECT unnest(from_json_strict({quoted(text)}, {quoted(form)}), max_depth := 2)"


def actors(mention: str) -> str:
    """Return the query that counts the actors in a table of mentions."""
    columns = ", ".join(name(field.name) for field in fields_of(Actor))
    return (
        f"SELECT {columns}, min(day) AS first_seen, max(day) AS last_seen, "
        f"count(DISTINCT owner) FILTER (role IN ('source', 'target')) AS events, "
        f"count(DISTINCT owner) FILTER (role IN ('speaker', 'addressee')) AS statements "
        f"FROM ({mention}) WHERE name IS NOT NULL GROUP BY {columns}"
    )
