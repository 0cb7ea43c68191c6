"""schema.org NewsArticle as JSON-LD: objects with an article's body are read, stories are written.

What detente has written it reads back as it was, but for the furniture and where things came from.
https://schema.org/NewsArticle
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from detente.errors import BadRecord
from detente.read import credits, html, issuers
from detente.read.metadata import ARTICLES, name_of
from detente.read.stories import Received, spans
from detente.records import Caption, Story

PUBLISHER = "detente"
URN = "urn:x-detente:"
RIGHTS = re.compile(r"copyright|©|\(c\)|\brights\b", re.IGNORECASE)
Row = Mapping[str, Any]


def is_one(row: Row) -> bool:
    """Whether a JSON object is an article of schema.org with a text in it."""
    kind = str(row.get("@type") or "")
    return bool(ARTICLES.search(kind)) and any(_text(row.get(name)) for name in ("articleBody", "abstract"))


def received(row: Row, where: str) -> Received | Story:
    """Return an article as a received text, or as the Story it was if detente wrote it.

    Raises:
        BadRecord: detente wrote it, and somebody changed it.
    """
    if name_of(row.get("sdPublisher")) == PUBLISHER:
        return _own(row, where)
    body = _text(row.get("articleBody"))
    whole = body or _text(row.get("abstract")) or ""
    return Received(
        raw=html.text_of(whole) if whole.startswith("<") else whole,
        markup=False,
        summary=body is None,
        url=_address(row),
        guid=_text(row.get("@id")),
        headline=_text(row.get("headline")) or _text(row.get("name")),
        published=_text(row.get("datePublished")),
        byline=tuple(name for value in _list(row.get("author")) if (name := name_of(value))),
        outlet=name_of(row.get("publisher")),
        sections=tuple(text for value in _list(row.get("articleSection")) if (text := _text(value))),
        captions=tuple(_captions(row)),
        notices=tuple(text for value in _list(row.get("correction")) if (text := _text(value))),
        language=(_text(row.get("inLanguage")) or "")[:2].lower() or None,
    )


def written(story: Story) -> dict[str, Any]:
    """Return a story as a NewsArticle. The furniture is left out."""
    body = "abstract" if story.summary else "articleBody"
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": URN + story.id,
        "url": story.url,
        "headline": story.headline,
        "description": story.deck,
        "datePublished": story.published,
        "dateline": story.dateline.text if story.dateline else None,
        "author": [{"@type": "Person", "name": name} for name in story.byline],
        "sourceOrganization": _organisation(story.agency),
        "provider": _organisation(story.distributor),
        "publisher": _organisation(story.outlet),
        "creator": _organisation(story.issuer.name) if story.issuer else None,
        "articleSection": list(story.sections),
        body: story.text,
        "wordCount": len(story.text.split()),
        "image": [_picture(caption) for caption in story.captions],
        "copyrightNotice": [notice for notice in story.notices if RIGHTS.search(notice)],
        "correction": [notice for notice in story.notices if not RIGHTS.search(notice)],
        "inLanguage": story.language,
        "sdPublisher": {"@type": "SoftwareApplication", "name": PUBLISHER},
    }
    return {name: value for name, value in article.items() if value or name == body}


def _organisation(name: str | None) -> dict[str, str] | None:
    return {"@type": "NewsMediaOrganization", "name": name} if name else None


def _picture(caption: Caption) -> dict[str, str]:
    picture = {"@type": "ImageObject", "caption": caption.text, "creditText": caption.credit}
    return {name: value for name, value in picture.items() if value}


def _own(row: Row, where: str) -> Story:
    """The story that `written` made this article of."""
    try:
        summary = "articleBody" not in row
        text = row["abstract"] if summary else row["articleBody"]
        published, url = row.get("datePublished"), row.get("url")
        paragraphs = tuple(spans(text))
        return Story(
            id=row["@id"].removeprefix(URN),
            text=text,
            paragraphs=paragraphs,
            headline=row.get("headline"),
            deck=row.get("description"),
            published=published,
            published_from="meta" if published else None,
            dateline=credits.opening((span.text for span in paragraphs), published).dateline,
            byline=tuple(author["name"] for author in row.get("author", ())),
            agency=row.get("sourceOrganization", {}).get("name"),
            distributor=row.get("provider", {}).get("name"),
            outlet=row.get("publisher", {}).get("name"),
            issuer=issuers.issuer(url),
            sections=tuple(row.get("articleSection", ())),
            captions=tuple(_captions(row)),
            notices=(*row.get("correction", ()), *row.get("copyrightNotice", ())),
            language=row.get("inLanguage"),
            url=url,
            summary=summary,
        )
    except (KeyError, AttributeError, ValueError, TypeError) as error:
        fault = f"not the NewsArticle that detente wrote ({type(error).__name__}: {error})"
        raise BadRecord(fault, where=where) from None


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _address(row: Row) -> str | None:
    """Where the article stands: its own address, or that of the page whose main part it is."""
    page = row.get("mainEntityOfPage")
    given = (row.get("url"), page.get("@id") if isinstance(page, dict) else page)
    return next((text for value in given if (text := _text(value)) and text.startswith("http")), None)


def _captions(row: Row) -> Iterator[Caption]:
    for picture in _list(row.get("image")):
        if isinstance(picture, dict) and (text := _text(picture.get("caption"))):
            yield Caption(text, _text(picture.get("creditText")))
