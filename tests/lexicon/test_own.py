"""Rows of one's own: what docs/lexicon.md shows works, and what is wrong is found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente.errors import BadRow
from detente.lexicon import Lexicon, check
from detente.pipeline import Coder
from detente.records import Record

PAGE = (Path(__file__).parents[2] / "docs" / "lexicon.md").read_text(encoding="utf-8")
TABLES = {"name,country": "bodies", "person,": "offices", "id,": "frames", "lemma,upos": "cues"}
WEIGHTS = Path(__file__).parents[2] / "src" / "detente" / "text" / "weights"
with_model = pytest.mark.skipif(
    not list(WEIGHTS.glob("*.onnx")), reason="this copy was built without a model"
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder, written = tmp_path_factory.mktemp("mine"), []
    for block in re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL):
        (name,) = (name for header, name in TABLES.items() if block.startswith(header))
        written.append(folder / f"{name}.csv")
        written[-1].write_text(block, encoding="utf-8")
    return written


@pytest.fixture(scope="module")
def coder(files: list[Path]) -> Coder:
    return Coder(lexicon=files)  # only asked for by tests that need the model


@pytest.fixture(scope="module")
def record(coder: Coder) -> Record:
    (story,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    return coder.code(story, published="2031-08-04")


def test_the_page_has_one_file_of_each_kind(files: list[Path]) -> None:
    assert [path.stem for path in files] == ["bodies", "offices", "frames", "cues"]
    assert all(check(path) == () for path in files)


@with_model
def test_the_examples_of_the_page_are_read(files: list[Path], coder: Coder) -> None:
    assert all(check(path, coder.code) == () for path in files)


@with_model
def test_the_story_of_the_page_is_coded_as_it_says(record: Record) -> None:
    told = {
        (event.type, *(mention.actor.code for mention in event.source if mention.actor))
        for event in record.events
    }
    assert {("SANCTION", "PERGOV"), ("ACCUSE", "PERLAB")} <= told
    (said,) = record.statements
    assert said.why == "cue thunder"
    assert said.speaker is not None and said.speaker.actor is not None
    assert (said.speaker.actor.name, said.speaker.actor.code) == ("Ada Quispe Holm", "PERGOV")


def frame(tmp_path: Path, **changed: str) -> Path:
    row = {
        "id": "mothball.v", "lemma": "mothball", "upos": "VERB", "with": "obj=treaty", "type": "SANCTION",
        "mode": "", "cameo": "166", "source": "subj", "target": "with", "reciprocal": "", "carrier": "",
        "example": "Peru mothballed its treaty with Chile.", "counterexample": "Peru mothballed two ships.",
        "note": "",
    } | changed  # fmt: skip
    path = tmp_path / "frames.csv"
    path.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"type": "SNUB"}, "'SNUB'"),
        ({"cameo": "999"}, "no CAMEO code"),
        ({"with": "object=treaty"}, "object=treaty"),
        ({"source": "the subject!"}, "not places"),
        ({"mode": "visit"}, "no mode 'visit'"),
        ({"example": ""}, "'example' is empty"),
    ],
)
def test_a_faulty_event_word_is_found_and_refused(tmp_path: Path, changed: dict[str, str], says: str) -> None:
    path = frame(tmp_path, **changed)
    (fault,) = check(path)
    assert says in str(fault) and "line 2" in str(fault)
    with pytest.raises(BadRow, match=re.escape(says)):
        Lexicon([path])


def test_an_id_may_stand_once(tmp_path: Path) -> None:
    path = frame(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    (fault,) = check(path)
    assert "stands already on line 2" in str(fault)


@with_model
def test_an_example_that_is_not_read_is_a_fault(tmp_path: Path) -> None:
    path = frame(tmp_path, example="Peru signed its treaty with Chile.")
    (fault,) = check(path, Coder(lexicon=[path]).code)
    assert "is not read in its example" in str(fault)
    path = frame(tmp_path, counterexample="Peru mothballed its treaty with Spain.")
    (fault,) = check(path, Coder(lexicon=[path]).code)
    assert "is read in its counterexample" in str(fault)


def test_an_event_word_with_our_id_replaces_ours(tmp_path: Path) -> None:
    path = frame(tmp_path, id="abandon.v.concede", lemma="abandon")
    rows = Lexicon([path]).frames["abandon", "VERB"]
    assert [row.id for row in rows].count("abandon.v.concede") == 1
    assert rows[0].type == "SANCTION"
    assert Lexicon().frames["abandon", "VERB"][0].type != "SANCTION"


def test_a_reporting_word_with_our_lemma_replaces_ours(tmp_path: Path) -> None:
    path = tmp_path / "cues.csv"
    path.write_text(
        "lemma,upos,stance,kind,strength,example\nsay,VERB,denies,deny,sure,X said so.\n", encoding="utf-8"
    )
    assert Lexicon([path]).cues["say"]["stance"] == "denies"
    assert Lexicon().cues["say"]["stance"] == "asserts"
