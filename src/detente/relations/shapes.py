"""What relations between two sides are made of: flows of events, periods, accounts, pairs.

Everything here adds up: a flow is a handful of counts and sums, so months add up to years, and ways to a total.
Shares and means are taken from the sums at the end, never averaged.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from detente.records import Noun

TELLERS = ("source", "target", "others", "unnamed", "outlet")


@dataclass(frozen=True, slots=True)
class Flow(Noun):
    """Events of one way in one period: counts, and sums of scores. Flows can be added."""

    occurred: Annotated[int, "events that have happened"] = 0
    ongoing: Annotated[int, "events that were going on when the story was published"] = 0
    planned: Annotated[int, "acts announced and not yet done"] = 0
    sought: Annotated[int, "acts asked for, proposed or offered"] = 0
    possible: Annotated[int, "acts feared, threatened or considered"] = 0
    denied: Annotated[int, "acts that did not happen, were refused, or are said not to have happened"] = 0
    verbal_cooperation: Annotated[int, "events of quad 1"] = 0
    material_cooperation: Annotated[int, "events of quad 2"] = 0
    verbal_conflict: Annotated[int, "events of quad 3"] = 0
    material_conflict: Annotated[int, "events of quad 4"] = 0
    goldstein_sum: Annotated[float, "sum of the Goldstein scores of the events that have one"] = 0.0
    goldstein_scored: Annotated[int, "events that have a Goldstein score"] = 0
    plover_sum: Annotated[float, "sum of the PLOVER scores of the events"] = 0.0
    word_source: Annotated[int, "events on the word of the one who acts"] = 0
    word_target: Annotated[int, "events on the word of the one who is acted on"] = 0
    word_others: Annotated[int, "events on the word of anybody else"] = 0
    word_unnamed: Annotated[int, "events on the word of somebody whom the story does not name"] = 0
    word_outlet: Annotated[int, "events that the outlet tells in its own voice"] = 0

    @property
    def events(self) -> int:
        """Events that are real: occurred or ongoing. Quads, scores and words count these alone."""
        return self.occurred + self.ongoing

    @property
    def unreal(self) -> int:
        """Acts planned, sought, possible or denied."""
        return self.planned + self.sought + self.possible + self.denied

    @property
    def cooperation(self) -> int:
        """Events of quads 1 and 2."""
        return self.verbal_cooperation + self.material_cooperation

    @property
    def conflict(self) -> int:
        """Events of quads 3 and 4."""
        return self.verbal_conflict + self.material_conflict

    @property
    def goldstein_mean(self) -> float | None:
        """Mean Goldstein score of the events that have one, -10 to 10."""
        return self.goldstein_sum / self.goldstein_scored if self.goldstein_scored else None

    @property
    def plover_mean(self) -> float | None:
        """Mean PLOVER score of the events, -10 to 10."""
        return self.plover_sum / self.events if self.events else None

    def __add__(self, other: Flow) -> Flow:
        return Flow(*(getattr(self, name) + getattr(other, name) for name in FIELDS))

    def figures(self) -> dict[str, Any]:
        """Return all counts, sums and means by name, in the order of the documentation."""
        return {name: _rounded(getattr(self, name)) for name in FIGURES}


FIELDS = tuple(field.name for field in dataclasses.fields(Flow))
FIGURES = (
    "events", "cooperation", "conflict", "verbal_cooperation", "material_cooperation", "verbal_conflict",
    "material_conflict", "goldstein_sum", "goldstein_mean", "plover_sum", "plover_mean", "occurred", "ongoing",
    "planned", "sought", "possible", "denied", *(f"word_{teller}" for teller in TELLERS),
)  # fmt: skip


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value


@dataclass(frozen=True, slots=True)
class Ways(Noun):
    """Events between two sides, each counted once."""

    there: Annotated[Flow, "the first side acts on the second"] = Flow()
    back: Annotated[Flow, "the second side acts on the first"] = Flow()
    together: Annotated[Flow, "both do it to each other: talks, clashes, deals"] = Flow()

    @property
    def all(self) -> Flow:
        """All events between the two; words counted as of the first side (source) and the second (target)."""
        back = dataclasses.replace(
            self.back, word_source=self.back.word_target, word_target=self.back.word_source
        )
        return self.there + back + self.together

    def __add__(self, other: Ways) -> Ways:
        return Ways(self.there + other.there, self.back + other.back, self.together + other.together)


@dataclass(frozen=True, slots=True)
class Period(Noun):
    """What was between two sides in a day, week, month or year, and how much was read."""

    period: Annotated[str | None, "2016-11-14 (also for the week of that Monday), 2016-11 or 2016"]
    ways: Annotated[Ways, "the events"]
    stories: Annotated[int, "stories in the store that were published then"]
    naming: Annotated[int, "those of them in which an event or statement names both sides"]

    @property
    def share(self) -> float | None:
        """Share of the stories that name both sides."""
        return self.naming / self.stories if self.stories else None


@dataclass(frozen=True, slots=True)
class Account(Noun):
    """What one teller tells about two sides."""

    teller: Annotated[str, "first or second side, others, unnamed, or outlet"]
    ways: Annotated[Ways, "the events on that word"]


@dataclass(frozen=True, slots=True)
class Timeline(Noun):
    """The relation of two sides over time."""

    first: Annotated[str, "one side, as it was asked for"]
    second: Annotated[str, "the other"]
    by: Annotated[str, "day, week, month or year"]
    periods: Annotated[tuple[Period, ...], "every period from the first to the last, empty ones included"]
    unplaced: Annotated[Ways, "events whose date is unknown, or too coarse for these periods"]
    accounts: Annotated[tuple[Account, ...], "the same events by whose word they rest on"]
    contested: Annotated[int, "acts that one side asserts and the other denies in the same story"]

    @property
    def total(self) -> Ways:
        """All events, those without a period included."""
        return sum((period.ways for period in self.periods), self.unplaced)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield a row for each period and way, ready for a data frame."""
        for period in self.periods:
            yield from self._rows(period.period, period.ways, _coverage(period))
        if self.unplaced != Ways():
            yield from self._rows(None, self.unplaced, dict.fromkeys(COVERAGE))

    def account_rows(self) -> Iterator[dict[str, Any]]:
        """Yield a row for each teller and way."""
        for account in self.accounts:
            for row in self._rows(None, account.ways, {}):
                yield {"teller": account.teller, **{name: row[name] for name in row if name not in _TELLING}}

    @staticmethod
    def columns() -> tuple[str, ...]:
        """Return the names of what `rows` yields."""
        return (*WAY, *FIGURES, *COVERAGE)

    @staticmethod
    def account_columns() -> tuple[str, ...]:
        """Return the names of what `account_rows` yields."""
        return ("teller", *(name for name in (*WAY, *FIGURES) if name not in _TELLING))

    def _rows(self, period: str | None, ways: Ways, coverage: dict[str, Any]) -> Iterator[dict[str, Any]]:
        sides = (
            (self.first, self.second, False, ways.there),
            (self.second, self.first, False, ways.back),
            (self.first, self.second, True, ways.together),
        )
        for source, target, reciprocal, flow in sides:
            way = dict(zip(WAY, (period, source, target, reciprocal), strict=True))
            yield {**way, **flow.figures(), **coverage}


_TELLING = {"period", *(f"word_{teller}" for teller in TELLERS)}  # an account has one teller, and no period
WAY = ("period", "source", "target", "reciprocal")
COVERAGE = ("stories", "naming", "share")


def _coverage(period: Period) -> dict[str, Any]:
    return {name: _rounded(getattr(period, name)) for name in COVERAGE}


@dataclass(frozen=True, slots=True)
class Pair(Noun):
    """Two states or bodies between which something happened."""

    first: Annotated[str, "one of them: a country's code, or the name of an international body"]
    second: Annotated[str, "the other, later in the alphabet"]
    events: Annotated[int, "events between them that occurred or are ongoing, each counted once"]
    there: Annotated[int, "those in which the first acts on the second"]
    back: Annotated[int, "those in which the second acts on the first"]
    together: Annotated[int, "those that they do to each other"]
    cooperation: Annotated[int, "events of quads 1 and 2"]
    conflict: Annotated[int, "events of quads 3 and 4"]
    goldstein_mean: Annotated[float | None, "mean Goldstein score of the events that have one"]
    unreal: Annotated[int, "acts planned, sought, possible or denied, not among the events"]
    since: Annotated[str | None, "day of the first event"]
    until: Annotated[str | None, "day of the last event"]
