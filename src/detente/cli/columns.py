"""The columns of CSV output: one declaration gives the header, the value and the line in the documentation.

CSV is for spreadsheets, so several parties or contexts share a cell, separated by semicolons and in the same
order in every column of that side. Whoever wants one fact a row without loss takes `--jsonl`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from detente.records import Actor, Event, Mention, Record, Statement, Story

Cell = str | int | float | bool | None


class EventRow(NamedTuple):
    """An event beside the story that it stands in and the statement that vouches for it."""

    event: Event
    story: Story
    word: Statement | None


class Column(NamedTuple):
    """One column: its name, what it means, and where its value is found."""

    name: str
    meaning: str
    value: Callable[[Any], Cell]


def joined(values: Iterable[object]) -> str | None:
    """Return values as one cell; a missing one leaves its place empty, so that columns stay in step."""
    cells = ["" if value is None else str(value) for value in values]
    return "; ".join(cells) if any(cells) else None


def actor_field(mentions: Iterable[Mention], field: str) -> str | None:
    """Return one field of each mention's actor as a cell."""
    return joined(getattr(mention.actor, field) if mention.actor else None for mention in mentions)


def _side(side: str) -> tuple[Column, ...]:
    """The columns of source or target."""
    act = "acts" if side == "source" else "is acted on"

    def of(field: str) -> Callable[[EventRow], Cell]:
        return lambda row: actor_field(getattr(row.event, side), field)

    def words(row: EventRow) -> Cell:
        return joined(mention.text for mention in getattr(row.event, side))

    return (
        Column(f"{side}_text", f"who {act}, in the story's words", words),
        Column(f"{side}_name", f"the name under which detente knows who {act}", of("name")),
        Column(f"{side}_country", "country by ISO 3166 alpha-3, or XKX, IGO, NGO, MNC, INT", of("country")),
        Column(f"{side}_sector", "sector, such as GOV or MIL", of("sector")),
        Column(f"{side}_code", "country and sector in one", of("code")),
    )


def _speaker(field: str) -> Callable[[EventRow], Cell]:
    """A field of the actor whose word an event rests on: the principal's before the speaker's."""

    def value(row: EventRow) -> Cell:
        actor = voucher(row.word)
        return getattr(actor, field) if actor else None

    return value


def voucher(statement: Statement | None) -> Actor | None:
    """Return on whose behalf a statement was made, else who made it."""
    if statement is None:
        return None
    return statement.principal or (statement.speaker.actor if statement.speaker else None)


def _evidence(row: EventRow) -> Cell:
    return " ".join(row.event.sentence.text.split())


EVENT_COLUMNS: tuple[Column, ...] = (
    Column("event_id", "name of the event, made from its content", lambda row: row.event.id),
    Column("story_id", "name of the story", lambda row: row.story.id),
    Column("published", "when the story was published; empty if unknown", lambda row: row.story.published),
    Column("headline", "the story's headline", lambda row: row.story.headline),
    Column("type", "PLOVER type", lambda row: row.event.type),
    Column("mode", "PLOVER mode, where the text supports one", lambda row: row.event.mode),
    Column("contexts", "PLOVER contexts", lambda row: joined(row.event.contexts)),
    Column("quad", "1 and 2 verbal and material cooperation, 3 and 4 conflict", lambda row: row.event.quad),
    Column(
        "cameo", "most specific CAMEO code; text, so that 042 keeps its zero", lambda row: row.event.cameo
    ),
    Column("cameo_root", "its root", lambda row: row.event.cameo_root),
    Column("goldstein", "Goldstein score, -10 to 10", lambda row: row.event.goldstein),
    *_side("source"),
    *_side("target"),
    Column(
        "reciprocal",
        "whether all parties do it together; they all stand in source",
        lambda row: row.event.reciprocal,
    ),
    Column("status", "occurred, ongoing, planned, sought, possible or denied", lambda row: row.event.status),
    Column(
        "background",
        "whether it is older than the news and told to explain it",
        lambda row: row.event.background,
    ),
    Column("word", "statement that vouches for it; empty: the outlet itself", lambda row: row.event.word),
    Column("word_name", "whose word that is", _speaker("name")),
    Column("word_country", "that actor's country", _speaker("country")),
    Column("word_sector", "that actor's sector", _speaker("sector")),
    Column("date", "when it happened or is to happen", lambda row: row.event.date),
    Column("date_precision", "day, week, month, year or unknown", lambda row: row.event.date_precision),
    Column(
        "date_from", "text, or published where the story's date was taken", lambda row: row.event.date_from
    ),
    Column(
        "place", "where, if the sentence says", lambda row: row.event.place.name if row.event.place else None
    ),
    Column(
        "place_country",
        "country of that place",
        lambda row: row.event.place.country if row.event.place else None,
    ),
    Column(
        "place_lat",
        "its latitude in degrees north",
        lambda row: row.event.place.lat if row.event.place else None,
    ),
    Column(
        "place_lon",
        "its longitude in degrees east",
        lambda row: row.event.place.lon if row.event.place else None,
    ),
    Column("confidence", "0 to 1", lambda row: round(row.event.confidence, 4)),
    Column("trigger", "the words that name the act", lambda row: row.event.trigger.text),
    Column(
        "trigger_start",
        "where they start in the story's text, in characters",
        lambda row: row.event.trigger.start,
    ),
    Column("sentence", "the sentence that is the evidence", _evidence),
    Column("why", "what decided", lambda row: row.event.why),
    Column(
        "source_file", "path, address or feed item that the story came from", lambda row: row.story.source
    ),
)

STORY_COLUMNS: tuple[Column, ...] = (
    Column("story_id", "name of the story, made from its address or its raw text", lambda story: story.id),
    Column("published", "when it was published; empty if unknown", lambda story: story.published),
    Column(
        "published_from",
        "where that was read: meta, feed, text, url or argument",
        lambda story: story.published_from,
    ),
    Column("headline", "its headline", lambda story: story.headline),
    Column("deck", "the line under the headline", lambda story: story.deck),
    Column("byline", "its authors", lambda story: joined(story.byline)),
    Column(
        "dateline", "the dateline as printed", lambda story: story.dateline.text if story.dateline else None
    ),
    Column("agency", "who wrote it", lambda story: story.agency),
    Column("distributor", "who passed it on", lambda story: story.distributor),
    Column("outlet", "where this copy was printed", lambda story: story.outlet),
    Column(
        "issuer",
        "whose release it is, if it is one",
        lambda story: story.issuer.name if story.issuer else None,
    ),
    Column("language", "ISO 639-1", lambda story: story.language),
    Column("furniture", "number of lines that were removed", lambda story: len(story.furniture)),
    Column("words", "number of words in the clean text", lambda story: len(story.text.split())),
    Column("source_file", "path, address or feed item that it came from", lambda story: story.source),
    Column("text", "the clean text, paragraphs separated by an empty line", lambda story: story.text),
)


def event_rows(record: Record) -> Iterator[EventRow]:
    """Yield a row for each event of a record."""
    words = {statement.id: statement for statement in record.statements}
    for event in record.events:
        yield EventRow(event, record.story, words.get(event.word) if event.word else None)
