"""The news agencies' own XML: NewsML-G2 items, alone or many in a message, and NITF documents.

The body of a NewsML-G2 item is NITF, XHTML or plain text. Pictures and other items without a text are left out;
items that their provider has withdrawn are passed over and counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from detente.errors import EmptyInput, UnknownFormat
from detente.read import credits, dates, html
from detente.read.archives import Part
from detente.read.elements import elements, local, words
from detente.read.stories import Received
from detente.read.tally import Tally
from detente.records import Caption

ITEMS = frozenset({"newsitem", "nitf"})
ROOTS = frozenset({"newsmessage", "packageitem"})
UNTEXTED = frozenset({"audio", "composite", "graphic", "picture", "video", "animation", "icon"})
"""Classes of items that hold no story."""
WITHDRAWN = frozenset({"canceled", "cancelled", "withheld"})


def items(part: Part, tally: Tally) -> Iterator[Received]:
    """Yield the stories of a file in their order.

    Raises:
        BrokenMarkup: the XML ends or breaks before it should; what came before is yielded.
        UnknownFormat: it is XML of another kind.
    """
    for count, element in enumerate(elements(part, ITEMS, ROOTS), 1):
        position = ", ".join(piece for piece in (part.position, f"item {count}") if piece)
        where = f"{part.source}, {position}"
        if told := _withdrawn(element):
            tally.reject(UnknownFormat(f"withdrawn by its provider ({told})", where=where))
        elif _coded(element, "itemMeta", "itemClass") not in UNTEXTED:
            received = _item(element, part, position)
            if received.raw.strip():
                yield received
            else:
                tally.reject(EmptyInput("the item has no text", where=where))


def _withdrawn(item: Any) -> str | None:
    told = _coded(item, "itemMeta", "pubStatus")
    return told if told in WITHDRAWN else None


def _coded(item: Any, *path: str) -> str | None:
    """The code at a path: ``stat:usable`` and ``http://…/usable`` are both "usable"."""
    element = _at(item, *path)
    code = "" if element is None else element.get("qcode") or element.get("uri") or ""
    return code.replace("/", ":").rpartition(":")[2].lower() or None


def _at(element: Any, *path: str) -> Any:
    """The first element at a path of names, wherever their namespaces; None if there is none."""
    for name in path:
        element = next((child for child in element if local(child) == name.lower()), None)
        if element is None:
            return None
    return element


def _all(element: Any, *path: str) -> list[Any]:
    """Every element at a path of names."""
    found = [element]
    for name in path:
        found = [child for parent in found for child in parent if local(child) == name.lower()]
    return found


def _first(element: Any, *paths: tuple[str, ...]) -> str | None:
    """The text at the first of these paths that has one."""
    return next((text for path in paths for found in _all(element, *path) if (text := words(found))), None)


def _item(item: Any, part: Part, position: str) -> Received:
    """One item as a received text."""
    paper = item if local(item) == "nitf" else _at(item, "contentSet", "inlineXML", "nitf")
    told = _in_nitf(paper) if paper is not None else {}
    captions = tuple(_captions(paper)) if paper is not None else ()
    by = [text for element in _all(item, "contentMeta", "by") if (text := words(element))]
    notices = (("rightsInfo", "copyrightNotice"), ("itemMeta", "edNote"))
    return Received(
        raw=_text(item, paper),
        markup=False,
        guid=item.get("guid") or told.get("guid"),
        headline=_headline(item) or told.get("headline") or _first(item, ("itemMeta", "title")),
        deck=told.get("deck"),
        published=_published(item) or told.get("published"),
        byline=tuple(by) or tuple(filter(None, (told.get("byline"),))),
        outlet=_named(item, "itemMeta", "provider") or told.get("outlet"),
        sections=tuple(dict.fromkeys(_services(item))),
        captions=captions,
        notices=tuple(text for path in notices if (text := _first(item, path))),
        language=_language(item),
        source=part.source,
        position=position,
    )


def _headline(item: Any) -> str | None:
    """The headline: the main one, or the first that bears no other part."""
    found = _all(item, "contentMeta", "headline")
    main = [one for one in found if "main" in (one.get("role") or "")]
    return next((text for one in (*main, *found) if (text := words(one))), None)


def _published(item: Any) -> str | None:
    """The day of this version: a story that was written through speaks of the day on which it was."""
    paths = (("itemMeta", "versionCreated"), ("contentMeta", "contentCreated"), ("itemMeta", "firstCreated"))
    found = (_first(item, path) for path in paths)
    return next((text for text in found if dates.iso(text)), None)


def _named(item: Any, *path: str) -> str | None:
    """A party by its name, or by the free text or code that stands for it."""
    element = _at(item, *path)
    if element is None:
        return None
    code = (element.get("qcode") or "").rpartition(":")[2]
    return _first(element, ("name",)) or element.get("literal") or code or None


def _services(item: Any) -> Iterator[str]:
    for element in _all(item, "itemMeta", "service"):
        if name := _first(element, ("name",)):
            yield name


def _language(item: Any) -> str | None:
    tag = item.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    element = _at(item, "contentMeta", "language")
    tag = tag or ("" if element is None else element.get("tag") or "")
    return tag[:2].lower() or None


def _in_nitf(paper: Any) -> dict[str, str | None]:
    """What a NITF document says about itself."""
    head = _at(paper, "body", "body.head")
    issued = _at(paper, "head", "docdata", "date.issue")
    name = _at(paper, "head", "docdata", "doc-id")
    top = [] if head is None else [head]
    return {
        "guid": None if name is None else name.get("id-string"),
        "published": None if issued is None else issued.get("norm"),
        "headline": next((text for one in top if (text := _first(one, ("hedline", "hl1")))), None)
        or _first(paper, ("head", "title")),
        "deck": next((text for one in top if (text := _first(one, ("hedline", "hl2"), ("abstract",)))), None),
        "byline": next(
            (text for one in top if (text := _first(one, ("byline", "person"), ("byline",)))), None
        ),
        "outlet": next((text for one in top if (text := _first(one, ("distributor",)))), None),
    }


def _captions(paper: Any) -> Iterator[Caption]:
    """Take the media out of a NITF body, and yield their captions."""
    for element in [one for one in paper.iter() if local(one) == "media"]:
        for caption in _all(element, "media-caption"):
            if text := words(caption):
                yield credits.caption(text)
        element.clear()


def _text(item: Any, paper: Any) -> str:
    """The body as text, one paragraph a block."""
    if paper is not None:
        content = _at(paper, "body", "body.content")
        return "" if content is None else _shown(content)
    for element in _all(item, "contentSet", "inlineXML"):
        if len(element):
            return _shown(element)
    for element in _all(item, "contentSet", "inlineData"):
        text = element.text or ""
        if "html" in (element.get("contenttype") or "") or text.lstrip().startswith("<"):
            return html.text_of(text)
        if text.strip():
            return text
    return ""


def _shown(element: Any) -> str:
    """The visible text of XHTML or NITF, whose names are those of HTML where it matters."""
    from lxml import etree

    for one in element.iter():
        if isinstance(one.tag, str):
            name = local(one)
            # The subheads of NITF are lines of their own.
            one.tag = "h2" if name in ("hl1", "hl2") else name
    return html.text_of("".join(etree.tostring(child, encoding="unicode") for child in element))
