"""Keeping and asking at the command line: what is kept can be listed, filtered, explained and compared."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from operator import itemgetter
from pathlib import Path

import pytest

import detente
from by_hand import TEXT, ByHand
from detente.cli import commands, main
from detente.cli.columns import EVENT_COLUMNS
from detente.errors import StoreError
from detente.records import Event
from detente.workers import keeping

TESTS = Path(__file__).parents[1]
Captured = pytest.CaptureFixture[str]


def rows(folder: Path, count: int, word: str = "Sound") -> str:
    file = folder / f"{word}.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for at in range(count):
            text = f"{TEXT} The governments have been at odds for months. {word} {at}."
            day = f"2023-02-{at % 28 + 1:02}"
            lines.write(
                json.dumps({"text": text, "url": f"https://a.example/{word}/{at}", "published": day}) + "\n"
            )
    return str(file)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of thirty stories, made once."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "_coder", lambda options: ByHand())
        assert main(["code", rows(folder, 30), "--store", str(folder / "store")]) == 0
    return str(folder / "store")


def input_of(store: str) -> str:
    return str(Path(store).with_name("Sound.jsonl"))


@pytest.fixture
def store(made: str, by_hand: ByHand, capsys: Captured) -> str:
    """That store, and a coder that would code the same again; for tests that only read."""
    capsys.readouterr()
    return made


def test_code_keeps_and_prints_nothing(by_hand: ByHand, tmp_path: Path, capsys: Captured) -> None:
    folder, file = str(tmp_path / "store"), rows(tmp_path, 3)
    assert main(["code", file, "--store", folder]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "\n3 stories, 3 statements, 3 events in " in told.err
    assert main(["code", file, "--store", folder]) == 0
    assert "3 stories were in the store already" in capsys.readouterr().err


def test_what_failed_is_listed_and_tried_again(by_hand: ByHand, tmp_path: Path, capsys: Captured) -> None:
    folder, file = str(tmp_path / "store"), rows(tmp_path, 2, "MISHAP")
    for _ in range(2):
        assert main(["code", file, rows(tmp_path, 2), "--store", folder]) == 6
        assert "Passed over: 2." in capsys.readouterr().err
    assert [run.failed for run in detente.open(folder).runs()] == [2, 2]


def test_processes_make_the_same_store(
    store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(commands, "_maker", lambda options: ByHand)
    other = str(tmp_path / "other")
    assert main(["code", input_of(store), "--store", other, "--workers", "2"]) == 0
    assert list(detente.open(other).records()) == list(detente.open(store).records())
    assert main(["code", input_of(store), "--jsonl", "--workers", "2"]) == 0
    found = [json.loads(line)["story"]["url"] for line in capsys.readouterr().out.splitlines()]
    assert found == [f"https://a.example/Sound/{at}" for at in range(30)]


@pytest.mark.parametrize(
    ("options", "said"), [(["--jsonl"], "prints none"), (["--min-confidence", "0.5"], "holds every event")]
)
def test_a_store_takes_everything_and_prints_nothing(
    options: list[str], said: str, by_hand: ByHand, tmp_path: Path, capsys: Captured
) -> None:
    assert main(["code", rows(tmp_path, 1), "--store", str(tmp_path / "store"), *options]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "store").exists()


def test_the_columns_of_events_are_those_of_code(store: str, capsys: Captured) -> None:
    assert main(["events", store, "--csv"]) == 0
    listed = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert main(["code", input_of(store), "--csv"]) == 0
    coded = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert list(listed[0]) == [column.name for column in EVENT_COLUMNS]
    # The listing is in the order of days; what the engine made of lists and structs must be the same in every cell.
    assert sorted(listed, key=itemgetter("event_id")) == sorted(coded, key=itemgetter("event_id"))


@pytest.mark.parametrize("command", ["events", "statements", "stories", "actors"])
def test_a_listing_is_what_python_gives(command: str, store: str, capsys: Captured) -> None:
    assert main([command, store, "--jsonl", "--limit", "2", "--actor", "PER"]) == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    result = getattr(detente.open(store), command)(actor="PER", limit=2)
    assert [list(row.values()) for row in listed] == [[plain(value) for value in row] for row in result]
    assert main([command, store, "--json", "--limit", "2", "--actor", "PER"]) == 0
    assert json.loads(capsys.readouterr().out) == listed
    assert main([command, store, "--limit", "1"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    assert "  " in head


def plain(value: object) -> object:
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)


@pytest.mark.parametrize(
    ("given", "count"),
    [
        (["--source", "PER"], 30),
        (["--source", "PERGOV", "--target", "Mexico"], 30),
        (["--source", "MEX"], 0),
        (["--source", "MEX", "--source", "PER"], 30),
        (["--actor", "MEXGOV", "--type", "sanction,AID", "--quad", "1,4", "--status", "occurred"], 30),
        (["--status", "denied"], 0),
        (["--background"], 0),
        (["--no-background", "--word", "Peru"], 30),
        (["--since", "2023-02-24", "--until", "2023"], 30),
        (["--until", "2023-02"], 30),
        (["--until", "2022"], 0),
        (["--min-confidence", "0.75"], 30),
        (["--min-confidence", "0.8"], 0),
        (["--text", "ambassador RECALLED"], 30),
        (["--text", "embargo"], 0),
    ],
)
def test_every_filter_is_obeyed(given: list[str], count: int, store: str, capsys: Captured) -> None:
    assert main(["events", store, "--jsonl", *given]) == 0
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == count
    assert ("No events for which all this holds." in told.err) is (count == 0)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["events", "--type", "SANCTON"], "Did you mean SANCTION"),
        (["events", "--since", "yesterday"], "2016-11-14"),
        (["stories", "--quad", "7"], "'7' is no quad"),
        (["events", "--actr", "PER"], "Did you mean: --actor"),
    ],
)
def test_a_filter_that_cannot_be_is_explained(
    given: list[str], said: str, store: str, capsys: Captured
) -> None:
    command, *options = given
    assert main([command, store, *options]) == 2
    assert said in capsys.readouterr().err


def test_sql_answers_in_every_form(store: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    query = "select type, count(*) as events, [1, 2] as list from event group by type order by events desc"
    assert main(["sql", store, query]) == 0
    assert capsys.readouterr().out == "type      events  list\nSANCTION      30  1; 2\n"
    assert main(["sql", store, query, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"type": "SANCTION", "events": 30, "list": [1, 2]}]
    monkeypatch.setattr(sys, "stdin", io.StringIO("select count(*) as stories from story\n"))
    assert main(["sql", store, "-", "--csv"]) == 0
    assert capsys.readouterr().out == "stories\n30\n"
    assert main(["sql", store, "  "]) == 3
    assert "there is no question" in capsys.readouterr().err
    assert main(["sql", store, "select published_from, dateline from story limit 1", "--csv"]) == 0
    assert capsys.readouterr().out.startswith("published_from,dateline\n")


@pytest.mark.parametrize(
    "query", ["drop table event", "select * from nowhere", "copy event to 'x.csv'", "select 1; select 2"]
)
def test_sql_that_is_no_question_is_refused(query: str, store: str, capsys: Captured) -> None:
    assert main(["sql", store, query]) in (2, StoreError.exit_code)
    assert "Traceback" not in capsys.readouterr().err


def test_explain_tells_every_step(store: str, capsys: Captured) -> None:
    event: Event = next(detente.open(store).records()).events[0]
    assert main(["explain", store, event.id, "--json"]) == 0
    steps = {step["step"]: step for step in json.loads(capsys.readouterr().out)}
    assert steps["sentence"]["found"].startswith(
        "[source: Peru] [trigger: recalled] its ambassador to [target: Mexico]"
    )
    assert steps["trigger"]["found"].startswith("recalled, at ")
    assert steps["status"]["found"] == "occurred"
    assert "[cue: said]" in steps["word"]["found"]
    assert steps["word"]["why"] == "cue say"
    assert steps["also"]["found"] == event.why  # this coder notes nothing that a step could be told by
    assert main(["explain", store, event.id]) == 0
    assert "run r0001" in capsys.readouterr().out
    assert main(["explain", store, "e0"]) == 4
    assert "there is no event 'e0'" in capsys.readouterr().err


def test_a_newer_version_supersedes_and_the_older_can_still_be_read(
    made: str, by_hand: ByHand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    store = str(shutil.copytree(made, tmp_path / "store"))
    monkeypatch.setattr(keeping, "__version__", "9.9.9")
    assert main(["code", rows(tmp_path, 30), "--store", store]) == 0
    capsys.readouterr()
    assert main(["status", store]) == 0
    page = capsys.readouterr().out
    assert "stories     30 (" in page
    assert "30 stories coded again since" in page
    assert "r0002  done" in page
    assert main(["events", store, "--run", "r0001", "--jsonl"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 30
    assert main(["diff", store, "r0001", "r0002"]) == 0
    assert "0 events gained, 0 lost, 0 changed" in capsys.readouterr().err
    assert main(["compact", store]) == 0
    assert "are now" in capsys.readouterr().err
    assert main(["status", store, "--json"]) == 0
    (status,) = json.loads(capsys.readouterr().out)
    assert (status["superseded"], status["events"], len(status["runs"])) == (0, 30, 2)
    assert main(["events", store, "--run", "r0001", "--jsonl"]) == 0
    assert capsys.readouterr().out == ""


def test_what_is_not_there_is_a_matter_of_the_store(tmp_path: Path, capsys: Captured) -> None:
    for command in ("events", "statements", "stories", "actors", "status", "compact"):
        assert main([command, str(tmp_path / "none")]) == 4
        assert "there is no store here" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="there are no POSIX signals")
def test_an_interruption_leaves_a_whole_store_that_goes_on(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, folder, file = tmp_path / "run.py", tmp_path / "store", rows(tmp_path, 8_000)
    script.write_text(
        "import sys\nfrom by_hand import ByHand\nfrom detente.cli import commands, main\n"
        "if __name__ == '__main__':\n    commands._maker = lambda options: ByHand\n    sys.exit(main())\n",
        encoding="utf-8",
    )
    words = [sys.executable, str(script), "code", file, "--store", str(folder), "--workers", "2"]
    running = subprocess.Popen(
        words,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])},
        start_new_session=True,
    )
    until = time.monotonic() + 60
    while not list(folder.glob("story/*.parquet")) and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130, said
    assert "the same command goes on from there" in said
    assert "Traceback" not in said
    store = detente.open(folder)
    (run,) = store.runs()
    assert run.state == "interrupted"
    stories = store.status().stories
    assert 0 < stories < 8_000
    assert len(list(store.records())) == stories
    monkeypatch.setattr(commands, "_maker", lambda options: ByHand)
    assert main(["code", file, "--store", str(folder), "--limit", str(stories + 100)]) == 0
    assert detente.open(folder).status().stories == stories + 100
    assert [one.id for one in detente.open(folder).runs()] == ["r0001"]


def test_a_folder_is_made_or_touched_only_if_it_is_to_be_a_store(
    by_hand: ByHand, tmp_path: Path, capsys: Captured
) -> None:
    new, strange = tmp_path / "new", tmp_path / "strange"
    assert main(["code", str(tmp_path / "missing.txt"), "--store", str(new)]) == 3
    assert not new.exists()
    strange.mkdir()
    (strange / "letter.txt").write_text("Dear reader", encoding="utf-8")
    assert main(["code", rows(tmp_path, 1), "--store", str(strange)]) == 4
    assert "is no store and is not empty (letter.txt)" in capsys.readouterr().err
    assert [path.name for path in strange.iterdir()] == ["letter.txt"]
    assert main(["code", rows(tmp_path, 1), "--store", str(strange / "letter.txt")]) == 4
    assert "A store is a folder" in capsys.readouterr().err


def test_a_statement_is_not_explained_as_an_event(store: str, capsys: Captured) -> None:
    ((statement,),) = detente.open(store).sql("select id from statement limit 1").rows()
    assert main(["explain", store, statement]) == 2
    assert "is a statement, and events are explained" in capsys.readouterr().err


@pytest.mark.parametrize("sides", [[], ["XXX", "YYY"]])
def test_nothing_is_something_that_programs_can_read(sides: list[str], store: str, capsys: Captured) -> None:
    asked = ["relations", store, *sides, *([] if sides else ["--since", "2090"])]
    assert main([*asked, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main([*asked, "--csv"]) == 0
    told = capsys.readouterr()
    (head,) = csv.reader(told.out.splitlines())
    assert "events" in head
    assert "all this holds" in told.err
    assert main(asked) == 0
    assert "0  " not in capsys.readouterr().out  # no table of zeros


def test_a_picture_that_cannot_be_is_refused_before_anything_is_told(store: str, capsys: Captured) -> None:
    assert main(["relations", store, "PER", "MEX", "--png", "a.gif"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "ends in .png" in told.err
