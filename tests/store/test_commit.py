"""Writing: what is committed stays, whatever happens."""

from __future__ import annotations

import errno
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from detente.errors import BadRecord, StoreError
from detente.records import Record, Story
from detente.store import Store, Writer, manifest, merge
from store.made import CODING, NEWER, record, records, retyped, talks

WRITING = Path(__file__).with_name("writing.py")


def written(folder: Path, found: list[Record], coding: Any = CODING, **options: Any) -> Path:
    with Writer(folder, coding, **options) as writer:
        for one in found:
            writer.add(one)
    return folder


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet")}


def named(folder: Path) -> set[str]:
    return manifest.Held(folder).manifest.files()


def test_records_come_back_exactly(tmp_path: Path) -> None:
    found = [talks(), *records(5), Record(Story("sempty", "", published="2016"))]
    written(tmp_path / "s", found, batch=3)
    back = {one.story.id: one for one in Store(tmp_path / "s").records()}
    assert back == {one.story.id: one for one in found}


def test_the_same_command_again_adds_nothing(tmp_path: Path) -> None:
    folder = written(tmp_path, records(5))
    with Writer(folder, CODING) as writer:
        assert writer.run.id == "r0002"
        for one in records(7):
            assert writer.done(one.story.id) == (one in records(5))
            writer.add(one)
    store = Store(folder)
    assert len(store.stories()) == len(store.events()) == 7
    assert [(run.stories, run.skipped, run.state) for run in store.runs()] == [(5, 0, "done"), (2, 5, "done")]


def test_an_interrupted_run_is_continued_under_its_id(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Writer(tmp_path, CODING, batch=3) as writer:
        writer.reject("a.txt", "empty", "EmptyInput")
        for one in records(5):
            writer.add(one)
        raise KeyboardInterrupt
    (run,) = Store(tmp_path).runs()
    assert (run.state, run.stories, run.rejected) == ("interrupted", 5, 1)
    with Writer(tmp_path, CODING) as writer:
        writer.reject("a.txt", "empty", "EmptyInput")
        for one in records(8):
            writer.add(one)
    (run,) = Store(tmp_path).runs()
    assert (run.id, run.state, run.stories, run.skipped, run.rejected) == ("r0001", "done", 8, 0, 1)
    assert run.events == len(Store(tmp_path).events()) == 8


def test_a_newer_coder_supersedes_and_the_older_coding_stays_readable(tmp_path: Path) -> None:
    written(tmp_path, records(6))
    written(tmp_path, [retyped(one, type="THREATEN", quad=3) for one in records(4)], NEWER)
    store = Store(tmp_path)
    assert [row["type"] for row in store.events().dicts()].count("THREATEN") == 4
    assert len(store.stories()) == len(store.events()) == 6
    assert len(store.sql("select * from party")) == 12
    assert store.status().superseded == 4
    older = Store(tmp_path, run="r0001")
    assert sorted(older.records(), key=lambda one: one.story.id) == sorted(
        records(6), key=lambda one: one.story.id
    )
    assert len(Store(tmp_path, run="r0002").events()) == 4


def test_the_older_coder_can_be_gone_back_to(tmp_path: Path) -> None:
    written(tmp_path, records(3))
    written(tmp_path, [retyped(one, status="denied") for one in records(3)], NEWER)
    written(tmp_path, records(3))
    store = Store(tmp_path)
    assert {row["status"] for row in store.events().dicts()} == {"occurred"}
    assert len(store.events()) == 3


def test_a_run_keeps_what_went_wrong(tmp_path: Path) -> None:
    with Writer(tmp_path, CODING, {"paths": ["news/"]}) as writer:
        writer.reject("news/a.csv, row 3", "no text", "BadRow")
        writer.fail("news/b.txt", "could not be coded", "ValueError", "s123")
    store = Store(tmp_path)
    (run,) = store.runs()
    assert (run.version, run.model, run.lexicon, run.fingerprint) == (
        "0.1.0",
        "model",
        "lexicon",
        CODING.fingerprint,
    )
    assert (run.rejected, run.failed) == (1, 1)
    assert run.rejects[0].to_dict() == {
        "where": "news/a.csv, row 3",
        "why": "no text",
        "kind": "BadRow",
        "story_id": None,
    }
    row = next(store.sql("select * from run").dicts())
    assert row["failures"][0]["story_id"] == "s123"
    assert row["options"] == '{"paths": ["news/"]}'


def test_half_a_character_is_refused_and_nothing_else_is_lost(tmp_path: Path) -> None:
    with Writer(tmp_path, CODING) as writer:
        writer.add(record(1))
        with pytest.raises(BadRecord, match="surrogate"):
            writer.add(Record(Story("sbad", "half \ud83d")))
        writer.add(record(2))
    assert len(Store(tmp_path).stories()) == 2


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(StoreError, match="no store"):
        Writer(tmp_path, CODING)
    assert {path.name for path in tmp_path.iterdir()} <= {"thesis.tex", "lock"}


def test_two_writers_cannot_meet(tmp_path: Path) -> None:
    with Writer(tmp_path, CODING) as writer:
        writer.add(record(1))
        with pytest.raises(StoreError, match=f"process {os.getpid()}"):
            Writer(tmp_path, CODING)
        ours = subprocess.run(
            [sys.executable, WRITING, tmp_path, "0", "5", "1"], capture_output=True, text=True, check=False
        )
        assert "another process is writing this store" in ours.stderr
    assert len(Store(tmp_path).stories()) == 1
    written(tmp_path, records(3))
    assert len(Store(tmp_path).stories()) == 3


def test_a_reader_is_not_disturbed_by_a_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "MANY", 4)
    written(tmp_path, records(2))
    store = Store(tmp_path)
    asked = store.events()
    with Writer(tmp_path, NEWER, batch=1) as writer:
        for one in records(6):  # small parts are merged and swept meanwhile
            writer.add(one)
            assert len(asked) == 2
        assert len(Store(tmp_path).events()) == 6
    assert store.changed()
    assert len(list(store.records())) == 2
    store.refresh()
    assert not store.changed()
    assert len(store.events()) == 6
    assert len(asked) == 2
    del asked
    written(tmp_path, records(7), NEWER)  # the next writer sweeps what nobody holds any more
    del store
    written(tmp_path, records(8), NEWER)
    assert files(tmp_path) == named(tmp_path)


def test_small_parts_are_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "MANY", 4)
    written(tmp_path, records(6), batch=1)
    assert all(len(parts) <= 4 for parts in manifest.Held(tmp_path).manifest.parts.values())
    assert files(tmp_path) == named(tmp_path)
    assert len(Store(tmp_path).events()) == 6


def test_a_killed_writer_loses_no_more_than_its_batch(tmp_path: Path) -> None:
    """A dozen kills; benchmarks/kills.py does hundreds. A store that is complete makes room for the next."""
    chance = random.Random(7)
    total, batch, promised, folder = 60, 3, -1, tmp_path / "0"
    for kill in range(12):
        promised = max(promised, killed(folder, total, batch, chance.random()))
        if promised >= 0:
            check(folder, promised)
        if promised == total - 1:
            promised, folder = -1, tmp_path / str(kill + 1)
    subprocess.run([sys.executable, WRITING, folder, "0", str(total), str(batch)], check=True, stdout=-3)
    check(folder, total - 1)
    store = Store(folder)
    (run,) = store.runs()
    assert (run.state, run.stories) == ("done", total)
    assert {one.story.id: one for one in store.records()} == {one.story.id: one for one in records(total)}
    assert files(folder) == named(folder)


def killed(folder: Path, total: int, batch: int, when: float) -> int:
    """Kill a writer some way into its work; return the number of the last story that it said was kept."""
    command = [sys.executable, WRITING, folder, "0", str(total), str(batch)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(when * 0.4)
        process.send_signal(signal.SIGKILL)
        told = process.stdout.read().split()
    return int(told[-1]) if told else -1


def check(folder: Path, promised: int) -> None:
    store = Store(folder)
    kept = [row[0] for row in store.query("SELECT id FROM story")]
    events = [row[0] for row in store.query("SELECT id FROM event")]
    assert len(kept) == len(set(kept)) == len(events) == len(set(events))
    assert {record(number).story.id for number in range(promised + 1)} <= set(kept)


@pytest.mark.parametrize("limit", [2_000, 9_000, 16_000, 24_000])
def test_a_full_disk_is_reported_and_survived(tmp_path: Path, limit: int) -> None:
    """No file may grow beyond `limit` bytes: the system refuses as on a full disk, at another place each time."""
    written(tmp_path, records(3))
    before = Store(tmp_path).events().rows()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        with pytest.raises(StoreError, match="grew beyond") as caught:
            written(tmp_path, records(900), batch=300)
        assert caught.value.exit_code == 4
        assert set(before) <= set(Store(tmp_path).events().rows())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, old)
    written(tmp_path, records(900), batch=300)
    assert len(Store(tmp_path).events()) == 900
    assert files(tmp_path) == named(tmp_path)


def test_what_could_not_be_committed_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path))

    with Writer(tmp_path, CODING, batch=2) as writer:
        writer.add(record(0))
        with monkeypatch.context() as patched:
            patched.setattr(manifest, "commit", full)
            with pytest.raises(StoreError, match="Make room"):
                writer.add(record(1))
        assert len(Store(tmp_path).events()) == 0
        writer.commit()
        assert len(Store(tmp_path).events()) == 2


def test_left_over_parts_do_not_exist(tmp_path: Path) -> None:
    written(tmp_path, records(2))
    part = next((tmp_path / "event").glob("*.parquet"))
    (tmp_path / "event" / "99999999.parquet").write_bytes(part.read_bytes())
    (tmp_path / "manifest.json.new").write_text("{")
    assert len(Store(tmp_path).events()) == 2
    written(tmp_path, [])
    assert files(tmp_path) == named(tmp_path)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"format": 1}', '{"format": 1, "number": 1, "runs": [{}], "parts": {}}']
)
def test_a_damaged_manifest_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    for touch in (Store, lambda folder: Writer(folder, CODING)):
        with pytest.raises(StoreError, match="damaged"):
            touch(tmp_path)


def test_a_newer_format_is_not_guessed_at(tmp_path: Path) -> None:
    written(tmp_path, [])
    path = tmp_path / "manifest.json"
    path.write_text(path.read_text().replace('"format": 1', '"format": 2'))
    with pytest.raises(StoreError, match="newer detente"):
        Store(tmp_path)


def test_a_missing_part_is_told(tmp_path: Path) -> None:
    written(tmp_path, records(2))
    next((tmp_path / "event").glob("*.parquet")).unlink()
    with pytest.raises(StoreError):
        Store(tmp_path).events().rows()


def test_no_store_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(StoreError, match="no store"):
            Store(path)
    assert not list(tmp_path.iterdir())
