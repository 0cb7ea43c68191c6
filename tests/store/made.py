"""Records for the tests of the store: as many as wanted, made by hand, with every field filled somewhere."""

from __future__ import annotations

from dataclasses import replace

from by_hand import TEXT, record_of
from detente.ids import story_id
from detente.records import (
    Actor,
    Caption,
    Dateline,
    Event,
    Furniture,
    Mention,
    Place,
    Record,
    Span,
    Statement,
    Story,
)
from detente.store import Coding

CODING = Coding("0.1.0", "model", "lexicon", {"clean": True})
NEWER = Coding("0.2.0", "model", "lexicon", {"clean": True})


def record(number: int, published: str | None = "2023-02-25") -> Record:
    """A record with one statement and one event; the same number gives the same record."""
    text = f"{TEXT} It was note {number}."
    spans = (Span(0, len(text), text),)
    return record_of(
        Story(
            story_id(text),
            text,
            spans,
            headline=f"Envoy {number} recalled",
            published=published,
            language="en",
        )
    )


def records(count: int, first: int = 0) -> list[Record]:
    return [record(number) for number in range(first, first + count)]


def retyped(one: Record, **changed: object) -> Record:
    """The same record as another coder would have it."""
    return replace(one, events=tuple(replace(event, **changed) for event in one.events))  # type: ignore[arg-type]


def talks() -> Record:
    """A record in which every field of every kind has a value, and some text that is hard on file formats."""
    text = 'Oslo — «ça va»\x00\t 😀\n\nNorway and Chad held talks, "they" say; it\'s said to envoys.'
    norway = Actor("Norway", "NOR", "GOV", "Government of Norway", "Q20", "state")
    chad = Actor("Chad", "TCD", None, kind="state")

    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words), words)

    def who(words: str, actor: Actor | None) -> Mention:
        span = at(words)
        return Mention(span.start, span.end, span.text, actor, None if actor is None else "by hand")

    story = Story(
        id="stalks0000000000",
        text=text,
        paragraphs=(at(text.split("\n\n")[0]), at(text.split("\n\n")[1])),
        headline="Talks",
        deck="In Oslo",
        published="2024-02-29T23:30:00+02:00",
        published_from="meta",
        published_why="<time>",
        dateline=Dateline(("Oslo",), None, "Oslo —"),
        byline=("A. B.", "Ç. D."),
        agency="NTB",
        distributor="D",
        outlet="O",
        issuer=norway,
        sections=("World",),
        captions=(Caption("A hall", None), Caption("", "E. F.")),
        notices=("Corrected",),
        furniture=(Furniture("Share", "button"),),
        language="en",
        url="https://example.org/1",
        source="archive/1.html",
        position="row 1",
    )
    said = Statement(
        "wtalks0000000000",
        story.id,
        None,
        at("say"),
        (at("Norway and Chad"), at("held talks")),
        "mixed",
        "asserts",
        who("envoys", None),
        chad,
        "on air",
        "wtalks0000000001",
        "cue say",
    )
    outer = replace(said, id="wtalks0000000001", inside=None, speaker=who("they", chad), addressee=None)
    event = Event(
        id="etalks0000000000",
        story_id=story.id,
        sentence=at(text.split("\n\n")[1]),
        trigger=at("held talks"),
        type="CONSULT",
        mode="meet",
        contexts=(),
        quad=1,
        cameo="042",
        cameo_root="04",
        goldstein=1.9,
        source=(who("Norway", norway), who("Chad", chad)),
        target=(),
        reciprocal=True,
        status="planned",
        background=True,
        word=said.id,
        date="2024-02",
        date_precision="month",
        date_from="text",
        place=Place("Oslo", "NOR", 59.91273, 10.74609, 3143244),
        confidence=1 / 3,
        why="row",
    )
    second = replace(
        event, id="etalks0000000001", word=None, date=None, confidence=None, place=None, mode=None
    )
    return Record(story, (outer, said), (event, second))
