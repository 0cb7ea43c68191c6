from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import ids
from detente.errors import BadDate, EmptyInput, TooLong
from detente.read import limits, read_text
from detente.read.stories import Received, is_markup, story_of
from detente.records import Caption, Record, Story, faults

BODY = (
    "OSLO — The foreign ministers of Norway and Chile met on Tuesday and agreed to widen a fisheries accord that has "
    "been in force for nine years, both ministries said.",
    "“We have found a text that both governments can sign,” the Norwegian minister told reporters after the talks, "
    "adding that the details would be worked out by a joint commission.",
    "Under the present accord, vessels from the two countries may land their catch in each other's ports without "
    "paying a second inspection fee. Shipping companies had asked for years that the rule be extended.",
    "Chile's delegation also raised the question of a direct air link. Norwegian officials said they would study the "
    "proposal but gave no date for an answer.",
)
SCRAPE = f"""\
 date 2019-03-12 Norway and Chile agree to widen fisheries accord, ministries say

NFS Ministers of the two countries shake hands after the talks in Oslo. (Kari Holm/Fjord Herald/NFS)




Filed under World

Loading more stories for you...please wait

Close

{BODY[0]}

{BODY[1]}

{BODY[2]}

Advertisement

{BODY[3]}

——

Example News Service

Distributed by Example Features Agency, Ltd."""


def test_a_scraped_wire_story_comes_apart_into_its_fields() -> None:
    story = read_text(SCRAPE)
    assert story.text == "\n\n".join(BODY)
    assert story.headline == "Norway and Chile agree to widen fisheries accord, ministries say"
    assert (story.published, story.published_from) == ("2019-03-12", "text")
    assert story.dateline is not None
    assert story.dateline.to_dict() == {"places": ["Oslo"], "date": None, "text": "OSLO —"}
    assert story.captions == (
        Caption(
            "Ministers of the two countries shake hands after the talks in Oslo.",
            "Kari Holm/Fjord Herald/NFS",
        ),
    )
    assert story.sections == ("World",)
    assert story.agency == "Example News Service"
    assert story.distributor == "Example Features Agency, Ltd"
    assert story.language == "en"
    assert faults(Record(story)) == ()


def test_every_dropped_line_is_listed_with_a_reason() -> None:
    story = read_text(SCRAPE)
    dropped = [line.text for line in story.furniture]
    for line in (
        "date 2019-03-12",
        "Filed under World",
        "Close",
        "Advertisement",
        "——",
        "Example News Service",
    ):
        assert line in dropped
    assert all(line.why for line in story.furniture)


def kept(story: Story) -> str:
    """Everything that a story holds, as words."""
    parts = [story.text, story.headline, story.deck, *story.notices, *(line.text for line in story.furniture)]
    parts += [part for caption in story.captions for part in (caption.text, caption.credit)]
    return " ".join(part for part in parts if part)


LINES = st.lists(
    st.sampled_from([*SCRAPE.splitlines(), "By Kari Holm", "12 March 2019", "Share", "Photo: Kari Holm"]),
    max_size=25,
)


@settings(deadline=None, max_examples=60)
@given(LINES)
def test_no_word_vanishes_silently(lines: list[str]) -> None:
    raw = "\n".join(lines)
    try:
        story = read_text(raw)
    except EmptyInput:
        return
    there = set(re.findall(r"\w+", kept(story)))
    # A credit loses its label, "Photo by"; every other word of the input must be somewhere.
    assert set(re.findall(r"\w+", raw)) - there <= {"Photo"}
    assert faults(Record(story)) == ()


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300), st.booleans())
def test_any_text_is_a_sound_story_or_an_honest_refusal(raw: str, clean: bool) -> None:
    try:
        story = read_text(raw, clean=clean)
    except EmptyInput:
        return
    assert faults(Record(story)) == ()
    assert Story.from_json(story.to_json()) == story
    assert clean or story.text == raw
    if clean:
        assert story.text == "\n\n".join(span.text for span in story.paragraphs)


def test_uncleaned_the_text_is_the_text() -> None:
    raw = f"  {BODY[0]}\n\n \n{BODY[1]}\r\n"
    story = read_text(raw, clean=False)
    assert story.text == raw
    assert [span.text for span in story.paragraphs] == list(BODY[:2])
    assert story.dateline is not None
    assert story.language == "en"
    assert story.furniture == ()


def test_the_given_date_counts_before_the_printed_one() -> None:
    story = read_text(SCRAPE, "2020-01-01T08:00:00+01:00")
    assert (story.published, story.published_from) == ("2020-01-01T08:00:00+01:00", "argument")


@pytest.mark.parametrize("given_", ["14/11/2016", "2016", "soon", "2016-02-30", ""])
def test_a_given_date_that_is_none_is_refused(given_: str) -> None:
    with pytest.raises(BadDate, match="is not a date"):
        read_text(BODY[0], given_)


def test_the_date_of_an_address_is_the_last_resort() -> None:
    dated = "https://a.example/2019/03/13/fish"
    assert read_text("\n\n".join(BODY), url=dated).published_from == "url"
    assert read_text(SCRAPE, url=dated).published == "2019-03-12"


def test_without_a_date_there_is_none() -> None:
    story = read_text("\n\n".join(BODY))
    assert (story.published, story.published_from, story.published_why) == (None, None, None)


def test_the_id_is_made_before_cleaning() -> None:
    assert read_text(SCRAPE).id == read_text(SCRAPE, clean=False).id == ids.story_id(SCRAPE)
    assert (
        read_text("a b c", url="https://a.example/1").id == read_text("d e f", url="https://a.example/1").id
    )


def test_a_headline_that_came_along_is_not_looked_for_in_the_text() -> None:
    story = story_of(Received("\n\n".join(BODY), headline="Oslo and Santiago agree"))
    assert story.headline == "Oslo and Santiago agree"
    assert story.text == "\n\n".join(BODY)
    assert story.furniture == ()


def test_the_site_of_a_ministry_issues_its_own_releases() -> None:
    story = read_text("\n\n".join(BODY), url="https://www.mofa.go.jp/press/1.html")
    assert story.issuer is not None
    assert (story.issuer.code, story.issuer.name) == ("JPNGOV", "Ministry of Foreign Affairs of Japan")
    assert read_text(BODY[0], url="https://notmofa.go.jp.example/").issuer is None
    assert read_text(BODY[0], url="http://[broken").issuer is None


@pytest.mark.parametrize("raw", ["", " \n\t ", "\ufeff"])
def test_no_text_is_refused(raw: str) -> None:
    with pytest.raises(EmptyInput):
        read_text(raw)


def test_a_text_beyond_the_limit_is_refused() -> None:
    with pytest.raises(TooLong, match="more than 5,000,000"):
        read_text("a" * (limits.TEXT + 1))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<!DOCTYPE html><p>Text", True),
        ("<p>One</p><p>Two</p>", True),
        ("Peru <3 Chile and <p> is a tag", False),
        ("The <b>envoy</b> left", False),
        ("", False),
    ],
)
def test_markup_is_told_from_text(raw: str, expected: bool) -> None:
    assert is_markup(raw) is expected
