"""`detente relations` and `detente export`, as they are typed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from detente.cli import main
from detente.cli.deriving import LAYOUTS
from detente.export import writing
from relations import small


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(small.build(tmp_path_factory.mktemp("store"), small.records()))


def test_pairs_are_listed(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["relations", folder, "--limit", "1"]) == 0
    heading, line = capsys.readouterr().out.splitlines()
    assert heading.startswith("pair")
    assert line.startswith("MEX – PER")


def test_a_timeline_is_a_page(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["relations", folder, "PER", "MEX", "--by", "month"]) == 0
    page = capsys.readouterr().out
    assert "7 stories read, 6 of them name both (85.7%)" in page
    assert "\x1b" not in page  # no colours where it is no terminal
    assert "on the word of PER" in page
    assert "too coarsely for a month" in page


def test_rows_come_as_json_and_csv(folder: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["relations", folder, "PER", "MEX", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert sum(row["events"] for row in rows) == 6
    out = tmp_path / "rows.csv"
    assert main(["relations", folder, "PER", "MEX", "--accounts", "--out", str(out)]) == 0
    with out.open(encoding="utf-8") as file:
        told = {row["teller"] for row in csv.DictReader(file)}
    assert told == {"first", "second", "others", "unnamed", "outlet"}


def test_pairs_come_as_jsonl(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["relations", folder, "--jsonl", "--quad", "4"]) == 0
    pairs = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert pairs[0]["first"] == "MEX"
    assert all(pair["cooperation"] == 0 for pair in pairs)


@pytest.mark.parametrize("words", [["PER"], ["PER", "MEX", "CHL"], ["--png", "a.png"], ["PER", "PER"]])
def test_a_wrong_number_of_sides_is_a_usage_error(
    folder: str, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["relations", folder, *words]) == 2
    assert "Such as" in capsys.readouterr().err


def test_nothing_found_is_said(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["relations", folder, "--text", "xylophone"]) == 0
    assert "No two states" in capsys.readouterr().err
    assert main(["relations", folder, "PER", "TCD"]) == 0
    assert "Nothing between" in capsys.readouterr().err


def test_a_picture_is_drawn(folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("vl_convert", reason="pictures need the extra 'charts'")
    picture = tmp_path / "a.svg"
    assert main(["relations", folder, "PER", "MEX", "--svg", str(picture)]) == 0
    assert "Drawn:" in capsys.readouterr().err
    assert "<svg" in picture.read_text(encoding="utf-8")


def test_an_export_tells_what_it_left_out(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", folder, "--layout", "gdelt", "--out", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "10 events in 18 rows: events.export.CSV" in told.err
    assert "Left out: 2 events, planned, sought" in told.err
    assert "Left out: 1 event, background" in told.err


def test_the_layouts_of_the_command_are_those_of_the_room() -> None:
    assert LAYOUTS == writing.LAYOUTS


def test_a_folder_that_cannot_be_made_is_an_error_of_the_store(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["export", folder, "--layout", "csv", "--out", str(tmp_path / "file" / "x")]) == 4
    assert "cannot write there" in capsys.readouterr().err
