"""Exports in the manner of Factiva: with two-letter codes before the fields, or without them.

Either way a document ends with the word Document and its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.read import bylines, credits, databases
from detente.read.archives import Part
from detente.read.databases import CODE, NUMBERED, RIGHTS, WORDS, Sheet, day, joined
from detente.read.stories import Received
from detente.read.tally import Tally

CLOCK = re.compile(r"\d{1,2}:\d\d(?: ?[AP]M)?(?: [A-Z]{3,4})?", re.IGNORECASE)
SOURCE_CODE = re.compile(r"[A-Z0-9]{2,10}")
CODES = frozenset(
    ("HD", "SE", "CLM", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "CX", "LP", "TD",
     "ART", "RF", "CT", "CO", "IN", "NS", "RE", "DE", "IPC", "IPD", "PUB", "AN", "RST", "DLN", "RIC")
)  # fmt: skip
TEXTS = ("LP", "TD")


def documents(part: Part, tally: Tally) -> Iterator[Received]:
    """Yield the documents of a Factiva-style export, one at a time; what is no document is counted."""
    return databases.documents(
        part, tally, _story, lambda line: False, lambda line: bool(NUMBERED.fullmatch(line))
    )


def _story(lines: list[str], part: Part, position: str) -> Received | None:
    """The story in one Factiva document, None if it is no document but a summary of the search."""
    coded = any(line.startswith(("HD ", "HD\t")) or line == "HD" for line in lines)
    sheet = _coded_sheet(lines) if coded else _plain_sheet(lines)
    if not sheet or not any(sheet.text):
        return None
    kept = ("HD", "BY", "PD", "SN", "AN", "SE", "CY", "CX", "ART", "CR")
    return Received(
        raw=joined(sheet.text),
        markup=False,
        guid=sheet.words("AN"),
        headline=sheet.words("HD"),
        published=day(sheet.words("PD") or "") if sheet.words("PD") else None,
        byline=tuple(name for name in (sheet.words("BY"), sheet.words("CR")) if name),
        outlet=sheet.words("SN"),
        sections=tuple(name for name in (sheet.words("SE"),) if name),
        captions=tuple(credits.caption(text) for text in (sheet.words("ART"),) if text),
        notices=tuple(text for text in (sheet.words("CX"), sheet.words("CY")) if text),
        furniture=sheet.rest(*kept),
        source=part.source,
        position=position,
    )


def _coded_sheet(lines: list[str]) -> Sheet:
    """Take apart a Factiva document whose fields have codes."""
    sheet = Sheet()
    field = ""
    for line in lines:
        code = CODE.match(line)
        # Within the text, a line may begin with a word that looks like a code: real ones stand apart.
        apart = code is not None and (
            code[2] is None or line[len(code[1]) :][:2] in ("  ", "\t") or "\t" in line[:5]
        )
        if code and code[1] in CODES and (apart or field not in TEXTS):
            field = code[1]
            value = code[2] or ""
        else:
            value = line.strip()
        if field in TEXTS:
            sheet.text.append(value)
        elif field and value:
            numbered = NUMBERED.fullmatch(value)
            sheet.fields.setdefault(field, []).append(numbered[1] if numbered else value)
    return sheet


def _plain_sheet(lines: list[str]) -> Sheet | None:
    """Take apart a Factiva document without codes: its lines have a fixed order around the number of words."""
    bare = [line.strip() for line in lines]
    counted = (
        at for at, line in enumerate(bare) if WORDS.fullmatch(line) and any(map(day, bare[at + 1 : at + 3]))
    )
    at = next(counted, None)
    number = next((match[1] for line in reversed(bare) if (match := NUMBERED.fullmatch(line))), None)
    if at is None or number is None:
        return None
    sheet = Sheet()
    sheet.fields["AN"] = [number]
    sheet.fields["WC"] = [bare[at]]
    _above(bare[:at], sheet)
    end = _below(bare, at + 1, sheet)
    sheet.text = [line for line in bare[end:] if not NUMBERED.fullmatch(line)]
    return sheet


def _above(lines: list[str], sheet: Sheet) -> None:
    """The lines above the number of words: section, headline, author."""
    block = [
        line for line in lines[-12:] if line and not re.match(r"(?:Page \d|Article \d|©|\d{1,6} of \d)", line)
    ]
    if len(block) > 1 and (block[-1].lower().startswith("by ") or _names(block[-1])):
        sheet.fields["BY"] = [block.pop()]
    if block:
        longest = max(block, key=len)
        sheet.fields["HD"] = [longest]
        if block[0] != longest:
            sheet.fields["SE"] = [block[0]]
        others = [line for line in block[1:] if line != longest]
        if others:
            sheet.fields["CLM"] = others


def _names(line: str) -> bool:
    """Whether a line is nothing but names."""
    return len(line) < 80 and bool(bylines.people([line])[0]) and len(line.split()) < 9


def _below(lines: list[str], at: int, sheet: Sheet) -> int:
    """The lines below the number of words: date, hour, source, its code, page, language, rights; where they end."""
    rights = next((end for end in range(at, min(at + 12, len(lines))) if RIGHTS.match(lines[end])), None)
    blank = next((end for end in range(at, len(lines)) if not lines[end]), len(lines))
    end = rights + 1 if rights is not None else blank
    for line in lines[at:end]:
        if not line:
            continue
        if "PD" not in sheet.fields and day(line):
            sheet.fields["PD"] = [line]
        elif RIGHTS.match(line):
            sheet.fields["CY"] = [line]
        elif CLOCK.fullmatch(line):
            sheet.fields["ET"] = [line]
        elif "SN" not in sheet.fields:
            sheet.fields["SN"] = [line]
        elif SOURCE_CODE.fullmatch(line):
            sheet.fields.setdefault("SC", []).append(line)
        else:
            sheet.fields.setdefault("LA", []).append(line)
    return end
