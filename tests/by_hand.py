"""A small record made by hand, and a coder that gives it: the command line can be tested without a model."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.errors import DetenteError, ModelError
from detente.ids import event_id, statement_id, story_id
from detente.records import Actor, Event, Mention, Record, Span, Statement, Story

TEXT = "Peru recalled its ambassador to Mexico on Friday, President Dina Boluarte said."
PERU = Actor("Peru", "PER", "GOV", kind="state")
MEXICO = Actor("Mexico", "MEX", "GOV", kind="state")


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def mention(text: str, words: str, actor: Actor | None) -> Mention:
    found = span(text, words)
    return Mention(found.start, found.end, words, actor, "by hand")


def record_of(story: Story) -> Record:
    """The record that a perfect coder would make of TEXT, and an empty one of any other text."""
    text = story.text
    if TEXT not in text:
        return Record(story)
    content = span(text, "Peru recalled its ambassador to Mexico on Friday")
    speaker, cue = mention(text, "President Dina Boluarte", PERU), span(text, "said")
    trigger = span(text, "recalled")
    name = statement_id(
        story.id, (speaker.start, speaker.end), (cue.start, cue.end), [(content.start, content.end)]
    )
    said = Statement(
        name, story.id, speaker, cue, (content,), "indirect", "asserts", principal=PERU, why="cue say"
    )
    source, target = mention(text, "Peru", PERU), mention(text, "Mexico", MEXICO)
    event = Event(
        id=event_id(
            story.id, (trigger.start, trigger.end), "SANCTION", [(source.start, source.end)], [], name
        ),
        story_id=story.id,
        sentence=span(text, TEXT),
        trigger=trigger,
        type="SANCTION",
        mode=None,
        contexts=("diplomatic", "legal"),
        quad=4,
        cameo="161",
        cameo_root="16",
        goldstein=-4.0,
        source=(source,),
        target=(target,),
        reciprocal=False,
        status="occurred",
        background=False,
        word=name,
        date="2023-02-24",
        date_precision="day",
        date_from="text",
        confidence=0.75,
        why="row recall",
    )
    return Record(story, (said,), (event,))


@dataclass
class ByHand:
    """A coder for the texts of these tests; a text with FAULT in it makes it fail."""

    def code(self, story: Story | str, published: str | None = None, clean: bool = True) -> Record:
        if isinstance(story, str):
            paragraphs = (Span(0, len(story), story),)
            story = Story(story_id(story), story, paragraphs, published=published, language="en")
        if "MISHAP" in story.text:
            raise ValueError("a mishap")
        if "REFUSED" in story.text:
            raise DetenteError("refused", where=story.source)
        return record_of(story)

    def code_many(self, stories: Iterable[Story]) -> Iterator[Record]:
        return map(self.code, stories)


@dataclass
class Dying(ByHand):
    """A coder whose process ends over a text with DEADLY in it; given a file, only the first time."""

    once: str | None = None

    def code(self, story: Story | str, published: str | None = None, clean: bool = True) -> Record:
        text = story if isinstance(story, str) else story.text
        if "DEADLY" in text and not (self.once and Path(self.once).exists()):
            if self.once:
                Path(self.once).touch()
            os._exit(9)
        return super().code(story, published, clean)


class Broken(ByHand):
    """A coder that cannot be made."""

    def __init__(self, way: str) -> None:
        if way == "exit":
            os._exit(3)
        raise ModelError("no such model")
