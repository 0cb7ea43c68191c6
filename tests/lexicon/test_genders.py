"""He or she: the word before a name, else the forename."""

from __future__ import annotations

import pytest

from detente.lexicon.genders import gender, words


@pytest.mark.parametrize(
    ("name", "before", "expected"),
    [
        ("Angela Merkel", "", "female"),
        ("Donald Trump", "", "male"),
        ("Smith", "Mrs.", "female"),
        ("Jean Asselborn", "", None),  # a man's name in Luxembourg, a woman's in London
        ("Jean Smith", "spokeswoman", "female"),
        ("Xi Jinping", "", None),
        ("", "", None),
    ],
)
def test_gender(name: str, before: str, expected: str | None) -> None:
    assert gender(name, before) == expected


def test_the_word_before_outweighs_the_forename() -> None:
    assert gender("Angela Baron", "Mr") == "male"


def test_no_word_is_listed_twice() -> None:
    forenames = [word for kind, word in words() if kind == "forename"]
    assert len(forenames) == len(set(forenames)) > 1000
