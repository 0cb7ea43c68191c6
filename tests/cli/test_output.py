from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from by_hand import TEXT, ByHand
from detente.cli import main
from detente.cli.columns import EVENT_COLUMNS, EventRow, event_rows, joined, voucher
from detente.records import Record


def test_json_is_one_array_of_records(by_hand: ByHand, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["try", TEXT, "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert Record.from_dict(found) == by_hand.code(TEXT)


def test_jsonl_gives_back_the_record_without_loss(
    by_hand: ByHand, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["try", TEXT, "--jsonl", "--published", "2023-02-25"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert Record.from_json(line) == by_hand.code(TEXT, published="2023-02-25")


def test_csv_has_one_row_an_event(by_hand: ByHand, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["try", TEXT, "--csv", "--published", "2023-02-25"]) == 0
    (row,) = csv.DictReader(capsys.readouterr().out.splitlines())
    assert list(row) == [column.name for column in EVENT_COLUMNS]
    expected = {
        "type": "SANCTION",
        "source_country": "PER",
        "target_text": "Mexico",
        "cameo": "161",
        "reciprocal": "false",
        "contexts": "diplomatic; legal",
        "word_name": "Peru",
        "date": "2023-02-24",
        "published": "2023-02-25",
        "mode": "",
        "confidence": "0.75",
        "sentence": TEXT,
    }
    assert {name: row[name] for name in expected} == expected
    assert TEXT[int(row["trigger_start"]) :].startswith(row["trigger"])


@pytest.mark.parametrize("ending", ["json", "jsonl", "csv"])
def test_the_ending_of_out_chooses_the_format(
    ending: str, by_hand: ByHand, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"records.{ending}"
    assert main(["try", TEXT, "--out", str(file)]) == 0
    assert capsys.readouterr().out == ""
    assert main(["try", TEXT, f"--{ending}"]) == 0
    assert file.read_text(encoding="utf-8") == capsys.readouterr().out


def test_a_file_that_cannot_be_written_is_explained(
    by_hand: ByHand, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["try", TEXT, "--out", str(tmp_path / "no" / "such" / "folder.json")]) == 2
    assert "in a folder that exists" in capsys.readouterr().err


def test_no_result_is_still_an_array(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, by_hand: ByHand
) -> None:
    (tmp_path / "empty.txt").write_text("")
    assert main(["code", str(tmp_path), "--json"]) == 3
    assert json.loads(capsys.readouterr().out) == []


def test_a_missing_value_keeps_its_place_in_a_cell() -> None:
    assert joined(["PER", None, "CHL"]) == "PER; ; CHL"
    assert joined([None, None]) is None
    assert joined([]) is None


def test_the_principal_vouches_before_the_speaker(record: Record) -> None:
    (row,) = event_rows(record)
    assert isinstance(row, EventRow)
    assert voucher(row.word) == record.statements[0].principal
    assert voucher(None) is None
