"""Text exports of news databases: many documents in one file, each with a header of fields.

Here is what is the same for all; `detente.read.nexis` and `detente.read.factiva` know the layouts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from detente.errors import BrokenMarkup, DetenteError, TooLong
from detente.read import charset, dates, limits
from detente.read.archives import Part
from detente.read.stories import Received
from detente.read.tally import Tally
from detente.records import Furniture

COUNTED = re.compile(r"(?:Document )?\d{1,6} of \d{1,6}(?: DOCUMENTS?)?")
ENDED = "End of Document"
NUMBERED = re.compile(r"(?:AN[ \t]{1,8})?Document ([A-Za-z0-9]{12,40})")
LABEL = re.compile(r"([A-Za-z]{2,20}(?:[ -][A-Za-z]{2,12}){0,2}):(?:[ \t]{1,20}(.*))?$")
WORDS = re.compile(r"[\d,.]{1,9} words")
RIGHTS = re.compile(r"(?:copyright\b|\(c\) ?\d|©|all rights reserved)", re.IGNORECASE)
CODE = re.compile(r"([A-Z]{2,3})(?:[ \t]{1,12}(.*))?$")


def layout(head: str) -> str | None:
    """Return "nexis" or "factiva" if a text begins like an export of one, else None."""
    lines = [line.strip() for line in head.splitlines()]
    filled = [line for line in lines if line]
    if any(COUNTED.fullmatch(line) and line.endswith(("DOCUMENT", "DOCUMENTS")) for line in filled):
        return "nexis"
    labels = {match[1].lower() for line in filled if (match := LABEL.match(line))}
    if {"length", "body"} <= labels or ("length" in labels and "Body" in filled and _is_nexis(filled)):
        return "nexis"
    codes = {match[1] for line in filled if (match := CODE.match(line))}
    if {"HD", "WC", "PD"} <= codes and codes & {"LP", "TD", "SN"}:
        return "factiva"
    counted = [at for at, line in enumerate(filled) if WORDS.fullmatch(line)]
    dated = any(at + 1 < len(filled) and day(filled[at + 1]) for at in counted if at)
    return "factiva" if dated and any(NUMBERED.fullmatch(line) for line in filled) else None


def _is_nexis(filled: list[str]) -> bool:
    return any(line.startswith(("Load-Date:", ENDED, "Copyright")) for line in filled)


Read = Callable[[list[str], Part, str], Received | None]


def documents(
    part: Part, tally: Tally, read: Read, begins: Callable[[str], bool], ends: Callable[[str], bool]
) -> Iterator[Received]:
    """Cut a file into documents and read each; what stands before, between and after them is no story."""
    number = 0
    for lines in _cut(charset.text_lines(part), begins, ends):
        position = ", ".join(piece for piece in (part.position, f"document {number + 1}") if piece)
        try:
            if lines is None:
                raise TooLong(f"longer than {limits.TEXT:,} characters")
            found = read(lines, part, position)
            if found:
                yield found
        except DetenteError as error:
            error.where = f"{part.source}, {position}"
            tally.reject(error)
        else:
            number += found is not None
            continue
        number += 1
    if not number:
        raise BrokenMarkup(
            "looks like the export of a database, but no document in it can be told", where=part.where
        )


def _cut(
    lines: Iterable[str], begins: Callable[[str], bool], ends: Callable[[str], bool]
) -> Iterator[list[str] | None]:
    """Yield the lines of each document; None in the place of one that is longer than the limit."""
    found: list[str] = []
    size = 0
    for line in lines:
        bare = line.strip()
        first = bool(bare) and begins(bare)
        if first and size:
            yield found if size <= limits.TEXT else None
            found, size = [], 0
        size += len(line)
        if size <= limits.TEXT:
            found.append(line.rstrip())
        else:
            found.clear()
        if bare and ends(bare):
            yield found if size <= limits.TEXT else None
            found, size = [], 0
    if size:
        yield found if size <= limits.TEXT else None


@dataclass(slots=True)
class Sheet:
    """A document taken apart: its fields, the lines that bear no label, and its text."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    modern: bool = False  # of the latest layout of its database

    def words(self, *names: str) -> str | None:
        """Return the first of these fields that is there, on one line; None if none is."""
        found = (" ".join(" ".join(self.fields.get(name, ())).split()) for name in names)
        return next((text for text in found if text), None)

    def rest(self, *kept: str) -> tuple[Furniture, ...]:
        """Return the fields that go into no part of the story, all but those kept."""
        fields = ((name, self.words(name)) for name in self.fields if name not in kept)
        return tuple(Furniture(f"{name}: {text}", "field of the database") for name, text in fields if text)


def keeps_rights(line: str, sheet: Sheet) -> bool:
    """Keep a line that says whose the text is; return whether it is one."""
    rights = len(line) < 200 and bool(RIGHTS.match(line))
    if rights:
        sheet.fields.setdefault("copyright", []).append(line)
    return rights


def day(line: str) -> str | None:
    """Return the day that a short line of a header names, None if it names none, or one that could be two."""
    if len(line) > 120:
        return None
    found = dates.printed(line)
    return found[0].day if found and not found[0].ambiguous else None


def joined(lines: list[str]) -> str:
    """Return lines as paragraphs; where they are broken at a width, those between empty lines are put together."""
    wrapped = max(map(len, lines), default=0) <= 110 and not all(lines)
    blocks: list[list[str]] = [[]]
    for line in lines:
        if not line or not wrapped:
            blocks.append([])
        if line:
            blocks[-1].append(line)
    return "\n\n".join(" ".join(block) for block in blocks if block)
