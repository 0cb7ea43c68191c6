"""RSS 0.9 to 2.0, RDF and Atom feeds: one story an item, with the full text where the feed has it.

Read as a stream by lxml with entities left unresolved and no network; a feed that declares entities of its own is
refused, for nothing but an attack needs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from detente.errors import BrokenMarkup, EmptyInput
from detente.read import dates, html, limits
from detente.read.archives import Part
from detente.read.stories import Received
from detente.read.tally import Tally

ITEMS = frozenset({"item", "entry"})
BODIES = ("encoded", "content", "description", "summary")


def items(part: Part, tally: Tally) -> Iterator[Received]:
    """Yield the items of a feed in their order.

    Raises:
        BrokenMarkup: the XML ends or breaks before it should; what came before is yielded.
    """
    from lxml import etree

    if b"<!ENTITY" in part.head():
        raise BrokenMarkup("declares XML entities, as no honest feed does", where=part.where)
    context = etree.iterparse(
        part.stream, events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    title = None
    count = 0
    try:
        for _, element in context:
            name = _local(element)
            if name == "title" and _local(element.getparent()) in ("channel", "feed"):
                title = " ".join((element.text or "").split()) or None
            if name not in ITEMS:
                continue
            count += 1
            received = _item(element, part, f"item {count}", title)
            _forget(element)
            if received.raw.strip():
                yield received
            else:
                tally.reject(EmptyInput("the item has no text", where=received.where))
    except etree.XMLSyntaxError as error:
        raise BrokenMarkup(f"not sound XML ({error.msg})", where=part.where) from None


def _local(element: Any) -> str:
    """An element's name without its namespace, "" for none."""
    tag = getattr(element, "tag", None)
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _forget(element: Any) -> None:
    """Drop an item that was read and everything before it, so that memory stays flat."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _item(element: Any, part: Part, position: str, outlet: str | None) -> Received:
    """One item as a received text."""
    found: dict[str, list[Any]] = {}
    for child in element:
        found.setdefault(_local(child), []).append(child)
    body = next((text for name in BODIES for child in found.get(name, ()) if (text := _content(child))), "")
    bodies = body[: limits.DOCUMENT]
    return Received(
        raw=html.text_of(bodies) if "<" in bodies or "&" in bodies else bodies,
        markup=False,
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
            named = [part for part in child if _local(part) == "name"]
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
