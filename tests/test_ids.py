from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from detente import ids

RAW = "ROME — Italy and Peru signed a treaty.\n\nIt enters into force in May."
FORM = re.compile(r"[swe][a-z2-7]{16}")
PAIRS = st.tuples(st.integers(0, 9999), st.integers(0, 9999))


def test_ids_never_change() -> None:
    """These values are in other people's files: a change here breaks their references for ever."""
    assert ids.story_id(RAW) == "sr7ul3vdvzqvds4wj"
    assert ids.story_id(RAW, url="https://example.org/news/1") == "suvgteyrio66dkb6s"
    assert ids.story_id(RAW, guid="tag:example.org,2020:1") == "s2mqtwsohncmlgoh7"
    assert ids.story_id("") == "skmxnbexpbkdma6ii"
    story = ids.story_id(RAW)
    assert ids.statement_id(story, (0, 4), (5, 9), [(10, 20), (30, 40)]) == "wpv6xn7hximufdwd5"
    assert ids.statement_id(story, None, None, []) == "wyk4s3paykuw3wtaw"
    assert ids.event_id(story, (22, 28), "SUPPORT", [(7, 12), (17, 21)], [], None) == "eyw6wngrzzgcaipen"
    assert ids.event_id(story, (22, 28), "SUPPORT", [(7, 12)], [(17, 21)], "w") == "ef3xfleiuncm2hjyl"


def test_line_ends_do_not_matter() -> None:
    assert (
        ids.story_id(RAW.replace("\n", "\r\n")) == ids.story_id(RAW) == ids.story_id(RAW.replace("\n", "\r"))
    )


def test_an_address_counts_before_a_guid_and_a_guid_before_the_text() -> None:
    assert ids.story_id("a", url="u", guid="g") == ids.story_id("b", url="u", guid="h")
    assert ids.story_id("a", guid="g") == ids.story_id("b", url=" ", guid="g")
    assert ids.story_id("a", guid="g") != ids.story_id("a", url="g") != ids.story_id("g")


def test_parties_count_by_role_and_not_by_order() -> None:
    one = ids.event_id("s", (0, 1), "AID", [(2, 3), (4, 5)], [(6, 7)], None)
    assert one == ids.event_id("s", (0, 1), "AID", [(4, 5), (2, 3)], [(6, 7)], None)
    assert one != ids.event_id("s", (0, 1), "AID", [(6, 7)], [(2, 3), (4, 5)], None)


@given(st.text(), st.text())
def test_every_text_has_an_id_and_different_texts_have_different_ones(one: str, other: str) -> None:
    assert FORM.fullmatch(ids.story_id(one))
    same = [text.replace("\r\n", "\n").replace("\r", "\n") for text in (one, other)]
    assert (ids.story_id(one) == ids.story_id(other)) == (same[0] == same[1])


@given(st.lists(st.text()), st.lists(st.text()))
def test_parts_are_never_run_together(one: list[str], other: list[str]) -> None:
    assert (ids.named("s", *one) == ids.named("s", *other)) == (one == other)


@given(st.lists(PAIRS), st.lists(PAIRS))
def test_content_in_other_stretches_is_another_statement(one: list[ids.Ends], other: list[ids.Ends]) -> None:
    assert (ids.statement_id("s", None, None, one) == ids.statement_id("s", None, None, other)) == (
        one == other
    )


def test_a_lone_surrogate_is_hashed_and_not_refused() -> None:
    assert FORM.fullmatch(ids.story_id("\ud800"))
