"""What changed between two codings of the same stories: events gained, lost and changed.

Two events are one if they stand in the same story and their triggers overlap: coders of two versions may type an
act, or name its parties, differently. Of several candidates the one that agrees in most is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Any

from detente.errors import StoreError
from detente.records import Event, Noun, Span
from detente.store import engine, parts
from detente.store.session import Session

# What makes an event what it is, in the order in which changes are told. `why` and `confidence` are left out:
# they say how sure a coder was, and change with every retraining.
COMPARED = (
    *(
        "type",
        "mode",
        "contexts",
        "quad",
        "cameo",
        "cameo_root",
        "goldstein",
        "source",
        "target",
        "reciprocal",
    ),
    *("status", "background", "word", "date", "date_precision", "date_from", "place", "trigger"),
)


@dataclass(frozen=True, slots=True)
class Change(Noun):
    """One event in two codings."""

    before: Annotated[Event, "as the earlier run coded it"]
    after: Annotated[Event, "as the later run coded it"]
    fields: Annotated[tuple[str, ...], "the fields that differ"]


@dataclass(frozen=True, slots=True)
class Diff(Noun):
    """What changed between two runs."""

    before: Annotated[str, "id of the earlier run"]
    after: Annotated[str, "id of the later run"]
    stories: Annotated[int, "stories that both runs coded"]
    same: Annotated[int, "events that are the same in both"]
    gained: Annotated[tuple[Event, ...], "events that only the later run has"]
    lost: Annotated[tuple[Event, ...], "events that only the earlier run has"]
    changed: Annotated[tuple[Change, ...], "events that both have, with differences"]


def compared(session: Session, before: str, after: str) -> Diff:
    """Compare two runs in the stories that both coded; StoreError if there are none."""
    for run in (before, after):
        session.check(run)
    both = f"({_stories(session, before)}) INTERSECT ({_stories(session, after)})"
    stories = {row[0] for row in engine.rows(session.connection.cursor(), both)}
    if not stories:
        raise StoreError(
            f"no story of {before} was coded by {after}, or its earlier coding is gone",
            where=str(session.folder),
            advice="Runs over different stories cannot be compared; `detente compact` removes earlier codings.",
        )
    gained: list[Event] = []
    lost: list[Event] = []
    changed: list[Change] = []
    same = 0
    for old, new in _by_story(session, before, after, both):
        pairs = list(_paired(old, new))
        gained += [event for event in new if not any(event is pair[1] for pair in pairs)]
        lost += [event for event in old if not any(event is pair[0] for pair in pairs)]
        for one, other in pairs:
            fields = tuple(field for field in COMPARED if _seen(one, field) != _seen(other, field))
            same += not fields
            if fields:
                changed.append(Change(one, other, fields))
    return Diff(before, after, len(stories), same, tuple(gained), tuple(lost), tuple(changed))


def _stories(session: Session, run: str) -> str:
    return f"SELECT id FROM ({_coded(session, 'story', run)})"


def _coded(session: Session, table: str, run: str) -> str:
    return parts.shown(session.folder, session.manifest, table, run)


def _by_story(
    session: Session, before: str, after: str, both: str
) -> Iterator[tuple[list[Event], list[Event]]]:
    """Yield the events of each story in both codings; stories without events in either are passed over."""
    columns = ", ".join(f'"{field}"' for field in Event.__dataclass_fields__)
    sides = (
        f"SELECT {side} AS side, position, {columns} FROM ({_coded(session, 'event', run)}) "
        f"WHERE story_id IN ({both})"
        for side, run in enumerate((before, after))
    )
    cursor = session.connection.cursor().execute(
        f"SELECT * FROM ({' UNION ALL '.join(sides)}) ORDER BY story_id, side, position"
    )
    names = [column[0] for column in cursor.description]
    rows = (dict(zip(names, row, strict=True)) for row in iter(cursor.fetchone, None))
    for _, group in groupby(rows, key=lambda row: row["story_id"]):
        found: tuple[list[Event], list[Event]] = ([], [])
        for row in group:
            found[row["side"]].append(
                Event.from_dict({field: row[field] for field in Event.__dataclass_fields__})
            )
        yield found


def _paired(old: Sequence[Event], new: Sequence[Event]) -> Iterator[tuple[Event, Event]]:
    """Pair the events of one story, those that agree in most first; each is in one pair at most."""
    candidates = [
        (-sum(_seen(one, field) == _seen(other, field) for field in COMPARED), at, place)
        for at, one in enumerate(old)
        for place, other in enumerate(new)
        if _overlap(one, other)
    ]
    left, right = set(range(len(old))), set(range(len(new)))
    for _, at, place in sorted(candidates):
        if at in left and place in right:
            left.remove(at)
            right.remove(place)
            yield old[at], new[place]


def _overlap(one: Event, other: Event) -> bool:
    """Whether triggers overlap, seen from the start of the sentence: a better cleaner may move a whole story."""
    if one.sentence.text != other.sentence.text:
        return _meet(one.trigger, other.trigger)
    moved = other.sentence.start - one.sentence.start
    there = other.trigger
    return _meet(one.trigger, Span(there.start - moved, there.end - moved, there.text))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _seen(event: Event, field: str) -> Any:
    """A field as it is compared: of spans their words, of parties who is meant; where they stand may move."""
    value = getattr(event, field)
    if isinstance(value, Span):
        return value.text
    if field in ("source", "target"):
        return {(party.text, party.actor) for party in value}
    if field == "word":  # the id of a statement changes with its offsets; whether there is one matters
        return value is not None
    return value
