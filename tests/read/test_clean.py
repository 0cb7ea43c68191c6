"""Labels of scraped lines: own texts in the shapes that pages come in."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.read import linemodel, lineroles
from detente.read.clean import LABELS, Line, label_lines
from detente.read.joining import paragraphs

STORY = (
    "The foreign ministers of Norway and Chile met in Oslo on Tuesday and agreed to widen a fisheries accord that "
    "has been in force for nine years.",
    "“We have found a text that both governments can sign,” the Norwegian minister told reporters after the talks, "
    "adding that the details would be worked out by a joint commission before the summer.",
    "Under the present accord, vessels from the two countries may land their catch in each other's ports without "
    "paying a second inspection fee. Shipping companies on both sides had asked for years that the rule be extended "
    "to cold stores and to repair yards.",
    "Chile's delegation also raised the question of a direct air link. Norwegian officials said they would study the "
    "proposal but gave no date for an answer, according to a statement released by the ministry.",
    "The two countries opened embassies in each other's capitals a century ago, and trade between them has doubled "
    "in the past decade, driven mainly by salmon feed and machinery.",
)
HEADLINE = "Norway and Chile agree to widen fisheries accord after talks in Oslo"
TOP = (
    "Skip to content",
    "Menu",
    "Home",
    "World",
    "Business",
    "Sport",
    "Weather",
    "Newsletters",
    "Sign in",
    "Subscribe",
)
BOTTOM = (
    "Share", "Facebook", "Twitter", "Email", "Print", "Most read", "More from World", "Related topics", "About us",
    "Contact", "Careers", "Advertise with us", "Terms of use", "Privacy policy", "Cookie settings",
)  # fmt: skip


def page(*middle: str) -> str:
    """A page of one block a line around the story's lines."""
    return "\n".join(
        [
            *TOP,
            HEADLINE,
            "By Kari Holm",
            "12 March 2019",
            *middle,
            *BOTTOM,
            "© 2019 Fjord Herald. All rights reserved.",
        ]
    )


def labels(raw: str) -> dict[str, str]:
    """The label of each text that isn't blank."""
    return {line.text: line.label for line in label_lines(raw) if line.text}


def clean(raw: str) -> list[str]:
    """The body's paragraphs."""
    return paragraphs(label_lines(raw))


def test_page_gives_story_headline_and_credits() -> None:
    found = labels(page(*STORY))
    assert [text for text, label in found.items() if label == "body"] == list(STORY)
    assert found[HEADLINE] == "headline"
    assert found["By Kari Holm"] == "byline"
    assert found["12 March 2019"] == "date"
    assert found["© 2019 Fjord Herald. All rights reserved."] == "notice"
    assert {found[text] for text in ("Menu", "Newsletters", "Most read", "Cookie settings")} == {"furniture"}


def test_furniture_inside_the_story_is_dropped_with_a_reason() -> None:
    raw = page(*STORY[:2], "Advertisement", STORY[2], "* * *", *STORY[3:])
    assert clean(raw) == list(STORY)
    dropped = {line.text: line for line in label_lines(raw) if line.label == "furniture"}
    assert "inside the story" in dropped["Advertisement"].why
    assert dropped["* * *"].why == "no words in it"
    assert "before the story" in dropped["Menu"].why
    assert "after the story" in dropped["Careers"].why


def test_blank_lines_between_blocks_change_nothing() -> None:
    assert clean(page(*STORY).replace("\n", "\n\n")) == list(STORY)


def test_broken_lines_are_whole_sentences_again() -> None:
    broken = (
        "The foreign ministers of",
        "Norway",
        "and Chile met in Oslo on Tuesday and agreed to widen a",
        "fisheries accord",
        ", which has been in force for nine years.",
    )
    found = clean(page(*broken, *STORY[1:]))
    assert found[0] == (
        "The foreign ministers of Norway and Chile met in Oslo on Tuesday and agreed to widen a fisheries accord, "
        "which has been in force for nine years."
    )
    assert found[1:] == list(STORY[1:])


def test_hard_wrapped_text_is_rejoined_at_blank_lines() -> None:
    import textwrap

    raw = "\n\n".join("\n".join(textwrap.wrap(text, 70)) for text in STORY)
    assert clean(raw) == list(STORY)


def test_cropped_page() -> None:
    raw = "\n".join([HEADLINE, "By Kari Holm", *STORY, *BOTTOM])
    assert clean(raw) == list(STORY)
    assert labels(raw)[HEADLINE] == "headline"


def test_caption_section_agency_and_distributor() -> None:
    caption = "The ministers shake hands outside the government house in Oslo on Tuesday. (Per Lund/Reuters)"
    raw = "\n".join(
        [
            HEADLINE,
            caption,
            "Filed under World",
            *STORY,
            "——",
            "Associated Press",
            "Distributed by Northern Wire Service",
        ]
    )
    found = labels(raw)
    assert found[caption] == "caption"
    assert found["Filed under World"] == "section"
    assert found["Associated Press"] == "agency"
    assert found["Distributed by Northern Wire Service"] == "distributor"
    assert found["——"] == "furniture"


def test_date_in_front_of_a_headline_is_a_line_of_its_own() -> None:
    raw = "\n".join([f"date 2019-03-12 {HEADLINE}", "", *STORY])
    first, second = label_lines(raw)[:2]
    assert (first.label, first.text) == ("date", "date 2019-03-12")
    assert (second.label, second.text) == ("headline", HEADLINE)
    assert raw[second.start :].startswith(HEADLINE)


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_clean_text_comes_through_whole(count: int) -> None:
    assert clean("\n\n".join(STORY[:count])) == list(STORY[:count])


@pytest.mark.parametrize(
    "text",
    [
        "Peru recalled its envoy.",
        "Ministers meet in Accra",
        "Advertisement",
        "MOSCOW —",
        "###",
        "by Jan Holm",
    ],
)
def test_a_single_line_is_always_body(text: str) -> None:
    assert [line.label for line in label_lines(text)] == ["body"]


def test_speeches_keep_their_short_lines() -> None:
    spoken = [
        "MR. HALL: Good afternoon, everyone. I have two things at the top.",
        "QUESTION: Thank you.",
        "MR. HALL: Go ahead.",
        "QUESTION: Has the minister spoken with his counterpart in Lima since the border was closed?",
        "MR. HALL: Yes. They spoke by telephone this morning, and they will speak again.",
    ]
    assert clean("\n".join(spoken)) == spoken


def test_nothing_and_blanks() -> None:
    assert label_lines("") == []
    assert [line.label for line in label_lines(" \n\t\n")] == ["blank", "blank"]
    assert paragraphs([]) == []


def test_paragraphs_have_single_spaces() -> None:
    assert clean("Peru  and\xa0Chile\tsigned the accord in Lima on Monday, officials said.") == [
        "Peru and Chile signed the accord in Lima on Monday, officials said."
    ]


def test_dateline_line_goes_with_its_paragraph() -> None:
    lines = [
        Line("OSLO —", 0, "dateline_only", "", 1.0),
        Line("Ministers met on Tuesday.", 7, "body", "", 1.0),
    ]
    assert paragraphs(lines) == ["OSLO — Ministers met on Tuesday."]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_every_line_is_where_it_says_and_has_a_reason(raw: str) -> None:
    lines = label_lines(raw)
    for line in lines:
        assert raw[line.start : line.start + len(line.text)] == line.text
        assert line.label in LABELS and line.why and 0 <= line.score <= 1
    assert [line.start for line in lines] == sorted(line.start for line in lines)
    kept = "".join(line.text for line in lines)
    assert [letter for letter in raw if letter.isalnum()] == [letter for letter in kept if letter.isalnum()]


def test_lone_surrogates_do_no_harm() -> None:
    assert label_lines("a \ud800 b\nc")[0].text == "a \ud800 b"


def test_time_grows_with_the_text_only() -> None:
    hostile = (
        "A" * 300_000
        + "\n"
        + "By "
        + "A. " * 60_000
        + "\n"
        + "(/" * 50_000
        + "\n"
        + "\n".join(["x"] * 20_000)
    )
    assert len(label_lines(hostile)) == 20_003


def test_features_of_a_line_do_not_depend_on_numpy_types() -> None:
    numbers = linemodel.page(["Ministers met.", "——"]).numbers
    assert numbers.shape[0] == 2 and numbers.dtype == np.float32 and np.isfinite(numbers).all()
    assert linemodel.judge([]).shape == (0, len(linemodel.HEADS))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Published 3:15 p.m. Tuesday, March 12, 2019", "date"),
        ("2 hours ago", "date"),
        ("BY KARI HOLM AND JAN VIK", "byline"),
        ("Kari Holm contributed to this report.", "byline"),
        ("Reporting by Kari Holm; Editing by Jan Vik", "byline"),
        ("Correction: An earlier version misspelled a name.", "notice"),
        ("Photo by Per Lund/Getty Images", "credit"),
        ("OSLO (AP) —", "dateline_only"),
        ("World", "section"),
        ("Reuters", "agency"),
        ("Syndicated by Northern Wire", "distributor"),
        ("Read more", "furniture"),
    ],
)
def test_roles_by_shape(text: str, label: str) -> None:
    assert lineroles.role(text, near=True, byline=-5, date=-5)[0] == label


def test_weights_are_loaded_at_first_use_only() -> None:
    code = (
        "import sys, detente.read.clean"
        "; from detente.read import linemodel; sys.exit(linemodel.learned.cache_info().currsize)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


DATELINED = "LIMA, Aug. 4, 2031 — Peru mothballed a treaty with Chile on Friday."
ANSWER = "The foreign ministry in Santiago said it regretted the step."


@pytest.mark.parametrize(
    "told",
    [
        [DATELINED],
        [DATELINED, ANSWER],
        ["LIMA (AP) — Peru mothballed a treaty with Chile on Friday."],
        ["On Aug. 4, 2031, Peru mothballed a treaty.", "Chile protested."],
        ["Aug. 4, 2031: Peru recalled its envoy.", "Aug. 5, 2031: Chile protested."],
        ["Chile and Peru signed a pact on Aug. 4, 2031.", "By Friday Bolivia had joined it."],
        ["Chile protested on 4 August 2031."],
        ["Peru recalled its envoy.", "Chile protested."],
        ["By noon Foreign Minister Juan Perez had left Lima.", "He will return on Monday."],
        ["Aug. 4, 2031"],
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_short_clean_text_never_loses_its_story(told: list[str], gap: str) -> None:
    assert clean(gap.join(told)) == told


@pytest.mark.parametrize("told", [[DATELINED], [DATELINED, ANSWER], [ANSWER]])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_headline_above_a_short_story_is_no_part_of_it(told: list[str], gap: str) -> None:
    headline = "Peru shelves treaty with Chile"
    raw = gap.join([headline, *told])
    assert clean(raw) == told
    assert labels(raw)[headline] == "headline"


def test_stamps_above_a_short_story_are_no_part_of_it() -> None:
    found = labels(
        "\n".join(["Peru shelves treaty with Chile", "By Jane Roe", "August 4, 2031", DATELINED, ANSWER])
    )
    assert list(found.values()) == ["headline", "byline", "date", "body", "body"]


def test_a_headline_alone_with_its_day_is_the_story() -> None:
    assert clean("Peru shelves treaty\nAug. 4, 2031") == ["Peru shelves treaty"]
