"""What changed between two runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.errors import StoreError
from detente.records import Event, Record, Span
from detente.store import Diff, Store, Writer, compact
from store.made import CODING, NEWER, records, retyped


def compared(folder: Path, before: list[Record], after: list[Record]) -> Diff:
    for coding, found in ((CODING, before), (NEWER, after)):
        with Writer(folder, coding) as writer:
            for record in found:
                writer.add(record)
    return Store(folder).diff("r0001", "r0002")


def test_nothing_changed(tmp_path: Path) -> None:
    found = compared(tmp_path, records(3), [retyped(one, why="other", confidence=0.1) for one in records(3)])
    assert (found.stories, found.same, found.gained, found.lost, found.changed) == (3, 3, (), (), ())


def test_gained_lost_and_changed(tmp_path: Path) -> None:
    kept, dropped, changed, grown = records(4)
    more = moved(grown.events[0], 17, "e-more")
    found = compared(
        tmp_path,
        [kept, dropped, changed, grown],
        [
            kept,
            replace(dropped, events=()),
            retyped(changed, id="e-other", status="denied", type="REJECT", quad=3),
            replace(grown, events=(*grown.events, more)),
        ],
    )
    assert (found.same, found.lost, found.gained) == (2, dropped.events, (more,))
    (change,) = found.changed
    assert change.fields == ("type", "quad", "status")
    assert (change.before.id, change.after.id) == (changed.events[0].id, "e-other")
    assert Diff.from_dict(found.to_dict()) == found


def test_only_stories_of_both_runs_are_compared(tmp_path: Path) -> None:
    assert compared(tmp_path, records(4), records(4, 2)).stories == 2


def test_events_are_paired_with_the_one_that_agrees_most(tmp_path: Path) -> None:
    (one,) = records(1)
    first, second = one.events[0], replace(one.events[0], id="e-2", type="COERCE", target=())
    found = compared(
        tmp_path,
        [replace(one, events=(first, second))],
        [replace(one, events=(replace(second, status="possible"), first))],
    )
    assert found.same == 1
    assert [(change.before.type, change.fields) for change in found.changed] == [("COERCE", ("status",))]


def test_an_event_that_moved_with_its_story_is_the_same(tmp_path: Path) -> None:
    (one,) = records(1)
    text = "A caption that was kept.\n\n" + one.story.text
    by = len(text) - len(one.story.text)
    event = one.events[0]
    shifted = replace(
        event,
        **{field: moved_span(getattr(event, field), by) for field in ("sentence", "trigger")},
        **{
            side: tuple(moved_span(party, by) for party in getattr(event, side))
            for side in ("source", "target")
        },
    )
    cleaner = replace(
        one, story=replace(one.story, text=text, paragraphs=()), events=(shifted,), statements=()
    )
    assert compared(tmp_path, [one], [cleaner]).same == 1


def test_runs_that_cannot_be_compared(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no story of r0001"):
        compared(tmp_path, records(2), records(2, 5))
    with pytest.raises(StoreError, match="no run 'r0007'"):
        Store(tmp_path).diff("r0001", "r0007")


def test_after_compacting_the_older_coding_is_gone(tmp_path: Path) -> None:
    compared(tmp_path, records(3), [retyped(one, status="denied") for one in records(2)])
    compact(tmp_path)
    store = Store(tmp_path)
    with pytest.raises(StoreError, match="compact"):
        store.diff("r0001", "r0002")
    assert sorted(row["status"] for row in store.events().dicts()) == ["denied", "denied", "occurred"]
    assert len(Store(tmp_path, run="r0001").events()) == 1
    assert store.status().superseded == 0


def moved(event: Event, by: int, name: str) -> Event:
    return replace(event, id=name, trigger=moved_span(event.trigger, by))


def moved_span(span: Span, by: int) -> Span:
    return replace(span, start=span.start + by, end=span.end + by)
