from __future__ import annotations

import re
from dataclasses import replace

from detente.cli.output import Screen
from detente.cli.readable import ESCAPE, record_page, story_line
from detente.records import Dateline, Furniture, Record

PLAIN = Screen(colour=False, width=100)


def test_a_page_shows_header_statement_and_event_with_evidence(record: Record) -> None:
    story = replace(
        record.story,
        headline="Peru recalls envoy",
        published_from="argument",
        dateline=Dateline(("Lima",), None, "LIMA —"),
        agency="A News Agency",
        distributor="A Distributor",
        furniture=(Furniture("Share", "button"), Furniture("Menu", "button")),
    )
    page = " ".join(record_page(replace(record, story=story), PLAIN).split())
    for shown in (
        "Peru recalls envoy",
        "2023-02-25 (read from: argument)",
        "LIMA —",
        "A News Agency",
        "A Distributor",
        "2 lines of furniture",
        "President Dina Boluarte (Peru, PERGOV) for Peru (PERGOV) [said] (asserts, indirect)",
        "SANCTION Peru (PERGOV) → Mexico (MEXGOV)",
        "occurred; 2023-02-24 (day, from text); on the word of Peru (S1); confidence 0.75",
        "[source: Peru] [trigger: recalled] its ambassador to [target: Mexico] on Friday",
    ):
        assert shown in page
    assert "why:" not in page


def test_the_full_page_says_why_and_shows_the_text(record: Record) -> None:
    story = replace(record.story, furniture=(Furniture("Share", "button"), Furniture("Menu", "button")))
    page = record_page(replace(record, story=story), PLAIN, full=True)
    assert "2 lines of furniture: button 2" in page
    assert "[content: [source: Peru] [trigger: recalled] its ambassador" in page
    assert "why: cue say" in page
    assert "why: CAMEO 161, row recall" in page


def test_what_is_missing_is_said(record: Record) -> None:
    bare = Record(replace(record.story, published=None))
    page = record_page(bare, PLAIN)
    assert "(no headline)" in page
    assert re.search(r"published\s+unknown", page)
    assert page.count("none") == 2


def test_status_background_and_own_word_are_said(record: Record) -> None:
    event = replace(record.events[0], background=True, word=None, reciprocal=True, target=(), date=None)
    page = record_page(replace(record, events=(event,)), PLAIN)
    assert "occurred; background; date not given; the outlet's own word" in page
    assert "together" in page


def test_colours_change_nothing_but_colours(record: Record) -> None:
    colourful = record_page(record, Screen(colour=True, width=100))
    assert "\x1b[" in colourful
    assert "Peru recalled its ambassador to Mexico on Friday" in ESCAPE.sub("", colourful)


def test_lines_keep_to_the_width_of_the_screen(record: Record) -> None:
    for width in (40, 60, 100):
        for colour in (False, True):
            for line in record_page(record, Screen(colour, width), full=True).splitlines():
                assert len(ESCAPE.sub("", line)) <= width


def test_a_story_cannot_send_escapes_to_the_terminal(record: Record) -> None:
    story = replace(
        record.story, headline="\x1b[2J\x07wiped", source="a\x1b]0;title\x07.txt", byline=("\x9bA",)
    )
    for shown in (record_page(replace(record, story=story), PLAIN), story_line(story, PLAIN)):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown.replace("\n", ""))


def test_a_story_is_one_line_of_a_list(record: Record) -> None:
    line = story_line(
        replace(record.story, source="news/2023/" + "x" * 60 + ".txt", headline="H" * 200), PLAIN
    )
    assert line.startswith("2023-02-25")
    assert "\n" not in line
    assert line.endswith(".txt")
    assert len(line) <= PLAIN.width
