from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

import pytest

from detente.cli.output import Screen
from detente.cli.table import NARROWEST, SAMPLE, cell, data, listing

WIDE = Screen(False, 100)


def lines(names: list[str], rows: Iterable[tuple[Any, ...]], screen: Screen = WIDE) -> list[str]:
    form, written = listing(names, rows)
    return [line for row in written for line in form.readable(row, screen).splitlines()]


def test_columns_are_aligned_and_numbers_stand_to_the_right() -> None:
    assert lines(["name", "events", "score"], [("Peru", 7, -4.0), ("Côte d'Ivoire", 1200, None)]) == [
        "name           events  score",
        "Peru                7     -4",
        "Côte d'Ivoire    1200      -",
    ]


def test_on_a_narrow_screen_cells_are_cut_and_say_so() -> None:
    head, row = lines(["id", "words", "text"], [("e1", "w" * 50, "t" * 50)], Screen(False, 60))
    assert row == f"e1  {'w' * 31}…  {'t' * 21}…"
    assert len(row) == 60
    assert head.split() == ["id", "words", "text"]
    (_, row) = lines(["words", "text"], [("w" * 50, "t" * 50)], Screen(False, 30))
    assert row.endswith("  " + "t" * (NARROWEST - 1) + "…")


def test_a_story_cannot_move_the_cursor_or_break_the_line() -> None:
    (_, row) = lines(["text"], [("one\ntwo\x1b[2J",)])
    assert row == "one two\N{REPLACEMENT CHARACTER}[2J"


def test_rows_are_written_as_they_come() -> None:
    taken = count()
    form, rows = listing(["number"], ((next(taken),) for _ in count()))
    for _ in range(3):
        form.readable(next(rows), WIDE)
    assert next(taken) == SAMPLE


def test_no_rows_make_no_table() -> None:
    assert lines(["a", "b"], []) == []


@pytest.mark.parametrize(
    ("value", "as_data", "as_cell"),
    [
        (None, None, None),
        (date(2016, 11, 14), "2016-11-14", "2016-11-14"),
        (True, True, True),
        (["a", None, "b"], ["a", None, "b"], "a; ; b"),
        ({"name": "Peru", "day": date(2016, 11, 14)}, {"name": "Peru", "day": "2016-11-14"}, None),
        ([{"name": "Peru"}], [{"name": "Peru"}], '[{"name": "Peru"}]'),
    ],
)
def test_values_of_a_database_become_json_and_cells(value: object, as_data: object, as_cell: object) -> None:
    assert data(value) == as_data
    if as_cell is not None:
        assert cell(value) == as_cell


def test_csv_keeps_the_columns_of_the_result_whatever_the_table_shows() -> None:
    form, rows = listing(["id", "text"], [("e1", "long")], {"event": lambda row: row["id"]})
    assert [column.name for column in form.columns] == ["id", "text"]
    (row,) = rows
    assert form.readable(row, WIDE) == "event\ne1"
    assert [[column.value(one) for column in form.columns] for one in form.rows(row)] == [["e1", "long"]]
    assert form.data(row) == {"id": "e1", "text": "long"}
