"""Coding into a store: nothing twice, nothing lost, and the same store however many processes worked on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import detente
from by_hand import TEXT, ByHand
from detente.errors import BadRow, ModelError
from detente.read import read_text
from detente.records import Record, Story
from detente.store import Coding, Writer
from detente.workers import Failure
from detente.workers.keeping import NotedTally, coding_of, keep

CODING = Coding("1.0", "model", "lexicon")


def stories(*words: str) -> list[Story]:
    return [read_text(f"{TEXT} The governments have been at odds. {word}.", source=word) for word in words]


def kept(folder: Path, given: list[Story], coding: Coding = CODING, **options: Any) -> list[Record | Failure]:
    with Writer(folder, coding) as writer:
        return list(keep(given, ByHand, writer, **options))


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_coded_is_kept_and_what_failed_is_remembered(workers: int, tmp_path: Path) -> None:
    given = stories("One", "MISHAP", "Two", "Two", "Three")  # the second "Two" is the same story again
    outcomes = kept(tmp_path / "store", given, workers=workers)
    assert [one.story.source for one in outcomes] == ["One", "MISHAP", "Two", "Three"]
    store = detente.open(tmp_path / "store")
    assert {record.story.id: record for record in store.records()} == {
        one.story.id: one for one in outcomes if not isinstance(one, Failure)
    }
    (run,) = store.runs()
    assert (run.state, run.stories, run.events, run.skipped, run.failed) == ("done", 3, 3, 0, 1)
    (failure,) = run.failures
    assert (failure.where, failure.story_id) == ("MISHAP", given[1].id)
    assert "a mishap" in failure.why


def test_a_story_is_coded_once_by_a_version_and_again_by_the_next(tmp_path: Path) -> None:
    given, passed = stories("One", "Two"), []
    kept(tmp_path, given)
    again = kept(tmp_path, [*given, *stories("Three")], passed=lambda story: passed.append(story.source))
    assert [one.story.source for one in again] == ["Three"]
    assert passed == ["One", "Two"]
    newer = kept(tmp_path, given, Coding("1.1", "model", "lexicon"))
    assert len(newer) == 2
    store = detente.open(tmp_path)
    assert store.status().stories == 3
    assert [run.stories for run in store.runs()] == [2, 1, 2]


def test_what_could_not_be_read_is_remembered(tmp_path: Path) -> None:
    tally = NotedTally()
    tally.reject(BadRow("no text in it", where="rows.csv line 7"))
    with Writer(tmp_path, CODING) as writer:
        tally.note_in(writer)
        tally.reject(BadRow("no text in it", where="rows.csv line 9"))
    assert tally.rejected == 2
    (run,) = detente.open(tmp_path).runs()
    assert run.rejected == 2
    assert [(reject.where, reject.why, reject.kind) for reject in run.rejects] == [
        (f"rows.csv line {line}", "no text in it", "BadRow") for line in (7, 9)
    ]


def test_a_text_that_no_file_can_hold_is_a_failure(tmp_path: Path) -> None:
    broken = Story("s1", f"{TEXT} \ud800", source="half.txt")
    (failure, _) = kept(tmp_path, [broken, *stories("One")])
    assert isinstance(failure, Failure)
    assert "lone surrogate" in str(failure.error)
    assert detente.open(tmp_path).status().stories == 1


def test_a_coding_names_the_model_the_lexicon_and_the_options(tmp_path: Path) -> None:
    model, rows = tmp_path / "model.onnx", tmp_path / "rows.csv"
    model.write_bytes(b"weights")
    rows.write_text("name\n", encoding="utf-8")
    codings = [coding_of(model), coding_of(model, [rows]), coding_of(model, (), {"no_clean": True})]
    rows.write_text("name\nPeru\n", encoding="utf-8")
    codings.append(coding_of(model, [rows]))
    model.write_bytes(b"other weights")
    codings.append(coding_of(model))
    assert codings[0].version == detente.__version__
    assert len({coding.fingerprint for coding in codings}) == len(codings)


def test_a_model_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no\.onnx"):
        coding_of(tmp_path / "no.onnx")
