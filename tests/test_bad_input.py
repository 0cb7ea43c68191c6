"""Bad input at the command line: one clear sentence, the right exit code, and the rest goes on."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from by_hand import TEXT

GOOD = (
    "LIMA — "
    + TEXT
    + " The two governments have been at odds for months over the removal of Pedro Castillo.\n"
)
FRENCH = (
    "Le gouvernement du Pérou a rappelé son ambassadeur au Mexique vendredi, a déclaré la présidente "
    "Dina Boluarte. Les deux pays sont en désaccord depuis des mois sur la destitution de Castillo.\n"
)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


def detente(*words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own, as a user would."""
    command = [sys.executable, "-m", "detente.cli", *words]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=120)


def told(done: subprocess.CompletedProcess[bytes]) -> str:
    """What it said on stderr; never a traceback."""
    said = done.stderr.decode()
    assert "Traceback" not in said
    assert "fault in detente" not in said
    return said


def stories(done: subprocess.CompletedProcess[bytes]) -> list[Mapping[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def truncated(text: str) -> bytes:
    packed = gzip.compress((text * 200).encode() + os.urandom(4000).hex().encode())
    return packed[: len(packed) // 2]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n\t \n", "nothing but white space"),
        ("photo.txt", PICTURE, "text"),
        ("story.txt.gz", b"\x1f\x8b\x08\x00 not gzip at all", "gz"),
        ("rows.jsonl", b'{"text": \n{"text"\n', "line 1"),
        ("rows.csv", b"when,who,what\n2020-01-01,Peru,recalled\n", "'when', 'who', 'what'"),
        ("french.txt", FRENCH.encode(), "fr"),
        ("wide.txt", b"a" * 50_000_000, "longer than"),
    ],
)
def test_one_bad_file_alone_is_an_input_error(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    done = detente("read", str(file), "--jsonl")
    assert done.returncode == 3, told(done)
    assert said in told(done)
    assert name in told(done)
    assert done.stdout == b""
    assert len(told(done).splitlines()) <= 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("photo.txt", PICTURE),
        ("cut.txt.gz", truncated(GOOD)),
    ],
)
def test_one_bad_file_among_good_ones_stops_nothing(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / f"b-{name}").write_bytes(content)
    (tmp_path / "c.txt").write_text(GOOD.replace("LIMA", "CUSCO"), encoding="utf-8")
    done = detente("read", str(tmp_path), "--jsonl")
    assert done.returncode == 6, told(done)
    assert name in told(done)
    assert {"a.txt", "c.txt"} <= {Path(str(story["source"])).name for story in stories(done)}


def test_a_bad_row_is_named_by_its_line_and_the_others_are_read(tmp_path: Path) -> None:
    rows = [json.dumps({"text": GOOD, "url": f"https://a.example/{at}"}) for at in range(3)]
    rows[1] = '{"text": "cut off'
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(rows), encoding="utf-8")
    done = detente("read", str(file), "--jsonl")
    assert done.returncode == 6
    assert "line 2" in told(done)
    assert len(stories(done)) == 2


def test_missing_columns_name_those_found_and_the_option_that_maps_them(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(f'when,words\n2020-01-01,"{GOOD.strip()}"\n', encoding="utf-8")
    done = detente("read", str(file))
    assert done.returncode == 3
    assert "'when', 'words'" in told(done)
    assert "--text" in told(done)
    done = detente("read", str(file), "--text", "words", "--published-column", "when", "--jsonl")
    assert done.returncode == 0, told(done)
    assert [story["published"] for story in stories(done)] == ["2020-01-01"]


def test_invalid_utf8_costs_a_character_not_the_story(tmp_path: Path) -> None:
    file = tmp_path / "latin.txt"
    file.write_bytes(GOOD.encode().replace(b"Friday", b"Fri\xff\xfeday"))
    done = detente("read", str(file), "--jsonl")
    assert done.returncode == 0, told(done)
    (story,) = stories(done)
    assert "Peru recalled its ambassador" in str(story["text"])


def test_a_story_without_a_date_has_none(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text(GOOD, encoding="utf-8")
    done = detente("read", str(file), "--jsonl")
    assert done.returncode == 0
    assert stories(done)[0]["published"] is None
    assert "--published" in told(done)


def test_stories_in_other_languages_are_passed_over_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.txt").write_text(FRENCH, encoding="utf-8")
    done = detente("read", str(tmp_path), "--jsonl")
    assert done.returncode == 0
    assert "b.txt" in told(done)
    assert len(stories(done)) == 1


@pytest.mark.parametrize("path", ["nowhere.txt", "."])
def test_nothing_to_read_is_said(path: str, tmp_path: Path) -> None:
    done = detente("read", str(tmp_path / path))
    assert done.returncode == 3
    assert str(tmp_path) in told(done)


def test_a_file_name_given_as_text_is_recognised(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text(GOOD, encoding="utf-8")
    done = detente("try", str(file))
    assert done.returncode == 2
    assert "detente code" in told(done)


@pytest.mark.parametrize("text", ["", "   "])
def test_no_text_to_try_is_said(text: str) -> None:
    done = detente("try", "-", stdin=text.encode())
    assert done.returncode == 3
    assert "no text" in told(done)


def many(folder: Path, count: int) -> None:
    rows = (json.dumps({"text": GOOD, "url": f"https://a.example/{at}"}) for at in range(count))
    (folder / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")


def test_a_closed_pipe_ends_the_run_quietly(tmp_path: Path) -> None:
    many(tmp_path, 2000)
    command = [sys.executable, "-m", "detente.cli", "read", str(tmp_path), "--jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None and running.stderr is not None
        assert running.stdout.readline()
        running.stdout.close()
        assert running.wait(timeout=60) == 0
        said = running.stderr.read().decode()
    assert "Traceback" not in said
    assert "Broken" not in said


def test_an_interruption_leaves_whole_lines_and_130(tmp_path: Path) -> None:
    many(tmp_path, 20_000)
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "detente.cli", "read", str(tmp_path / "rows.jsonl"), "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stderr is not None
        until = time.monotonic() + 60
        while not (out.exists() and out.stat().st_size) and time.monotonic() < until:
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=60) == 130
        said = running.stderr.read().decode()
    assert "Traceback" not in said
    assert "interrupted" in said
    lines = out.read_text(encoding="utf-8").splitlines()
    assert 0 < len(lines) < 20_000
    assert all(json.loads(line)["text"] for line in lines)
