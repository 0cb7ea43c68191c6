"""Real archives, where they are at hand: DETENTE_DATA names the folder."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

import pytest

from detente.read import Tally, read
from detente.records import Record, faults

DATA = Path(os.environ.get("DETENTE_DATA", "")) / "corpora"
pytestmark = pytest.mark.skipif(
    "DETENTE_DATA" not in os.environ or not DATA.is_dir(),
    reason="DETENTE_DATA does not name a folder with corpora/",
)


@pytest.mark.parametrize("pattern", ["*.jsonl.gz", "*.csv.gz"])
def test_rows_of_real_archives_are_sound_stories(pattern: str) -> None:
    for path in sorted(DATA.glob(pattern)):
        tally = Tally()
        stories = list(islice(read(path, tally=tally), 60))
        assert tally.rejected == 0
        assert all(story.headline and story.url and story.published for story in stories)
        assert all(faults(Record(story)) == () for story in stories)
        assert len({story.id for story in stories}) == 60
        # Rows hold bodies already: next to nothing of them is furniture.
        dropped = sum(len(line.text) for story in stories for line in story.furniture)
        assert dropped < 0.05 * sum(len(story.text) for story in stories)
