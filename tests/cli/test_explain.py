"""The steps of an event, told from what its `why` notes."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from by_hand import mention, span
from detente.cli.explain import PARTS, Step, steps
from detente.lexicon.tables import DATA
from detente.records import Event, Place, Record, Statement
from detente.store import Run
from detente.workers.keeping import lexicon_hash

RUN = Run("r0001", "done", "0.1.0", "m" * 64, "l" * 64, "f", "{}", "2026-01-01T00:00:00+00:00")
with (DATA / "frames.csv").open(encoding="utf-8", newline="") as _rows:
    ROW = next(csv.DictReader(_rows))


def told(record: Record, event: Event) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for step in steps(record, event, RUN):
        found.setdefault(step.step, []).append(step)
    return found


def test_each_part_of_why_stands_at_its_step(record: Record) -> None:
    why = f"lexicon row {ROW['id']}; doer by subject; status by tense; date from “on friday”; one with visit"
    event = replace(record.events[0], why=why)
    found = told(record, event)
    assert found["trigger"][0].why == f"lexicon row {ROW['id']}"
    assert found["source"][0].why == "by hand; doer by subject"
    assert found["target"][0].why == "by hand"
    assert found["status"][0].why == "status by tense"
    assert found["date"] == [Step("date", "2023-02-24 (day, from text)", "date from “on friday”")]
    assert found["also"] == [Step("also", "one with visit")]
    (row,) = found["lexicon row"]
    assert row.found.startswith(f"{ROW['id']} (frames.csv, line 2): lemma {ROW['lemma']}")
    assert ROW["example"] in (row.why or "")
    assert "the run had another lexicon" in (row.why or "")
    (row,) = [
        step
        for step in steps(record, event, replace(RUN, lexicon=lexicon_hash()))
        if step.step == "lexicon row"
    ]
    assert "another lexicon" not in (row.why or "")


def test_a_row_that_is_no_more_is_owned(record: Record) -> None:
    event = replace(record.events[0], why="lexicon row gone.v; inside also.gone.v")
    assert [row.why for row in told(record, event)["lexicon row"]] == [
        "not in the built-in lexicon of this version"
    ] * 2


def test_the_statement_within_which_a_statement_stands_is_told(record: Record) -> None:
    text = record.story.text
    outer = Statement(
        "w9", record.story.id, None, span(text, "said"), (span(text, text[:-1]),), "indirect", "asserts"
    )
    inner = replace(record.statements[0], inside="w9")
    nested = replace(record, statements=(inner, outer))
    found = told(nested, nested.events[0])
    assert [step.found.split()[0] for step in found["word"]] == [inner.id, "w9"]
    assert found["speaker"][0].found == "President Dina Boluarte (Peru, PERGOV), for Peru"


@pytest.mark.parametrize(
    ("changes", "step", "said"),
    [
        ({"word": None}, "word", "the outlet's own"),
        ({"date": None}, "date", "not given"),
        ({"background": True}, "background", "yes: told to explain the news"),
        ({"place": Place("Lima", "PER")}, "place", "Lima PER"),
        ({"source": ()}, "source", "(nobody named)"),
        ({"confidence": None}, "confidence", "none"),
        ({"mode": "withdraw"}, "type", "SANCTION, mode withdraw, quad 4, CAMEO 161, Goldstein -4"),
        ({"why": None}, "status", "occurred"),
    ],
)
def test_what_is_missing_is_said(changes: dict[str, object], step: str, said: str, record: Record) -> None:
    assert told(record, replace(record.events[0], **changes))[step][0].found == said  # type: ignore[arg-type]


def test_all_parties_of_a_reciprocal_event_are_sources(record: Record) -> None:
    text = record.story.text
    parties = (mention(text, "Peru", None), mention(text, "Mexico", None))
    found = told(record, replace(record.events[0], source=parties, target=(), reciprocal=True))
    assert [step.found for step in found["source"]] == ["Peru", "Mexico"]
    assert "target" not in found
    assert "reciprocal" in found


def test_the_beginnings_are_those_that_the_coder_writes(record: Record) -> None:
    """If the coder words its `why` in another way, explain has to learn it."""
    import inspect

    from detente.coding import events

    source = inspect.getsource(events)
    assert all(f'f"{beginning}' in source for beginning in PARTS)
