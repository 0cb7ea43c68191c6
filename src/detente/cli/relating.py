"""What `detente relations` does."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from detente.cli.columns import Column
from detente.cli.listings import opened
from detente.cli.options import chosen
from detente.cli.output import Listing, Screen, form_of, sink
from detente.cli.relations_page import accounts_page, timeline_page
from detente.cli.table import listing
from detente.errors import UsageError

if TYPE_CHECKING:
    from detente.relations import Store, Timeline

PAIRS = 20


def relations(options: Namespace) -> int:
    """List the most active pairs, or tell what two sides do to each other."""
    if len(options.sides) not in (0, 2):
        raise UsageError(
            "relations have two sides",
            advice="Such as: detente relations store/ USA RUS; none of them lists all pairs.",
        )
    if not options.sides:
        for name in ("png", "svg", "accounts"):
            if getattr(options, name):
                raise UsageError(f"--{name} needs two sides", advice=f"Such as: USA RUS --{name}")
        return _pairs(options, opened(options))
    return _timeline(options, opened(options))


def _pairs(options: Namespace, store: Store) -> int:
    found = store.relations(limit=options.limit or PAIRS, **chosen(options))
    rows = [pair.to_dict() for pair in found]
    if not rows:
        print("No two states or bodies between which all this holds.", file=sys.stderr)
        return 0
    form, lines = listing([*rows[0]], (tuple(row.values()) for row in rows), SHOWN)
    with sink(options, form) as write:
        for line in lines:
            write(line)
    return 0


def _timeline(options: Namespace, store: Store) -> int:
    from detente.relations import charts

    first, second = options.sides
    timeline = store.timeline(first, second, options.by, **chosen(options))
    if not timeline.periods and not timeline.total.all.events:
        print("Nothing between these two for which all this holds.", file=sys.stderr)
    rows = timeline.account_rows() if options.accounts else timeline.rows()
    _write(options, timeline, rows, accounts_page if options.accounts else timeline_page)
    for path in (options.png, options.svg):
        if path:
            charts.draw(charts.timeline_chart(timeline), path)
            print(f"Drawn: {path}", file=sys.stderr)
    return 0


def _write(
    options: Namespace,
    timeline: Timeline,
    rows: Iterable[Mapping[str, Any]],
    page: Callable[[Timeline, Screen], str],
) -> None:
    """People get one page; programs get rows."""
    found = list(rows)
    columns = tuple(Column(name, "", itemgetter(name)) for name in (found[0] if found else {}))
    form = Listing(lambda row: row, columns, lambda row: [row], page)
    with sink(options, form) as write:
        for item in found if options.form or form_of(options.out) else [timeline]:
            write(item)


def _between(row: Mapping[str, Any]) -> str:
    return f"{row['first']} – {row['second']}"


SHOWN: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    "pair": _between,
    "events": itemgetter("events"),
    "→": itemgetter("there"),
    "←": itemgetter("back"),
    "together": itemgetter("together"),
    "cooperation": itemgetter("cooperation"),
    "conflict": itemgetter("conflict"),
    "goldstein": itemgetter("goldstein_mean"),
    "not real": itemgetter("unreal"),
    "since": itemgetter("since"),
    "until": itemgetter("until"),
}
