"""Reading the lexicon's CSV files: every row is checked, and a fault is named by file, line and column."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.errors import BadRow, MissingColumns, NoSuchInput
from detente.terms import SECTORS

DATA = Path(__file__).parent / "data"
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
COUNTRY = re.compile(r"[A-Z]{3}$")
WIKIDATA = re.compile(r"Q[1-9]\d*$")
NUMBER = re.compile(r"-?\d+(\.\d+)?$")
FLAGS = ("", "yes")


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one table, and the form that each value must have."""

    table: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]  # columns that may not be empty
    dates: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] | None = None
    numbers: Mapping[str, float] | None = None  # columns that hold a number, and how far it may be from 0

    def fault(self, row: Mapping[str, str]) -> str | None:
        """Return what is wrong with a row, or None."""
        for column in self.needed:
            if not row[column]:
                return f"column {column!r} is empty"
        for column, form, say in (
            ("country", COUNTRY, "three capital letters"),
            ("wikidata", WIKIDATA, "a Wikidata id such as Q567"),
            *((column, DATE, "a date (2016, 2016-11 or 2016-11-14)") for column in self.dates),
        ):
            if (value := row.get(column)) and not form.match(value):
                return f"column {column!r} has {value!r}, not {say}"
        if (sector := row.get("sector")) and sector not in SECTORS:
            return f"column 'sector' has {sector!r}, not one of {' '.join(SECTORS)}"
        for column, allowed in (self.choices or {}).items():
            if row[column] not in allowed:
                return f"column {column!r} has {row[column]!r}, not one of {', '.join(filter(None, allowed))}"
        for column, most in (self.numbers or {}).items():
            if row[column] and not (NUMBER.match(row[column]) and abs(float(row[column])) <= most):
                return f"column {column!r} has {row[column]!r}, not a number from {-most:g} to {most:g}"
        if row.get("from") and row.get("to") and row["to"] < row["from"]:
            return f"it ends ({row['to']}) before it begins ({row['from']})"
        return None


STATES = Layout(
    "states",
    ("country", "name", "from", "to", "predecessor", "wikidata"),
    ("country", "name"),
    ("from", "to"),
)
NAME_KINDS = (
    "name", "short", "long", "old", "abbreviation", "adjective", "people", "capital", "metonym", "region",
    "breakaway", "other",
)  # fmt: skip
STATE_NAMES = Layout(
    "state_names",
    ("name", "country", "kind", "from", "to"),
    ("name", "kind"),
    ("from", "to"),
    {"kind": NAME_KINDS},
)
PERSONS = Layout("persons", ("person", "country", "aliases", "surname", "wikidata"), ("person", "country"))
ROLES = (
    "head of state and government", "head of government", "head of state", "supreme leader", "head of body",
    "deputy head", "foreign minister", "defence minister", "minister", "adviser", "envoy", "military chief",
    "spy chief", "spokesperson", "legislator", "opposition leader", "party leader", "rebel leader", "religious leader",
    "central banker", "prosecutor", "royal", "candidate",
)  # fmt: skip
OFFICES = Layout(
    "offices",
    ("person", "country", "office", "role", "sector", "from", "to", "precision", "elected", "source", "note"),
    ("person", "country", "office", "role", "sector", "from"),
    ("from", "to", "elected"),
    {"role": ROLES, "precision": ("day", "month", "year")},
)
BODY_KINDS = (
    "intergovernmental", "ministry", "agency", "military", "police", "intelligence", "legislature", "court",
    "armed group", "party", "media", "company", "bank", "union", "religious body", "university", "ngo", "criminal",
    "administration", "conference",
)  # fmt: skip
BODIES = Layout(
    "bodies",
    ("name", "country", "sector", "kind", "from", "to", "aliases", "wikidata"),
    ("name", "kind"),
    ("from", "to"),
    {"kind": BODY_KINDS},
)
AGENTS = Layout(
    "agents", ("lemma", "sector", "kind", "collective"), ("lemma", "kind"),
    choices={"kind": ("person", "group", "organisation", "vehicle", "text"), "collective": FLAGS},
)  # fmt: skip
TITLES = Layout(
    "titles", ("title", "kind", "sector", "role", "effect"), ("title", "kind"),
    choices={
        "kind": ("title", "modifier"), "role": ("", *ROLES),
        "effect": ("", "former", "then", "acting", "elect", "candidate", "deputy"),
    },
)  # fmt: skip
PLACE_KINDS = (
    "city", "region", "disputed", "sea", "strait", "island", "river", "lake", "mountain", "base", "border", "camp",
    "site",
)  # fmt: skip
PLACES = Layout(
    "places", ("name", "country", "kind", "lat", "lon", "geonames"), ("name", "kind", "lat", "lon"),
    choices={"kind": PLACE_KINDS},
    numbers={"lat": 90, "lon": 180, "geonames": 1e8},
)  # fmt: skip
PLACE_NAMES = Layout("place_names", ("name", "place", "country"), ("name", "place"))
FRAMES = Layout(
    "frames",
    (
        "id", "lemma", "upos", "with", "type", "mode", "cameo", "source", "target", "reciprocal", "carrier",
        "example", "counterexample", "note",
    ),
    ("id", "lemma", "upos", "type", "source", "target", "example"),
)  # fmt: skip
CUES = Layout(
    "cues", ("lemma", "upos", "stance", "kind", "strength", "example"),
    ("lemma", "upos", "stance", "kind", "strength", "example"),
    choices={
        "upos": ("VERB", "NOUN", "PHRASE"), "stance": ("asserts", "denies", "declines"),
        "kind": ("say", "claim", "believe", "write", "show", "deny", "comment", "according"),
        "strength": ("sure", "clause", "quote"),
    },
)  # fmt: skip
LAYOUTS = (STATES, STATE_NAMES, PERSONS, OFFICES, BODIES, AGENTS, TITLES, PLACES, PLACE_NAMES, FRAMES, CUES)


def read_rows(path: Path, layout: Layout) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and row of a CSV file, all values stripped, all columns of the layout present.

    Raises:
        NoSuchInput: the file cannot be opened.
        MissingColumns: the header lacks a needed column.
        BadRow: a row does not fit its columns or a value has the wrong form.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NoSuchInput(f"the lexicon file cannot be read ({error})", where=str(path)) from None
    reader = csv.reader(text.splitlines())
    header = [name.strip() for name in next(reader, [])]
    if missing := [name for name in layout.needed if name not in header]:
        raise MissingColumns(
            f"no column {', '.join(missing)}",
            where=str(path),
            advice=f"The columns of {layout.table}.csv are {','.join(layout.columns)}.",
        )
    blank = {column: "" for column in layout.columns if column not in header}
    for values in reader:
        if not any(values):
            continue
        if len(values) != len(header):
            raise bad_row(path, reader.line_num, f"{len(values)} values stand under {len(header)} columns")
        yield reader.line_num, dict(zip(header, map(str.strip, values), strict=True), **blank)


def checked_rows(path: Path, layout: Layout) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and row like `read_rows`, after testing each value's form; raises BadRow."""
    for line, row in read_rows(path, layout):
        if "precision" in layout.columns and not row["precision"]:
            row["precision"] = precision(row)
        if fault := layout.fault(row):
            raise bad_row(path, line, fault)
        yield line, row


def bad_row(path: Path, line: int, fault: str) -> BadRow:
    """Return the error for one line of a lexicon file."""
    return BadRow(
        fault, where=f"{path} line {line}", advice="Mend that line; docs/lexicon.md describes the columns."
    )


def precision(row: Mapping[str, str]) -> str:
    """Return day, month or year: the coarser of the two dates of a term."""
    shortest = min(len(row[end]) for end in ("from", "to") if row[end])
    return {7: "month", 4: "year"}.get(shortest, "day")  # a date of another form is refused by its own test


def layout_of(path: Path) -> Layout:
    """Tell by its header which table a user's file holds.

    Raises:
        NoSuchInput: the file cannot be opened.
        MissingColumns: the header is none of the tables'.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = {name.strip() for name in next(csv.reader(file), [])}
    except (OSError, UnicodeDecodeError) as error:
        raise NoSuchInput(f"the lexicon file cannot be read ({error})", where=str(path)) from None
    return fitting(header, path)


def fitting(header: set[str], path: Path) -> Layout:
    """Return the layout with the most of its columns in the header, and none of the needed ones missing."""
    fits = [layout for layout in LAYOUTS if set(layout.needed) <= header <= set(layout.columns)]
    if not fits:
        known: Sequence[str] = [f"{layout.table}: {','.join(layout.columns)}" for layout in LAYOUTS]
        raise MissingColumns(
            f"the columns {', '.join(sorted(header)) or '(none)'} are those of no lexicon table",
            where=str(path),
            advice="Use the columns of one table. " + "; ".join(known) + ".",
        )
    return max(fits, key=lambda layout: len(header & set(layout.columns)) - len(set(layout.columns) - header))
