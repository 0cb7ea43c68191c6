"""Looking after a store: what it holds, what a run changed, and making it small."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from detente.cli.columns import Column
from detente.cli.output import Listing, Screen, sink
from detente.cli.progress import duration
from detente.cli.readable import BOLD, painted, parties, plain, wrapped
from detente.cli.table import data, listing
from detente.records import Event

if TYPE_CHECKING:
    from detente.store import Diff, Run, Status

RUN_COLUMNS = (
    "id", "state", "began", "seconds", "version", "model", "lexicon", "fingerprint",
    "stories", "statements", "events", "skipped", "rejected", "failed",
)  # fmt: skip


def status(options: Namespace) -> int:
    """Tell what a store holds."""
    import detente

    found = detente.open(options.store).status()
    columns = tuple(Column(name, "", attrgetter(name)) for name in RUN_COLUMNS)
    form = Listing(lambda status: status.to_dict(), columns, lambda status: status.runs, _status_page)
    with sink(options, form) as write:
        write(found)
    return 0


def _status_page(found: Status, screen: Screen) -> str:
    days = f"{found.first} to {found.last}" if found.first else "none dated"
    facts = {
        "store": found.path,
        "stories": f"{found.stories:,} ({days})",
        "statements": f"{found.statements:,}",
        "events": f"{found.events:,}",
        "actors": f"{found.actors:,}",
        "on disk": f"{found.bytes / 1e6:,.1f} MB in {found.parts:,} parts",
    }
    if found.superseded:
        facts["superseded"] = (
            f"{found.superseded:,} stories coded again since; `detente compact` drops the old codings"
        )
    lines = [f"{name:<12}{value}" for name, value in facts.items()]
    names = ("run", "state", "began", "took", "version", "stories", "events", "skipped", "rejected", "failed")
    rows = [
        (run.id, run.state, run.began[:16].replace("T", " "), duration(run.seconds), run.version,
         run.stories, run.events, run.skipped, run.rejected, run.failed)
        for run in found.runs
    ]  # fmt: skip
    form, rest = listing(names, rows)
    lines += ["", *(form.readable(row, screen) for row in rest)]
    for run in found.runs:
        lines += _problems(run, screen)
    return "\n".join(lines)


def _problems(run: Run, screen: Screen) -> Iterator[str]:
    """What went wrong in a run, the first few one by one."""
    listed = 5
    for what, problems, count in (
        ("rejected", run.rejects, run.rejected),
        ("failed", run.failures, run.failed),
    ):
        if count:
            yield f"\n{run.id} {what}:"
        for problem in problems[:listed]:
            yield from wrapped(plain(f"{problem.where}: {problem.why}"), screen, "    ", "  ")
        if count > listed:
            yield f"  and {count - listed:,} more; --json lists the first {len(problems):,}"


class Difference(NamedTuple):
    """One event that two runs coded differently."""

    change: str  # gained, lost or changed
    before: Event | None
    after: Event | None
    fields: tuple[str, ...] = ()

    @property
    def event(self) -> Event:
        """The event as it is now, or as it was if it is no more."""
        event = self.after or self.before
        assert event is not None
        return event


def _of(side: str, field: str) -> Any:
    return lambda row: getattr(getattr(row, side), field) if getattr(row, side) else None


DIFF_COLUMNS = (
    Column("change", "gained, lost or changed", attrgetter("change")),
    Column("story_id", "name of the story", lambda row: row.event.story_id),
    Column("fields", "what changed", lambda row: "; ".join(row.fields) or None),
    *(
        Column(f"{field}_{side}", f"{field} {side} the change", _of(side, field))
        for field in ("id", "type", "status", "background", "date")
        for side in ("before", "after")
    ),
    Column(
        "sentence", "the sentence that is the evidence", lambda row: " ".join(row.event.sentence.text.split())
    ),
)


def diff(options: Namespace) -> int:
    """List what changed from one run to another."""
    import detente

    found = detente.open(options.store).diff(options.before, options.after)
    form = Listing(
        lambda row: {
            "change": row.change,
            "before": row.before and row.before.to_dict(),
            "after": row.after and row.after.to_dict(),
            "fields": list(row.fields),
        },
        DIFF_COLUMNS,
        lambda row: [row],
        _difference,
    )
    with sink(options, form) as write:
        for row in _differences(found):
            write(row)
    print(
        f"{found.stories:,} stories in both: {len(found.gained):,} events gained, {len(found.lost):,} lost, "
        f"{len(found.changed):,} changed.",
        file=sys.stderr,
    )
    return 0


def _differences(found: Diff) -> Iterator[Difference]:
    yield from (Difference("gained", None, event) for event in found.gained)
    yield from (Difference("lost", event, None) for event in found.lost)
    yield from (Difference("changed", one.before, one.after, tuple(one.fields)) for one in found.changed)


def _difference(row: Difference, screen: Screen) -> str:
    event = row.event
    head = f"{painted(event.type, BOLD, screen)} {parties(event)}"
    facts = f"{event.status}, background" if event.background else event.status
    lines = [*wrapped(f"{head}; {facts}", screen, " " * 9, f"{row.change:<9}")]
    if row.before and row.after:
        for field in row.fields:
            was, now = (plain(str(data(_simple(getattr(one, field))))) for one in (row.before, row.after))
            lines += wrapped(f"{field}: {was} → {now}", screen, " " * 11, " " * 9)
    lines += wrapped(plain(event.sentence.text), screen, " " * 9)
    return "\n".join(lines)


def _simple(value: Any) -> Any:
    """A field's value in words: spans by their text."""
    if isinstance(value, tuple):
        return ", ".join(str(_simple(part)) for part in value) or "none"
    return getattr(value, "text", value)


def compact(options: Namespace) -> int:
    """Make a store small."""
    import detente
    from detente.store import compact as shrink

    before = detente.open(options.store).status()
    shrink(options.store)
    after = detente.open(options.store).status()
    was, now = (f"{one.bytes / 1e6:,.1f} MB in {one.parts:,} parts" for one in (before, after))
    print(f"{was} are now {now}.", file=sys.stderr)
    return 0
