"""What each command does: `detente try` is `try_text`, the others bear their own names."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from detente.cli.about import about, about_page
from detente.cli.columns import EVENT_COLUMNS, STORY_COLUMNS, Column, event_rows
from detente.cli.output import Listing, sink
from detente.cli.progress import Progress
from detente.cli.readable import record_page, story_line
from detente.cli.run import Run
from detente.errors import EmptyInput, OtherLanguage, UsageError
from detente.records import Record

if TYPE_CHECKING:
    from detente.pipeline import Coder

STORIES = Listing(lambda story: story.to_dict(), STORY_COLUMNS, lambda story: [story], story_line)
RECORDS = Listing(lambda record: record.to_dict(), EVENT_COLUMNS, event_rows, record_page)
ONE_RECORD = RECORDS._replace(readable=lambda record, screen: record_page(record, screen, full=True))
ABOUT = Listing(
    lambda facts: facts,
    (Column("name", "what is told", itemgetter(0)), Column("value", "what it is", itemgetter(1))),
    lambda facts: facts.items(),
    about_page,
)


def try_text(options: Namespace) -> int:
    """Code one text and show it with its marks."""
    raw = _given(options.given)
    coder = _coder(options)
    record = coder.code(raw, published=options.published, clean=not options.no_clean)
    if record.story.language not in (None, "en"):
        raise OtherLanguage(
            f"this text is not in English (it looks like {record.story.language!r})", where="text"
        )
    with sink(options, ONE_RECORD) as write:
        write(_confident(record, options.min_confidence))
    if record.story.published is None:
        print(
            "No date in the text, so words like 'on Friday' stay open; --published gives one.",
            file=sys.stderr,
        )
    return 0


def read(options: Namespace) -> int:
    """List stories without coding them."""
    run = Run(options)
    with sink(options, STORIES) as write, Progress(options.limit) as progress:
        for story in run.stories():
            run.count(story)
            progress.clear()
            write(story)
            progress.step()
    return run.finish()


def code(options: Namespace) -> int:
    """Read stories and code them."""
    coder = _coder(options)
    run = Run(options)
    with sink(options, RECORDS) as write, Progress() as progress:
        run.count_ahead(progress)
        for record in run.coded(coder, run.stories()):
            kept = _confident(record, options.min_confidence)
            run.count(record.story, kept, len(record.events) - len(kept.events))
            progress.clear()
            write(kept)
            progress.step()
    return run.finish()


def info(options: Namespace) -> int:
    """Say which detente this is."""
    with sink(options, ABOUT) as write:
        write(about())
    return 0


def _coder(options: Namespace) -> Coder:
    from detente.pipeline import Coder

    return Coder(model=options.model, lexicon=options.lexicon)


def _given(words: str) -> str:
    """The text that was typed, or what stands on stdin."""
    if words == "-":
        # Bytes that are no UTF-8 become replacement characters: one bad byte must not cost the text.
        words = sys.stdin.buffer.read().decode("utf-8", "replace")
    elif " " not in words.strip() and Path(words).exists():
        raise UsageError(
            f"{words!r} is a file or folder, not a text", advice=f"To code it: detente code {words}"
        )
    if not words.strip():
        raise EmptyInput(
            "there is no text", advice='Type it in quotation marks: detente try "Peru recalled its envoy."'
        )
    return words


def _confident(record: Record, least: float) -> Record:
    """The record without events below a confidence; one without a confidence was not doubted."""
    if not least:
        return record
    events = tuple(event for event in record.events if event.confidence is None or event.confidence >= least)
    return replace(record, events=events)
