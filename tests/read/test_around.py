"""Tables of texts in cases/*.toml: what stands around a story, read from plain text with everything in place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from detente.read import read_text
from detente.records import Story

STORY = (
    "Lawmakers voted on Tuesday to share the northern fishing grounds with two neighbouring states, ending a dispute "
    "that had kept boats in harbour since the winter.",
    "The bill passed by a wide margin after a debate of nine hours. Its supporters said it would bring steady work to "
    "the coast, while opponents warned that the quotas had been set without asking the fishermen.",
    "“Nobody got everything, and everybody got something,” the minister for trade told reporters outside the chamber. "
    "She said talks on a joint patrol would begin next month.",
    "The accord still needs the consent of the two other parliaments. Both are expected to vote before the summer "
    "recess, according to officials who were not allowed to speak publicly.",
)


def cases() -> Iterator[Any]:
    """Yield every case of every table as a test parameter."""
    for path in sorted((Path(__file__).parent / "cases").glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"]):
            marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
            yield pytest.param(case, marks=marks, id=f"{path.stem}-{number:02d}-{case['why'][:50]}")


def shown(story: Story, name: str) -> Any:
    """A field of a story as a case writes it."""
    if name == "places":
        return list(story.dateline.places) if story.dateline else []
    if name == "captions":
        return [f"{caption.text} | {caption.credit}" for caption in story.captions]
    found = getattr(story, name)
    return list(found) if isinstance(found, tuple) else found or ""


@pytest.mark.parametrize("case", list(cases()))
def test_what_stands_around_a_story(case: dict[str, Any]) -> None:
    story = read_text(case["raw"].lstrip("\n") + "\n".join(STORY) + "\n" + case.get("below", ""))
    asked = [name for name in case if name not in ("raw", "below", "why", "xfail")]
    assert asked
    assert {name: shown(story, name) for name in asked} == {name: case[name] for name in asked}
    assert STORY[1] in story.text
    assert story.text.rstrip().endswith(STORY[-1])
