"""Stories and records as people read them on a terminal or in a text file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from detente import marks
from detente.cli.columns import voucher
from detente.cli.output import Screen
from detente.marks import Mark
from detente.records import Actor, Event, Mention, Record, Span, Statement, Story

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
BOLD, DIM = "1", "2"


def record_page(record: Record, screen: Screen, *, full: bool = False) -> str:
    """Return a record as a page: header, statements, events with their evidence.

    Args:
        record: what to show.
        screen: colours and width.
        full: also the paragraphs with all marks, and why each statement and event was coded.
    """
    lines = list(_header(record.story, screen, full))
    if full:
        found = [mark for statement in record.statements for mark in statement.marks()]
        found += [mark for event in record.events for mark in event.marks()]
        lines += _paragraphs(record.story, found, screen)
    names = {statement.id: f"S{at}" for at, statement in enumerate(record.statements, 1)}
    lines += _section(
        "Statements", (_statement(one, names, screen, full) for one in record.statements), screen
    )
    said = {statement.id: statement for statement in record.statements}
    lines += _section(
        "Events", (_event(one, record.story, names, said, screen, full) for one in record.events), screen, "E"
    )
    return "\n".join(lines) + "\n"


def story_line(story: Story, screen: Screen) -> str:
    """Return a story as one line of a table: date, words, headline, where it came from."""
    source = " ".join(part for part in (story.source, story.position) if part) or "-"
    source = source if len(source) <= 40 else "…" + source[-39:]
    width = max(20, screen.width - 10 - 6 - 4 - len(source))
    head = plain(story.headline or story.text.partition("\n")[0])
    head = head if len(head) <= width else head[: width - 1] + "…"
    return (
        f"{(story.published or '-')[:10]:<10} {len(story.text.split()):>6}  {head:<{width}} {plain(source)}"
    )


def _header(story: Story, screen: Screen, full: bool) -> Iterator[str]:
    title = plain(story.headline or "(no headline)")
    yield from wrapped(painted(title, BOLD, screen), screen, "")
    yield "─" * min(screen.width, max(20, len(title)))
    dropped = Counter(line.why for line in story.furniture)
    reasons = ": " + ", ".join(f"{why} {count}" for why, count in dropped.most_common()) if full else ""
    rows = (
        (
            "published",
            f"{story.published} (read from: {story.published_from})" if story.published else "unknown",
        ),
        ("dateline", story.dateline.text if story.dateline else None),
        ("by", ", ".join(story.byline)),
        ("agency", story.agency),
        ("distributor", story.distributor),
        ("outlet", story.outlet),
        ("issuer", _actor(story.issuer) if story.issuer else None),
        ("removed", f"{len(story.furniture)} lines of furniture{reasons}" if story.furniture else None),
        ("from", " ".join(part for part in (story.source, story.position) if part)),
    )
    for name, value in rows:
        if value:
            yield from wrapped(plain(value), screen, " " * 12, painted(f"{name:<12}", DIM, screen))


def _paragraphs(story: Story, found: Sequence[Mark], screen: Screen) -> Iterator[str]:
    for span in story.paragraphs or (Span(0, len(story.text), story.text),):
        yield ""
        yield from wrapped(_marked(story.text, found, (span.start, span.end), screen), screen, "  ")


def _section(
    title: str, entries: Iterable[Iterable[str]], screen: Screen, letter: str = "S"
) -> Iterator[str]:
    """A title and numbered entries, each a first line and lines below it."""
    yield f"\n{painted(title, BOLD, screen)}"
    count = 0
    for count, entry in enumerate(entries, 1):
        first, *rest = entry
        number = f"{letter}{count}"
        yield from wrapped(first, screen, "      ", f"{number:>4}  ")
        for line in rest:
            yield from wrapped(line, screen, "      ")
    if not count:
        yield "      none"


def _statement(one: Statement, names: Mapping[str, str], screen: Screen, full: bool) -> Iterator[str]:
    speaker = party(one.speaker) if one.speaker else "somebody unnamed"
    behalf = f" for {_actor(one.principal)}" if one.principal else ""
    hearer = f" to {party(one.addressee)}" if one.addressee else ""
    channel = f", {one.channel}" if one.channel else ""
    nested = f", within {names.get(one.inside, one.inside)}" if one.inside else ""
    cue = f" [{plain(one.cue.text)}]" if one.cue else ""
    head = f"{painted(speaker, BOLD, screen)}{behalf}{hearer}{cue}"
    yield f"{head} ({one.stance}, {one.kind}{plain(channel)}{nested})"
    if one.content:
        yield painted(
            plain(" … ".join(span.text for span in one.content)), marks.COLOURS["content"][1], screen
        )
    if full and one.why:
        yield painted(f"why: {plain(one.why)}", DIM, screen)


def _event(
    one: Event,
    story: Story,
    names: Mapping[str, str],
    said: Mapping[str, Statement],
    screen: Screen,
    full: bool,
) -> Iterator[str]:
    yield f"{painted(one.type, BOLD, screen)} {parties(one)}"
    when = f"{one.date} ({one.date_precision}, from {one.date_from})" if one.date else "date not given"
    facts = [one.status, *(["background"] if one.background else []), when]
    facts += [f"at {plain(one.place.name)}"] if one.place else []
    facts.append(_word(one.word, names, said))
    facts += [f"confidence {one.confidence:.2f}"] if one.confidence is not None else []
    yield "; ".join(facts)
    yield _marked(story.text, one.marks(), (one.sentence.start, one.sentence.end), screen)
    if full:
        code = f"CAMEO {one.cameo}, " if one.cameo else ""
        yield painted(f"why: {code}{plain(one.why or 'not recorded')}", DIM, screen)


def _word(word: str | None, names: Mapping[str, str], said: Mapping[str, Statement]) -> str:
    if word is None:
        return "the outlet's own word"
    statement = said.get(word)
    actor = voucher(statement)
    whose = (
        actor.name
        if actor
        else statement.speaker.text
        if statement and statement.speaker
        else "somebody unnamed"
    )
    return f"on the word of {plain(whose)} ({names.get(word, word)})"


def parties(event: Event) -> str:
    """Return who did it to whom."""
    source = ", ".join(map(party, event.source)) or "(nobody named)"
    target = ", ".join(map(party, event.target))
    return f"{source}, together" if event.reciprocal else f"{source} → {target}" if target else source


def party(mention: Mention) -> str:
    """Return a mention in the story's words, with the name and code of whom it means."""
    words = plain(mention.text)
    if mention.actor is None:
        return words
    known = mention.actor.name if mention.actor.name != mention.text else None
    inside = ", ".join(part for part in (known, mention.actor.code) if part)
    return f"{words} ({plain(inside)})" if inside else words


def _actor(actor: Actor) -> str:
    return plain(f"{actor.name} ({actor.code})" if actor.code else actor.name)


def _marked(text: str, found: Iterable[Mark], window: tuple[int, int], screen: Screen) -> str:
    form = marks.terminal if screen.colour else marks.brackets
    return form(text, found, window=window)


def painted(text: str, code: str, screen: Screen) -> str:
    """Return a text in a colour or weight, where there are any."""
    return f"\x1b[{code}m{text}\x1b[0m" if screen.colour and text else text


def plain(text: str) -> str:
    """Return one line without control characters: a story must not be able to move the cursor."""
    return " ".join(text.translate(marks.CONTROL).split())


def wrapped(text: str, screen: Screen, indent: str, first: str | None = None) -> Iterator[str]:
    """Yield a text as lines, broken at spaces; colours take no room, and the text's own line ends count as spaces."""
    line = indent if first is None else first
    used, empty = len(ESCAPE.sub("", line)), True
    for word in text.split():
        size = len(ESCAPE.sub("", word))
        if not empty and used + 1 + size > screen.width:
            yield line
            line, used, empty = indent, len(indent), True
        line += word if empty else f" {word}"
        used += size + (not empty)
        empty = False
    yield line
