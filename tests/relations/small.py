"""A small store whose every event is known: Peru and Mexico over three months of 2023."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from by_hand import MEXICO, PERU, mention, span
from detente.ids import event_id, story_id
from detente.lexicon.ontology import goldstein
from detente.records import Actor, Event, Mention, Record, Span, Statement, Story
from detente.store import Coding, Writer
from detente.terms import QUAD

CHILE = Actor("Chile", "CHL", "GOV", kind="state")
UN = Actor("United Nations", "IGO", "IGO", kind="organisation")
CODING = Coding("0.1.0", "model", "lexicon", {})
TEXT = "Peru, Mexico, Chile and the United Nations met, Lima said."
NAMES = {
    "PER": ("Peru", PERU),
    "MEX": ("Mexico", MEXICO),
    "CHL": ("Chile", CHILE),
    "UN": ("United Nations", UN),
}


def told(number: int, published: str, *acts: Event, word: str | None = None) -> Record:
    """A story with these acts, on the word of a country's spokesman or of the outlet."""
    text = f"{TEXT} ({number})"
    story = Story(
        story_id(text), text, (Span(0, len(text), text),), headline=f"Note {number}", published=published,
        language="en", outlet="The Daily", url=f"https://example.org/{number}",
    )  # fmt: skip
    said: tuple[Statement, ...] = ()
    if word:
        speaker = None if word == "nobody" else mention(text, "Lima", NAMES[word][1])
        said = (
            Statement(
                f"w{story.id[1:]}", story.id, speaker, span(text, "said"), (span(text, TEXT[:40]),),
                "indirect", "asserts",
            ),
        )  # fmt: skip
    events = tuple(
        replace(
            act,
            id=event_id(story.id, (at, at + 3), act.type, [], [], act.status),
            story_id=story.id,
            word=said[0].id if said else None,
        )
        for at, act in enumerate(acts)
    )
    return Record(story, said, events)


def act(kind: str, source: str, target: str = "", **facts: object) -> Event:
    """An event of this type between countries: `act("ACCUSE", "PER", "MEX CHL")`."""
    cameo = {"ACCUSE": "112", "CONSULT": "040", "SANCTION": "161", "AID": "073", "ASSAULT": "190"}[kind]
    known = Event(
        id="", story_id="", sentence=span(TEXT, TEXT), trigger=span(TEXT, "met"), type=kind, mode=None, contexts=(),
        quad=QUAD[kind], cameo=cameo, cameo_root=cameo[:2], goldstein=goldstein(cameo), source=_who(source),
        target=_who(target), reciprocal=False, status="occurred", background=False, date_from="published",
        confidence=0.8, why="by hand",
    )  # fmt: skip
    return replace(known, **facts)  # type: ignore[arg-type]


def _who(codes: str) -> tuple[Mention, ...]:
    return tuple(mention(TEXT, *NAMES[code]) for code in codes.split())


def day(date: str) -> dict[str, str]:
    return {
        "date": date,
        "date_precision": {4: "year", 7: "month", 10: "day"}[len(date)],
        "date_from": "text",
    }


def records() -> Iterable[Record]:
    """Ten events between Peru and Mexico, of which seven are real, in five stories; one story names Chile alone."""
    yield told(
        1,
        "2023-02-25",
        act("ACCUSE", "PER", "MEX", **day("2023-02-24")),
        act("ASSAULT", "MEX", "PER"),
        word="PER",
    )
    yield told(
        2, "2023-02-26", act("ASSAULT", "MEX", "PER", status="denied", trigger=span(TEXT, "met")), word="MEX"
    )
    yield told(
        3,
        "2023-04-01",
        act("CONSULT", "PER MEX", reciprocal=True, **day("2023-04-02")),
        act("AID", "PER", "MEX CHL", status="planned"),
        act("SANCTION", "PER CHL", "MEX", status="ongoing"),
        act("SANCTION", "PER", "MEX", background=True, **day("1932")),
    )
    yield told(4, "2023-04-03", act("ACCUSE", "MEX", "PER", **day("2023")), word="nobody")
    yield told(5, "2023-04-04", act("AID", "UN", "PER MEX"), act("CONSULT", "PER", "UN"), word="CHL")
    yield told(
        6,
        "2023-04-05",
        act("ACCUSE", "CHL", "MEX"),
        act("CONSULT", "CHL MEX PER", reciprocal=True),
        word="CHL",
    )
    yield told(7, "2023-04-05", act("AID", "CHL"))


def contested() -> Record:
    """One act, asserted by Peru and denied by Mexico in the same story."""
    text = "Mexico shelled a post, Peru said; Mexico said it did not."
    story = Story(story_id(text), text, (Span(0, len(text), text),), published="2023-05-01", language="en")
    said = [
        Statement(f"wcontested{code}", story.id, mention(text, *NAMES[code]), None, (), "indirect", stance)
        for code, stance in (("PER", "asserts"), ("MEX", "denies"))
    ]
    plain = act("ASSAULT", "MEX", "PER")
    events = (
        replace(plain, id="econtested1", story_id=story.id, word=said[0].id),
        replace(plain, id="econtested2", story_id=story.id, word=said[1].id, status="denied"),
    )
    return Record(story, tuple(said), events)


def build(folder: Path, found: Iterable[Record]) -> Path:
    with Writer(folder, CODING) as writer:
        for record in found:
            writer.add(record)
    return folder
