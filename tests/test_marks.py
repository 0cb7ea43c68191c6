from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from detente import marks
from detente.marks import Mark

SAFE_TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40)
MARKS = st.lists(
    st.builds(Mark, st.integers(-3, 45), st.integers(-3, 45), st.sampled_from(sorted(marks.COLOURS)))
)


class Balance(HTMLParser):
    """Counts open marks; negative or left over means broken markup."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.lowest = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1
        self.lowest = min(self.lowest, self.depth)


def bare(marked: str) -> str:
    return html.unescape(re.sub(r"</?mark[^>]*>", "", marked))


def test_a_mark_has_its_kind_and_title_and_all_is_escaped() -> None:
    marked = marks.html("A & B <met>", [Mark(0, 1, "source", 'the "A" & co')])
    assert marked == '<mark class="source" title="the &quot;A&quot; &amp; co">A</mark> &amp; B &lt;met&gt;'


def test_an_inner_mark_lies_in_the_outer() -> None:
    marked = marks.html("Peru said so", [Mark(0, 4, "speaker"), Mark(0, 12, "content")])
    assert marked == '<mark class="content"><mark class="speaker">Peru</mark> said so</mark>'


def test_crossing_marks_are_closed_and_opened_again() -> None:
    marked = marks.html("abcdef", [Mark(0, 4, "source"), Mark(2, 6, "target")])
    assert marked == (
        '<mark class="source">ab<mark class="target">cd</mark></mark><mark class="target">ef</mark>'
    )


def test_touching_marks_do_not_nest() -> None:
    assert marks.brackets("ab", [Mark(0, 1, "source"), Mark(1, 2, "target")]) == "[source: a][target: b]"


def test_a_window_cuts_text_and_marks() -> None:
    assert marks.brackets("one two three", [Mark(0, 7, "cue")], window=(4, 9)) == "[cue: two] t"


def test_empty_marks_are_dropped() -> None:
    assert marks.html("ab", [Mark(1, 1, "cue")]) == "ab"


def test_colours_of_an_outer_mark_come_back_after_an_inner_one() -> None:
    marked = marks.terminal("abc", [Mark(0, 3, "source"), Mark(1, 2, "target")])
    assert marked == "\x1b[0m\x1b[32ma\x1b[0m\x1b[32m\x1b[34mb\x1b[0m\x1b[32mc\x1b[0m"


def test_escape_sequences_of_a_story_never_reach_the_terminal() -> None:
    assert marks.terminal("a\x1b[2Jb\x07", []) == marks.brackets("a\x1b[2Jb\x07", []) == "a�[2Jb�"


def test_every_kind_has_a_rule_in_the_style_sheet() -> None:
    assert all(f"mark.{kind}{{" in marks.style() for kind in marks.COLOURS)


@given(SAFE_TEXT, MARKS)
def test_taking_the_marks_away_gives_the_text_back(text: str, marked: list[Mark]) -> None:
    assert bare(marks.html(text, marked)) == text
    assert re.sub(r"\x1b\[[\d;]*m", "", marks.terminal(text, marked)) == text


@given(SAFE_TEXT, MARKS, st.integers(-3, 45), st.integers(-3, 45))
def test_html_is_well_formed_for_any_marks_and_window(
    text: str, marked: list[Mark], one: int, two: int
) -> None:
    window = (min(one, two), max(one, two))
    parser = Balance()
    shown = marks.html(text, marked, window=window)
    parser.feed(shown)
    assert (parser.depth, parser.lowest) == (0, 0)
    assert bare(shown) == text[max(window[0], 0) : max(window[1], 0)]
