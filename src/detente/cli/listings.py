"""Listings of a store: events, statements, stories, actors, and what was asked in SQL."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from detente.cli.options import chosen
from detente.cli.output import sink
from detente.cli.table import Cell, listing
from detente.errors import EmptyInput

if TYPE_CHECKING:
    from detente.relations import Store

Row = Mapping[str, Any]


def events(options: Namespace) -> int:
    """List events."""
    return _list(options, "events", EVENTS)


def statements(options: Namespace) -> int:
    """List statements."""
    return _list(options, "statements", STATEMENTS)


def stories(options: Namespace) -> int:
    """List stories."""
    return _list(options, "stories", STORIES)


def actors(options: Namespace) -> int:
    """List actors."""
    return _list(options, "actors", ACTORS)


def sql(options: Namespace) -> int:
    """Ask in SQL."""
    query = sys.stdin.read() if options.query == "-" else options.query
    if not query.strip():
        raise EmptyInput(
            "there is no question", advice='Such as: detente sql store/ "select count(*) from event"'
        )
    found = opened(options).sql(query)
    write_rows(options, found.columns, found)
    return 0


def opened(options: Namespace) -> Store:
    """Return the store that a command was given, as one run coded it if that was asked."""
    import detente

    return detente.open(options.store, run=options.run)


def _list(options: Namespace, name: str, shown: Mapping[str, Cell]) -> int:
    found = getattr(opened(options), name)(**chosen(options), limit=options.limit)
    if not write_rows(options, found.columns, found, shown):
        print(f"No {name} for which all this holds.", file=sys.stderr)
    return 0


def write_rows(
    options: Namespace,
    names: Sequence[str],
    found: Iterable[tuple[Any, ...]],
    shown: Mapping[str, Cell] | None = None,
) -> int:
    """Write what was found, as `listing` lays it out, and return how many rows it was."""
    form, rows = listing(names, found, shown)
    count = 0
    with sink(options, form) as write:
        for row in rows:
            write(row)
            count += 1
    return count


def _parties(row: Row) -> str:
    source, target = (row[f"{side}_name"] or row[f"{side}_text"] for side in ("source", "target"))
    if row["reciprocal"]:
        return f"{source}, together"
    return f"{source or '(nobody named)'} → {target}" if target else str(source or "(nobody named)")


def _status(row: Row) -> str:
    return f"{row['status']}, background" if row["background"] else str(row["status"])


def _date(row: Row) -> str | None:
    """When it happened; where that is unknown the day of its story, in brackets, which decides its place here."""
    if row["date"]:
        return str(row["date"])
    return f"({row['published'][:10]})" if row["published"] else None


def _evidence(row: Row) -> str:
    """The sentence from the words that name the act on: who did it stands beside it."""
    before, found, _ = row["sentence"].partition(" ".join(row["trigger"].split()))
    return f"… {row['sentence'][len(before) :]}" if before and found else str(row["sentence"])


def _day(moment: str | None) -> str | None:
    return moment[:10] if moment else None


EVENTS: Mapping[str, Cell] = {
    "event": itemgetter("event_id"),
    "date": _date,
    "type": itemgetter("type"),
    "who": _parties,
    "status": _status,
    "evidence": _evidence,
}
STATEMENTS: Mapping[str, Cell] = {
    "statement": itemgetter("statement_id"),
    "published": lambda row: _day(row["published"]),
    "speaker": lambda row: row["speaker_name"] or row["speaker_text"] or "(nobody named)",
    "for": itemgetter("principal_name"),
    "stance": itemgetter("stance"),
    "content": itemgetter("content"),
}
STORIES: Mapping[str, Cell] = {
    "story": itemgetter("story_id"),
    "published": lambda row: _day(row["published"]),
    "words": itemgetter("words"),
    "outlet": lambda row: row["agency"] or row["outlet"] or row["issuer"],
    "headline": lambda row: row["headline"] or row["text"],
}
ACTORS: Mapping[str, Cell] = {
    name: itemgetter(name)
    for name in ("code", "events", "statements", "first_seen", "last_seen", "name", "office")
}
