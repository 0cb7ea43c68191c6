"""Event words, shared word sets and reporting words, from frames.csv, sets.csv and cues.csv (see FRAMES.md)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from detente.errors import BadRow, MissingColumns
from detente.lexicon.ontology import TYPE_ROWS, cameo_root, is_cameo
from detente.lexicon.tables import CUES, DATA, FRAMES

ADVICE = "Mend that line; FRAMES.md describes the columns."
FRAME_COLUMNS = FRAMES.columns
KINDS = ("prt", "prep", "obj", "pobj", "subj", "noobj", "xcomp", "ccomp", "mod", "verb")
CARRIERS = ("", "planned", "sought", "possible", "denied", "fact", "void")
RECIPROCAL = ("", "with", "plural", "between")
PLACES = re.compile(r"[a-z]+( [a-z]+)*$")


@dataclass(frozen=True, slots=True)
class Constraint:
    """One thing that must, or must not, hold around an event word."""

    kind: str  # prt, prep, obj, pobj, subj, noobj, xcomp, ccomp, mod, verb
    words: frozenset[
        str
    ]  # lemmas, sets spelt out; "#actor", "#place", "#politician": such a phrase; "*": any word; "1": there is one
    negated: bool


@dataclass(frozen=True, slots=True)
class FrameRow:
    """One sense of an event word."""

    id: str
    lemma: str
    upos: str
    constraints: tuple[Constraint, ...]
    type: str
    mode: str | None
    cameo: str
    source: tuple[str, ...]  # places to look for the doer, in order; ("none",) = never
    target: tuple[str, ...]
    reciprocal: str | None
    carrier: str | None
    example: str
    counterexample: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class CueRow:
    """A word that reports speech; `values` holds every column of its row by name."""

    lemma: str
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the value of a column of cues.csv."""
        return self.values[column]

    def get(self, column: str, default: str | None = None) -> str | None:
        """Return the value of a column, the default where it is empty or there is no such column."""
        return self.values.get(column) or default


@cache
def load_frames(folder: Path = DATA) -> Mapping[tuple[str, str], tuple[FrameRow, ...]]:
    """Return the event words by lemma and part of speech, senses in the order of the file.

    Raises:
        BadRow: a row breaks the rules of FRAMES.md (the message names file and line).
    """
    sets, path = load_sets(folder), folder / "frames.csv"
    found: dict[tuple[str, str], list[FrameRow]] = {}
    seen: dict[str, int] = {}
    for line, values in table(path, FRAME_COLUMNS):
        row = frame_row(path, line, values, sets)
        if row.id in seen:
            fault = f"id {row.id!r} stands already on line {seen[row.id]}"
            raise BadRow(fault, where=f"{path} line {line}", advice=ADVICE)
        seen[row.id] = line
        found.setdefault((row.lemma, row.upos), []).append(row)
    return MappingProxyType({key: tuple(rows) for key, rows in found.items()})


@cache
def load_sets(folder: Path = DATA) -> Mapping[str, frozenset[str]]:
    """Return the named sets of words that rows share."""
    found: dict[str, set[str]] = {}
    for _, values in table(folder / "sets.csv", ("name", "word")):
        found.setdefault(values["name"], set()).add(values["word"])
    return MappingProxyType({name: frozenset(words) for name, words in found.items()})


@cache
def load_cues(folder: Path = DATA) -> Mapping[str, CueRow]:
    """Return the reporting words by lemma."""
    rows = table(folder / "cues.csv", CUES.needed)
    return MappingProxyType({values["lemma"]: cue_row(values) for _, values in rows})


def cue_row(values: dict[str, str]) -> CueRow:
    """Return a row of cues.csv."""
    return CueRow(values["lemma"], MappingProxyType(values))


def laid_over(own: Sequence[FrameRow]) -> Mapping[tuple[str, str], tuple[FrameRow, ...]]:
    """Return the package's event words under a user's: these stand first, and one with our id replaces ours."""
    if not own:
        return load_frames()
    ids = {row.id for row in own}
    ours = (row for rows in load_frames().values() for row in rows if row.id not in ids)
    found: dict[tuple[str, str], list[FrameRow]] = {}
    for row in (*own, *ours):
        found.setdefault((row.lemma, row.upos), []).append(row)
    return MappingProxyType({key: tuple(rows) for key, rows in found.items()})


def frame_row(path: Path, line: int, values: dict[str, str], sets: Mapping[str, frozenset[str]]) -> FrameRow:
    """Return a checked row of frames.csv; raises BadRow."""
    try:
        constraints = tuple(constraint(text, sets) for text in values["with"].split())
        check_values(values)
    except ValueError as fault:
        raise BadRow(
            f"{values['id'] or 'a row'}: {fault}", where=f"{path} line {line}", advice=ADVICE
        ) from None
    return FrameRow(
        values["id"], values["lemma"], values["upos"], constraints, values["type"], values["mode"] or None,
        values["cameo"], tuple(values["source"].split()), tuple(values["target"].split()),
        values["reciprocal"] or None, values["carrier"] or None, values["example"],
        values["counterexample"] or None, values["note"] or None,
    )  # fmt: skip


def check_values(values: Mapping[str, str]) -> None:
    """Raise ValueError for the first value that is none of those allowed in its column."""
    for column in ("id", "lemma", "example"):
        if not values[column]:
            raise ValueError(f"column {column!r} is empty")
    allowed = {
        "upos": ("VERB", "NOUN", "ADJ"),
        "type": tuple(TYPE_ROWS),
        "carrier": CARRIERS,
        "reciprocal": RECIPROCAL,
    }
    for column, choices in allowed.items():
        if values[column] not in choices:
            raise ValueError(
                f"column {column!r} has {values[column]!r}, not one of {' '.join(filter(None, choices))}"
            )
    if values["mode"] and values["mode"] not in TYPE_ROWS[values["type"]].modes:
        raise ValueError(f"{values['type']} has no mode {values['mode']!r}")
    if values["cameo"] and not is_cameo(values["cameo"]):
        raise ValueError(f"{values['cameo']!r} is no CAMEO code (root {cameo_root(values['cameo'])})")
    for column in ("source", "target"):
        if not PLACES.match(values[column]):
            raise ValueError(
                f"column {column!r} has {values[column]!r}, not places such as 'subj' or 'obj to'"
            )


def constraint(text: str, sets: Mapping[str, frozenset[str]]) -> Constraint:
    """Read one constraint such as ``!obj=@TALKS|deal``; raises ValueError."""
    kind, equals, words = text.lstrip("!").partition("=")
    if kind not in KINDS or not equals or not words:
        raise ValueError(f"constraint {text!r} is not kind=word|word with one of {' '.join(KINDS)}")
    found: set[str] = set()
    for word in words.split("|"):
        if word.startswith("@"):
            if word[1:] not in sets:
                raise ValueError(f"there is no set {word[1:]!r} in sets.csv")
            found |= sets[word[1:]]
        else:
            found.add(word)
    return Constraint(kind, frozenset(found), text.startswith("!"))


def table(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield line number and row of a CSV file that must have these columns."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if missing := [name for name in columns if name not in header]:
            raise MissingColumns(f"no column {', '.join(missing)}", where=str(path), advice=ADVICE)
        for values in reader:
            if len(values) != len(header):
                fault = f"{len(values)} values stand under {len(header)} columns"
                raise BadRow(fault, where=f"{path} line {reader.line_num}", advice=ADVICE)
            yield reader.line_num, dict(zip(header, values, strict=True))
