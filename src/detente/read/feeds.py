"""RSS 0.9 to 2.0, RDF and Atom feeds: one story an item, with the full text where the feed has it.

Where an item brings only a summary, the story is one, and is marked as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from detente.errors import EmptyInput
from detente.read import dates, html
from detente.read.archives import Part
from detente.read.elements import elements, local, words
from detente.read.stories import Received
from detente.read.tally import Tally

WANTED = frozenset({"item", "entry", "title"})
ROOTS = frozenset({"rss", "feed", "rdf"})
BODIES = ("encoded", "content", "description", "summary")
SHORT = 500
"""Characters below which a description of one paragraph is no story."""
CUT = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|\b(?:read (?:the )?(?:more|rest|full \w{1,12})|continue reading|full story|more)\b\W{0,6}"
    r"|The post .{1,150} (?:first appeared|appeared first) on .{1,60})$",
    re.IGNORECASE,
)
"""How a text ends that goes on elsewhere."""


def items(part: Part, tally: Tally) -> Iterator[Received]:
    """Yield the items of a feed in their order.

    Raises:
        BrokenMarkup: the XML ends or breaks before it should; what came before is yielded.
        UnknownFormat: it is no feed.
    """
    title = None
    count = 0
    for element in elements(part, WANTED, ROOTS):
        if local(element) == "title":
            if local(element.getparent()) in ("channel", "feed"):
                title = title or words(element)
            continue
        count += 1
        received = _item(element, part, f"item {count}", title)
        if received.raw.strip():
            yield received
        else:
            tally.reject(EmptyInput("the item has no text", where=received.where))


def _item(element: Any, part: Part, position: str, outlet: str | None) -> Received:
    """One item as a received text."""
    found: dict[str, list[Any]] = {}
    for child in element:
        found.setdefault(local(child), []).append(child)
    bodies = ((name, _content(child)) for name in BODIES for child in found.get(name, ()))
    name, body = next(((name, text) for name, text in bodies if text.strip()), ("", ""))
    raw = html.text_of(body) if "<" in body or "&" in body else body
    return Received(
        raw=raw,
        markup=False,
        summary=_is_summary(name, raw),
        url=_link(found.get("link", ())),
        guid=_first(found, "guid", "id"),
        headline=html.text_of(title) if (title := _first(found, "title")) else None,
        published=_published(found),
        published_from="feed",
        byline=tuple(_authors(found)),
        outlet=_first(found, "source") or outlet,
        sections=tuple(dict.fromkeys(_categories(found.get("category", ())))),
        source=part.source,
        position=", ".join(piece for piece in (part.position, position) if piece),
    )


def _is_summary(name: str, text: str) -> bool:
    """Whether a body is a summary: called one, cut off, or one short paragraph in the place for a synopsis."""
    end = text.rstrip()[-200:]
    if name == "summary" or CUT.search(end):
        return True
    return name == "description" and len(text) < SHORT and "\n" not in text.strip()


def _content(element: Any) -> str:
    """What an element holds, as HTML or text; XHTML within it is written out."""
    if len(element):
        from lxml import etree

        return "".join(etree.tostring(child, encoding="unicode") for child in element)
    return element.text or ""


def _first(found: dict[str, list[Any]], *names: str) -> str | None:
    for name in names:
        for child in found.get(name, ()):
            if text := " ".join("".join(child.itertext()).split()):
                return text
    return None


def _published(found: dict[str, list[Any]]) -> str | None:
    """The item's date: its publication before its last change."""
    given = (_first(found, name) for name in ("pubdate", "published", "issued", "date", "updated"))
    return next((text for text in given if dates.iso(text)), None)


def _link(links: Any) -> str | None:
    """The story's address: RSS writes it into the element, Atom into an attribute."""
    for link in links:
        address = (link.text or "").strip() or (
            link.get("href") if link.get("rel", "alternate") == "alternate" else None
        )
        if address:
            return str(address)
    return None


def _authors(found: dict[str, list[Any]]) -> Iterator[str]:
    for name in ("creator", "author"):
        for child in found.get(name, ()):
            named = [part for part in child if local(part) == "name"]
            text = " ".join("".join((named[0] if named else child).itertext()).split())
            # RSS writes "address (Name)": the name counts.
            if "@" in text:
                text = text.partition("(")[2].rstrip(")")
            if text:
                yield text


def _categories(elements: Any) -> Iterator[str]:
    for element in elements:
        if text := " ".join((element.text or element.get("term") or "").split()):
            yield text
