"""What `detente lexicon` does: whom a name means on a date, and the faults of a user's own rows."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date
from difflib import get_close_matches
from operator import attrgetter
from pathlib import Path

from detente.cli.columns import Column
from detente.cli.output import Listing, Screen, sink
from detente.errors import BadRow
from detente.lexicon import Lexicon, check
from detente.lexicon.tables import CUES, FRAMES, layout_of, read_rows
from detente.records import Actor

READ_BY_THE_CODER = (FRAMES, CUES)  # tables whose examples can only be tested by coding them


def lexicon(options: Namespace) -> int:
    """Ask the lexicon, or test files."""
    return _who(options) if options.task == "who" else _check(options)


def _who(options: Namespace) -> int:
    known = Lexicon(options.lexicon)
    name, day = " ".join(options.given), options.on or date.today().isoformat()
    actors = known.who(name, on=day)
    with sink(options, ACTORS) as write:
        for actor in actors:
            write(actor)
    if not actors:
        near = get_close_matches(name, known.persons, 1, 0.8)
        advice = f" Did you mean: {near[0]}" if near else ""
        print(f"The lexicon has nobody and nothing of the name {name!r} on {day}.{advice}", file=sys.stderr)
    return 0


def _check(options: Namespace) -> int:
    found = 0
    with sink(options, FAULTS) as write:
        for path in map(Path, options.given):
            faults = _faults(path)
            found += len(faults)
            for fault in faults:
                write(fault)
            layout = layout_of(path)
            rows = sum(1 for _ in read_rows(path, layout)) if not faults else None
            told = (
                f"{rows} rows for {layout.table}.csv, no fault"
                if rows is not None
                else f"{len(faults)} faulty"
            )
            print(f"{path}: {told}", file=sys.stderr)
    return BadRow.exit_code if found else 0


def _faults(path: Path) -> tuple[BadRow, ...]:
    faults = check(path)
    if faults or layout_of(path) not in READ_BY_THE_CODER:
        return faults
    from detente.pipeline import Coder

    return check(path, Coder(lexicon=[path]).code)


def _actor_line(actor: Actor, screen: Screen) -> str:
    facts = (actor.name, actor.office, actor.wikidata)
    return f"{actor.code or '?':<8}{', '.join(filter(None, facts))}"


def _place(fault: BadRow) -> tuple[str, int]:
    file, _, line = (fault.where or "").rpartition(" line ")
    return file, int(line)


ACTORS: Listing = Listing(
    lambda actor: {column.name: column.value(actor) for column in ACTORS.columns},
    (
        Column("code", "country and sector in one", attrgetter("code")),
        *(
            Column(name, meaning, attrgetter(name))
            for name, meaning in (
                ("name", "the name under which detente knows it"),
                ("country", "country by ISO 3166 alpha-3, or XKX, IGO, NGO, MNC, INT"),
                ("sector", "sector, such as GOV or MIL"),
                ("office", "office on that day"),
                ("kind", "person, state, organisation or group"),
                ("wikidata", "Wikidata id, where it is known for sure"),
            )
        ),
    ),
    lambda actor: [actor],
    _actor_line,
)
FAULTS: Listing = Listing(
    lambda fault: {column.name: column.value(fault) for column in FAULTS.columns},
    (
        Column("file", "path of the file", lambda fault: _place(fault)[0]),
        Column("line", "line of the file", lambda fault: _place(fault)[1]),
        Column("fault", "what is wrong with the row", attrgetter("what")),
    ),
    lambda fault: [fault],
    lambda fault, screen: f"{fault.where}: {fault.what}",
)
