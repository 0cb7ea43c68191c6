"""Who coded, and what came of it: the coder's fingerprint and the record of each run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from detente.records import Noun

LISTED = 1000  # problems of each kind that a run keeps one by one; all of them are counted


@dataclass(frozen=True)
class Coding:
    """What decides how a story is coded. The same Coding gives the same record of the same story.

    Attributes:
        version: of detente.
        model: SHA-256 of the model file.
        lexicon: SHA-256 of the lexicon tables.
        options: whatever else changes the coding, such as whether texts were cleaned.
    """

    version: str
    model: str
    lexicon: str
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that stand for all of it."""
        parts = json.dumps([self.version, self.model, self.lexicon, dict(self.options)], sort_keys=True)
        return hashlib.blake2b(parts.encode(), digest_size=8, person=b"detente").hexdigest()


@dataclass(frozen=True, slots=True)
class Problem(Noun):
    """Something that a run could not read or could not code."""

    where: Annotated[str, "path and place in it, or the story"]
    why: Annotated[str, "what was wrong"]
    kind: Annotated[str, "name of the error"]
    story_id: Annotated[str | None, "id of the story, where it was read"] = None


@dataclass(frozen=True, slots=True)
class Run(Noun):
    """One run of the coder over some input; a run that was broken off and taken up again is one run."""

    id: Annotated[str, "name of the run in this store: r0001, r0002"]
    state: Annotated[str, "open, done or interrupted; a run that was killed stays open until taken up again"]
    version: Annotated[str, "version of detente"]
    model: Annotated[str, "SHA-256 of the model"]
    lexicon: Annotated[str, "SHA-256 of the lexicon"]
    fingerprint: Annotated[str, "stands for version, model, lexicon and every option that changes codings"]
    options: Annotated[str, "the options of the run, as JSON"]
    began: Annotated[str, "when it began, ISO 8601, UTC"]
    ended: Annotated[str | None, "when it ended; empty while it is open"] = None
    seconds: Annotated[float, "time spent, in all its sittings together"] = 0.0
    stories: Annotated[int, "stories coded"] = 0
    statements: Annotated[int, "statements in them"] = 0
    events: Annotated[int, "events in them"] = 0
    skipped: Annotated[int, "stories passed over because this coder had coded them already"] = 0
    rejected: Annotated[int, "things that could not be read"] = 0
    failed: Annotated[int, "stories that could not be coded"] = 0
    rejects: Annotated[tuple[Problem, ...], "what could not be read, the first thousand"] = ()
    failures: Annotated[tuple[Problem, ...], "stories that could not be coded, the first thousand"] = ()


def new_run(number: int, coding: Coding, options: Mapping[str, Any], began: str) -> Run:
    """Return an open run without anything in it."""
    return Run(
        id=f"r{number:04d}",
        state="open",
        version=coding.version,
        model=coding.model,
        lexicon=coding.lexicon,
        fingerprint=coding.fingerprint,
        options=json.dumps(dict(options), sort_keys=True, default=str, ensure_ascii=False),
        began=began,
    )
