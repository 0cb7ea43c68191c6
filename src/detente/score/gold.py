"""Gold: passages with the events and statements that a person finds in them, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from detente.errors import BadRow, EmptyInput, NoSuchInput
from detente.fields import Shaped
from detente.terms import SECTORS, STANCES, STATEMENT_KINDS, STATUSES, TYPES

UNKNOWN = "UNK"  # how gold spells a country or sector that nobody can tell


@dataclass(frozen=True, slots=True)
class Party(Shaped):
    """Somebody named in the gold."""

    text: Annotated[str, "the name, in the passage's words"]
    country: Annotated[str, "its code, as detente's codebook has it; UNK if nobody can tell"] = UNKNOWN
    sector: Annotated[str, "its sector, likewise"] = UNKNOWN


@dataclass(frozen=True, slots=True)
class GoldEvent(Shaped):
    """An event that should be found."""

    type: Annotated[str, "one of the sixteen types"]
    trigger: Annotated[str, "the shortest words of the passage that name the act"]
    source: Annotated[tuple[Party, ...], "who acts; all parties where it is reciprocal"] = ()
    target: Annotated[tuple[Party, ...], "who is acted on; empty where it is reciprocal"] = ()
    reciprocal: Annotated[bool, "whether all do it to each other"] = False
    status: Annotated[str, "one of the six statuses"] = "occurred"
    background: Annotated[bool, "whether it is history told to explain the news"] = False
    word: Annotated[Party | None, "who vouches for it; null where the outlet itself does"] = None
    date: Annotated[str | None, "when: YYYY-MM-DD, YYYY-MM or YYYY, only if the passage says it"] = None
    place: Annotated[str | None, "where: the narrowest words that tell it"] = None


@dataclass(frozen=True, slots=True)
class GoldStatement(Shaped):
    """A statement that should be found."""

    speaker: Annotated[str | None, "who says it, as printed"] = None
    cue: Annotated[str | None, "the words that report the saying"] = None
    content: Annotated[tuple[str, ...], "what is said, in one or more stretches"] = ()
    kind: Annotated[str, "direct, indirect or mixed"] = "indirect"
    stance: Annotated[str, "asserts, denies or declines"] = "asserts"


@dataclass(frozen=True, slots=True)
class Item(Shaped):
    """One passage and all that should be found in it."""

    id: Annotated[str, "its name, which the findings are listed under"]
    text: Annotated[str, "the passage; it is coded as it is"]
    published: Annotated[str | None, "day of publication"] = None
    events: Annotated[tuple[GoldEvent, ...], "every event; none for a trap"] = ()
    statements: Annotated[tuple[GoldStatement, ...], "every statement"] = ()


def read_gold(path: Path | str) -> Iterator[Item]:
    """Yield the items of a file of JSON lines; other keys of an item (category, note) are passed over.

    Raises:
        NoSuchInput: the file cannot be opened.
        EmptyInput: there is no item in it.
        BadRow: a line is not JSON, or what stands in it is not as docs/evaluate.md describes it.
    """
    path, empty = Path(path), True
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise NoSuchInput(f"the gold cannot be read ({error})", where=str(path)) from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            empty = False
            yield _item(line, f"{path} line {number}")
    if empty:
        raise EmptyInput("there is no gold in it", where=str(path))


def _item(line: str, where: str) -> Item:
    try:
        data = json.loads(line)
        if not isinstance(data, dict):
            raise ValueError("an object was expected")
        item = Item.from_dict(
            {name: value for name, value in data.items() if name in Item.__dataclass_fields__}
        )
        if fault := next(_faults(item), None):
            raise ValueError(fault)
    except ValueError as error:  # a JSONDecodeError is one
        raise BadRow(str(error), where=where, advice="docs/evaluate.md describes the format.") from None
    return item


def _faults(item: Item) -> Iterator[str]:
    """What a passage's gold gets wrong, in words: a slip in the gold would be counted against the coder."""
    for event in item.events:
        if event.trigger not in item.text or not event.trigger:
            yield f"the trigger {event.trigger!r} does not stand in the text"
        if not (event.source or event.target):
            yield f"the event {event.trigger!r} has no party"
        if event.reciprocal and event.target:
            yield f"the event {event.trigger!r} is reciprocal, so all its parties belong into source"
        yield from _unlisted(event.type, "type", TYPES)
        yield from _unlisted(event.status, "status", STATUSES)
        for party in (*event.source, *event.target, *([event.word] if event.word else [])):
            yield from _unlisted(party.sector, "sector", (*SECTORS, UNKNOWN))
    for statement in item.statements:
        yield from _unlisted(statement.kind, "kind", STATEMENT_KINDS)
        yield from _unlisted(statement.stance, "stance", STANCES)


def _unlisted(value: Any, name: str, known: tuple[str, ...]) -> Iterator[str]:
    if value not in known:
        yield f"{value!r} is no {name}; known are {', '.join(known)}"
