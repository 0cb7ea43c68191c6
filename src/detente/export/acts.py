"""STORE → ACTS: events with their stories, flat, and spread over pairs of actors where a layout wants that."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from itertools import permutations, product
from typing import Any, NamedTuple

from detente.lexicon.ontology import TYPE_ROWS, goldstein, score
from detente.store import Filters, Store

Party = Mapping[str, Any]


class Act(NamedTuple):
    """An event as the layouts need it, beside what they need of its story."""

    event_id: str
    story_id: str
    type: str
    mode: str | None
    contexts: list[str]
    quad: int
    cameo: str | None
    goldstein: float | None
    source: list[Party]
    target: list[Party]
    reciprocal: bool
    status: str
    background: bool
    date: str | None
    date_precision: str
    date_from: str | None
    day: Any  # datetime.date
    place: Mapping[str, Any] | None
    confidence: float | None
    trigger: Mapping[str, Any]
    sentence: Mapping[str, Any]
    word: str | None  # the statement that vouches for it
    word_name: str | None
    word_code: str | None
    published: str | None
    headline: str | None
    url: str | None
    outlet: str | None
    agency: str | None
    language: str | None
    length: int
    lead: int | None  # where the first paragraph ends
    coded: str | None  # when the run began
    version: str | None  # of detente, in that run

    @property
    def code(self) -> str:
        """The CAMEO code, three or four digits; that of its type where no finer one is known."""
        code = self.cameo or TYPE_ROWS[self.type].root
        return code + "0" if len(code) == 2 else code

    @property
    def goldstein_score(self) -> float | None:
        """The Goldstein score of that code."""
        return self.goldstein if self.goldstein is not None else goldstein(self.code)

    @property
    def plover_score(self) -> float:
        """PLOVER's score of its type or mode."""
        return score(self.type, self.mode)


_COLUMNS = """
    event.id, event.story_id, event.type, event.mode, event.contexts, event.quad, event.cameo, event.goldstein,
    event.source, event.target, event.reciprocal, event.status, event.background, event.date, event.date_precision,
    event.date_from, event.day, event.place, event.confidence, event.trigger, event.sentence, event.word,
    event.word_name, event.word_code, story.published, story.headline, coalesce(story.url, story.source),
    story.outlet, story.agency, story.language, length(story.text), story.paragraphs[1]."end", coding.began,
    coding.version
"""


def acts(store: Store, chosen: Filters) -> Iterator[Act]:
    """Yield the events that the filters leave and that have a day, their own or their story's, oldest first."""
    where = chosen.events()
    sql = (
        f"SELECT {_COLUMNS} FROM (SELECT * FROM event WHERE {where.sql} AND day IS NOT NULL) AS event "
        "JOIN story ON story.id = event.story_id LEFT JOIN run AS coding ON coding.id = event.run "
        "ORDER BY event.day, event.story_id, event.position"
    )
    return (Act(*row) for row in store.query(sql, where.values))


def count(store: Store, chosen: Filters, condition: str = "true") -> int:
    """Return how many events the filters leave for which a condition holds."""
    where = chosen.events()
    ((found,),) = store.query(f"SELECT count(*) FROM event WHERE {where.sql} AND {condition}", where.values)
    return int(found)


class Dyad(NamedTuple):
    """One act between one source and one target."""

    id: int
    act: Act
    source: Party | None
    target: Party | None


def dyads(act: Act) -> Iterator[Dyad]:
    """Yield a row for each source and target of an act.

    Several sources or targets give a row for each combination; an act that is reciprocal gives one row each way for
    every two of its parties, as GDELT and ICEWS code it.
    """
    nobody: list[Party | None] = [None]
    sources, targets = [*act.source] or nobody, [*act.target] or nobody
    pairs = (
        permutations(act.source, 2) if act.reciprocal and len(act.source) > 1 else product(sources, targets)
    )
    for at, (source, target) in enumerate(pairs):
        yield Dyad(_number(act.event_id, at), act, source, target)


def _number(event: str, at: int) -> int:
    """A number made from an event's id: 52 bits, so that R and JSON hold it exactly."""
    return int.from_bytes(hashlib.sha256(f"{event} {at}".encode()).digest()[:8]) >> 12
