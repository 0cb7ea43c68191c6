from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.read import bylines


@pytest.mark.parametrize(
    ("line", "names", "agency"),
    [
        ("By Jane Roe and John Doe, Reuters", ("Jane Roe", "John Doe"), "Reuters"),
        ("BY JANE ROE", ("Jane Roe",), None),
        ("Jane Roe | Associated Press", ("Jane Roe",), "AP"),
        ("By: JaneRoe | December 16, 2025 | Categories: News", ("JaneRoe",), None),
        ("Reporting by Jane Roe in Rome and John Doe; editing by Ann Other", ("Jane Roe", "John Doe"), None),
        ("John A. Doe, Staff Writer", ("John A. Doe",), None),
        ("By Jane Roe Updated June 3, 2016, 4:00 p.m.", ("Jane Roe",), None),
        (
            "AP writers Jane Roe in Rome and John Doe contributed to this report.",
            ("Jane Roe", "John Doe"),
            None,
        ),
        ("by Ann Other, Jane Roe & Piet van der Berg", ("Ann Other", "Jane Roe", "Piet van der Berg"), None),
        ("By Our Correspondent", (), None),
        ("Jane Roe 25 March 2015 Rome, Harbours", ("Jane Roe",), None),
        ("Published on July 1, 2014 by Jane Roe in Rome", ("Jane Roe",), None),
        ("Written byJane Roe, Senior Analyst", ("Jane Roe",), None),
        ("By Jane Roe Harbour News", ("Jane Roe",), None),
        ("By Harbour News Staff", ("Harbour News Staff",), None),
        ("By Jane Roe, Staff Writer", ("Jane Roe",), None),
        ("By Jane Roe, M.D., and John Doe, PhD, CFP®", ("Jane Roe, M.D.", "John Doe, PhD, CFP®"), None),
        ("By Jane Roe, Boston, MA", ("Jane Roe", "Boston"), None),
        ("Jane Roe HARBOUR TODAY", ("Jane Roe",), None),
        ("Jane ROE", ("Jane ROE",), None),
        ("Jane Roe@janeroe", ("Jane Roe",), None),
        ("Jane Roe jroe@example.org", ("Jane Roe",), None),
        ("May 3, 2016 · 4 min · 612 words · Jane Roe", ("Jane Roe",), None),
        ("Posted by David at May 3, 2016", ("David",), None),
        ("Jane Roe writes about harbours", (), None),
        ("Politics", (), None),
        ("", (), None),
    ],
)
def test_bylines_give_names_and_agency(line: str, names: tuple[str, ...], agency: str | None) -> None:
    assert bylines.authors(line) == (names, agency)


def test_authors_of_metadata_are_persons_and_agencies_not_offices() -> None:
    given_ = (
        "Jane Roe",
        "JOHN DOE",
        "Office of the Spokesperson",
        "The White House",
        "Reuters",
        "Ann Other, Minister of Trade",
    )
    assert bylines.people(given_) == (("Jane Roe", "John Doe", "Ann Other"), "Reuters")
    assert bylines.people(["jane van roe", "Clara & Berta"]) == (("Jane van Roe", "Clara", "Berta"), None)


@given(st.text(max_size=200))
def test_any_line_is_read_without_fault(line: str) -> None:
    bylines.authors(line)
    bylines.people([line])


@pytest.mark.parametrize("piece", ["A", "a ", " ", "By ", "A. ", "A.B.", "(", "A/", "A, ", "PhD, ", "\t"])
def test_hostile_lines_take_linear_time(piece: str) -> None:
    line = piece * (200_000 // len(piece))
    began = time.process_time()
    bylines.authors(line)
    bylines.people([line])
    assert time.process_time() - began < 1
