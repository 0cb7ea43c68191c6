"""Reading: records, results, status, runs."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

import detente
from detente.errors import MissingPart, StoreError
from detente.records import Record, Story
from detente.store import Store, Writer
from detente.store import result as results
from store.made import CODING, record, records, talks


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    with Writer(folder, CODING) as writer:
        for one in (talks(), *records(3)):
            writer.add(one)
    return folder


@pytest.fixture(scope="module")
def store(folder: Path) -> Store:
    return detente.open(folder)


def test_records_are_found_by_story_event_and_statement(store: Store) -> None:
    one = record(1)
    assert store.record(one.story.id) == one
    assert store.record_of(one.events[0].id) == store.record_of(one.statements[0].id) == one
    for name in ("e0", "w0"):
        with pytest.raises(StoreError, match="there is no"):
            store.record_of(name)
    with pytest.raises(StoreError, match="no story"):
        store.record("nothing")


def test_records_come_oldest_first(store: Store) -> None:
    assert [one.story.published for one in store.records()][-1] == talks().story.published


def test_a_result_is_lazy_and_has_every_form(store: Store) -> None:
    found = store.events(source="PER")
    assert found.columns[:2] == ("event_id", "story_id")
    assert len(found) == len(found.rows()) == len(list(found)) == len(list(found.dicts())) == 3
    assert bool(found)
    assert not store.events(source="FRA")
    assert "<table>" in found._repr_html_()
    assert "3 rows" in found._repr_html_()
    assert "3 rows" in repr(found)


def test_tables_of_other_packages(store: Store) -> None:
    for package in ("pandas", "pyarrow", "polars"):
        pytest.importorskip(package)
    found = store.sql("select id, quad, day, source from event order by id")
    assert list(found.df()["quad"]) == [row[1] for row in found]
    assert found.arrow().column("id").to_pylist() == [row[0] for row in found]
    assert found.pl()["day"].to_list() == [row[2] for row in found]
    assert store.events(limit=2, type="SANCTION").arrow().num_rows == 2


def test_a_missing_package_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingPart, match="pip install polars"):
        store.events().pl()


def test_a_notebook_shows_no_markup_of_the_story(tmp_path: Path) -> None:
    with Writer(tmp_path, CODING) as writer:
        for at in range(60):
            writer.add(
                Record(Story(f"s{at}", "<script>alert(1)</script>", headline="<b>", published="2020-01-01"))
            )
    shown = Store(tmp_path).stories()._repr_html_()
    assert "<script>" not in shown
    assert f"60 rows, the first {results.SHOWN} shown" in shown


def test_status(store: Store) -> None:
    status = store.status()
    assert (status.stories, status.statements, status.events) == (4, 5, 5)
    assert (status.first, status.last) == ("2023-02-25", "2024-02-29")
    assert status.bytes > 0
    assert status.runs == store.runs()


def test_one_row_for_each_party_and_mention(store: Store) -> None:
    found = store.sql(
        "select side, position, text, code, reciprocal, day from party where event_id = 'etalks0000000000' order by 2"
    )
    day = date(2024, 2, 1)
    assert found.rows() == [
        ("source", 0, "Norway", "NORGOV", True, day),
        ("source", 1, "Chad", "TCD", True, day),
    ]
    roles = store.sql("select role, count(*), count(name) from mention group by 1 order by 1").rows()
    assert roles == [("addressee", 1, 0), ("source", 7, 7), ("speaker", 4, 4), ("target", 3, 3)]


def test_cells_with_several_parties_keep_in_step(store: Store) -> None:
    (row,) = (row for row in store.events(type="CONSULT").dicts() if row["event_id"].endswith("00"))
    assert (row["source_name"], row["source_code"], row["source_sector"]) == (
        "Norway; Chad",
        "NORGOV; TCD",
        "GOV; ",
    )
    assert (row["target_name"], row["word_name"], row["place"]) == (None, "Chad", "Oslo")
    assert row["sentence"] == " ".join(talks().events[0].sentence.text.split())


def test_several_threads_may_ask(store: Store) -> None:
    wrong: list[object] = []

    def ask() -> None:
        for _ in range(5):
            if len(store.events().rows()) != 5:
                wrong.append(1)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_an_empty_store_answers_everything(tmp_path: Path) -> None:
    with Writer(tmp_path, CODING):
        pass
    store = Store(tmp_path)
    for listing in (store.events, store.statements, store.stories, store.actors):
        assert listing().rows() == []
        assert listing(source="USA", text="x").rows() == []
    assert list(store.records()) == []
    assert store.status().events == 0


def test_an_unknown_run_is_told(folder: Path) -> None:
    with pytest.raises(StoreError, match="Its runs are r0001"):
        Store(folder, run="r0009")


def test_a_store_in_a_folder_with_an_awkward_name(tmp_path: Path) -> None:
    folder = tmp_path / "it's [a] *store*? (né)"
    with Writer(folder, CODING) as writer:
        writer.add(record(1))
    with Store(folder) as store:
        assert list(store.records()) == [record(1)]
        assert store.sql("select count(*) from event").rows() == [(1,)]


def test_a_store_that_may_only_be_read_is_read(folder: Path) -> None:
    if os.getuid() == 0:
        pytest.skip("root may write everywhere")
    folder.chmod(0o555)
    try:
        assert len(Store(folder).events()) == 5
    finally:
        folder.chmod(0o755)


def test_reading_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    before = sorted(folder.rglob("*"))
    ask = "print(len(store.events()), store.status().events)"
    command = f"import detente; store = detente.open({str(folder)!r}); {ask}"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", command],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("5 5\n", "")
    assert list(tmp_path.iterdir()) == []
    assert sorted(folder.rglob("*")) == before


def test_a_forgotten_store_lets_go(folder: Path) -> None:
    handles = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else None
    for _ in range(20):
        Store(folder)
    gc.collect()
    if handles is not None:
        assert len(list(Path("/proc/self/fd").iterdir())) <= handles + 2
