"""A page's HTML becomes the parts of a story: trafilatura finds the body, the page's own metadata the rest.

trafilatura and lxml are imported by the first page. Every visible line that did not go into the body is listed, so
that a page loses no more silently than a text does.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from detente.read import credits, dates
from detente.read.dates import Published
from detente.read.stories import Around, Received, around_lines, plain
from detente.records import Caption, Furniture

BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "dd", "details",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hr", "html", "label", "legend", "li", "main", "menu", "nav", "ol",
        "option", "p", "pre", "section", "select", "summary", "table", "tbody", "td", "tfoot", "th",
        "thead", "title", "tr", "ul",
    )
)  # fmt: skip
UNSEEN = frozenset(
    (
        "head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas",
    )
)  # fmt: skip
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
SITE_NAME = re.compile(r"\s+[|–—-]\s+[^|–—]{1,50}$")
SHORT = 200
"""Characters below which trafilatura's body is not believed and the page's lines are read as a plain text."""


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


def around(raw: str, *, url: str | None = None) -> Around:
    """Return body and surroundings of a page.

    Args:
        raw: the page's HTML.
        url: its address, if known; the page's own canonical address is used otherwise.
    """
    tree = _tree(raw)
    if tree is None:
        return Around(())
    lines = list(_lines(tree))
    told = _metadata(tree)
    paragraphs = _body(raw, told.headline)
    if sum(map(len, paragraphs)) < SHORT:
        return _as_text(lines, told, url)
    names, agency = credits.people(told.authors)
    captions = tuple(_captions(tree))
    dated = Published(told.published, "meta", None) if told.published else _printed(lines, told, paragraphs)
    return Around(
        paragraphs=paragraphs,
        headline=told.headline,
        deck=None if told.deck and plain(told.deck) in plain(" ".join(paragraphs)) else told.deck,
        published=dated,
        byline=names,
        agency=agency,
        outlet=told.outlet,
        sections=(told.section,) if told.section else (),
        captions=captions,
        furniture=tuple(
            _outside(lines, paragraphs, (told.headline, told.deck, *(one.text for one in captions)))
        ),
        url=told.url,
        language=told.language,
    )


def text_of(fragment: str) -> str:
    """Return the visible text of a piece of HTML, one block a paragraph."""
    tree = _tree(fragment)
    return "" if tree is None else "\n\n".join(_lines(tree))


def _tree(raw: str) -> Any:
    """The parsed page, None if there is nothing in it. lxml's own limits on depth and entities stay in force."""
    from lxml import etree
    from lxml import html as markup

    # A declaration of an encoding is wrong by now, the text being decoded, and lxml would refuse it.
    text = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", raw.replace("\x00", ""))
    try:
        parser = markup.HTMLParser(recover=True, no_network=True, remove_comments=True, remove_pis=True)
        return markup.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _lines(tree: Any) -> Iterator[str]:
    """Yield the visible lines of a page: one for each block."""
    from lxml import etree

    parts: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        opening = event == "start"
        if tag in UNSEEN:
            unseen += 1 if opening else -1
        if tag in BLOCKS and (line := " ".join("".join(parts).split())):
            yield line
        if tag in BLOCKS:
            parts.clear()
        if not unseen:
            parts.append((element.text if opening else element.tail) or "")
    if line := " ".join("".join(parts).split()):
        yield line


def _body(raw: str, headline: str | None) -> tuple[str, ...]:
    """The body's paragraphs as trafilatura finds them, without the headline."""
    # A page of ours never makes trafilatura talk on stderr: what it would say is said in the story.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            raw, include_comments=False, include_tables=False, with_metadata=False
        )
    except (RecursionError, ValueError):
        return ()
    text = getattr(found, "text", None) or ""
    paragraphs = [" ".join(line.removeprefix("- ").split()) for line in text.split("\n")]
    kept = [line for line in paragraphs if line]
    return tuple(kept[1:] if kept and headline and plain(kept[0]) == plain(headline) else kept)


def _as_text(lines: list[str], told: Metadata, url: str | None) -> Around:
    """A page without an article that trafilatura believes in: its lines are read like a scraped text."""
    from detente.read import clean

    labelled = clean.label_lines("\n".join(lines))
    found = around_lines(labelled, Received("", url=url or told.url, headline=told.headline))
    names, agency = credits.people(told.authors)
    return found._replace(
        paragraphs=tuple(clean.paragraphs(labelled)),
        headline=told.headline or found.headline,
        published=Published(told.published, "meta", None) if told.published else found.published,
        byline=names or found.byline,
        agency=agency or found.agency,
        outlet=told.outlet,
        url=told.url,
        language=told.language,
    )


def _metadata(tree: Any) -> Metadata:
    """What JSON-LD, meta tags and the headings of a page say; the first that says something counts."""
    linked = list(_linked_data(tree))
    meta = _meta_tags(tree)
    outlet = meta.get("og:site_name") or _first(_name(node.get("publisher")) for node in linked)
    canonical = tree.xpath("string((//link[@rel='canonical']/@href)[1])").strip()
    address = canonical if canonical.startswith("http") else meta.get("og:url")
    published = _first(
        dates.iso(node.get("datePublished")) for node in linked if _is_text(node.get("datePublished"))
    )
    tags = (dates.iso(meta.get(name)) for name in DATE_NAMES)
    section = _first(node.get("articleSection") for node in linked if _is_text(node.get("articleSection")))
    return Metadata(
        headline=_headline(tree, linked, meta, outlet),
        published=published or _first(tags) or _time_tag(tree),
        authors=tuple(_authors(linked)) or _meta_authors(tree),
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
        content = " ".join((tag.get("content") or "").split())
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD nodes that describe an article, articles before mere pages."""
    nodes: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json":
            try:
                nodes += _nodes(json.loads(script.text or "", strict=False), 0)
            except (ValueError, RecursionError):
                continue
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


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _authors(linked: list[dict[str, Any]]) -> Iterator[str]:
    for node in linked:
        given = node.get("author") or node.get("creator")
        names = [name for value in (given if isinstance(given, list) else [given]) if (name := _name(value))]
        if names:
            yield from names
            return


def _meta_authors(tree: Any) -> tuple[str, ...]:
    """The authors in meta tags, links and microdata; several tags, several authors."""
    for path in (
        "//meta[@name='author' or @name='byl' or @name='parsely-author' or @property='article:author']/@content",
        "//*[@rel='author' or @itemprop='author' or contains(@class, 'byline')]//text()",
    ):
        found = [" ".join(value.split()) for value in tree.xpath(path)[:20]]
        names = tuple(dict.fromkeys(name for name in found if name and not name.startswith("http")))
        if names:
            return names if len(names) < 8 else ()
    return ()


def _headline(
    tree: Any, linked: list[dict[str, Any]], meta: dict[str, str], outlet: str | None
) -> str | None:
    """The headline: the h1 if the metadata confirm it, else the metadata's own, without the site's name."""
    told = _first(node.get("headline") for node in linked if _is_text(node.get("headline")))
    given = told or meta.get("og:title") or meta.get("twitter:title") or tree.xpath("string((//title)[1])")
    given = " ".join(str(given or "").split())
    shown = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
    shown = [text for text in shown if text]
    for text in shown:
        # Metadata shorten headlines and add the site's name; what stands on the page is the headline.
        if plain(text) == plain(given) or (len(text) > 20 and plain(text) in plain(given)):
            return text
    bare = SITE_NAME.sub("", given) if not told else given
    if outlet and given.endswith(outlet):
        bare = given.removesuffix(outlet).rstrip(" |–—-:·")
    return bare or (shown[0] if len(shown) == 1 else None)


def _time_tag(tree: Any) -> str | None:
    """The date of the first time element in an article's head, if the page has no other."""
    for value in tree.xpath(
        "(//article//time/@datetime | //time[@pubdate or @itemprop='datePublished']/@datetime)[1]"
    ):
        return dates.iso(value)
    return None


def _printed(lines: list[str], told: Metadata, paragraphs: tuple[str, ...]) -> Published:
    """The date printed between headline and body; elsewhere on a page stand dates of other stories."""
    starts = [at for at, line in enumerate(lines) if told.headline and plain(line) == plain(told.headline)]
    begins = next((at for at, line in enumerate(lines) if paragraphs and line == paragraphs[0]), None)
    start = starts[0] if starts else (begins or 0)
    stop = min(begins if begins is not None and begins > start else start + 12, start + 30)
    near = [line for line in lines[max(start - 3, 0) : stop + 1] if len(line) < 120]
    return dates.in_lines(near, lines, dates.in_url(told.url))


def _captions(tree: Any) -> Iterator[Caption]:
    seen = set()
    for element in tree.iter("figcaption"):
        text = " ".join(element.text_content().split())
        if text and text not in seen:
            seen.add(text)
            yield credits.caption(text)


def _outside(lines: list[str], paragraphs: Iterable[str], kept: Iterable[str | None]) -> Iterator[Furniture]:
    """Yield the visible lines that are not in the body, with the reason."""
    inside = plain(" ".join(paragraphs))
    elsewhere = [plain(text) for text in kept if text]
    for line in lines:
        words = plain(line)
        if words not in inside and not any(words in text for text in elsewhere):
            yield Furniture(line, "on the page, outside the article's text")
