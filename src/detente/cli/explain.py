"""`detente explain`: every step from the story to the event, what was found, and what decided it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from detente import marks
from detente.cli.columns import Column
from detente.cli.output import Listing, Screen, sink
from detente.cli.readable import BOLD, DIM, painted, party, plain, wrapped
from detente.errors import UsageError
from detente.lexicon.frames import FRAME_COLUMNS, table
from detente.lexicon.tables import DATA
from detente.records import Event, Record, Statement
from detente.workers.keeping import lexicon_hash

if TYPE_CHECKING:
    from detente.store import Run

ROWS = ("lexicon row ", "inside ")  # what stands before the name of a lexicon row in `Event.why`
# How `Event.why` begins each of its parts, and the step to which the part belongs.
PARTS = {
    **dict.fromkeys(ROWS, "trigger"),
    "doer by ": "source",
    "status by ": "status",
    "date from ": "date",
}


class Step(NamedTuple):
    """One step from the story to the event."""

    step: str
    found: str
    why: str | None = None


COLUMNS = (
    Column("step", "what was to be decided", attrgetter("step")),
    Column("found", "what was found", attrgetter("found")),
    Column("why", "what decided it; empty where nothing was noted", attrgetter("why")),
)


def explain(options: Namespace) -> int:
    """Tell how an event was made."""
    import detente

    store = detente.open(options.store, run=options.run)
    record = store.record_of(options.event)
    event = next((one for one in record.events if one.id == options.event), None)
    if event is None:
        query = f"select id from event where word = '{options.event}'"
        raise UsageError(
            f"{options.event} is a statement, and events are explained",
            advice=f'What rests on it: detente sql {options.store} "{query}"',
        )
    ((name,),) = store.query("select run from event where id = ?", [event.id]).rows()
    coded_by = next(run for run in store.runs() if run.id == name)
    listing = Listing(Step._asdict, COLUMNS, lambda step: [step], _line)
    with sink(options, listing) as write:
        for step in steps(record, event, coded_by):
            write(step)
    return 0


def steps(record: Record, event: Event, run: Run) -> Iterator[Step]:
    """Yield the steps that made an event, in the order in which they were taken."""
    story, whys = record.story, _whys(event)
    yield Step(
        "event", f"{event.id}: {event.type}", f"detente {run.version}, model {run.model[:12]}, run {run.id}"
    )
    place = " ".join(part for part in (story.source, story.position) if part)
    yield Step(
        "story", f"{story.headline or '(no headline)'} [{story.id}]", f"read from {place}" if place else None
    )
    yield Step(
        "published",
        f"{story.published} (read from: {story.published_from})" if story.published else "unknown",
        story.published_why,
    )
    window = event.sentence.start, event.sentence.end
    yield Step("sentence", marks.brackets(story.text, event.marks(), window=window))
    yield Step(
        "trigger",
        f"{event.trigger.text}, at {event.trigger.start} to {event.trigger.end}",
        whys.pop("trigger", None),
    )
    yield from _rows(event, run)
    yield Step("type", _type(event))
    yield from _parties(event, whys)
    yield Step("status", event.status, whys.pop("status", None))
    yield Step("background", "yes: told to explain the news" if event.background else "no: it is the news")
    yield from _word(record, event)
    yield Step("date", _date(event), whys.pop("date", None))
    yield Step(
        "place",
        " ".join(filter(None, (event.place.name, event.place.country))) if event.place else "not given",
    )
    yield Step("confidence", "none" if event.confidence is None else f"{event.confidence:.2f}")
    for other in whys.values():
        yield Step("also", other)


def _whys(event: Event) -> dict[str, str]:
    """The parts of an event's `why` by the step that they explain; what is unknown stands under itself."""
    found: dict[str, str] = {}
    for part in filter(None, (event.why or "").split("; ")):
        step = next((step for prefix, step in PARTS.items() if part.startswith(prefix)), part)
        found[step] = f"{found[step]}; {part}" if step in found else part
    return found


def _rows(event: Event, run: Run) -> Iterator[Step]:
    """The lexicon rows that `why` names, as they stand in this version's tables."""
    parts = (event.why or "").split("; ")
    names = [part.removeprefix(prefix) for part in parts for prefix in ROWS if part.startswith(prefix)]
    if not names:
        return
    other = (
        ""
        if run.lexicon == lexicon_hash()
        else "; the run had another lexicon, so it may have stood otherwise"
    )
    known = {values["id"]: (line, values) for line, values in table(DATA / "frames.csv", FRAME_COLUMNS)}
    for name in names:
        if name not in known:
            yield Step("lexicon row", name, "not in the built-in lexicon of this version")
            continue
        line, values = known[name]
        told = [f"{column} {values[column]}" for column in FRAME_COLUMNS[1:9] if values[column]]
        kept = f"such as “{values['example']}”"
        against = f"; unlike “{values['counterexample']}”" if values["counterexample"] else ""
        yield Step(
            "lexicon row", f"{name} (frames.csv, line {line}): {', '.join(told)}", kept + against + other
        )


def _type(event: Event) -> str:
    facts = [event.type, f"mode {event.mode}" if event.mode else None, f"quad {event.quad}"]
    facts += [f"CAMEO {event.cameo}" if event.cameo else None]
    facts += [f"Goldstein {event.goldstein:g}" if event.goldstein is not None else None]
    return ", ".join(filter(None, facts))


def _parties(event: Event, whys: dict[str, str]) -> Iterator[Step]:
    doer = whys.pop("source", None)
    for side in ("source", "target"):
        mentions = getattr(event, side)
        for mention in mentions:
            why = "; ".join(filter(None, (mention.why, doer if side == "source" else None)))
            yield Step(side, party(mention), why or None)
        if not mentions and not (side == "target" and event.reciprocal):
            yield Step(side, "(nobody named)")
    if event.reciprocal:
        yield Step("reciprocal", "yes: all of them do it to each other")


def _word(record: Record, event: Event) -> Iterator[Step]:
    if event.word is None:
        yield Step("word", "the outlet's own")
        return
    said = {statement.id: statement for statement in record.statements}
    statement: Statement | None = said[event.word]
    while statement is not None:
        parts = statement.marks()
        window = min(part.start for part in parts), max(part.end for part in parts)
        words = marks.brackets(record.story.text, parts, window=window)
        yield Step("word", f"{statement.id} ({statement.stance}, {statement.kind}): {words}", statement.why)
        if statement.speaker:
            behalf = f", for {statement.principal.name}" if statement.principal else ""
            yield Step("speaker", party(statement.speaker) + behalf, statement.speaker.why)
        statement = said.get(statement.inside) if statement.inside else None


def _date(event: Event) -> str:
    return f"{event.date} ({event.date_precision}, from {event.date_from})" if event.date else "not given"


def _line(step: Step, screen: Screen) -> str:
    head = painted(f"{step.step:<12}", BOLD, screen)
    lines = list(wrapped(plain(step.found), screen, " " * 12, head))
    if step.why:
        lines += (painted(line, DIM, screen) for line in wrapped(f"why: {plain(step.why)}", screen, " " * 12))
    return "\n".join(lines)
