"""One received text becomes one Story: the body found, everything around it read, what is dropped listed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from detente import ids
from detente.errors import BadDate, EmptyInput, TooLong
from detente.read import bylines, credits, dates, issuers, limits, lineroles
from detente.read.dates import Published
from detente.read.language import language_of
from detente.records import Caption, Furniture, Span, Story

if TYPE_CHECKING:
    from detente.read.clean import Line

MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|div|p|h[1-6]|meta|table|section)\b[^<>]{0,2000}>", re.I
)
PLAIN = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Received:
    """A text as it came, with what came along with it; `detente.read.files` makes these of everything it opens."""

    raw: str
    markup: bool | None = None  # None: look and see
    summary: bool = False  # only a summary of a story that stands elsewhere
    url: str | None = None
    guid: str | None = None
    headline: str | None = None
    deck: str | None = None
    published: str | None = None  # as given: any form that `dates.iso` reads
    published_from: str = "meta"
    evidence: tuple[
        str, ...
    ] = ()  # other dates from the same hand, which show whether day or month comes first
    byline: tuple[str, ...] = ()
    agency: str | None = None
    distributor: str | None = None
    outlet: str | None = None
    sections: tuple[str, ...] = ()
    captions: tuple[Caption, ...] = ()
    notices: tuple[str, ...] = ()
    furniture: tuple[Furniture, ...] = ()  # what stood around the text and went into no field
    language: str | None = None
    source: str | None = None
    position: str | None = None

    @property
    def where(self) -> str:
        """Where it came from, as an error message names it."""
        return ", ".join(part for part in (self.source or "text", self.position) if part)


class Around(NamedTuple):
    """What was found in a text: the body's paragraphs and everything around them."""

    paragraphs: tuple[str, ...]
    headline: str | None = None
    deck: str | None = None
    published: Published = Published()
    byline: tuple[str, ...] = ()
    agency: str | None = None
    distributor: str | None = None
    outlet: str | None = None
    sections: tuple[str, ...] = ()
    captions: tuple[Caption, ...] = ()
    notices: tuple[str, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    url: str | None = None
    language: str | None = None


def story_of(received: Received, *, published: str | None = None, clean: bool = True) -> Story:
    """Return the Story in a received text.

    Args:
        received: the text and what came with it.
        published: date that the user gave; it counts before any other.
        clean: False takes the text as it is.

    Raises:
        EmptyInput: no text in it.
        TooLong: longer than the limits allow.
        BadDate: `published` is not an ISO date.
    """
    given = _given_date(published)
    if not received.raw.strip():
        raise EmptyInput("there is no text", where=received.where)
    markup = received.markup if received.markup is not None else is_markup(received.raw)
    limit = limits.DOCUMENT if markup else limits.TEXT
    if len(received.raw) > limit:
        raise TooLong(f"{len(received.raw):,} characters, more than {limit:,}", where=received.where)
    sign, most, what = ("<", limits.TAGS, "tags") if markup else ("\n", limits.LINES, "lines")
    if clean and received.raw.count(sign) > most:
        raise TooLong(f"more than {most:,} {what} in one text", where=received.where)
    around = _around(received, markup) if clean else Around(())
    text = "\n\n".join(around.paragraphs) if clean else received.raw
    if not text.strip():
        raise EmptyInput("no story was found in it", where=received.where)
    return _story(received, around, text, given)


def _given_date(published: str | None) -> Published | None:
    if published is None:
        return None
    when = dates.iso(published) if re.match(r"\d{4}-\d\d-\d\d", published) else None
    if not when:
        raise BadDate(f"{published!r} is not a date")
    return Published(when, "argument", None)


def is_markup(raw: str) -> bool:
    """Whether a text is HTML: several tags near its beginning, or it starts with one."""
    start = raw[:20_000]
    found = len(MARKUP.findall(start))
    return found > 2 or (found > 0 and start.lstrip()[:1] == "<")


def _around(received: Received, markup: bool) -> Around:
    if markup:
        from detente.read import html

        return html.around(received.raw, url=received.url)
    return _in_text(received)


def _story(received: Received, around: Around, text: str, given: Published | None) -> Story:
    """Put together what came with the text and what was found in it; what came with it counts first."""
    url = received.url or around.url
    when = given or _published(received, around, url)
    paragraphs = tuple(spans(text, around.paragraphs))
    opening = credits.opening((span.text for span in paragraphs), when.when)
    if not when.when and not when.why and opening.dateline and opening.dateline.date:
        when = Published(opening.dateline.date, "text", opening.dateline.text)
    headline = received.headline or around.headline
    people, service = bylines.people(received.byline)
    outlet = received.outlet or around.outlet or opening.outlet
    return Story(
        id=ids.story_id(received.raw, url=received.url, guid=received.guid),
        text=text,
        paragraphs=paragraphs,
        headline=_line(headline),
        deck=_line(received.deck or around.deck),
        published=when.when,
        published_from=when.origin,
        published_why=when.why,
        dateline=opening.dateline,
        byline=people or around.byline,
        agency=received.agency or around.agency or service or opening.agency,
        distributor=received.distributor or around.distributor,
        outlet=_line(outlet),
        issuer=issuers.issuer(url),
        sections=tuple(dict.fromkeys((*received.sections, *around.sections))),
        captions=tuple(dict.fromkeys((*received.captions, *around.captions))),
        notices=tuple(dict.fromkeys((*received.notices, *around.notices))),
        furniture=(*received.furniture, *around.furniture),
        language=language_of(text) or received.language or around.language,
        url=url,
        source=received.source,
        position=received.position,
        summary=received.summary,
    )


def _published(received: Received, around: Around, url: str | None) -> Published:
    """The first of: what came with the text, what stands in it, its address."""
    when = dates.iso(received.published)
    if when:
        return Published(when, received.published_from, received.published)
    in_url = dates.in_url(url)
    told = _ambiguous(received, in_url)
    if told.when:
        return told._replace(origin=received.published_from)
    if around.published.when or (around.published.why and not in_url):
        return around.published
    return Published(in_url, "url", url) if in_url else told


def _ambiguous(received: Received, in_url: str | None) -> Published:
    """A date that came with the text and may be two: settled by others of its kind, by the address or by the text."""
    given = (received.published or "")[:100]
    if not any(found.ambiguous for found in dates.printed(given)):
        return Published()
    return dates.in_lines([given], received.evidence or received.raw.splitlines(), in_url)


def spans(text: str, paragraphs: Sequence[str] = ()) -> Iterator[Span]:
    """Yield where the paragraphs stand in the text; without paragraphs, what empty lines part."""
    if paragraphs:
        at = 0
        for paragraph in paragraphs:
            yield Span(at, at + len(paragraph), paragraph)
            at += len(paragraph) + 2
        return
    at = 0
    for gap in [*re.finditer(r"\n[^\S\n]*\n\s*", text), None]:
        part = text[at : gap.start() if gap else len(text)]
        if part.strip():
            start = at + len(part) - len(part.lstrip())
            yield Span(start, start + len(part.strip()), part.strip())
        at = gap.end() if gap else at


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _in_text(received: Received) -> Around:
    """Find the story in plain text, furniture and all."""
    from detente.read import clean, joining

    headline = _line(received.headline)
    # The headline that came along tells the model where the story begins, unless the text prints it itself.
    ahead = f"{headline}\n\n" if headline and plain(headline) not in plain(received.raw[:2000]) else ""
    lines = clean.label_lines(ahead + received.raw)
    if ahead:
        lines = [line for line in lines if line.start >= len(ahead)]
    paragraphs = tuple(paragraph for paragraph in joining.paragraphs(lines) if paragraph)
    return around_lines(lines, received)._replace(paragraphs=paragraphs)


def plain(text: str) -> str:
    """Return a text's words only, in lower case, to compare lines that differ in quotes and dashes."""
    return PLAIN.sub(" ", text).strip().casefold()


def around_lines(lines: Sequence[Line], received: Received) -> Around:
    """Read everything that stands around the body from its labelled lines."""
    by_label: dict[str, list[str]] = {}
    for line in lines:
        by_label.setdefault(line.label, []).append(line.text)
    names: list[str] = []
    agencies = [credits.agency(text) for text in by_label.get("agency", ())]
    for text in by_label.get("byline", ()):
        # A lone word is a name only after "By", which may stand on the line above.
        found, agency = bylines.authors(text if " " in text else f"By {text}")
        names += found
        agencies += [agency] if agency else []
    headline = next(iter(by_label.get("headline", ())), None)
    passed_on = [credits.distributor(text) for text in by_label.get("distributor", ())]
    dated = list(_dated(lines))
    sure = [text for text, score in dated if score >= dates.SURE]
    return Around(
        paragraphs=(),
        headline=headline,
        deck=next(iter(by_label.get("deck", ())), None),
        published=dates.in_lines(
            [*(text for text, _ in dated), *by_label.get("byline", ())],
            (line.text for line in lines),
            dates.in_url(received.url),
            changes=sure,
        ),
        byline=tuple(dict.fromkeys(names)),
        agency=next(iter(agencies), None),
        distributor=next((who for who in passed_on if who), None),
        sections=tuple(
            dict.fromkeys(part for text in by_label.get("section", ()) for part in credits.sections(text))
        ),
        captions=tuple(_captions(lines)),
        notices=tuple(dict.fromkeys(by_label.get("notice", ()))),
        furniture=tuple(_dropped(lines, received.headline or headline)),
    )


def _dated(lines: Iterable[Line]) -> Iterator[tuple[str, float]]:
    """Yield the lines that date the story, each with the "Published" or "Updated" that stands alone above it, and how
    sure it is that they do."""
    stamp = ""
    for line in lines:
        if line.label == "date":
            yield f"{stamp} {line.text}".strip(), line.score
        if line.label != "blank":
            stamp = line.text if lineroles.STAMP_ONLY.match(line.text) else ""


def _captions(lines: Iterable[Line]) -> Iterator[Caption]:
    """Yield the captions; a credit on a line of its own goes to the caption beside it."""
    last: Caption | None = None
    alone: str | None = None
    for line in lines:
        if line.label == "caption":
            if last:
                yield last
            last, alone = credits.caption(line.text), None if alone is None else alone
            if alone and not last.credit:
                last, alone = replace(last, credit=alone), None
        elif line.label == "credit":
            if last and not last.credit:
                last = replace(last, credit=credits.credit(line.text))
            else:
                alone = credits.credit(line.text)
        elif line.label != "blank":
            alone = None
            if last:
                yield last
            last = None
    if last:
        yield last


WHY = {
    "headline": "not the headline that came with the story",
    "byline": "line with the authors' names, kept as byline",
    "date": "line with a date",
    "credit": "credit of a picture",
    "section": "line that names the section, kept as section",
    "agency": "line that names the agency, kept as agency",
    "distributor": "line that says who passed the story on, kept as distributor",
    "deck": "a second deck",
}
KEPT = frozenset({"body", "dateline_only", "blank", "caption", "notice"})


def _dropped(lines: Iterable[Line], headline: str | None) -> Iterator[Furniture]:
    """Yield every line whose words are not kept as they stand, with the reason."""
    decks = 0
    for line in lines:
        if line.label in KEPT:
            continue
        if line.label == "headline" and headline and plain(line.text) == plain(headline):
            continue
        decks += line.label == "deck"
        if line.label == "deck" and decks == 1:
            continue
        told = WHY.get(line.label)
        yield Furniture(line.text, f"{told}: {line.why}" if told else line.why)
