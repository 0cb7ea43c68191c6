"""Runs over many stories: what fails is listed, the rest is coded, and the exit code says so."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from by_hand import TEXT, ByHand
from detente.cli import main
from detente.cli.parser import parse
from detente.cli.progress import Progress
from detente.cli.run import Run
from detente.workers.local import CHUNK


def rows(folder: Path, texts: list[str]) -> str:
    file = folder / "rows.jsonl"
    lines = (
        json.dumps({"text": text, "url": f"https://a.example/{at}", "published": "2023-02-25"})
        for at, text in enumerate(texts)
    )
    file.write_text("\n".join(lines), encoding="utf-8")
    return str(file)


def filled(word: str, count: int = 1) -> list[str]:
    return [f"{TEXT} The governments have been at odds for months. {word} {at}." for at in range(count)]


@pytest.mark.parametrize("word", ["MISHAP", "REFUSED"])
def test_a_story_that_cannot_be_coded_costs_only_itself(
    word: str, by_hand: ByHand, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = filled("Sound", CHUNK) + filled(word) + filled("Well", CHUNK)
    assert main(["code", rows(tmp_path, texts), "--jsonl"]) == 6
    told = capsys.readouterr()
    coded = [json.loads(line)["story"]["url"] for line in told.out.splitlines()]
    assert coded == [f"https://a.example/{at}" for at in range(2 * CHUNK + 1) if at != CHUNK]
    assert f"{2 * CHUNK} stories" in told.err
    assert "Passed over: 1." in told.err
    assert "rows.jsonl" in told.err


def test_the_summary_counts_what_was_coded(
    by_hand: ByHand, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["code", rows(tmp_path, filled("Sound", 3)), "--csv"]) == 0
    told = capsys.readouterr()
    assert "\n3 stories, 3 statements, 3 events in " in told.err
    assert len(told.out.splitlines()) == 4


def test_events_below_a_confidence_are_left_out_and_counted(
    by_hand: ByHand, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = rows(tmp_path, filled("Sound", 2))
    assert main(["code", file, "--jsonl", "--min-confidence", "0.9"]) == 0
    told = capsys.readouterr()
    assert [json.loads(line)["events"] for line in told.out.splitlines()] == [[], []]
    assert "2 events below --min-confidence left out." in told.err
    assert main(["code", file, "--jsonl", "--min-confidence", "0.75"]) == 0
    assert all(json.loads(line)["events"] for line in capsys.readouterr().out.splitlines())


@pytest.mark.parametrize("command", ["read", "code"])
def test_limit_stops_after_so_many_stories(
    command: str, by_hand: ByHand, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, rows(tmp_path, filled("Sound", 40)), "--jsonl", "--limit", "3"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_records_come_in_the_order_of_the_input(
    by_hand: ByHand, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["code", rows(tmp_path, filled("Sound", 3 * CHUNK + 1)), "--jsonl"]) == 0
    urls = [json.loads(line)["story"]["url"] for line in capsys.readouterr().out.splitlines()]
    assert urls == [f"https://a.example/{at}" for at in range(3 * CHUNK + 1)]


def test_stories_are_counted_ahead_only_for_somebody_who_watches(tmp_path: Path) -> None:
    options = parse(["code", rows(tmp_path, filled("Sound", 30))])
    for shown, total in ((False, None), (True, 30)):
        progress = Progress()
        progress.shown = shown
        Run(options).count_ahead(progress)
        until = time.monotonic() + 30
        while shown and progress.total is None and time.monotonic() < until:
            time.sleep(0.01)
        assert progress.total == total


def test_no_clean_keeps_the_text_to_the_character(
    by_hand: ByHand, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Share   this\n\n" + TEXT + "\nADVERTISEMENT\n"
    assert main(["code", rows(tmp_path, [text]), "--jsonl", "--no-clean"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["story"]["text"] == text
