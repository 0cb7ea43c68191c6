"""One run over many stories: it counts, lists what failed, and says at the end what came of it."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from threading import Thread
from typing import TYPE_CHECKING

from detente.cli.progress import Progress
from detente.errors import DetenteError
from detente.read import Columns, Tally, read
from detente.workers import Failure

if TYPE_CHECKING:
    from detente.records import Record, Story
    from detente.workers import Outcome

LISTED = 20  # problems that are told one by one; the others are counted
SOME_FAILED = 6


class Run:
    """What one call of `read` or `code` has done so far."""

    def __init__(self, options: Namespace) -> None:
        """Take the options of the command."""
        self.options = options
        self.tally = Tally()  # of reading
        self.failures = Tally()  # of coding
        self.began = time.monotonic()
        self.stories_done = 0
        self.undated = 0
        self.statements: int | None = None
        self.events = 0
        self.left_out = 0
        self.skipped = 0

    def stories(self) -> Iterator[Story]:
        """Yield the stories that were asked for.

        Raises:
            InputError: nothing at all can be read.
        """
        return islice(self._read(self.tally, clean=not self.options.no_clean, talk=True), self.options.limit)

    def count_ahead(self, progress: Progress) -> None:
        """Let the progress know how many stories will come, as soon as that is known.

        Somebody who watches a terminal wants to know how long it takes. Reading costs a small part of coding,
        so everything is read a second time, without cleaning, beside the work. Off a terminal nothing is.
        """
        progress.total = self.options.limit
        if progress.shown and "-" not in self.options.paths:
            Thread(target=self._count, args=(progress,), daemon=True).start()

    def _count(self, progress: Progress) -> None:
        stories = self._read(Tally(), clean=False, talk=False)
        with suppress(DetenteError):  # the run itself meets it too, and says so
            progress.total = sum(1 for _ in islice(stories, self.options.limit))

    def _read(self, tally: Tally, *, clean: bool, talk: bool) -> Iterator[Story]:
        options = self.options
        columns = Columns(options.text, options.headline, options.published_column, options.url)
        return read(
            *options.paths,
            published=options.published,
            clean=clean,
            columns=columns,
            tally=tally,
            say=self.say if talk else None,
        )

    def coded(self, outcomes: Iterable[Outcome]) -> Iterator[Record]:
        """Yield the records of the stories that could be coded; the others are counted."""
        for outcome in outcomes:
            if isinstance(outcome, Failure):
                self.failures.reject(outcome.error)
            else:
                yield outcome

    def count(self, story: Story, record: Record | None = None, left_out: int = 0) -> None:
        """Count a story that was read, and what was coded in it."""
        self.stories_done += 1
        self.undated += story.published is None
        if record is not None:
            self.statements = (self.statements or 0) + len(record.statements)
            self.events += len(record.events)
            self.left_out += left_out

    def finish(self) -> int:
        """Tell on stderr what came of it and return the exit code."""
        for line in self.summary():
            self.say(line)
        return SOME_FAILED if self.tally.failed or self.failures.rejected else 0

    def summary(self) -> Iterator[str]:
        """Yield what is told at the end, line by line."""
        seconds = max(time.monotonic() - self.began, 1e-3)
        parts = [_number(self.stories_done, "story", "stories")]
        if self.statements is not None:
            parts += [
                _number(self.statements, "statement", "statements"),
                _number(self.events, "event", "events"),
            ]
        yield f"{', '.join(parts)} in {seconds:.1f} s ({self.stories_done / seconds:.1f} stories a second)."
        if self.skipped:
            skipped = _number(self.skipped, "story was", "stories were")
            yield f"{skipped} in the store already, coded by this version, and passed over."
        if self.left_out:
            yield f"{_number(self.left_out, 'event', 'events')} below --min-confidence left out."
        if self.undated:
            undated = _number(self.undated, "story has", "stories have")
            yield f"{undated} no date, so words like 'on Friday' stay open; --published gives one."
        rejected = self.tally.rejected + self.failures.rejected
        if rejected:
            yield f"Passed over: {rejected}."
            listed = [*self.tally.rejects, *self.failures.rejects][:LISTED]
            yield from (f"  {reject.where}: {' '.join(reject.why.split())}" for reject in listed)
            if rejected > LISTED:
                counts = self.tally.counts + self.failures.counts
                kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
                yield f"  and {rejected - LISTED} more; in all {kinds}"

    @staticmethod
    def say(sentence: str) -> None:
        """Tell something on stderr."""
        print(sentence, file=sys.stderr)


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
