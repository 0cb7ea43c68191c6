"""The tests that the package's own tables pass, for a user's rows too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from detente.errors import BadRow
from detente.lexicon.frames import frame_row, load_sets
from detente.lexicon.load import Lexicon, Row
from detente.lexicon.tables import (
    BODIES,
    CUES,
    FRAMES,
    OFFICES,
    PERSONS,
    STATE_NAMES,
    Layout,
    bad_row,
    layout_of,
    precision,
    read_rows,
)
from detente.lexicon.who import END_OF_TIME, day_of
from detente.records import Record

FIRST_DAY = "1990-01-01"  # the tables reach back to here
SHARED = "shared"  # stands in the note of an office that several people hold at once, or that was contested


Code = Callable[[str], Record]


def check(path: Path | str, code: Code | None = None) -> tuple[BadRow, ...]:
    """Return every fault in a lexicon file, in the order of its lines; empty if there is none.

    Tested are the form of each value, that terms of one office do not overlap unless their note says "shared", that
    no event word's id stands twice, and that each name is found again in text.

    Args:
        path: CSV file with the columns of one table.
        code: the `code` of a Coder that was given this very file; then each event word must also be read in its
            example and not in its counterexample, and each reporting word in its example.

    Raises:
        NoSuchInput: the file cannot be read.
        MissingColumns: its columns are those of no table.
        BadRow: a line has more or fewer values than the header.
    """
    path = Path(path)
    layout = layout_of(path)
    faults: list[tuple[int, str]] = []
    sound: list[tuple[int, Row]] = []
    for line, row in read_rows(path, layout):
        if layout is OFFICES and not row["precision"]:
            row["precision"] = "day" if not row["from"] else precision(row)
        if fault := layout.fault(row):
            faults.append((line, fault))
        else:
            sound.append((line, row))
    if layout is OFFICES:
        faults.extend(overlaps(sound))
    if layout is FRAMES:
        faults.extend(bad_frames(path, sound))
    if not faults:
        faults.extend(lost_names(path, layout, sound))
    if not faults and code:
        faults.extend(failed_examples(layout, sound, code))
    return tuple(bad_row(path, line, fault) for line, fault in sorted(faults))


def overlaps(rows: list[tuple[int, Row]]) -> Iterator[tuple[int, str]]:
    """Yield the line and fault of each term that begins before the one before it in the same office has ended."""
    offices: dict[tuple[str, str], list[tuple[str, int, Row]]] = {}
    for line, row in rows:
        offices.setdefault((row["country"], row["office"]), []).append((day_of(row["from"], ""), line, row))
    for terms in offices.values():
        for (_, _, before), (start, line, row) in pairwise(sorted(terms, key=lambda term: term[:2])):
            end = day_of(before["to"], END_OF_TIME)
            if end > start and SHARED not in before["note"] and SHARED not in row["note"]:
                yield (
                    line,
                    f"{row['person']} begins on {start}, while {before['person']} is in office until {end}",
                )


def bad_frames(path: Path, rows: list[tuple[int, Row]]) -> Iterator[tuple[int, str]]:
    """Yield the line and fault of each event word that breaks a rule of FRAMES.md or bears an id a second time."""
    lines: dict[str, int] = {}
    for line, row in rows:
        if (first := lines.setdefault(row["id"], line)) != line:
            yield line, f"id {row['id']!r} stands already on line {first}"
        try:
            frame_row(path, line, row, load_sets())
        except BadRow as error:
            yield line, error.what


def failed_examples(layout: Layout, rows: list[tuple[int, Row]], code: Code) -> Iterator[tuple[int, str]]:
    """Yield the line and fault of each row that is not read in its example, or is in its counterexample."""
    for line, row in rows:
        if layout is FRAMES:
            if not fires(row["id"], code(row["example"])):
                yield line, f"{row['id']} is not read in its example: {row['example']}"
            if row["counterexample"] and fires(row["id"], code(row["counterexample"])):
                yield line, f"{row['id']} is read in its counterexample: {row['counterexample']}"
        elif layout is CUES and not reports(row["lemma"], code(row["example"])):
            yield line, f"{row['lemma']!r} reports nothing in its example: {row['example']}"


def fires(row: str, record: Record) -> bool:
    """Tell whether an event rests on a row of frames.csv."""
    return any(row in re.split(r"[\s;,]+", event.why or "") for event in record.events)


def reports(lemma: str, record: Record) -> bool:
    """Tell whether a statement rests on a reporting word."""
    return any(
        lemma in f"{said.why} {said.cue.text if said.cue else ''}".lower() for said in record.statements
    )


def lost_names(path: Path, layout: Layout, rows: list[tuple[int, Row]]) -> Iterator[tuple[int, str]]:
    """Yield the line and fault of each name that the matcher does not find in a text that consists of it."""
    if layout not in (STATE_NAMES, PERSONS, BODIES):
        return
    lexicon = Lexicon([path])
    for line, row in rows:
        name = row["person"] if layout is PERSONS else row["name"]
        if row.get("kind") == "other" or row.get("to"):
            continue
        state = lexicon.states.get(row["country"])
        ended = layout is STATE_NAMES and state is not None and state.end != END_OF_TIME
        on = (state.start or FIRST_DAY) if ended and state else row.get("from") or None
        found = lexicon.match(name.split(), day_of(on, "") if on else None)
        if not found or found[0].start:
            yield (
                line,
                f"the name {name!r} is not found in text; a longer name or one in other letters hides it",
            )
