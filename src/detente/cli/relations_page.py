"""A timeline as people read it: totals, sparklines, a bar for each period, and whose word it all rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from detente.cli.output import Screen
from detente.cli.readable import BOLD, DIM, painted, plain
from detente.relations import Flow, Period, Timeline, Ways
from detente.relations.bars import bar, sparkline

MOST = 60  # periods that get a line of their own; the sparklines show all of them
COOPERATION, CONFLICT = "34", "31"  # blue and red
LABEL = 14
Block = Callable[[Timeline, Screen], Iterator[str]]


def timeline_page(timeline: Timeline, screen: Screen) -> str:
    """Return the page of a timeline."""
    return _page(timeline, screen, (_head, _totals, _lines, _periods, _words))


def accounts_page(timeline: Timeline, screen: Screen) -> str:
    """Return the page of the accounts alone."""
    return _page(timeline, screen, (_head, _words))


def _page(timeline: Timeline, screen: Screen, blocks: Iterable[Block]) -> str:
    """Blocks of lines with an empty line between; of two between which nothing was only the heading is left."""
    if timeline.total == Ways():
        blocks = (_head,)
    found = ("\n".join(block(timeline, screen)) for block in blocks)
    return "\n\n".join(filter(None, found)) + "\n"


def _head(timeline: Timeline, screen: Screen) -> Iterator[str]:
    first, second = plain(timeline.first), plain(timeline.second)
    yield painted(f"{first} – {second}, by {timeline.by}", BOLD, screen)
    periods = timeline.periods
    ends = list(dict.fromkeys(str(period.period) for period in (*periods[:1], *periods[-1:])))
    span = " to ".join(ends) or "no period"
    stories, naming = sum(period.stories for period in periods), sum(period.naming for period in periods)
    share = f" ({naming / stories:.1%})" if stories else ""
    yield painted(f"{span}; {stories:,} stories read, {naming:,} of them name both{share}", DIM, screen)


def _ways(timeline: Timeline, ways: Ways) -> Iterator[tuple[str, Flow]]:
    first, second = plain(timeline.first), plain(timeline.second)
    yield f"{first} → {second}", ways.there
    yield f"{second} → {first}", ways.back
    yield "together", ways.together
    yield "all", ways.all


def _totals(timeline: Timeline, screen: Screen) -> Iterator[str]:
    names = ("events", "cooper.", "conflict", "verbal", "material", "Goldstein", "PLOVER", "planned", "sought",
             "possible", "denied")  # fmt: skip
    rows = [
        (name, [
            flow.events, flow.cooperation, flow.conflict, flow.verbal_cooperation + flow.verbal_conflict,
            flow.material_cooperation + flow.material_conflict, flow.goldstein_mean, flow.plover_mean,
            flow.planned, flow.sought, flow.possible, flow.denied,
        ])
        for name, flow in _ways(timeline, timeline.total)
    ]  # fmt: skip
    yield from _table(names, rows, screen)


def _table(
    names: Sequence[str], rows: Iterable[tuple[str, Sequence[object]]], screen: Screen
) -> Iterator[str]:
    found = [(name, [_figure(value) for value in values]) for name, values in rows]
    label = max([LABEL, *(len(name) for name, _ in found)])
    widths = [max(map(len, column)) for column in zip(names, *(values for _, values in found), strict=True)]

    def line(name: str, values: Sequence[str]) -> str:
        cells = (value.rjust(width) for value, width in zip(values, widths, strict=True))
        return f"{name:<{label}}  {'  '.join(cells)}"

    yield painted(line("", names), BOLD, screen)
    for name, values in found:
        yield line(name, values)


def _figure(value: object) -> str:
    if isinstance(value, float):
        return f"{value:+.1f}"
    return "-" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def _lines(timeline: Timeline, screen: Screen) -> Iterator[str]:
    """A sparkline each for cooperation, conflict and coverage, all over the same periods."""
    width = screen.width - LABEL - 16
    flows = [period.ways.all for period in timeline.periods]
    rows = (
        ("cooperation", [flow.cooperation for flow in flows], COOPERATION),
        ("conflict", [flow.conflict for flow in flows], CONFLICT),
        ("naming both", [period.naming for period in timeline.periods], DIM),
    )
    for name, values, colour in rows:
        if values:
            line = painted(sparkline(values, width), colour, screen)
            yield f"{name:<{LABEL}}  {line}  up to {max(values):,}"


def _periods(timeline: Timeline, screen: Screen) -> Iterator[str]:
    """A line for each period: its figures, cooperation and conflict as bars, one after the other."""
    shown = timeline.periods[-MOST:]
    if not shown:
        return
    most = max(period.ways.all.events for period in shown)
    names = ("→", "←", "together", "score", "named")
    rows = [(period.period or "", _period(period)) for period in shown]
    head, *lines = _table(names, rows, screen)
    room = max(10, screen.width - len(max(lines, key=len)) - 4)  # both bars may be rounded up
    yield head
    for line, period in zip(lines, shown, strict=True):
        flow = period.ways.all
        good = painted(bar(flow.cooperation, most, room), COOPERATION, screen)
        bad = painted(bar(flow.conflict, most, room, "▒"), CONFLICT, screen)
        yield f"{line}  {good}{bad}".rstrip()
    if len(timeline.periods) > MOST:
        yield painted(
            f"the last {MOST} of {len(timeline.periods):,} periods; --by takes longer ones", DIM, screen
        )
    yield painted("█ cooperation  ▒ conflict  score: mean Goldstein  named: share of stories", DIM, screen)
    if unplaced := timeline.unplaced.all.events:
        events = "event is" if unplaced == 1 else "events are"
        yield painted(f"{unplaced:,} {events} dated too coarsely for a {timeline.by}", DIM, screen)


def _period(period: Period) -> list[object]:
    ways = period.ways
    share = "-" if period.share is None else f"{period.share:.1%}"
    return [ways.there.events, ways.back.events, ways.together.events, ways.all.goldstein_mean, share]


def _words(timeline: Timeline, screen: Screen) -> Iterator[str]:
    """Whose word the events rest on, and how they differ with it."""
    names = ("events", "share", "→", "←", "together", "conflict", "Goldstein", "denied")
    every = timeline.total.all.events
    tellers = {
        "first": f"on the word of {plain(timeline.first)}",
        "second": f"on the word of {plain(timeline.second)}",
        "others": "on the word of others",
        "unnamed": "on the word of somebody unnamed",
        "outlet": "in the outlet's own voice",
    }
    rows = []
    for account in timeline.accounts:
        ways, flow = account.ways, account.ways.all
        share = f"{flow.events / every:.0%}" if every else "-"
        conflict = f"{flow.conflict / flow.events:.0%}" if flow.events else "-"
        figures = (ways.there.events, ways.back.events, ways.together.events)
        rows.append((
            tellers[account.teller],
            [flow.events, share, *figures, conflict, flow.goldstein_mean, flow.denied],
        ))  # fmt: skip
    yield from _table(names, rows, screen)
    if timeline.contested:
        acts = "act is" if timeline.contested == 1 else "acts are"
        yield f"{timeline.contested:,} {acts} asserted by one side and denied by the other in the same story."
