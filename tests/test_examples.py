"""Every shipped example yields a story with its header, at least one statement and at least one event."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import detente
from detente.records import Record, faults

EXAMPLES = Path(__file__).parents[1] / "examples" / "stories"
WEIGHTS = Path(detente.__file__).parent / "text" / "weights"
FILES = sorted(EXAMPLES.iterdir())
STORIES = {"latin-america.rss.xml": 4, "west-africa.csv": 4, "horn-of-africa.jsonl": 4}
# What stands on the pages around the stories; none of it may be left in a body.
FURNITURE = (
    "ADVERTISEMENT", "Advertisement", "Subscribe", "Sign up", "cookies", "Share", "Read more", "Related",
    "Terms of use", "Privacy", "WhatsApp", "Comments", "Telegram", "Kindly", "Disclaimer", "Topics",
    "unsubscribe",
)  # fmt: skip

needs_model = pytest.mark.skipif(
    not list(WEIGHTS.glob("*.onnx")), reason="this copy has no model in text/weights"
)


@pytest.fixture(scope="module")
def records() -> Mapping[str, list[Record]]:
    coder = detente.Coder()
    return {path.name: list(coder.code_many(detente.read(path))) for path in FILES}


def test_there_are_at_least_fifteen_stories() -> None:
    assert sum(STORIES.get(path.name, 1) for path in FILES) >= 15


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_read_as_its_stories(path: Path) -> None:
    stories = list(detente.read(path))
    assert len(stories) == STORIES.get(path.name, 1)
    for story in stories:
        assert story.published is not None
        assert story.headline
        assert story.language == "en"
        assert len(story.paragraphs) >= 2
        assert not [word for word in FURNITURE if word in story.text]


@needs_model
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_story_yields_statements_and_events(path: Path, records: Mapping[str, list[Record]]) -> None:
    for record in records[path.name]:
        assert record.statements, record.story.headline
        assert record.events, record.story.headline
        assert faults(record) == ()


@needs_model
@pytest.mark.parametrize("pair", ["trump-putin-call", "korea-accord"])
def test_two_sides_tell_one_meeting_on_their_own_word(pair: str, records: Mapping[str, list[Record]]) -> None:
    words = [
        {
            statement.principal.country if statement.principal else statement.speaker.actor.country
            for statement in record.statements
            if statement.principal or (statement.speaker and statement.speaker.actor)
        }
        for name, coded in records.items()
        if name.startswith(pair)
        for record in coded
    ]
    assert len(words) == 2
    assert words[0] != words[1]
