from __future__ import annotations

import pytest

from detente.cli import progress
from detente.cli.progress import Progress, duration


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (59.4, "59 s"),
        (60, "1 min 00 s"),
        (200, "3 min 20 s"),
        (3600, "1 h 00 min"),
        (9000, "2 h 30 min"),
    ],
)
def test_durations_are_said_as_people_say_them(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_the_line_says_how_many_how_fast_and_how_long() -> None:
    bar = Progress(total=100)
    bar.done = 20
    assert bar.line(10.0) == "20 of 100 stories, 2.0 a second, 40 s left"


def test_without_a_total_no_time_is_promised() -> None:
    bar = Progress()
    bar.done = 20
    assert bar.line(10.0) == "20 stories, 2.0 a second"


def test_nothing_is_painted_off_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(3) as bar:
        for _ in range(3):
            bar.step()
    assert capsys.readouterr().err == ""


def test_on_a_terminal_the_line_is_painted_and_taken_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    monkeypatch.setattr(progress, "EVERY", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Progress(2) as bar:
        bar.step()
        bar.step()
    told = capsys.readouterr().err
    assert "2 of 2 stories" in told
    assert told.endswith("\r\x1b[K")
