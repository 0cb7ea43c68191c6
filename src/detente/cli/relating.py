"""What `detente relations` does."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from detente.cli.columns import Column
from detente.cli.listings import opened, write_rows
from detente.cli.options import chosen
from detente.cli.output import Listing, Screen, form_of, sink
from detente.cli.relations_page import accounts_page, timeline_page
from detente.errors import UsageError
from detente.relations import Pair, Ways

if TYPE_CHECKING:
    from detente.relations import Store, Timeline

LONGEST = 20  # pairs that are listed unless --limit says otherwise


def relations(options: Namespace) -> int:
    """List the most active pairs, or tell what two sides do to each other."""
    if len(options.sides) not in (0, 2):
        raise UsageError(
            "relations have two sides",
            advice="Such as: detente relations store/ USA RUS; none of them lists all pairs.",
        )
    for name in ("png", "svg", "accounts"):
        if getattr(options, name) and not options.sides:
            raise UsageError(f"--{name} needs two sides", advice=f"Such as: USA RUS --{name}")
    _check_pictures(options)
    return (_timeline if options.sides else _pairs)(options, opened(options))


def _check_pictures(options: Namespace) -> None:
    """Before anything is computed: what cannot be drawn is said at once."""
    for name in ("png", "svg"):
        path = getattr(options, name)
        if path and not path.lower().endswith(f".{name}"):
            raise UsageError(f"--{name} writes a file that ends in .{name}", where=path)


def _pairs(options: Namespace, store: Store) -> int:
    found = store.relations(limit=options.limit or LONGEST, **chosen(options))
    names = [field.name for field in fields(Pair)]
    count = write_rows(options, names, (tuple(pair.to_dict().values()) for pair in found), SHOWN)
    if not count:
        print("No two states or bodies between which all this holds.", file=sys.stderr)
    return 0


def _timeline(options: Namespace, store: Store) -> int:
    from detente.relations import charts

    first, second = options.sides
    timeline = store.timeline(first, second, options.by, **chosen(options))
    if options.accounts:
        _write(options, timeline, timeline.account_columns(), timeline.account_rows(), accounts_page)
    else:
        _write(options, timeline, timeline.columns(), timeline.rows(), timeline_page)
    if timeline.total == Ways():
        print("Nothing between these two for which all this holds.", file=sys.stderr)
    for path in (options.png, options.svg):
        if path:
            charts.draw(charts.timeline_chart(timeline), path)
            print(f"Drawn: {path}", file=sys.stderr)
    return 0


def _write(
    options: Namespace,
    timeline: Timeline,
    names: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    page: Callable[[Timeline, Screen], str],
) -> None:
    """People get one page; programs get rows."""
    columns = tuple(Column(name, "", itemgetter(name)) for name in names)
    form = Listing(lambda row: row, columns, lambda row: [row], page)
    with sink(options, form) as write:
        for item in rows if options.form or form_of(options.out) else [timeline]:
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
