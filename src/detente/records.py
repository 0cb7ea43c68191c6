"""The nouns: Story, Span, Actor, Mention, Statement, Event, Record, and the small records inside a story.

All are frozen; collections are tuples; what is missing is None, never "". Character offsets are Python string
indices into ``Story.text``, half open, and for every span ``span.text == story.text[span.start:span.end]``.
The meaning of each field stands on the field, and ``docs/codebook.md`` is generated from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Annotated, Any, Self

from detente import marks
from detente.errors import BadRecord
from detente.fields import FieldDoc, Keyed, Shaped, field_docs
from detente.marks import Mark
from detente.terms import QUAD, QUADS, SECTORS, STANCES, STATUSES, TYPES

__all__ = [
    "QUAD",
    "QUADS",
    "RECORDS",
    "SECTORS",
    "STANCES",
    "STATUSES",
    "TYPES",
    "Actor",
    "Caption",
    "Dateline",
    "Event",
    "Furniture",
    "Mention",
    "Noun",
    "Place",
    "Record",
    "Span",
    "Statement",
    "Story",
    "documentation",
    "faults",
]


class Noun(Shaped):
    """What every record can do: become a dict or JSON, and come back."""

    __slots__ = ()

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Return the record that `to_dict` turned into this dict; BadRecord if it is none."""
        try:
            return super().from_dict(data)
        except ValueError as error:
            raise BadRecord(f"not a {cls.__name__}: {error}") from None

    def to_json(self) -> str:
        """Return the record as one line of JSON, in Unicode."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> Self:
        """Return the record that `to_json` wrote; BadRecord if it is none."""
        try:
            data = json.loads(line)
        except ValueError as error:
            raise BadRecord(f"not JSON: {error}") from None
        return cls.from_dict(data)


@dataclass(frozen=True, slots=True)
class Span(Noun):
    """A stretch of a story's text."""

    start: Annotated[int, "offset of its first character in the story's text, counted from 0"]
    end: Annotated[int, "offset just behind its last character"]
    text: Annotated[str, "the characters between, always exactly those of the story's text"]


@dataclass(frozen=True, slots=True)
class Actor(Noun):
    """Somebody or something that can act in politics, as of the story's date."""

    name: Annotated[str, "canonical name, the same in every story"]
    country: Annotated[
        str | None, "ISO 3166 alpha-3 code valid on the story's date, XKX, IGO, NGO, MNC or INT; or unknown"
    ] = None
    sector: Annotated[str | None, "role in society, from the list of sectors; empty if unknown"] = None
    code: Annotated[str | None, "country and sector written together, e.g. RUSGOV"] = field(
        init=False, default=None
    )
    office: Annotated[str | None, "office held on the story's date, e.g. President of Russia"] = None
    wikidata: Annotated[str | None, "Wikidata item, e.g. Q7747"] = None
    kind: Annotated[str | None, "person, state, organisation or group"] = None

    def __post_init__(self) -> None:
        """Put country and sector together as the code."""
        object.__setattr__(self, "code", f"{self.country or ''}{self.sector or ''}" or None)


@dataclass(frozen=True, slots=True)
class Mention(Span):
    """A span that names an actor."""

    actor: Annotated[Actor | None, "who is meant; empty if it could not be told"] = None
    why: Annotated[str | None, "what decided that: lexicon row, office, apposition, pronoun"] = None


@dataclass(frozen=True, slots=True)
class Place(Noun, Keyed):
    """A place on the map."""

    name: Annotated[str, "the words that name it in the story"]
    country: Annotated[str | None, "ISO 3166 alpha-3 code of the country that it lies in"] = None
    lat: Annotated[float | None, "latitude in degrees north, WGS 84"] = None
    lon: Annotated[float | None, "longitude in degrees east, WGS 84"] = None
    geonames: Annotated[int | None, "GeoNames id"] = None


@dataclass(frozen=True, slots=True)
class Dateline(Noun, Keyed):
    """The place and date that stand before the first sentence of a report."""

    places: Annotated[tuple[str, ...], "the places, in the usual spelling: Moscow, not MOSCOW"]
    date: Annotated[str | None, "its date, YYYY-MM-DD, if one is printed"]
    text: Annotated[str, "the dateline as printed, its dash included"]


@dataclass(frozen=True, slots=True)
class Caption(Noun, Keyed):
    """The words under a picture."""

    text: Annotated[str, "the caption, without the credit"]
    credit: Annotated[str | None, "who made or owns the picture, as printed"] = None


@dataclass(frozen=True, slots=True)
class Furniture(Noun, Keyed):
    """A line of the input that is no part of the story."""

    text: Annotated[str, "the line as it stood"]
    why: Annotated[str, "why it was dropped"]


@dataclass(frozen=True, slots=True)
class Story(Noun):
    """One published text."""

    id: Annotated[
        str, "made from URL, guid or raw text: the same story has the same id everywhere and for ever"
    ]
    text: Annotated[
        str, "the body: its paragraphs with one empty line between; the text as given if not cleaned"
    ]
    paragraphs: Annotated[tuple[Span, ...], "the paragraphs of the text, in order"] = ()
    headline: Annotated[str | None, "the headline, without date, section or site name"] = None
    deck: Annotated[str | None, "the line below the headline that sums the story up"] = None
    published: Annotated[
        str | None, "date or datetime of publication (ISO 8601); empty if nothing says it, never guessed"
    ] = None
    published_from: Annotated[str | None, "where that date was read: argument, feed, meta, text or url"] = (
        None
    )
    published_why: Annotated[
        str | None, "the words that the date was read from, or why they were not trusted"
    ] = None
    dateline: Annotated[Dateline | None, "place and date printed before the first sentence"] = None
    byline: Annotated[tuple[str, ...], "names of the authors"] = ()
    agency: Annotated[str | None, "news agency or service that wrote it"] = None
    distributor: Annotated[str | None, "who passed it on to the outlet"] = None
    outlet: Annotated[str | None, "newspaper, site or station that this copy appeared in"] = None
    issuer: Annotated[
        Actor | None, "whose own release, readout or communiqué it is; its 'we' is this actor"
    ] = None
    sections: Annotated[tuple[str, ...], "sections that it was filed under"] = ()
    captions: Annotated[tuple[Caption, ...], "captions of its pictures, with their credits"] = ()
    notices: Annotated[tuple[str, ...], "corrections, editor's notes, rights lines, update stamps"] = ()
    furniture: Annotated[tuple[Furniture, ...], "every line that was dropped, with the reason"] = ()
    language: Annotated[str | None, "language of the text, ISO 639-1; empty if it cannot be told"] = None
    url: Annotated[str | None, "the story's own address, if one was given"] = None
    source: Annotated[str | None, "file, address or feed that it was read from"] = None
    position: Annotated[str | None, "where in that source: member of an archive, line, row or item"] = None
    summary: Annotated[bool, "whether it is only a summary of a story, as many feeds carry them"] = False

    def _repr_html_(self) -> str:
        return _story_html(self, ())


@dataclass(frozen=True, slots=True)
class Statement(Noun):
    """Who is reported to have said what."""

    id: Annotated[str, "made from the story's id and the offsets of speaker, cue and content"]
    story_id: Annotated[str, "id of the story"]
    speaker: Annotated[Mention | None, "who says it, with titles, as written; empty if nobody is named"]
    cue: Annotated[Span | None, "the words that report the saying: said in a statement, according to"]
    content: Annotated[tuple[Span, ...], "what is said, in one or more stretches, quotation marks included"]
    kind: Annotated[str, "direct, indirect or mixed quotation"]
    stance: Annotated[str, "asserts, denies or declines"]
    addressee: Annotated[Mention | None, "to whom it is said, if somebody is named"] = None
    principal: Annotated[Actor | None, "on whose behalf it is said: a spokesman's government"] = None
    channel: Annotated[str | None, "through what it was said: in a statement, TASS, on television"] = None
    inside: Annotated[str | None, "id of the statement that reports this one"] = None
    why: Annotated[str | None, "what decided: cue row or model, and its score"] = None

    def marks(self) -> tuple[Mark, ...]:
        """Return its parts as marks on the story's text."""
        marked = [_mention_mark(self.speaker, "speaker")] if self.speaker else []
        marked += [Mark(self.cue.start, self.cue.end, "cue", self.stance)] if self.cue else []
        return (*marked, *(Mark(span.start, span.end, "content", self.kind) for span in self.content))

    def _repr_html_(self) -> str:
        parts = [*([self.speaker] if self.speaker else []), *([self.cue] if self.cue else []), *self.content]
        title = f"<b>{self.stance}</b> ({self.kind})"
        shown = (marks.html(span.text, [_moved(self._mark_of(span), span.start)]) for span in _ordered(parts))
        return f"{title}: {' … '.join(shown)}"

    def _mark_of(self, span: Span) -> Mark:
        return next(mark for mark in self.marks() if (mark.start, mark.end) == (span.start, span.end))


@dataclass(frozen=True, slots=True)
class Event(Noun):
    """Who did what to whom."""

    id: Annotated[str, "made from story id, trigger, type, parties and word"]
    story_id: Annotated[str, "id of the story"]
    sentence: Annotated[Span, "the sentence that it was read from"]
    trigger: Annotated[Span, "the shortest words that name the act"]
    type: Annotated[str, "the act, one of the sixteen types"]
    mode: Annotated[str | None, "finer kind of act within the type, PLOVER's names"]
    contexts: Annotated[tuple[str, ...], "matters that it is about, PLOVER's contexts"]
    quad: Annotated[
        int, "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"
    ]
    cameo: Annotated[str | None, 'most specific CAMEO code that the evidence supports, e.g. "042"']
    cameo_root: Annotated[str | None, 'root of the CAMEO code, e.g. "04"']
    goldstein: Annotated[float | None, "Goldstein score of the CAMEO code, -10 conflict to 10 cooperation"]
    source: Annotated[tuple[Mention, ...], "who acts; all parties where the act is reciprocal"]
    target: Annotated[tuple[Mention, ...], "who is acted on; empty where the act is reciprocal"]
    reciprocal: Annotated[bool, "true where all parties do it to each other: talks, clashes, mutual deals"]
    status: Annotated[str, "how real it is when the story is published, from the list of statuses"]
    background: Annotated[bool, "true where it was over before the news and is told to explain it"]
    word: Annotated[
        str | None, "id of the statement that vouches for it; empty where the outlet itself does"
    ] = None
    date: Annotated[str | None, "when it happened or is to happen: YYYY-MM-DD, YYYY-MM or YYYY"] = None
    date_precision: Annotated[str, "how much of the date is known"] = "unknown"
    date_from: Annotated[str | None, "text: the story says so; published: the day of the story"] = None
    place: Annotated[Place | None, "where it took or is to take place"] = None
    confidence: Annotated[
        float | None, "0 to 1, the share of events with such evidence that are right; see docs/confidence.md"
    ] = None
    why: Annotated[str | None, "what decided: lexicon row or model, score, the words"] = None

    def marks(self) -> tuple[Mark, ...]:
        """Return its trigger and parties as marks on the story's text."""
        parties = [
            _mention_mark(party, role) for role in ("source", "target") for party in getattr(self, role)
        ]
        return (Mark(self.trigger.start, self.trigger.end, "trigger", self.type), *parties)

    def _repr_html_(self) -> str:
        moved = [_moved(mark, self.sentence.start) for mark in self.marks()]
        inside = [mark for mark in moved if mark.start >= 0 and mark.end <= len(self.sentence.text)]
        return f"{_event_line(self)}<br>{marks.html(self.sentence.text, inside)}"


@dataclass(frozen=True, slots=True)
class Record(Noun):
    """What coding one story gives."""

    story: Annotated[Story, "the story"]
    statements: Annotated[tuple[Statement, ...], "who said what in it, in the order of the text"] = ()
    events: Annotated[tuple[Event, ...], "who did what to whom in it, in the order of the text"] = ()

    def spans(self) -> Iterator[Span]:
        """Yield every span of the record."""
        yield from self.story.paragraphs
        for statement in self.statements:
            named = (statement.speaker, statement.cue, statement.addressee)
            yield from (span for span in named if span is not None)
            yield from statement.content
        for event in self.events:
            yield from (event.sentence, event.trigger, *event.source, *event.target)

    def _repr_html_(self) -> str:
        items: tuple[Statement | Event, ...] = (*self.statements, *self.events)
        marked = [mark for item in items for mark in item.marks()]
        lines = "".join(f"<li>{event._repr_html_()}</li>" for event in self.events)
        return _story_html(self.story, marked) + f"<ol>{lines}</ol>"


RECORDS = (Story, Dateline, Caption, Furniture, Record, Statement, Event, Mention, Span, Actor, Place)


def documentation() -> tuple[FieldDoc, ...]:
    """Return a row (record, field, type, meaning) for every field of every record."""
    return tuple(row for record in RECORDS for row in field_docs(record))


def faults(record: Record) -> tuple[str, ...]:
    """Return what breaks the promises of a record, in words; empty for a sound one.

    Checked are every span against the text, references between statements and events, and the closed lists.
    """
    text, known = record.story.text, {statement.id for statement in record.statements}
    found = [
        f"span {span.start}-{span.end} is not {span.text!r}"
        for span in record.spans()
        if not _sound(span, text)
    ]
    for statement in record.statements:
        if statement.inside is not None and statement.inside not in known:
            found.append(f"statement {statement.id} is inside {statement.inside}, which is not there")
        if statement.stance not in STANCES:
            found.append(f"statement {statement.id}: {statement.stance} is not a stance")
    for event in record.events:
        if event.word is not None and event.word not in known:
            found.append(f"event {event.id} rests on {event.word}, which is not there")
        if QUAD.get(event.type) != event.quad:
            found.append(f"event {event.id}: quad {event.quad} does not belong to type {event.type}")
        if event.status not in STATUSES:
            found.append(f"event {event.id}: {event.status} is not a status")
        if (event.reciprocal and event.target) or not (event.source or event.target):
            found.append(f"event {event.id}: parties do not fit")
    ids = [statement.id for statement in record.statements] + [event.id for event in record.events]
    found += [
        f"two entries have the id {name}" for name in sorted({name for name in ids if ids.count(name) > 1})
    ]
    return tuple(found)


def _sound(span: Span, text: str) -> bool:
    return 0 <= span.start <= span.end <= len(text) and text[span.start : span.end] == span.text


def _ordered(spans: list[Span]) -> list[Span]:
    return sorted(spans, key=lambda span: (span.start, span.end))


def _moved(mark: Mark, by: int) -> Mark:
    return replace(mark, start=mark.start - by, end=mark.end - by)


def _mention_mark(mention: Mention, kind: str) -> Mark:
    actor = mention.actor
    title = " ".join(part for part in (actor.name, actor.code) if part) if actor else None
    return Mark(mention.start, mention.end, kind, title)


def _event_line(event: Event) -> str:
    def names(parties: tuple[Mention, ...]) -> str:
        return ", ".join(party.actor.name if party.actor else party.text for party in parties) or "?"

    arrow = "↔" if event.reciprocal else "→"
    parties = (
        names(event.source) if event.reciprocal else f"{names(event.source)} {arrow} {names(event.target)}"
    )
    marked = [
        event.status,
        *(["background"] if event.background else []),
        *([event.date] if event.date else []),
    ]
    return f"<b>{escape(event.type)}</b> {escape(parties)} <i>({escape(', '.join(marked))})</i>"


def _story_html(story: Story, marked: tuple[Mark, ...] | list[Mark]) -> str:
    facts = (
        story.published,
        story.dateline and ", ".join(story.dateline.places),
        *story.byline,
        story.agency,
        story.outlet,
    )
    shown = escape(" · ".join(fact for fact in facts if fact))
    header = f"<h4>{escape(story.headline or story.id)}</h4><p>{shown}</p>"
    spans = story.paragraphs or (Span(0, len(story.text), story.text),)
    body = (f"<p>{marks.html(story.text, marked, window=(span.start, span.end))}</p>" for span in spans)
    return f"<style>{marks.style()}</style><article>{header}{''.join(body)}</article>"
