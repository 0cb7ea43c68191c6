"""Exports of news databases: every layout gives the same story."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import BrokenMarkup, DetenteError
from detente.read import Tally, limits, read
from detente.read.databases import layout
from detente.records import Story

FIRST = "LIMA — Peru recalled its ambassador from Mexico on Friday, President Dina Boluarte said."
SECOND = "Mexico's foreign ministry said that it regretted the decision and that consular work would go on."
BODY = (FIRST, SECOND)
WRAPPED = """LIMA — Peru recalled its ambassador from Mexico on Friday, President
Dina Boluarte said.

   Mexico's foreign ministry said that it regretted the decision and that
consular work would go on."""

OLD = f"""
                            Document 1 of 2 DOCUMENTS

                      Copyright 2003 The Example Company
                                 The Example

                 February 24, 2003, Monday, Late Edition - Final

SECTION: Section A; Column 3; Foreign Desk; Pg. 8

LENGTH: 52 words

HEADLINE: Peru recalls its envoy
from Mexico

BYLINE: By JANE ROE

DATELINE: LIMA, Feb. 24

BODY:
   {WRAPPED}

LOAD-DATE: February 24, 2003

                            Document 2 of 2 DOCUMENTS

                      Copyright 2003 The Example Company
                                 The Example

                 February 25, 2003, Tuesday, Late Edition - Final

SECTION: Section A

LENGTH: 52 words

HEADLINE: Mexico answers

BODY:
   {SECOND} {FIRST}

LOAD-DATE: February 25, 2003
"""
MIDDLE = f"""



                               1 of 250 DOCUMENTS



                                  The Example

                            February 24, 2003 Monday
                              Late Edition - Final

Peru recalls its envoy from Mexico

BYLINE: By JANE ROE

SECTION: Section A; Column 3; Foreign Desk; Pg. 8

LENGTH: 52 words

DATELINE: LIMA

HIGHLIGHT: The two governments have been at odds since December.

{WRAPPED}

URL: http://a.example/envoy

SUBJECT: EMBASSIES & CONSULATES (91%); HEADS OF STATE &
GOVERNMENT (90%)

LOAD-DATE: February 24, 2003

LANGUAGE: ENGLISH

GRAPHIC: PHOTO: The ministry in Lima. (PHOTOGRAPH BY JOHN DOE)

PUBLICATION-TYPE: Newspaper


                      Copyright 2003 The Example Company
                              All Rights Reserved
"""
NEW = f"""User Name: jane.roe
Date and Time: Monday, March 3, 2003 5:02:00 PM CET
Job Number: 12345
Documents (2)
 1. Peru recalls its envoy from Mexico
 2. Mexico answers
Search Terms: peru

Page 1 of 2
Peru recalls its envoy from Mexico

The Example
February 24, 2003 Monday
Late Edition - Final

Copyright 2003 The Example Company All Rights Reserved

Section: Section A; Column 3; Foreign Desk; Pg. 8
Length: 52 words
Byline: By JANE ROE
Dateline: LIMA
Highlight: The two governments have been at odds since December.

Body

{FIRST}

{SECOND}

Classification

Language: ENGLISH

Publication-Type: Newspaper

Load-Date: February 24, 2003

End of Document

Mexico answers

The Example
February 25, 2003 Tuesday

Copyright 2003 The Example Company All Rights Reserved

Length: 52 words

Body

{SECOND}

{FIRST}

Load-Date: February 25, 2003

End of Document
"""
CODED = f"""HD
Peru recalls its envoy from Mexico
BY
By Jane Roe
WC
52 words
PD
24 February 2003
ET
09:30
SN
The Example
SC
EXAMPL
LA
English
CY
(c) 2003 The Example Company

LP
{FIRST}

TD
{SECOND}

CO
exampl : The Example
NS
gdip : International Relations
RE
peru : Peru | mex : Mexico
AN
Document EXAMPL0020030224dz2o0001x

"""
ONE_LINE = CODED.replace("\n", "  ", 1)
for _code in ("BY", "WC", "PD", "ET", "SN", "SC", "LA", "CY", "LP", "TD", "CO", "NS", "RE", "AN"):
    ONE_LINE = ONE_LINE.replace(f"\n{_code}\n", f"\n{_code}  ")
PLAIN = f"""World News
Peru recalls its envoy from Mexico
By Jane Roe
52 words
24 February 2003
09:30
The Example
EXAMPL
A8
English
(c) 2003 The Example Company. All Rights Reserved.

{FIRST}

{SECOND}

Document EXAMPL0020030224dz2o0001x

Mexico answers
52 words
25 February 2003
The Example
EXAMPL
English
(c) 2003 The Example Company. All Rights Reserved.

{SECOND}

{FIRST}

Document EXAMPL0020030225dz2p0002y

Search Summary
Text        peru
Date        All Dates
"""


def read_all(folder: Path, text: str, name: str = "export.txt") -> tuple[list[Story], Tally]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    tally = Tally()
    return list(read(path, tally=tally)), tally


@pytest.mark.parametrize(
    ("text", "kind", "count"),
    [
        (OLD, "nexis", 2),
        (MIDDLE, "nexis", 1),
        (NEW, "nexis", 2),
        (CODED, "factiva", 1),
        (ONE_LINE, "factiva", 1),
        (PLAIN, "factiva", 2),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_layout_gives_the_same_story(
    text: str, kind: str, count: int, ends: str, tmp_path: Path
) -> None:
    assert layout(text) == kind
    stories, tally = read_all(tmp_path, text.replace("\n", ends))
    assert len(stories) == count
    assert tally.rejected == 0
    first = stories[0]
    assert tuple(span.text for span in first.paragraphs) == BODY
    assert first.headline == "Peru recalls its envoy from Mexico"
    assert (first.published, first.published_from) == ("2003-02-24", "meta")
    assert first.byline == ("Jane Roe",)
    assert first.outlet == "The Example"
    assert any("2003 The Example Company" in notice for notice in first.notices)
    assert [story.position for story in stories] == [f"document {at + 1}" for at in range(count)]
    if count == 2:
        assert (stories[1].headline, stories[1].published) == ("Mexico answers", "2003-02-25")


def test_fields_of_the_database_that_are_no_part_of_a_story_are_listed(tmp_path: Path) -> None:
    (story,), _ = read_all(tmp_path, MIDDLE)
    listed = {piece.text for piece in story.furniture}
    assert "language: ENGLISH" in listed
    assert "length: 52 words" in listed
    assert "subject: EMBASSIES & CONSULATES (91%); HEADS OF STATE & GOVERNMENT (90%)" in listed
    assert (story.url, story.sections) == ("http://a.example/envoy", ("Section A", "Foreign Desk"))
    assert story.deck == "The two governments have been at odds since December."
    assert "The ministry in Lima" in story.captions[0].text


def test_the_number_of_a_document_makes_its_id(tmp_path: Path) -> None:
    (story,), _ = read_all(tmp_path, CODED)
    (again, _), _ = read_all(tmp_path, PLAIN)
    assert story.id == again.id


def test_words_in_a_text_that_look_like_codes_end_nothing(tmp_path: Path) -> None:
    (story,), _ = read_all(
        tmp_path, CODED.replace(SECOND, f"{SECOND}\n\nIN Lima the minister repeated that he hoped for talks.")
    )
    assert story.text.endswith("IN Lima the minister repeated that he hoped for talks.")


def test_a_date_that_may_be_two_is_none(tmp_path: Path) -> None:
    (story,), _ = read_all(tmp_path, CODED.replace("24 February 2003", "03/04/2003"))
    assert story.published is None


def test_a_document_beyond_the_limit_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TEXT", 2000)
    long = PLAIN.replace(FIRST, FIRST + " And so on." * 500, 1)
    stories, tally = read_all(tmp_path, long)
    assert [story.headline for story in stories] == ["Mexico answers"]
    assert [(reject.kind, reject.where.rpartition(", ")[2]) for reject in tally.rejects] == [
        ("TooLong", "document 1")
    ]


def test_an_export_without_a_document_says_so(tmp_path: Path) -> None:
    with pytest.raises(DetenteError) as caught:
        read_all(tmp_path, "1 of 3 DOCUMENTS\n\nThe Example\n")
    assert type(caught.value) is BrokenMarkup


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}\n\n{SECOND}",
        f"The note had 52 words.\n\n{FIRST}",
        f"52 words\n24 February 2003\n{FIRST}",
        "Length: 12 words\n\nBody of evidence grows, the minister said.",
    ],
)
def test_a_common_text_is_no_export(text: str) -> None:
    assert layout(text) is None
