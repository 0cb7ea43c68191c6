"""What leaves the command line: exit codes, and one sentence for whoever has to act on them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from by_hand import TEXT, ByHand
from detente import errors
from detente.cli import commands, main


def failing(error: BaseException) -> Callable[[object], ByHand]:
    def coder(options: object) -> ByHand:
        raise error

    return coder


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.DetenteError("it is so"), 1),
        (errors.UsageError("it is so"), 2),
        (errors.InputError("it is so"), 3),
        (errors.StoreError("it is so"), 4),
        (errors.MissingPart("it is so"), 5),
        (errors.ModelError("it is so"), 5),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_leaves_with_its_exit_code_and_its_sentence(
    error: Exception, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "_coder", failing(error))
    assert main(["try", TEXT]) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"detente: {error}\n"


def test_a_fault_of_ours_is_owned_and_located(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "_coder", failing(ZeroDivisionError("a mishap")))
    assert main(["try", TEXT]) == 1
    told = capsys.readouterr().err
    assert re.search(
        r"a fault in detente, not in your input: ZeroDivisionError in commands\.py, line \d+", told
    )
    assert "Traceback" not in told


def test_an_interruption_leaves_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "_coder", failing(KeyboardInterrupt()))
    assert main(["try", TEXT]) == 130
    assert "interrupted" in capsys.readouterr().err


def test_info_tells_version_lexicon_and_limits(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info"]) == 0
    told = capsys.readouterr().out
    assert re.search(r"^version +\d+\.\d+\.\d+$", told, re.MULTILINE)
    assert re.search(r"^lexicon frames +[\d,]+ rows$", told, re.MULTILINE)
    assert "English only" in told


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_on_a_terminal_a_list_is_coloured_and_no_colour_is_obeyed() -> None:
    import pty

    for setting, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        leader, follower = pty.openpty()
        script = "import sys; from detente.cli import output; sys.exit(not output._colour(sys.stdout))"
        kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        done = subprocess.run(
            [sys.executable, "-c", script],
            stdout=follower,
            env={**kept, "TERM": "xterm", **setting},
            check=False,
        )
        os.close(follower)
        os.close(leader)
        assert (done.returncode == 0) is coloured


def test_the_installed_program_is_this_one() -> None:
    program = Path(sys.executable).with_name("detente")
    if not program.exists():
        pytest.skip("detente is not installed in this environment, only on the path")
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"detente \d+\.\d+\.\d+\n", done.stdout)
