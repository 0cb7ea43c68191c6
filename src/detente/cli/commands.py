"""What each command does: `detente try` is `try_text`, the others bear their own names."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from importlib import import_module
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from detente.cli.about import about, about_page
from detente.cli.columns import EVENT_COLUMNS, STORY_COLUMNS, Column, event_rows
from detente.cli.output import Listing, form_of, sink
from detente.cli.progress import Progress
from detente.cli.readable import record_page, story_line
from detente.cli.run import Run
from detente.errors import EmptyInput, OtherLanguage, UsageError
from detente.records import Record
from detente.workers import code_stories

if TYPE_CHECKING:
    from detente.pipeline import Coder
    from detente.workers.local import Codes

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
    with sink(options, _exchanged(options)) as write, Progress(options.limit) as progress:
        for story in run.stories():
            run.count(story)
            progress.clear()
            write(story)
            progress.step()
    return run.finish()


def _exchanged(options: Namespace) -> Listing:
    """How stories are listed: in a form in which news is exchanged, if the options ask for one."""
    if not options.format:
        return STORIES
    if (options.form or form_of(options.out)) == "csv":
        raise UsageError(f"CSV has no place for {options.format}", advice="Use --jsonl or --json instead.")
    options.form = options.form or form_of(options.out) or "jsonl"
    return STORIES._replace(data=import_module(f"detente.read.{options.format}").written)


def code(options: Namespace) -> int:
    """Read stories and code them, onto stdout or into a store."""
    if options.store:
        return _code_into_store(options)
    run = Run(options)
    make_coder = _maker(options)
    # Closed whatever happens: when nobody wants more, the processes end at once.
    coding = closing(code_stories(run.stories(), make_coder, workers=options.workers, say=run.say))
    with sink(options, RECORDS) as write, Progress() as progress, coding as outcomes:
        run.count_ahead(progress)
        for record in run.coded(outcomes):
            kept = _confident(record, options.min_confidence)
            run.count(record.story, kept, len(record.events) - len(kept.events))
            progress.clear()
            write(kept)
            progress.step()
    return run.finish()


def _code_into_store(options: Namespace) -> int:
    from detente.store import Writer
    from detente.workers.keeping import NotedTally, coding_of, keep

    _check_storing(options)
    run = Run(options)
    names = ("no_clean", "published", "text", "headline", "published_column", "url")
    given = {name: value for name in names if (value := getattr(options, name))}
    coding = coding_of(options.model, options.lexicon, given)
    make_coder = _maker(options)
    run.tally = tally = NotedTally()
    stories = run.stories()
    first = list(islice(stories, 1))  # if nothing can be read, that is said before a folder is made
    try:
        with (
            Writer(options.store, coding, {"paths": options.paths, **given}) as writer,
            Progress() as progress,
        ):
            tally.note_in(writer)
            run.count_ahead(progress)
            kept = keep(
                chain(first, stories), make_coder, writer,
                workers=options.workers, say=run.say, passed=lambda story: progress.step(),
            )  # fmt: skip
            with closing(kept) as outcomes:
                for record in run.coded(outcomes):
                    run.count(record.story, record)
                    progress.step()
    except KeyboardInterrupt:
        run.say(f"What was coded is kept in {options.store}; the same command goes on from there.")
        raise
    run.skipped = writer.run.skipped
    exit_code = run.finish()
    run.say(f"Kept in {options.store} as run {writer.run.id}; to see it: detente events {options.store}")
    return exit_code


def _check_storing(options: Namespace) -> None:
    if options.form or options.out:
        raise UsageError(
            "--store keeps the records and prints none", advice=f"To see them: detente events {options.store}"
        )
    if options.min_confidence:
        raise UsageError(
            "a store holds every event", advice="Give --min-confidence to the commands that ask the store."
        )


def info(options: Namespace) -> int:
    """Say which detente this is."""
    with sink(options, ABOUT) as write:
        write(about())
    return 0


def _maker(options: Namespace) -> Callable[[], Codes]:
    """What makes the coder, in each process; with one process the coder is made now, before anything is written."""
    if options.workers == 1:
        coder = _coder(options)
        return lambda: coder
    from detente.pipeline import Coder

    # One thread each: the processes share the cores.
    return partial(Coder, options.model, options.lexicon, threads=1)


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
