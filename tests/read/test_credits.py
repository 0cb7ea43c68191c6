from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.read import credits


@pytest.mark.parametrize(
    ("start", "places", "day", "text", "agency"),
    [
        ("MOSCOW — The minister", ("Moscow",), None, "MOSCOW —", None),
        ("WASHINGTON (AP) — The", ("Washington",), None, "WASHINGTON (AP) —", "AP"),
        (
            "BEIJING/MOSCOW, Nov 14 (Reuters) - A",
            ("Beijing", "Moscow"),
            "2016-11-14",
            "BEIJING/MOSCOW, Nov 14 (Reuters) -",
            "Reuters",
        ),
        ("PARIS, June 6. /TASS/. French", ("Paris",), "2016-06-06", "PARIS, June 6. /TASS/.", "TASS"),
        ("UNITED NATIONS, Sept. 3 — X", ("United Nations",), "2016-09-03", "UNITED NATIONS, Sept. 3 —", None),
        ("TEHRAN, Iran (AP) — Y", ("Tehran, Iran",), None, "TEHRAN, Iran (AP) —", "AP"),
        ("WASHINGTON, D.C. — Z", ("Washington, D.C.",), None, "WASHINGTON, D.C. —", None),
        ("PORT-AU-PRINCE, Haiti — H", ("Port-au-Prince, Haiti",), None, "PORT-AU-PRINCE, Haiti —", None),
        ("RIO DE JANEIRO—The", ("Rio de Janeiro",), None, "RIO DE JANEIRO—", None),
        ("NEW YORK — The", ("New York",), None, "NEW YORK —", None),
        ("New Delhi, Nov 14 (PTI) The", ("New Delhi",), "2016-11-14", "New Delhi, Nov 14 (PTI)", "PTI"),
        (
            "Baghdad, 4 May 2004 (AFP) – Iraq",
            ("Baghdad",),
            "2004-05-04",
            "Baghdad, 4 May 2004 (AFP) –",
            "AFP",
        ),
        ("Moscow (AFP) - Russia", ("Moscow",), None, "Moscow (AFP) -", "AFP"),
        ("MINSK (BelNews) — The", ("Minsk",), None, "MINSK (BelNews) —", "BelNews"),
        ("KABUL (Reuters): The", ("Kabul",), None, "KABUL (Reuters):", "Reuters"),
    ],
)
def test_datelines_in_their_variety(
    start: str, places: tuple[str, ...], day: str | None, text: str, agency: str | None
) -> None:
    found = credits.opening([start], "2016-11-20")
    assert found.dateline is not None
    assert (found.dateline.places, found.dateline.date, found.dateline.text) == (places, day, text)
    assert found.agency == agency
    assert start.startswith(text)


@pytest.mark.parametrize(
    "start",
    [
        "The minister — who won — said",
        "THE PRESIDENT: Thank you all",
        "SUBJECT: Talks with Peru",
        "MR. ROE: Hello",
        "BREAKING — Peru recalls its envoy",
        "Wednesday — the day of the vote",
        "On Monday, May 3 - the",
        "Russia - U.S. ties worsen",
        "U.S. — Iran talks go on",
        "NATO (North) said",
        "EU - Turkey deal holds",
        "Peru recalled its ambassador on Friday.",
        "",
    ],
)
def test_what_looks_like_a_dateline_and_is_none(start: str) -> None:
    assert credits.opening([start], "2016-11-20") == credits.Opening()


def test_a_broadcaster_in_brackets_is_the_outlet() -> None:
    assert credits.opening(["(CNN) The"]) == credits.Opening(None, None, "CNN")


def test_only_the_beginning_of_a_story_can_bear_a_dateline() -> None:
    assert credits.opening(["A deck.", "ROME — Italy"]).dateline
    assert credits.opening(["One.", "Two.", "ROME — Italy"]).dateline is None


@pytest.mark.parametrize(
    ("line", "text", "credit"),
    [
        ("The envoy. (Jane Roe/The Daily/TNS)", "The envoy.", "Jane Roe/The Daily/TNS"),
        ("TNS The envoy. (Jane Roe/TNS)", "The envoy.", "Jane Roe/TNS"),
        ("The envoy. (Photo by Jane Roe/Getty Images)", "The envoy.", "Jane Roe/Getty Images"),
        ("The envoy in Rome. Photo: J. Roe / The Daily", "The envoy in Rome.", "J. Roe / The Daily"),
        ("The envoy (left) speaks.", "The envoy (left) speaks.", None),
        ("The envoy (right)", "The envoy (right)", None),
    ],
)
def test_captions_part_from_their_credits(line: str, text: str, credit: str | None) -> None:
    found = credits.caption(line)
    assert (found.text, found.credit) == (text, credit)


@pytest.mark.parametrize(
    ("line", "credit"),
    [("Photo credit: Jane Roe", "Jane Roe"), ("Image: AP", "AP"), ("Jane Roe/Reuters", "Jane Roe/Reuters")],
)
def test_credits_lose_their_label(line: str, credit: str) -> None:
    assert credits.credit(line) == credit


def test_sections_agencies_and_distributors() -> None:
    assert credits.sections("Filed under National") == ("National",)
    assert credits.sections("Home > World > Europe") == ("World", "Europe")
    assert credits.agency("Source: Agence France-Presse") == "AFP"
    assert credits.agency("Rome Free Press") == "Rome Free Press"
    assert credits.distributor("Distributed by Example Features, Ltd.") == "Example Features, Ltd"
    assert credits.distributor("Bread is distributed by hand.") is None


READERS: list[Callable[[str], Any]] = [
    lambda text: credits.opening([text], "2016-11-20"),
    credits.caption,
    credits.credit,
    credits.sections,
    credits.agency,
    credits.distributor,
]


@given(st.text(max_size=200))
def test_any_line_is_read_without_fault(line: str) -> None:
    for reader in READERS:
        reader(line)
    found = credits.opening([line]).dateline
    assert found is None or line.startswith(found.text)


@pytest.mark.parametrize("piece", ["A", "a ", " ", "By ", "A. ", "(", "A/", "Photo ", "A, ", "\t"])
def test_hostile_lines_take_linear_time(piece: str) -> None:
    line = piece * (200_000 // len(piece))
    began = time.process_time()
    for reader in READERS:
        reader(line)
    assert time.process_time() - began < 3
