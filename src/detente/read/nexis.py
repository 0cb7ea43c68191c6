"""Exports in the manner of Nexis, which has had three layouts.

To about 2007 HEADLINE: and BODY: are labelled; to about 2018 only the place of a line tells that it is the headline;
since then Body and End of Document stand on lines of their own, and a cover and a list of titles may come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from detente.read import credits, databases
from detente.read.archives import Part
from detente.read.databases import COUNTED, ENDED, LABEL, Sheet, day, joined, keeps_rights
from detente.read.stories import Received
from detente.read.tally import Tally
from detente.records import Furniture

PAGE = re.compile(r"Page \d{1,6} of \d{1,6}")
HEADER = frozenset(
    ("byline", "section", "length", "dateline", "highlight", "headline", "title", "series", "column", "source",
     "credit", "copyright", "correction", "acc-no", "distribution", "edition", "page", "contact", "notes")
)  # fmt: skip
FOOTER = frozenset(
    ("load-date", "language", "graphic", "publication-type", "document-type", "journal-code", "url", "subject",
     "company", "ticker", "organization", "organisation", "person", "geographic", "country", "state", "city",
     "industry", "issn", "acc-no", "correction", "correction-date", "update", "classification", "notes", "copyright",
     "isbn", "name", "type", "doc-type", "pub-type", "transmission date", "enhancement", "keywords")
)  # fmt: skip
ENDS = FOOTER - {"correction", "notes", "copyright", "name", "type", "country", "state", "city", "person", "company",
                 "subject", "update", "industry", "keywords"}  # fmt: skip
"""Labels that no line of a story's own text begins with: the first of them ends it."""


def documents(part: Part, tally: Tally) -> Iterator[Received]:
    """Yield the documents of a Nexis-style export, one at a time; what is no document is counted."""
    return databases.documents(part, tally, _story, _begins, lambda line: line == ENDED)


def _begins(line: str) -> bool:
    told = line.startswith("Document ") or line.endswith(("DOCUMENT", "DOCUMENTS"))
    return told and COUNTED.fullmatch(line) is not None


def _story(lines: list[str], part: Part, position: str) -> Received | None:
    """The story in one Nexis document, None if it is no document but a cover or a list of titles."""
    sheet = _sheet(lines)
    if "length" not in sheet.fields or not any(sheet.text):
        return None
    top = _top(sheet)
    used = {top.outlet, top.dated, *top.headline}
    loose = (
        Furniture(line.strip(), "in the header of the document")
        for line in sheet.loose
        if line and line not in used
    )
    return Received(
        raw=joined(sheet.text),
        markup=False,
        url=sheet.words("url"),
        guid=sheet.words("acc-no"),
        headline=sheet.words("headline", "title") or " ".join(top.headline) or None,
        deck=sheet.words("highlight"),
        published=day(top.dated),
        byline=tuple(name for name in (sheet.words("byline"),) if name),
        outlet=top.outlet.strip() or None,
        sections=tuple(_sections(sheet.words("section"))),
        captions=tuple(credits.caption(text) for text in (sheet.words("graphic"),) if text),
        notices=tuple(text for text in (sheet.words("correction"), sheet.words("copyright")) if text),
        furniture=(
            *loose,
            *sheet.rest("headline", "title", "url", "acc-no", "highlight", "byline", "section", "graphic",
                        "correction", "copyright"),
        ),
        source=part.source,
        position=position,
    )  # fmt: skip


class _Top(NamedTuple):
    """What the lines without a label say at the top of a Nexis document."""

    outlet: str = ""
    dated: str = ""
    headline: tuple[str, ...] = ()


def _top(sheet: Sheet) -> _Top:
    """Tell outlet, date and headline by their places."""
    days = [at for at, line in enumerate(sheet.loose) if day(line)]
    if not days:
        return _Top(outlet=next(filter(None, sheet.loose), ""))
    if not sheet.modern:
        # The outlet stands first; the headline is flush left, editions are centred like outlet and date.
        below = (line for line in sheet.loose[days[0] + 1 :] if line and not line.startswith(" "))
        return _Top(next(filter(None, sheet.loose)), sheet.loose[days[0]], tuple(below))
    # A cover and a list of titles may come before: the headline is the block of lines above outlet and date.
    above = sheet.loose[: days[-1]]
    while above and not above[-1]:
        above.pop()
    outlet = above.pop() if above else ""
    while above and not above[-1]:
        above.pop()
    begins = max((at for at, line in enumerate(above) if not line or PAGE.fullmatch(line)), default=-1)
    return _Top(outlet, sheet.loose[days[-1]], tuple(above[begins + 1 :]))


def _sheet(lines: list[str]) -> Sheet:
    """Take a Nexis document apart line by line."""
    sheet = Sheet()
    place, field = "header", ""
    labelled = any(line.strip() in ("BODY:", "Body") for line in lines)
    sheet.modern = any(line.strip() == "Body" for line in lines)
    for line in lines:
        bare = line.strip()
        label = LABEL.match(bare)
        name = label[1].lower() if label else ""
        if bare == ENDED or (bare and place == "header" and COUNTED.fullmatch(bare)):
            continue
        if place == "header" and name in HEADER:
            field = name
            sheet.fields.setdefault(field, []).append(label[2] or "" if label else "")
        elif place == "header" and bare in ("BODY:", "Body"):
            place, field = "text", ""
        elif place == "header" and bare and field:
            sheet.fields[field].append(bare)
        elif place == "header" and (labelled or "length" not in sheet.fields):
            sheet.loose += [] if keeps_rights(bare, sheet) else [line]
        elif place != "header" and (name in ENDS or (place == "footer" and name in FOOTER)) and label:
            place, field = "footer", name
            sheet.fields.setdefault(field, []).append(label[2] or "")
        elif place == "text" and labelled and bare in ("Classification", "Graphic", "Notes"):
            place, field = "footer", bare.lower()
            sheet.fields.setdefault(field, [])
        elif place == "footer" and bare:
            if not keeps_rights(bare, sheet) and field:
                sheet.fields[field].append(bare)
        elif bare or place == "text":
            place = "text"
            sheet.text.append(bare)
        field = field if bare or place == "footer" else ""
    return sheet


def _sections(text: str | None) -> Iterator[str]:
    """The sections in "Section A; Column 0; Foreign Desk; Pg. 8": not the column, nor the page."""
    for piece in (text or "").split(";"):
        name = piece.strip()
        if name and not re.match(r"(?:column\b|pp?g?s?\.|page\b|\d)", name, re.IGNORECASE):
            yield name
