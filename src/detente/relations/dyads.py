"""STORE → RELATIONS: what two sides do to each other, in one query over the events and one over the stories.

Definitions, with their reasons, stand in `docs/relations.md`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from detente.errors import UsageError
from detente.lexicon.ontology import TYPE_ROWS
from detente.relations.shapes import FIELDS, TELLERS, Account, Flow, Pair, Period, Timeline, Ways
from detente.store import Filters, Store
from detente.terms import REAL

# The periods, the precisions of dates that are too coarse for them, and how they are written.
COARSE = {"day": ("week", "month", "year"), "week": ("month", "year"), "month": ("year",), "year": ()}
FORM = {"day": "%Y-%m-%d", "week": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
BODIES = ("IGO", "NGO", "MNC", "INT")  # stand for many; who is meant is the name
Side = str | Sequence[str]
Found = defaultdict[date | None, dict[str, Flow]]  # by period and way


def timeline(store: Store, first: Side, second: Side, by: str = "month", **filters: Any) -> Timeline:
    """Return what two sides do to each other, by day, week, month or year.

    Args:
        store: where to look.
        first: one side, as in the filters: a country (USA), a code (USAGOV), part of a name; or several.
        second: the other.
        by: the periods.
        filters: those of `Filters`; `background` is false unless it is given.

    Raises:
        UsageError: a side, period or filter that cannot be.
    """
    if by not in COARSE:
        raise UsageError(f"{by!r} is no period", advice=f"There are {', '.join(COARSE)}.")
    if not first or not second or _named(first) == _named(second):
        raise UsageError("two different sides are needed", advice='Such as: store.timeline("USA", "RUS")')
    chosen = Filters(**{"background": False, **filters})
    sql, values = _between(first, second, chosen)
    coarse = ", ".join(f"'{precision}'" for precision in COARSE[by]) or "''"
    placed = f"CASE WHEN date_precision NOT IN ({coarse}) THEN date_trunc('{by}', day)::DATE END"
    found: Found = defaultdict(dict)
    accounts: dict[str, dict[str, Flow]] = defaultdict(dict)
    contested = 0
    for told, teller, period, way, contested, *figures in store.query(  # noqa: B007 - the same in every row
        f"WITH told AS MATERIALIZED (SELECT {placed} AS period, {_TOLD} FROM ({sql})), "
        f"counted AS (SELECT period, way, teller, role, {_COUNTS} FROM told GROUP BY ALL) "
        f"SELECT GROUPING(period), teller, period, way, ({_CONTESTED}), {_SUMS} FROM counted "
        "GROUP BY GROUPING SETS ((period, way), (teller, way))",
        values,
    ):
        if told:
            accounts[teller][way] = Flow(*figures)
        else:
            found[period][way] = Flow(*figures)
    read = _coverage(store, first, second, by, chosen)
    bounds = [_floor(date.fromisoformat(day), by) for day in (chosen.since, chosen.until) if day]
    periods = tuple(
        Period(day.strftime(FORM[by]), Ways(**found.get(day, {})), *read.get(day, (0, 0)))
        for day in _days([*bounds, *(day for day in found if day)], by)
    )
    return Timeline(
        _named(first),
        _named(second),
        by,
        periods,
        Ways(**found.get(None, {})),
        tuple(Account(teller, Ways(**accounts.get(teller, {}))) for teller in _TELLERS),
        contested,
    )


def pairs(store: Store, limit: int | None = 20, **filters: Any) -> Iterator[Pair]:
    """Yield the pairs of states and bodies between which most happened, the most active first.

    Args:
        store: where to look.
        limit: how many; None for all.
        filters: those of `Filters`; `background` is false unless it is given.
    """
    where = Filters(**{"background": False, **filters}).events()
    page = f"LIMIT {int(limit)}" if limit is not None else ""
    for row in store.query(_PAIRS.format(where=where.sql, page=page), where.values):
        mean = None if row[8] is None else round(row[8], 4)
        days = (day and day.isoformat() for day in row[10:])
        yield Pair(*[*row[:8], mean, row[9], *days])


def _between(first: Side, second: Side, chosen: Filters) -> tuple[str, list[Any]]:
    """The query for the events between two sides: which way each goes, and who tells it."""
    sides = {"there": (first, second), "back": (second, first)}
    ways = {way: Filters(source=source, target=target).events() for way, (source, target) in sides.items()}
    words = {name: Filters(word=side).events() for name, side in (("first", first), ("second", second))}
    where = chosen.events()
    flags = {**ways, **{f"by_{name}": word for name, word in words.items()}}
    columns = ", ".join(f"coalesce({found.sql}, false) AS {flag}" for flag, found in flags.items())
    values = [value for found in flags.values() for value in found.values]
    kept = "story_id, trigger.start AS begins, type, mode, quad, status, goldstein, day, date_precision, reciprocal"
    inner = f"SELECT {kept}, word, word_name, {columns} FROM event WHERE {where.sql}"
    way = "CASE WHEN reciprocal OR (there AND back) THEN 'together' WHEN there THEN 'there' ELSE 'back' END"
    teller = (
        "CASE WHEN word IS NULL THEN 'outlet' WHEN by_first THEN 'first' WHEN by_second THEN 'second' "
        "WHEN word_name IS NULL THEN 'unnamed' ELSE 'others' END"
    )
    sql = (
        f"SELECT *, {way} AS way, {teller} AS teller, {_ROLE} AS role, status IN {REAL} AS real, "
        f"{_PLOVER} AS plover FROM ({inner}) WHERE there OR back"
    )
    return sql, [*values, *where.values]


def _plover() -> str:
    """SQL for the PLOVER score of an event: its mode's, else its type's."""
    modes = "".join(
        f"WHEN type = '{name}' AND mode = '{mode}' THEN {score} "
        for name, row in TYPE_ROWS.items()
        for mode, score in row.modes.items()
    )
    types = "".join(f"WHEN '{name}' THEN {row.score} " for name, row in TYPE_ROWS.items())
    return f"(CASE {modes} ELSE CASE type {types} END END)::DOUBLE"


_PLOVER = _plover()
_TELLERS = ("first", "second", *TELLERS[2:])
# The role that the teller has in the event: of two sides one is its source and the other its target.
_ROLE = (
    "CASE WHEN teller NOT IN ('first', 'second') THEN teller "
    "WHEN (teller = 'first') = (way <> 'back') THEN 'source' ELSE 'target' END"
)
_COUNTS = ", ".join(
    [
        *(f"count(*) FILTER (status = '{status}') AS {status}" for status in FIELDS[:6]),
        *(f"count(*) FILTER (real AND quad = {quad}) AS {name}" for quad, name in enumerate(FIELDS[6:10], 1)),
        "coalesce(sum(goldstein) FILTER (real), 0) AS goldstein_sum",
        "count(goldstein) FILTER (real) AS goldstein_scored",
        "coalesce(sum(plover) FILTER (real), 0) AS plover_sum",
    ]
)
# Counted once by period, way and teller; then added up by period and by teller, which is little work.
_SUMS = ", ".join(
    [
        *(f"sum({name})" for name in FIELDS[:13]),
        *(f"coalesce(sum(occurred + ongoing) FILTER (role = '{teller}'), 0)" for teller in TELLERS),
    ]
)
_TOLD = (
    "way, teller, role, real, status, quad, goldstein, plover, "
    "CASE WHEN role IN ('source', 'target') THEN hash(story_id, begins, type) END AS act"
)
# Acts that one side asserts and the other denies, in the same words of the same story.
_CONTESTED = (
    "SELECT count(DISTINCT act) FROM told AS one JOIN told AS other USING (act) "
    "WHERE one.teller = 'first' AND other.teller = 'second' AND (one.status = 'denied') <> (other.status = 'denied')"
)


def _coverage(
    store: Store, first: Side, second: Side, by: str, chosen: Filters
) -> dict[date, tuple[int, int]]:
    """For each period the stories published in it, and those that name both sides."""
    bounds = Filters(since=chosen.since, until=chosen.until).stories()
    sides = [Filters(actor=side).stories() for side in (first, second)]
    both = " AND ".join(f"coalesce({side.sql}, false)" for side in sides)
    rows = store.query(
        f"SELECT date_trunc('{by}', day)::DATE, count(*), count(*) FILTER ({both}) FROM story "
        f"WHERE day IS NOT NULL AND {bounds.sql} GROUP BY 1",
        [*(value for side in sides for value in side.values), *bounds.values],
    )
    return {period: (stories, naming) for period, stories, naming in rows}


def _days(bounds: Sequence[date], by: str) -> Iterator[date]:
    """The first days of all periods from the first bound to the last."""
    if not bounds:
        return
    day, last = min(bounds), max(bounds)
    while day <= last:
        yield day
        # The longest step of each kind lands in the next period, whose first day is then taken.
        day = _floor(day + timedelta(days={"day": 1, "week": 7, "month": 31, "year": 366}[by]), by)


def _floor(day: date, by: str) -> date:
    """The first day of the period that a day lies in."""
    if by == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1 if by != "day" else day.day, month=1 if by == "year" else day.month)


def _named(side: Side) -> str:
    return side if isinstance(side, str) else ", ".join(side)


# Cells of parties are counted before they are taken apart: a million events have some ten thousand different ones.
_IS_BODY = " OR ".join(f"contains(event.{{side}}_country, '{body}')" for body in BODIES)
_NAMES = f"CASE WHEN {_IS_BODY} THEN event.{{side}}_name END AS {{side}}_bodies"
_KEYS = (
    "list_distinct(list_filter(list_transform(list_zip(string_split({side}_country, '; '), "
    "string_split(coalesce({side}_bodies, ''), '; ')), "
    f"lambda pair: CASE WHEN pair[1] IN {BODIES} THEN pair[2] ELSE pair[1] END), lambda key: key <> ''))"
)
_PAIRS = f"""
WITH acts AS (
    SELECT source_country, {_NAMES.format(side="source")}, target_country, {_NAMES.format(side="target")}, reciprocal,
           count(*) FILTER (real) AS events, count(*) FILTER (real AND quad < 3) AS cooperation,
           sum(goldstein) FILTER (real) AS goldstein, count(goldstein) FILTER (real) AS scored,
           count(*) AS acts, min(day) FILTER (real) AS since, max(day) FILTER (real) AS until
    FROM (SELECT *, status IN {REAL} AS real FROM event
          WHERE {{where}} AND source_country IS NOT NULL AND (target_country IS NOT NULL OR reciprocal)) AS event
    GROUP BY ALL
), sides AS (
    SELECT *, {_KEYS.format(side="source")} AS sources,
           CASE WHEN reciprocal THEN sources ELSE {_KEYS.format(side="target")} END AS targets FROM acts
), ends AS (
    SELECT *, unnest(sources) AS source FROM sides
), spread AS (
    SELECT *, unnest(targets) AS target FROM ends
), ways AS (
    SELECT *, least(source, target) AS first, greatest(source, target) AS second,
           list_contains(sources, target) AND list_contains(targets, source) AS mutual
    FROM spread WHERE source <> target
)
SELECT first, second, sum(events)::BIGINT AS events,
       coalesce(sum(events) FILTER (NOT mutual AND source = first), 0)::BIGINT,
       coalesce(sum(events) FILTER (NOT mutual AND source = second), 0)::BIGINT,
       coalesce(sum(events) FILTER (mutual), 0)::BIGINT,
       sum(cooperation)::BIGINT, sum(events - cooperation)::BIGINT, sum(goldstein) / nullif(sum(scored), 0),
       sum(acts - events)::BIGINT, min(since), max(until)
FROM ways WHERE NOT mutual OR source = first
GROUP BY first, second ORDER BY events DESC, sum(acts) DESC, first, second {{page}}
"""
