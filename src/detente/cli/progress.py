"""One line on stderr that says how far a run is, how fast, and how long it will take."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

EVERY = 0.2  # seconds between two paintings; more often only costs time


class Progress:
    """Counts stories on a terminal's stderr; writes nothing where stderr is a file or a pipe."""

    def __init__(self, total: int | None = None) -> None:
        """Take the number of stories to come, None where nobody knows."""
        self.total = total
        self.done = 0
        self.began = time.monotonic()
        self.painted = 0.0
        self.shown = sys.stderr.isatty()

    def __enter__(self) -> Self:
        """Start the clock."""
        self.began = time.monotonic()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """Take the line away again, so that the summary stands in its place."""
        self.clear()

    def step(self) -> None:
        """Count one story."""
        self.done += 1
        now = time.monotonic()
        if self.shown and now - self.painted >= EVERY:
            self.painted = now
            print(f"\r\x1b[K{self.line(now - self.began)}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Empty the line, before something else is printed."""
        if self.shown and self.painted:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def line(self, seconds: float) -> str:
        """Return what is shown after so many seconds."""
        pace = self.done / seconds if seconds > 0 else 0.0
        count = f"{self.done} of {self.total} stories" if self.total else f"{self.done} stories"
        line = f"{count}, {pace:.1f} a second"
        if self.total and pace:
            line += f", {duration(max(0, self.total - self.done) / pace)} left"
        return line


def duration(seconds: float) -> str:
    """Return a length of time as people say it."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02} min"
