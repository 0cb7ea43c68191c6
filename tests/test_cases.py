"""Tables of sentences in cases/*.toml, coded with the built-in model: an analyst adds a case without Python.

A case has `text`, `published`, `why` (one sentence), and what it expects: `events`, lines such as
``ACCUSE condemned: Oslo > Lima, occurred`` (``<>`` for a mutual act, ``(old)`` for background, ``[Oslo]`` behind it
for the one on whose word it stands), `dates`, `places`, and `said`, lines such as ``Oslo: said``, and
`content`, the stretches of each statement with `` | `` between them. All events are
listed; what is not asked for is not compared. `xfail` gives the reason why a case fails today; it must fail.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import detente
from detente.records import Event, Record

CASES = Path(__file__).parent / "cases"


def cases() -> Iterator[Any]:
    """Yield every case of every table as a test parameter."""
    for path in sorted(CASES.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"]):
            marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
            yield pytest.param(case, marks=marks, id=f"{path.stem}-{number:02d}-{case['why'][:50]}")


@cache
def coder() -> detente.Coder:
    """Return the coder with the built-in model, loaded once."""
    return detente.Coder()


def shown(event: Event, record: Record) -> str:
    """Return an event as one line of a case."""
    source = " + ".join(mention.text for mention in event.source)
    target = " + ".join(mention.text for mention in event.target)
    sides = f"{source} <>" if event.reciprocal else f"{source} > {target}".strip()
    told = next((s for s in record.statements if s.id == event.word), None)
    word = (
        ""
        if told is None
        else f" [{told.speaker.text if told.speaker else told.cue.text if told.cue else ''}]"
    )
    return f"{event.type} {event.trigger.text}: {sides}, {event.status}{' (old)' if event.background else ''}{word}"


@pytest.mark.parametrize("case", list(cases()))
def test_case(case: dict[str, Any]) -> None:
    """Code the text as it is and compare what the case names."""
    record = coder().code(case["text"], published=case["published"], clean=False)
    assert [shown(event, record) for event in record.events] == case["events"]
    if "dates" in case:
        assert [event.date or "" for event in record.events] == case["dates"]
    if "places" in case:
        assert [event.place.name if event.place else "" for event in record.events] == case["places"]
    if "said" in case:
        said = [
            f"{s.speaker.text if s.speaker else ''}: {s.cue.text if s.cue else ''}" for s in record.statements
        ]
        assert said == case["said"]
    if "content" in case:
        assert [" | ".join(span.text for span in s.content) for s in record.statements] == case["content"]
