"""What a page says about itself outside its visible text: JSON-LD, meta tags, its h1, time and canonical address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any, NamedTuple

from detente.read import dates
from detente.read.stories import plain

ARTICLES = re.compile(r"Article|BlogPosting|Report|PressRelease|LiveBlogPosting|WebPage$")
DATE_NAMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "citation_publication_date",
    "cxenseparse:recs:publishtime",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "date",
)
SITE_NAME = re.compile(r"(?<!\s)\s++[|–—•·-]\s++[^|–—•·]{1,50}$")
_MARK = r"(?:\\?\"|&quot;|&#34;)"
STATED = re.compile(rf"datePublished{_MARK}\s{{0,3}}:\s{{0,3}}{_MARK}(?P<when>[^\"\\&]{{8,40}})")
"""A date of publication in data that a page keeps for its own scripts."""
SIGNED = (
    "//*[@rel='author' or @itemprop='author']",
    *(
        f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
        for name in ("author", "authors")
    ),
)
"""Where pages mark who signs them, the surest first."""
LONGEST = 120
"""Characters from which a text is no signature: pages mark whole biographies too."""


class Metadata(NamedTuple):
    """What a page says about itself outside its visible text."""

    headline: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    section: str | None = None
    url: str | None = None
    language: str | None = None
    deck: str | None = None


def metadata(tree: Any, raw: str = "") -> Metadata:
    """Return what JSON-LD, meta tags and the headings of a parsed page say; the first that says something counts.

    Args:
        tree: the parsed page.
        raw: its markup, for what it says only in data of its scripts.
    """
    nodes = _nodes_of(tree)
    linked = list(_articles(nodes))
    meta = _meta_tags(tree)
    outlet = meta.get("og:site_name") or _first(name_of(node.get("publisher")) for node in linked)
    canonical = tree.xpath("string((//link[@rel='canonical']/@href)[1])").strip()
    address = canonical if canonical.startswith("http") else meta.get("og:url")
    published = _first(
        dates.iso(node.get("datePublished")) for node in linked if _is_text(node.get("datePublished"))
    )
    tags = (dates.iso(meta.get(name)) for name in DATE_NAMES)
    section = _first(node.get("articleSection") for node in linked if _is_text(node.get("articleSection")))
    return Metadata(
        headline=_headline(tree, linked, meta, outlet),
        published=published or _first(tags) or _time_tag(tree) or _stated(raw),
        authors=tuple(_authors(linked, nodes)) or _meta_authors(tree),
        outlet=outlet,
        section=section or meta.get("article:section"),
        url=address if address and address.startswith("http") else None,
        language=(tree.get("lang") or "")[:2].lower() or None,
        deck=meta.get("og:description") or meta.get("description"),
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _first(values: Iterable[Any]) -> Any:
    return next((value for value in values if value), None)


def _meta_tags(tree: Any) -> dict[str, str]:
    """The page's meta tags by property or name, in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = _clear(tag.get("content") or "")
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _nodes_of(tree: Any) -> list[dict[str, Any]]:
    """The page's JSON-LD nodes of every kind."""
    nodes: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json":
            try:
                nodes += _nodes(json.loads(script.text or "", strict=False), 0)
            except (ValueError, RecursionError):
                continue
    return nodes


def _articles(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD nodes that describe an article, articles before mere pages."""
    of_kind = [(str(node.get("@type")), node) for node in nodes]
    yield from (node for kind, node in of_kind if ARTICLES.search(kind) and "WebPage" not in kind)
    yield from (node for kind, node in of_kind if "WebPage" in kind)


def _nodes(data: Any, depth: int) -> list[dict[str, Any]]:
    if depth > 4:
        return []
    if isinstance(data, list):
        return [node for part in data[:200] for node in _nodes(part, depth + 1)]
    if isinstance(data, dict):
        return [
            data,
            *_nodes(data.get("@graph", []), depth + 1),
            *_nodes(data.get("mainEntity", []), depth + 1),
        ]
    return []


def name_of(value: Any) -> str | None:
    """Return the name of a person or organisation as JSON-LD writes one: an object, a list of them, or a text."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return _clear(value) or None if isinstance(value, str) else None


def _clear(text: str) -> str:
    """A text with single spaces, and without the entities that many sites escape twice."""
    return " ".join(unescape(text).split())


def _authors(linked: list[dict[str, Any]], nodes: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the authors of the first article that names any; a mere reference is looked up among the other nodes."""
    named = {str(node["@id"]): node for node in nodes if node.get("@id") and node.get("name")}
    for article in linked:
        given = article.get("author") or article.get("creator")
        found = [_name(value, named) for value in (given if isinstance(given, list) else [given])]
        # Some sites put the writer's name and the paper's in one field, and leave the first of them empty.
        names = [name for name in found if name and name[0] != ","]
        if names:
            yield from names
            return


def _name(value: Any, named: dict[str, dict[str, Any]]) -> str | None:
    if isinstance(value, dict) and not value.get("name"):
        value = named.get(str(value.get("@id")))
    return name_of(value)


def _meta_authors(tree: Any) -> tuple[str, ...]:
    """The authors in meta tags, links, microdata and classes; several tags, several authors."""
    tags = "//meta[@name='author' or @name='byl' or @name='parsely-author' or @property='article:author']/@content"
    marked = ([element.text_content() for element in tree.xpath(path)[:40]] for path in SIGNED)
    within = tree.xpath("//*[contains(@class, 'byline')]//text()")[:20]
    for values, most in ((tree.xpath(tags)[:20], 7), *((values, 3) for values in marked), (within, 7)):
        found = [" ".join(value.split()) for value in values]
        names = tuple(dict.fromkeys(name for name in found if name and not name.startswith("http")))
        if 0 < len(names) <= most and len(names[0]) < LONGEST:
            return names
    return ()


def _headline(
    tree: Any, linked: list[dict[str, Any]], meta: dict[str, str], outlet: str | None
) -> str | None:
    """The headline: the h1 if the metadata confirm it, else the metadata's own, without the site's name."""
    told = _first(node.get("headline") for node in linked if _is_text(node.get("headline")))
    given = told or meta.get("og:title") or meta.get("twitter:title") or tree.xpath("string((//title)[1])")
    given = _clear(str(given or ""))
    shown = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
    shown = [text for text in shown if text]
    for text in shown:
        # Metadata shorten headlines and add the site's name; what stands on the page is the headline.
        if plain(text) == plain(given) or (len(text) > 20 and plain(text) in plain(given)):
            return text
    if len(shown) == 1 and _akin(shown[0], given):
        return shown[0]
    bare = SITE_NAME.sub("", given) if not told else given
    if outlet and given.endswith(outlet):
        bare = given.removesuffix(outlet).rstrip(" |–—-:·")
    return bare or (shown[0] if len(shown) == 1 else None)


def _akin(heading: str, given: str) -> bool:
    """Whether a page's only heading says what its metadata say in other words, as written for search engines."""
    words, others = set(plain(heading).split()), set(plain(given).split())
    return len(words) > 3 and len(words & others) >= 0.3 * min(len(words), len(others))


def _time_tag(tree: Any) -> str | None:
    """The date of the first time element in an article's head, if the page has no other."""
    for value in tree.xpath(
        "(//article//time/@datetime | //time[@pubdate or @itemprop='datePublished']/@datetime)[1]"
    ):
        return dates.iso(value)
    return None


def _stated(raw: str) -> str | None:
    """The date of publication in data for the page's own scripts, if they give one day only: lists tell of many."""
    found = {when[:10]: when for match in STATED.finditer(raw) if (when := dates.iso(match["when"]))}
    return next(iter(found.values())) if len(found) == 1 else None
