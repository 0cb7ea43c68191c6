"""Words with exact offsets, cut as Universal Dependencies English cuts them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.text.split import after_dateline, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S.-Russia ties cooled.", "U.S. - Russia ties cooled ."),
        ("Gen. Smith didn't reply.", "Gen. Smith did n't reply ."),
        ("It lent $1.5bn to Kyiv.", "It lent $ 1.5 bn to Kyiv ."),
        ("Moscow’s envoy can’t come", "Moscow ’s envoy ca n’t come"),
        ("They cannot agree...", "They can not agree ..."),
        ("“No,” he said.", "“ No , ” he said ."),
        ("on Nov. 14, 2016 at 9:30 a.m.", "on Nov. 14 , 2016 at 9:30 a.m."),
        ("the leaders' talks", "the leaders ' talks"),
        ("a co-operation pact", "a co-operation pact"),
        ("MOSCOW — The president", "MOSCOW — The president"),
        ("see https://example.org/a, please", "see https://example.org/a , please"),
        ("in the 1990s, 3rd round", "in the 1990s , 3rd round"),
    ],
)
def test_words_as_in_the_treebanks(text: str, expected: str) -> None:
    assert [word.text for word in words(text)] == expected.split()


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_every_visible_character_is_in_one_word(text: str) -> None:
    found = words(text)
    assert all(text[word.start : word.end] == word.text for word in found)
    covered = [at for word in found for at in range(word.start, word.end)]
    assert len(covered) == len(set(covered))
    assert {at for at, char in enumerate(text) if not char.isspace()} <= set(covered)


def test_lines_number_the_paragraphs() -> None:
    found = words("Rome agreed.\n\nOslo did not.")
    assert [word.paragraph for word in found] == [0, 0, 0, 1, 1, 1, 1]


LONG = ["a", "a-", "a.b", "a@", "1a", "-", "'", ".", "a.", "1,", "http://", "@", "n't", "[(", "“"]


@pytest.mark.parametrize("piece", LONG)
def test_a_long_line_takes_linear_time(piece: str) -> None:
    began = time.process_time()
    words(piece * (200_000 // len(piece)))
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("MOSCOW — The minister left.", "The"),
        ("BEIJING/MOSCOW, Nov 14 (Reuters) - Talks opened.", "Talks"),
        ("WASHINGTON (AP) — The envoys met.", "The"),
        ("BAGHDAD, Iraq -- Troops left.", "Troops"),
        ("UNITED NATIONS, Sept. 3 – The council met.", "The"),
        ("The EU - and NATO - agreed.", None),
        ("Talks in Rome — the third — failed.", None),
        ("NATO-led troops left.", None),
        ("U.S. - Russia ties cooled.", None),
        ("MOSCOW —", None),
    ],
)
def test_what_follows_a_dateline_begins_its_sentence(text: str, after: str | None) -> None:
    found = words(text)
    at = after_dateline(found, 0)
    assert (found[at].text if at is not None else None) == after
