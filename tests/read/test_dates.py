from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.read import dates


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2016-11-14", ["2016-11-14"]),
        ("Posted 2016/11/14", ["2016-11-14"]),
        ("Nov. 14, 2016 at 3:00 pm", ["2016-11-14"]),
        ("November 14,2016", ["2016-11-14"]),
        ("14th of November, 2016", ["2016-11-14"]),
        ("Monday 14 November 2016", ["2016-11-14"]),
        ("14-Nov-2016", ["2016-11-14"]),
        ("NOV 14 2016 | UPDATED NOV 15 2016", ["2016-11-14", "2016-11-15"]),
        ("13/04/2016", ["2016-04-13"]),
        ("PeaceNOV 14, 2016Updated", ["2016-11-14"]),
        ("May 21, 2016April 24, 2016", ["2016-05-21", "2016-04-24"]),
        ("by Jane Roe12 Dec 2016", ["2016-12-12"]),
        ("4.13.2016", ["2016-04-13"]),
        ("04/04/2016", ["2016-04-04"]),
        ("February 29, 2015", []),
        ("31 June 2015", []),
        ("May 2016", []),
        ("14 November", []),
        ("decembrist 5 2012", []),
        ("call 555-2016-11-144", []),
        ("version 1.13.04.2016", []),
    ],
)
def test_a_full_date_is_read_in_every_usual_form_and_nothing_less(text: str, days: list[str]) -> None:
    assert [found.day for found in dates.printed(text)] == days


def test_day_and_month_that_cannot_be_told_apart_are_ambiguous() -> None:
    (found,) = dates.printed("03/04/2016")
    assert (found.ambiguous, found.day, found.other) == (True, "2016-03-04", "2016-04-03")


@given(st.dates(date(1800, 1, 1), date(2099, 12, 31)))
def test_what_is_printed_is_read_back(day: date) -> None:
    for form in (f"{day:%Y-%m-%d}", f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}"):
        (found,) = dates.printed(f"Published {form} in Rome")
        assert found.day == day.isoformat()
        assert f"Published {form} in Rome"[found.start : found.end] == found.text == form


@given(st.text())
def test_any_text_is_searched_without_fault(text: str) -> None:
    assert all(text[found.start : found.end] == found.text for found in dates.printed(text))
    assert dates.iso(text) is None or dates.iso(text)[:4].isdigit()  # type: ignore[index]
    dates.in_url(text)


@pytest.mark.parametrize(
    ("given_", "when"),
    [
        ("Wed, 03 Aug 2022 19:49:23 +0000", "2022-08-03T19:49:23+00:00"),
        ("2019-01-04", "2019-01-04"),
        ("2019-01-04T10:00:00Z", "2019-01-04T10:00:00+00:00"),
        ("2019-01-04T23:30:00-05:00", "2019-01-04T23:30:00-05:00"),
        ("January 4, 2019", "2019-01-04"),
        ("03/04/2019", None),
        ("2019-01", None),
        ("1999", None),
        ("0001-01-01", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_metadata_give_a_date_only_if_it_is_certainly_one(given_: str | None, when: str | None) -> None:
    assert dates.iso(given_) == when


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2016/11/14/story", "2016-11-14"),
        ("https://a.example/news/2016-11-14-story.html", "2016-11-14"),
        ("https://a.example/world/2016/nov/14/story", "2016-11-14"),
        ("https://a.example/story-20161114.html", "2016-11-14"),
        ("https://a.example/2016/13/14/story", None),
        ("https://a.example/story/201611145", None),
        ("https://a.example/", None),
        (None, None),
    ],
)
def test_an_address_gives_its_date(url: str | None, day: str | None) -> None:
    assert dates.in_url(url) == day


def test_the_day_of_publication_counts_before_the_day_of_change() -> None:
    lines = ["Updated May 3, 2016", "Published May 2, 2016"]
    assert dates.in_lines(lines, lines).when == "2016-05-02"
    assert dates.in_lines(["Updated May 3, 2016, 9:15 a.m."], []).when == "2016-05-03"
    assert dates.in_lines(["First published May 1, 2016, updated May 3, 2016"], []).when == "2016-05-01"


def test_the_day_of_a_change_alone_is_no_day_of_publication() -> None:
    left = dates.in_lines(["Last updated May 3, 2016"], [])
    assert (left.when, left.origin) == (None, None)
    assert left.why == "only the day of its last change is printed: Last updated May 3, 2016"
    line = "Last updated May 3, 2016"
    assert dates.in_lines([line], [], changes=[line]).when == "2016-05-03"


def test_an_ambiguous_date_is_settled_by_evidence_or_left_open_with_the_reason() -> None:
    assert dates.in_lines(["03/04/2016"], ["21/03/2016"]).when == "2016-04-03"
    assert dates.in_lines(["03/04/2016"], ["3/21/2016"]).when == "2016-03-04"
    assert dates.in_lines(["03/04/2016"], [], near="2016-04-03").when == "2016-04-03"
    for evidence in ([], ["21/03/2016", "3/21/2016"]):
        left = dates.in_lines(["03/04/2016"], evidence)
        assert (left.when, left.origin) == (None, None)
        assert left.why == "03/04/2016 may be 2016-03-04 or 2016-04-03"


def test_no_date_is_no_date() -> None:
    assert dates.in_lines(["two hours ago", "© 2016"], []) == dates.Published()


def test_a_day_without_a_year_takes_the_year_that_brings_it_nearest() -> None:
    assert dates.near_year("Dec.", 31, "2017-01-02") == "2016-12-31"
    assert dates.near_year("January", 2, "2016-12-31T10:00:00") == "2017-01-02"
    assert dates.near_year("January", 2, None) is None


@pytest.mark.parametrize(
    "text", ["1" * 200_000, "1/" * 100_000, "may " * 50_000, "2016-" * 40_000, "/2016" * 40_000]
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    began = time.process_time()
    dates.printed(text)
    dates.in_url(text)
    assert time.process_time() - began < 2
