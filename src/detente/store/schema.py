"""The tables of a store and their columns, derived from the records.

A field of a record is a column of the same name, type and meaning; a record within it is a STRUCT, a tuple a LIST.
What stands beside the fields of the records is declared here: the run, the day, the position in the story, and
the tables that have one row per party, mention, actor and run.
"""

from __future__ import annotations

import dataclasses
import json
import typing
from collections.abc import Iterable, Mapping
from types import MappingProxyType, NoneType
from typing import Any, NamedTuple

from detente.fields import field_docs, shape
from detente.records import Actor, Event, Mention, Record, Statement, Story
from detente.store import flat
from detente.store.engine import name
from detente.store.runs import Run

_PLAIN = {str: "VARCHAR", int: "INTEGER", float: "DOUBLE", bool: "BOOLEAN"}


class Column(NamedTuple):
    """One column of a table."""

    name: str
    type: str  # as DuckDB writes it
    meaning: str


class Table(NamedTuple):
    """One table: what a row of it is, and its columns."""

    name: str
    meaning: str
    columns: tuple[Column, ...]


def duck_type(hint: Any) -> str:
    """Return the DuckDB type of a record's field."""
    inner, form = shape(hint)
    if form is tuple:
        return f"{duck_type(inner)}[]"
    if form is NoneType:
        return duck_type(inner)
    if dataclasses.is_dataclass(inner):
        parts = (f"{name(field)} {duck_type(kind)}" for field, kind in _hints(inner).items())
        return f"STRUCT({', '.join(parts)})"
    return _PLAIN[inner]


def json_shape(hint: Any) -> Any:
    """Return the shape that DuckDB's `from_json` needs to read what `to_dict` gives."""
    inner, form = shape(hint)
    if form is tuple:
        return [json_shape(inner)]
    if form is NoneType:
        return json_shape(inner)
    if dataclasses.is_dataclass(inner):
        return {field: json_shape(kind) for field, kind in _hints(inner).items()}
    return _PLAIN[inner]


def _hints(record: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(record)
    return {field.name: hints[field.name] for field in dataclasses.fields(record)}


def _columns(record: type, but: Iterable[str] = ()) -> tuple[Column, ...]:
    hints = _hints(record)
    return tuple(
        Column(doc.field, duck_type(hints[doc.field]), doc.meaning)
        for doc in field_docs(record)
        if doc.field not in but
    )


def _flat(columns: Iterable[flat.Flat]) -> tuple[Column, ...]:
    return tuple(Column(column.name, "VARCHAR", column.meaning) for column in columns)


BATCH_SHAPE = json.dumps([json_shape(Record)])

RUN = Column("run", "VARCHAR", "id of the run that coded it")
STORY_ID = Column("story_id", "VARCHAR", "id of the story")
PUBLISHED_DAY = Column("day", "DATE", "day of the story's publication; empty if unknown")
EVENT_DAY = Column(
    "day",
    "DATE",
    "day of the event's date (of a month or year its first day), else of the story's publication",
)
POSITION = Column("position", "INTEGER", "its place in the story, counted from 0")
# One flat row for each mention: the span, then who is meant.
_MENTIONED = (
    *_columns(Mention, but=("actor", "why")),
    *(column._replace(meaning=f"of the actor meant: {column.meaning}") for column in _columns(Actor)),
    *(column for column in _columns(Mention) if column.name == "why"),
)

_STORED = (
    Table("story", "one coded story", (*_columns(Story), *_flat(flat.STORY), PUBLISHED_DAY, RUN)),
    Table(
        "statement",
        "one statement",
        (*_columns(Statement), *_flat(flat.STATEMENT), POSITION, PUBLISHED_DAY, RUN),
    ),
    Table("event", "one event", (*_columns(Event), *_flat(flat.EVENT), POSITION, EVENT_DAY, RUN)),
    Table(
        "party",
        "one party of one event",
        (
            Column("event_id", "VARCHAR", "id of the event"),
            STORY_ID,
            Column("side", "VARCHAR", "source or target; all parties of a reciprocal event are source"),
            Column("position", "INTEGER", "its place on that side, counted from 0"),
            Column("reciprocal", "BOOLEAN", "true where all parties of the event do it to each other"),
            Column(
                "again",
                "BOOLEAN",
                "true where the same actor stands earlier in the event; leave these out to count events",
            ),
            *_MENTIONED,
            EVENT_DAY,
            RUN,
        ),
    ),
    Table(
        "mention",
        "one naming of somebody in a statement or an event",
        (
            STORY_ID,
            Column("role", "VARCHAR", "speaker or addressee of a statement, source or target of an event"),
            Column("owner", "VARCHAR", "id of that statement or event"),
            *_MENTIONED,
            PUBLISHED_DAY,
            RUN,
        ),
    ),
    Table(
        "actor",
        "one actor as meant in one or more stories",
        (
            *_columns(Actor),
            Column("first_seen", "DATE", "day of publication of the first story that names it"),
            Column("last_seen", "DATE", "day of publication of the last one"),
            Column("events", "BIGINT", "events in which it is a party"),
            Column("statements", "BIGINT", "statements in which it is speaker or addressee"),
        ),
    ),
    Table("run", "one run of the coder", _columns(Run)),
    Table(
        "superseded",
        "one coding of a story that a later run replaced",
        (STORY_ID, Column("run", "VARCHAR", "the run whose coding of that story is no longer shown")),
    ),
)
STORED: Mapping[str, Table] = MappingProxyType({table.name: table for table in _STORED})
# What can be asked; `superseded` is the store's own bookkeeping.
TABLES: Mapping[str, Table] = MappingProxyType(
    {table.name: table for table in _STORED if table.name != "superseded"}
)
# Tables that every batch adds to, in the order in which their parts are written.
CODED = ("story", "statement", "event", "party", "mention")


def page() -> str:
    """Return the part of docs/store.md that lists the tables; a test compares them."""
    blocks = []
    for table in STORED.values():
        rows = "".join(
            f"| `{column.name}` | `{column.type}` | {column.meaning} |\n" for column in table.columns
        )
        blocks.append(
            f"### {table.name}\n\nOne row is {table.meaning}.\n\n| column | type | meaning |\n|---|---|---|\n{rows}"
        )
    return "\n".join(blocks)
