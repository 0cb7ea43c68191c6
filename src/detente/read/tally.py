"""What came of reading: how many stories, and what was passed over, where and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from detente.errors import DetenteError
from detente.read import limits


class Columns(NamedTuple):
    """The columns of a table that hold a story's parts; None is guessed from the usual names."""

    text: str | None = None
    headline: str | None = None
    published: str | None = None
    url: str | None = None


class Reject(NamedTuple):
    """One thing that was not read."""

    where: str  # path, and the member, line, row or item in it
    why: str  # what was wrong, in one clause
    kind: str  # name of the error, e.g. BadRow


@dataclass(slots=True)
class Tally:
    """Counts of one reading; pass it to `detente.read.read` and look at it afterwards.

    Attributes:
        stories: how many stories were read.
        counts: how many things were not read, by kind of error.
        rejects: the first of them one by one (`detente.read.limits.LISTED`).
        first: the error behind the first of them, None if there was none.
    """

    stories: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)
    first: DetenteError | None = None

    def reject(self, error: DetenteError) -> None:
        """Count and list something that could not be read."""
        self.first = self.first or error
        kind = type(error).__name__
        self.counts[kind] += 1
        if len(self.rejects) < limits.LISTED:
            self.rejects.append(Reject(error.where or "input", error.what, kind))

    @property
    def rejected(self) -> int:
        """How many things were not read."""
        return self.counts.total()

    @property
    def failed(self) -> int:
        """How many things ought to have been stories and could not be read.

        Stories in other languages, and files of other kinds that lie in a folder, are passed over as they should be.
        """
        return self.rejected - self.counts["OtherLanguage"] - self.counts["UnknownFormat"]

    def summary(self) -> str:
        """Return the counts as one line: ``12 stories; not read: 1 BadRow, 3 OtherLanguage``."""
        stories = f"{self.stories} {'story' if self.stories == 1 else 'stories'}"
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.counts.items()))
        return f"{stories}; not read: {kinds}" if kinds else stories
