"""Long XML, element by element: what is wanted is handed over, everything else is forgotten as soon as it is read.

lxml leaves entities unresolved and asks no network; a file that declares entities of its own is refused, for nothing
but an attack needs them. lxml's own limits on depth (256) and on one piece of text (10 MB) stay in force.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from detente.errors import BrokenMarkup, UnknownFormat
from detente.read.archives import Part


def elements(part: Part, wanted: frozenset[str], roots: frozenset[str]) -> Iterator[Any]:
    """Yield the elements with these names that lie in no other of them; each is emptied when the next is asked for.

    Args:
        part: the XML.
        wanted: names of elements, in lower case and without namespace.
        roots: names of outermost elements in which it is all right to find none of them.

    Raises:
        BrokenMarkup: the XML ends or breaks before it should, or declares entities.
        UnknownFormat: it is XML of another kind.
    """
    from lxml import etree

    if b"<!ENTITY" in part.head():
        raise BrokenMarkup("declares XML entities, as no honest file of news does", where=part.where)
    context = etree.iterparse(
        part.stream, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    )
    within = 0
    root = found = ""
    try:
        for event, element in context:
            name = local(element)
            root = root or name
            if event == "start":
                within += name in wanted
                continue
            within -= name in wanted
            if within:
                continue
            if name in wanted:
                found = name
                yield element
            _forget(element)
    except etree.XMLSyntaxError as error:
        raise BrokenMarkup(f"not sound XML ({error.msg})", where=part.where) from None
    if not found and root not in roots:
        fault = f"XML of a kind that is not read; its outermost element is <{root[:40]}>"
        raise UnknownFormat(fault, where=part.where)


def local(element: Any) -> str:
    """Return an element's name without its namespace and in lower case, "" for none."""
    tag = getattr(element, "tag", None)
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def words(element: Any) -> str | None:
    """Return the text in an element with single spaces, None if there is none."""
    return " ".join("".join(element.itertext()).split()) or None if element is not None else None


def _forget(element: Any) -> None:
    """Empty an element and drop everything before it, so that memory stays flat."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
