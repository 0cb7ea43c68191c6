"""`detente lexicon`: whom a name means, and the faults of one's own rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.cli import main

OFFICES = "person,country,office,role,sector,from,to\n"
Capture = pytest.CaptureFixture[str]


def written(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_who_is_told_as_of_the_day(capsys: Capture) -> None:
    assert main(["lexicon", "who", "Donald", "Trump", "--on", "2016-11-14"]) == 0
    assert capsys.readouterr().out == "USAELI  Donald Trump, President-elect of the United States, Q22686\n"


def test_who_as_data(capsys: Capture) -> None:
    assert main(["lexicon", "who", "Kremlin", "--on", "2016-11-14", "--json"]) == 0
    (actor,) = json.loads(capsys.readouterr().out)
    assert (actor["code"], actor["name"], actor["office"]) == ("RUSGOV", "Russia", None)


def test_an_unknown_name_gives_nothing_and_perhaps_a_hint(capsys: Capture) -> None:
    assert main(["lexicon", "who", "Vladimir Puttin", "--on", "2016-11-14"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "Did you mean: Vladimir Putin" in told.err


def test_own_rows_answer_too(tmp_path: Path, capsys: Capture) -> None:
    mine = written(
        tmp_path / "offices.csv", OFFICES + "Ada Example,NLD,Envoy to Mars,envoy,GOV,2031-01-01,\n"
    )
    assert main(["lexicon", "who", "Ada Example", "--on", "2032-01-01", "--lexicon", mine, "--csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("NLDGOV,Ada Example,NLD,GOV,Envoy to Mars")


def test_check_lists_faults_by_line_and_fails(tmp_path: Path, capsys: Capture) -> None:
    sound = written(tmp_path / "sound.csv", "lemma,sector,kind\nbargee,LAB,group\n")
    faulty = written(tmp_path / "faulty.csv", OFFICES + "A B,NLD,Envoy to Mars,envoy,XYZ,2031,\n")
    assert main(["lexicon", "check", sound, faulty, "--jsonl"]) == 3
    told = capsys.readouterr()
    fault = json.loads(told.out)
    assert (fault["file"], fault["line"]) == (faulty, 2) and "XYZ" in fault["fault"]
    assert "sound.csv: 1 rows for agents.csv, no fault" in told.err
    assert main(["lexicon", "check", sound]) == 0


@pytest.mark.parametrize(("text", "says"), [("colour\nred\n", "colour"), (None, "cannot be read")])
def test_a_file_of_another_kind_is_an_error(
    tmp_path: Path, text: str | None, says: str, capsys: Capture
) -> None:
    path = tmp_path / "mine.csv"
    if text:
        written(path, text)
    assert main(["lexicon", "check", str(path)]) == 3
    assert says in capsys.readouterr().err
