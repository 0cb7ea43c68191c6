"""Columns beside a record's own fields: what is nested in it, or stands in its story, as plain values.

They are what listings show and filters look at, so both read one table. Several parties share a cell, separated by
semicolons and in the same order in every column of that side, as in the CSV of the command line. The table `party`
has one row for each.
"""

from __future__ import annotations

from typing import NamedTuple

ACTOR = ("name", "country", "sector", "code")


class Flat(NamedTuple):
    """One such column: its name, what it means, and its SQL for a row `one` of the story in `record`."""

    name: str
    meaning: str
    sql: str


def _cell(values: str) -> str:
    """SQL that joins a list into one cell, with room for what is missing; NULL if all of it is."""
    some = f"len(list_filter({values}, lambda value: value <> '')) > 0"
    return f"CASE WHEN {some} THEN array_to_string({values}, '; ') END"


def _side(side: str, who: str) -> tuple[Flat, ...]:
    words = Flat(
        f"{side}_text", f"{who}, in the story's words", _cell(f"[party.text FOR party IN one.{side}]")
    )
    return (
        words,
        *(
            Flat(
                f"{side}_{field}",
                f"{who}: {field}",
                _cell(f"[coalesce(party.actor.{field}, '') FOR party IN one.{side}]"),
            )
            for field in ACTOR
        ),
    )


def _mention(field: str, who: str) -> tuple[Flat, ...]:
    return (
        Flat(f"{field}_text", f"{who}, in the story's words", f"one.{field}.text"),
        *(Flat(f"{field}_{part}", f"{who}: {part}", f"one.{field}.actor.{part}") for part in ACTOR),
    )


def _voucher(part: str) -> str:
    """SQL for a part of whoever vouches for an event: on whose behalf it is said, else who says it."""
    statement = "list_filter(record.statements, lambda statement: statement.id = one.word)[1]"
    return (
        f"CASE WHEN {statement}.principal IS NULL THEN {statement}.speaker.actor.{part} "
        f"ELSE {statement}.principal.{part} END"
    )


_STORY = (
    Flat("published", "when the story was published", "record.story.published"),
    Flat("headline", "the story's headline", "record.story.headline"),
    Flat("source_file", "path, address or feed that the story was read from", "record.story.source"),
)
_NAMED = (
    "list_concat([party.actor FOR party IN flatten([list_concat(one.source, one.target) FOR one IN record.events])], "
    "[one.speaker.actor FOR one IN record.statements], [one.principal FOR one IN record.statements], "
    "[one.addressee.actor FOR one IN record.statements])"
)


def _named(part: str) -> Flat:
    each = f"list_sort(list_distinct([actor.{part} FOR actor IN {_NAMED}]))"
    meaning = f"everybody who takes part in its events and statements, each once: {part}"
    return Flat(f"actor_{part}", meaning, f"nullif(array_to_string({each}, '; '), '')")


STORY = tuple(_named(part) for part in ACTOR)
EVENT = (
    *_side("source", "who acts"),
    *_side("target", "who is acted on"),
    *(Flat(f"word_{part}", f"on whose word: {part}", _voucher(part)) for part in ACTOR),
    *_STORY,
)
STATEMENT = (
    *_mention("speaker", "who says it"),
    *(Flat(f"principal_{part}", f"on whose behalf: {part}", f"one.principal.{part}") for part in ACTOR),
    *_mention("addressee", "to whom it is said"),
    Flat("said", "what is said, in one piece", "array_to_string([span.text FOR span IN one.content], ' … ')"),
    *_STORY,
)
