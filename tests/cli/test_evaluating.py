"""`detente evaluate` on the hand-made record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import detente.pipeline
from by_hand import TEXT, ByHand
from detente.cli import main


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(detente.pipeline, "Coder", lambda **options: ByHand())
    party = {"text": "Mexico", "country": "MEX", "sector": "GOV"}
    event = {"type": "SANCTION", "trigger": "recalled", "target": [party]}
    path = tmp_path / "gold.jsonl"
    item = {"id": "first", "text": TEXT, "published": "2023-02-25", "events": [event]}
    path.write_text(
        json.dumps(item) + "\n" + json.dumps({"id": "trap", "text": "Rain fell."}), encoding="utf-8"
    )
    return str(path)


def test_figures_are_a_table_or_rows(gold: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", gold]) == 0
    shown = capsys.readouterr()
    assert shown.out.split("\n")[0].split()[:5] == ["group", "name", "precision", "recall", "f1"]
    assert "2 passages; events 0 missed, 0 false, 1 wrong" in shown.err
    assert main(["evaluate", gold, "--jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    found = {(row["group"], row["name"]): row for row in rows}
    assert found["overall", "found"]["f1"] == 100.0
    assert found["overall", "strict"]["f1"] == 0.0
    assert found["type", "SANCTION"]["gold"] == 1


def test_findings_are_there_to_be_read(gold: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", gold, "--findings"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("first  wrong: ")
    assert "  gold   SANCTION “recalled”: - > Mexico MEX/GOV; occurred" in shown
    assert main(["evaluate", gold, "--findings", "--jsonl"]) == 0
    (finding,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert finding["what"] == "wrong"
    assert "source" in finding["fields"]
    assert main(["evaluate", gold, "--findings", "--csv"]) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("item,what,fields,")


def test_doubtful_events_can_be_left_out(gold: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", gold, "--findings", "--min-confidence", "1"]) == 0
    assert capsys.readouterr().out.startswith("first  missed")


def test_gold_that_is_none_is_an_input_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path / "none.jsonl")]) == 3
    assert "the gold cannot be read" in capsys.readouterr().err
