"""Coding in several processes: the order of the input, faults that cost one story, processes that die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from by_hand import TEXT, Broken, ByHand, Dying
from detente.errors import ModelError
from detente.read import read_text
from detente.records import Story
from detente.workers import Failure, code_stories
from detente.workers.local import SMALL_CHUNK

TESTS = Path(__file__).parents[1]


def stories(*words: str) -> list[Story]:
    return [
        read_text(f"{TEXT} The governments have been at odds for months. {word} {at}.", source=f"{at}.txt")
        for at, word in enumerate(words)
    ]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_outcomes_do_not_depend_on_the_number_of_processes(workers: int) -> None:
    given = stories(*["Sound"] * 40, "MISHAP", *["Sound"] * 20, "REFUSED", "Sound")
    found = list(code_stories(given, ByHand, workers=workers))
    assert [outcome.story for outcome in found] == given
    failed = {at: str(one.error) for at, one in enumerate(found) if isinstance(one, Failure)}
    assert failed == {
        40: "40.txt: could not be coded (ValueError: a mishap)",
        61: "61.txt: refused",
    }
    assert all(one == ByHand().code(one.story) for one in found if not isinstance(one, Failure))


def test_a_process_that_dies_costs_the_story_that_killed_it_and_no_other() -> None:
    given = stories(*["Sound"] * 10, "DEADLY", *["Sound"] * (2 * SMALL_CHUNK))
    said: list[str] = []
    found = list(code_stories(given, Dying, workers=2, say=said.append))
    assert [outcome.story for outcome in found] == given
    (failure,) = (one for one in found if isinstance(one, Failure))
    assert failure.story is given[10]
    assert "10.txt: could not be coded: the worker process died over it twice (exit code 9)" in str(
        failure.error
    )
    assert said == [
        f"A worker process died (exit code 9); its {SMALL_CHUNK} stories are tried again in another one."
    ]


def test_a_process_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    given = stories(*["Sound"] * 5, "DEADLY", "Sound")
    said: list[str] = []
    found = list(code_stories(given, partial(Dying, str(tmp_path / "died")), workers=2, say=said.append))
    assert len(said) == 1
    assert not [one for one in found if isinstance(one, Failure)]
    assert [outcome.story for outcome in found] == given


@pytest.mark.parametrize(
    ("way", "said"), [("raise", "no such model"), ("exit", "while they loaded the model")]
)
def test_a_coder_that_cannot_be_made_ends_the_run(way: str, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        list(code_stories(stories("Sound"), partial(Broken, way), workers=2))


def test_stories_are_read_only_a_little_ahead() -> None:
    taken = count()
    endless = (story for story in iter(lambda: read_text(f"{TEXT} {next(taken)}."), None))
    outcomes = code_stories(endless, ByHand, workers=2)
    next(outcomes)
    outcomes.close()
    assert next(taken) <= 10 * SMALL_CHUNK


@pytest.mark.skipif(os.name == "nt", reason="there are no POSIX signals")
@pytest.mark.parametrize(("way", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_no_process_outlives_the_one_that_started_it(way: signal.Signals, code: int, tmp_path: Path) -> None:
    script = tmp_path / "endless.py"
    script.write_text(ENDLESS, encoding="utf-8")
    # A session of its own: Ctrl-C reaches the whole group, as in a terminal; a kill only the first process.
    parent = subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])},
        start_new_session=True,
    )
    assert parent.stdout is not None
    children = [int(word) for word in parent.stdout.readline().split()]
    assert len(children) == 2
    if way == signal.SIGINT:
        os.killpg(parent.pid, way)
    else:
        parent.kill()
    _, said = parent.communicate(timeout=30)
    assert (parent.returncode, said) == (code, "")
    assert not [child for child in children if alive(child)]


ENDLESS = """
import multiprocessing, sys
from by_hand import TEXT, ByHand
from detente.read import read_text
from detente.workers import code_stories

def endless():
    at = 0
    while True:
        yield read_text(f"{TEXT} {(at := at + 1)}.")

if __name__ == "__main__":
    try:
        for number, outcome in enumerate(code_stories(endless(), ByHand, workers=2)):
            if number == 100:
                print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    except KeyboardInterrupt:
        sys.exit(130)
"""


def alive(process: int) -> bool:
    """Whether a process is still there; one that ended is collected by whoever adopted it."""
    for _ in range(250):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.02)
    return True
