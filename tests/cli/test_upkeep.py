"""What `detente diff` says of two codings."""

from __future__ import annotations

from dataclasses import replace

from detente.cli.output import Screen
from detente.cli.upkeep import DIFF_COLUMNS, Difference, _difference, _differences
from detente.records import Actor, Mention, Record
from detente.store import Change, Diff

WIDE = Screen(False, 120)


def test_what_was_gained_lost_and_changed_is_told(record: Record) -> None:
    (event,) = record.events
    chile = Mention(event.target[0].start, event.target[0].end, "Chile", Actor("Chile", "CHL", "GOV"))
    later = replace(event, status="planned", target=(chile,), background=True)
    change = Change(event, later, ("status", "target"))
    found = list(_differences(Diff("r0001", "r0002", 3, 1, (event,), (event,), (change,))))
    assert [row.change for row in found] == ["gained", "lost", "changed"]
    gained, lost, changed = (_difference(row, WIDE).splitlines() for row in found)
    assert gained[0] == "gained   SANCTION Peru (PERGOV) → Mexico (MEXGOV); occurred"
    assert lost[0].startswith("lost     SANCTION")
    assert changed[0].endswith("Chile (CHLGOV); planned, background")
    assert changed[1:3] == ["         status: occurred → planned", "         target: Mexico → Chile"]
    assert changed[3].strip() == record.story.text


def test_a_row_has_both_sides(record: Record) -> None:
    (event,) = record.events
    row = Difference("changed", event, replace(event, status="planned"), ("status",))
    cells = {column.name: column.value(row) for column in DIFF_COLUMNS}
    assert (cells["status_before"], cells["status_after"]) == ("occurred", "planned")
    assert cells["fields"] == "status"
    cells = {column.name: column.value(Difference("gained", None, event)) for column in DIFF_COLUMNS}
    assert (cells["status_before"], cells["status_after"]) == (None, "occurred")
