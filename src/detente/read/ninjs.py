"""ninjs, the news agencies' JSON: versions 1 to 3 are read, version 3.1 is written.

What detente has written it reads back as it was, but for the furniture and where things came from.
https://www.iptc.org/std/ninjs/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from detente.errors import BadRecord, UnknownFormat
from detente.read import credits, dates, html, issuers
from detente.read.stories import Received, spans
from detente.records import Caption, Story

PROFILE = "detente"
SCHEMA = "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"
URN = "urn:x-detente:"
Row = Mapping[str, Any]


def is_one(row: Row) -> bool:
    """Whether a JSON object is a ninjs item with a text in it."""
    names = {name.lower() for name in row}
    named = "uri" in names or {"guid", "versioncreated"} <= names
    return named and any(name == "bodies" or name.startswith("body_") for name in names)


def received(row: Row, where: str) -> Received | Story:
    """Return an item as a received text, or as the Story it was if detente wrote it.

    Raises:
        UnknownFormat: it is a picture or the like, or was withdrawn by its provider.
        BadRecord: detente wrote it, and somebody changed it.
    """
    item = {name.lower(): value for name, value in row.items()}
    if item.get("profile") == PROFILE:
        return _own(item, where)
    if item.get("type", "text") not in ("text", "composite"):
        raise UnknownFormat(f"an item of type {item['type']!r}, not a text", where=where)
    if item.get("pubstatus") in ("canceled", "withheld"):
        raise UnknownFormat(f"withdrawn by its provider ({item['pubstatus']})", where=where)
    notices = (_text(item.get(name)) for name in ("copyrightnotice", "ednote"))
    byline = _text(item.get("by") or item.get("byline"))
    return Received(
        raw=_body(item),
        markup=False,
        summary=item.get("representationtype") in ("partial", "incomplete"),
        guid=_text(item.get("uri") or item.get("guid")),
        url=next((text for role, text in _pairs(item, "altids") if role in ("url", "canonical")), None),
        headline=_best(item, "headlines", "headline", "main") or _text(item.get("title")),
        published=_published(item),
        byline=(byline,) if byline else (),
        outlet=_text(item.get("copyrightholder")),
        captions=tuple(_captions(item)),
        notices=tuple(text for text in notices if text),
        language=(_text(item.get("language")) or "")[:2].lower() or None,
    )


def written(story: Story) -> dict[str, Any]:
    """Return a story as a ninjs 3.1 item. The furniture is left out."""
    item: dict[str, Any] = {
        "uri": URN + story.id,
        "type": "text",
        "representationType": "partial" if story.summary else "full",
        "profile": PROFILE,
        "standard": {"name": "ninjs", "version": "3.1", "schema": SCHEMA},
        "headlines": _valued(main=[story.headline], deck=[story.deck]),
        "bodies": [
            {
                "role": "main",
                "contentType": "text/plain",
                "charCount": len(story.text),
                "wordCount": len(story.text.split()),
                "value": story.text,
            }
        ],
        # Of many stories only the day is known, which the fields for dates of ninjs do not hold.
        "descriptions": _valued(published=[story.published], notice=story.notices),
        "versionCreated": _moment(story.published),
        "by": ", ".join(story.byline),
        "located": "; ".join(story.dateline.places) if story.dateline else None,
        "language": story.language,
        "infoSources": [
            {"name": name, "role": role}
            for role in ("author", "agency", "distributor", "outlet", "issuer")
            for name in _parties(story, role)
        ],
        "subjects": [{"name": name, "rel": "section"} for name in story.sections],
        "altIds": [{"role": "url", "value": story.url}] if story.url else [],
        "associations": list(_pictures(story)),
    }
    return {name: value for name, value in item.items() if value}


def _valued(**roles: Any) -> list[dict[str, str]]:
    """Texts with their roles, as ninjs lists headlines and descriptions."""
    return [{"role": role, "value": text} for role, texts in roles.items() for text in texts if text]


def _moment(published: str | None) -> str | None:
    """A datetime with its zone, as JSON Schema wants one; the beginning of the day in UTC where that is all we know."""
    if not published:
        return None
    when = datetime.fromisoformat(published)
    return when.isoformat() if when.tzinfo else f"{when.isoformat()}Z"


def _parties(story: Story, role: str) -> tuple[str, ...]:
    if role == "author":
        return story.byline
    if role == "issuer":
        return (story.issuer.name,) if story.issuer else ()
    name = getattr(story, role)
    return (name,) if name else ()


def _pictures(story: Story) -> Iterator[dict[str, Any]]:
    for number, caption in enumerate(story.captions, 1):
        picture = {
            "name": f"picture-{number}",
            "uri": f"{URN}{story.id}:picture-{number}",
            "type": "picture",
            "descriptions": _valued(caption=[caption.text]),
            "by": caption.credit,
        }
        yield {name: value for name, value in picture.items() if value}


def _own(item: dict[str, Any], where: str) -> Story:
    """The story that `written` made this item of."""
    try:
        text = next(text for role, text in _pairs(item, "bodies") if role == "main")
        told = list(_pairs(item, "descriptions"))
        named = list(_pairs(item, "infosources", value="name"))
        published = next((text for role, text in told if role == "published"), None)
        url = next((text for role, text in _pairs(item, "altids") if role == "url"), None)
        paragraphs = tuple(spans(text))
        return Story(
            id=item["uri"].removeprefix(URN),
            text=text,
            paragraphs=paragraphs,
            headline=next((text for role, text in _pairs(item, "headlines") if role == "main"), None),
            deck=next((text for role, text in _pairs(item, "headlines") if role == "deck"), None),
            published=published,
            published_from="meta" if published else None,
            dateline=credits.opening((span.text for span in paragraphs), published).dateline,
            byline=tuple(name for role, name in named if role == "author"),
            agency=next((name for role, name in named if role == "agency"), None),
            distributor=next((name for role, name in named if role == "distributor"), None),
            outlet=next((name for role, name in named if role == "outlet"), None),
            issuer=issuers.issuer(url),
            sections=tuple(name for _, name in _pairs(item, "subjects", role="rel", value="name")),
            captions=tuple(_captions(item)),
            notices=tuple(text for role, text in told if role == "notice"),
            language=item.get("language"),
            url=url,
            summary=item.get("representationtype") == "partial",
        )
    except (StopIteration, KeyError, AttributeError, ValueError, TypeError) as error:
        fault = f"not the ninjs item that detente wrote ({type(error).__name__}: {error})"
        raise BadRecord(fault, where=where) from None


def _pairs(item: Row, name: str, *, role: str = "role", value: str = "value") -> Iterator[tuple[str, str]]:
    """Yield role and text of each entry of a list of ninjs 2 and 3."""
    entries = item.get(name)
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get(value), str):
            yield str(entry.get(role) or ""), entry[value]


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _best(item: Row, many: str, one: str, role: str) -> str | None:
    """A text from the list of ninjs 2 and 3, or from ``headline`` and ``headline_main`` of ninjs 1."""
    found = dict(reversed(list(_pairs(item, many))))
    single = _text(item.get(one)) or _text(item.get(f"{one}_{role}"))
    return single or found.get(role) or next(reversed(found.values()), None)


def _body(item: Row) -> str:
    """The body: as plain text where that has paragraphs, else out of its markup."""
    plain: list[str] = []
    marked: list[str] = []
    for entry in item.get("bodies") or []:
        if isinstance(entry, dict) and (text := _text(entry.get("value"))):
            kind = str({name.lower(): value for name, value in entry.items()}.get("contenttype") or "")
            (marked if "ml" in kind or text.startswith("<") else plain).append(text)
    for name, value in item.items():
        if name.startswith("body_") and (text := _text(value)):
            (marked if "html" in name or text.startswith("<") else plain).append(text)
    if plain and ("\n" in plain[0] or not marked):
        return plain[0]
    return next((text for page in marked if (text := html.text_of(page))), plain[0] if plain else "")


def _published(item: Row) -> str | None:
    given = (item.get(name) for name in ("versioncreated", "contentcreated", "firstcreated"))
    return next((text for text in given if isinstance(text, str) and dates.iso(text)), None)


def _captions(item: Row) -> Iterator[Caption]:
    """Yield the captions of the pictures that go with an item; ninjs 1 keeps them by name, later ones in a list."""
    beside = item.get("associations")
    pictures = beside.values() if isinstance(beside, dict) else beside if isinstance(beside, list) else ()
    for picture in pictures:
        if not isinstance(picture, dict) or picture.get("type") != "picture":
            continue
        text = _best(picture, "descriptions", "description", "caption") or _text(
            picture.get("description_text")
        )
        if text:
            yield Caption(text, _text(picture.get("by") or picture.get("byline")))
