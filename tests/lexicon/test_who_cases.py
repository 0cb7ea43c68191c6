"""The table who.toml: whom a name means on a day, and why. An analyst adds a line without Python."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from detente.lexicon import Lexicon

LEXICON = Lexicon()
TABLE = tomllib.loads((Path(__file__).parent / "who.toml").read_text(encoding="utf-8"))


def cases() -> Iterator[Any]:
    for case in TABLE["case"]:
        for name, on, code in case["names"]:
            yield pytest.param(name, on, code, id=f"{case['why']}: {name} {on}")


@pytest.mark.parametrize(("name", "on", "code"), list(cases()))
def test_whom_a_name_means(name: str, on: str, code: str) -> None:
    actors = LEXICON.who(name, on=on)
    assert (actors[0].code if actors else "") == code


def test_every_case_says_why() -> None:
    assert {case["why"] for case in TABLE["case"]} == set(TABLE["why"])
