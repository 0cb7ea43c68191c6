"""What `detente info` tells: which version this is, what it rests on, and what it cannot do."""

from __future__ import annotations

import csv
import hashlib
import platform
from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable

from detente import __version__
from detente.cli.output import Screen

LIMITS = (
    "English only; stories in other languages are passed over.",
    "One story at a time: two stories about one act give two events.",
    "A pronoun or description is resolved only where the story makes clear who is meant.",
    "A date or place is given only where the story's words give it.",
    "Confidence tells nothing of status, background, word, date or place; set for archives, it is low for plain prose.",
    "On transcripts and joint statements most events have a field wrong: docs/archive.md has the figures.",
    "Coordinates are given for some 3,200 places, to about 0.1 degrees; for a homonym only where the story decides.",
    "Contexts are read off the words of the event's own clause; where these are silent there is none.",
)


def about() -> dict[str, str | int]:
    """Return the facts by name, in the order in which they are shown."""
    facts: dict[str, str | int] = {
        "version": __version__,
        "python": platform.python_version(),
    }
    facts |= _model()
    package = resources.files("detente")
    facts |= {
        f"lexicon {table.name.removesuffix('.csv')}": _rows(table)
        for table in _files(package / "lexicon" / "data", ".csv")
    }
    return facts | {f"limit {at}": limit for at, limit in enumerate(LIMITS, 1)}


def about_page(facts: Mapping[str, str | int], screen: Screen) -> str:
    """Return the facts as an aligned list."""
    width = max(map(len, facts))
    return "\n".join(
        f"{name:<{width}}  {f'{value:,} rows' if isinstance(value, int) else value}"
        for name, value in facts.items()
    )


def _model() -> dict[str, str | int]:
    """The model's file, size and hash; the hash is what a paper should name."""
    found = list(_files(resources.files("detente") / "text" / "weights", ".onnx"))
    facts: dict[str, str | int] = {}
    for file in found:
        data = file.read_bytes()
        facts["model file"] = str(file)
        facts["model size"] = f"{len(data) / 1e6:.1f} MB"
        facts["model sha256"] = hashlib.sha256(data).hexdigest()
    return facts or {
        "model file": "none: this copy was built without one; install detente again or give --model FILE"
    }


def _files(folder: Traversable, ending: str) -> Iterator[Traversable]:
    if folder.is_dir():
        yield from sorted(
            (file for file in folder.iterdir() if file.name.endswith(ending)), key=lambda file: file.name
        )


def _rows(table: Traversable) -> int:
    return sum(1 for _ in csv.reader(table.read_text(encoding="utf-8").splitlines())) - 1
