"""Which stretches stand in quotation marks."""

from __future__ import annotations

import time

import pytest

from detente.coding.quotes import completed, quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" and “yes”.', ['"no"', "“yes”"]),
        ("''No,'' he said. ''Never.''", ["''No,''", "''Never.''"]),
        ("``No,'' he said.", ["``No,''"]),
        ("“One.\n\n“Two.” End.", ["“One.", "“Two.”"]),
        ("‘We are not going to leave,’ she said.", ["‘We are not going to leave,’"]),
        ("'We don't know,' she said.", ["'We don't know,'"]),
        ("«Non», he said.", ["«Non»"]),
        ("”Turned the wrong way.” — A reader", ["”Turned the wrong way.”"]),
        ("the workers’ rights and the unions’ claims", []),
        ("the workers' rights in the '90s and the unions' claims", []),
        ("a film called ‘The Visit’ opened", []),
        ("6' 2\" tall", []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == expected


@pytest.mark.parametrize("filler", ["'", "''a", "‘a", '"', "“a", "'a ", "‘a’b", "«a", "``", '\n"a', "\n”a"])
def test_time_is_linear(filler: str) -> None:
    began = time.process_time()
    quotations(filler * (200_000 // len(filler)))
    assert time.process_time() - began < 2


def test_marks_that_a_stretch_stops_short_of_are_taken_in() -> None:
    text = "''No,'' he said"
    assert text[slice(*completed(2, 4, quotations(text)))] == "''No,''"
