"""A page's HTML becomes the parts of a story: trafilatura finds the body, the page's own metadata the rest.

trafilatura and lxml are imported by the first page. Every visible line that did not go into the body is listed, so
that a page loses no more silently than a text does.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from detente.read import bylines, credits, dates, lineroles
from detente.read.dates import Published
from detente.read.metadata import Metadata, metadata
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
OFFICE = re.compile(r"^(?:the|office|by|posted|view|all)\b|[\d@/]", re.IGNORECASE)
"""What is no name of a body that signs: an office, or words around one."""
SHORT = 200
"""Characters below which trafilatura's body is not believed and the page's lines are read as a plain text."""


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
    told = metadata(tree, raw)
    if told.published:
        stamps = (" ".join(element.text_content().split()) for element in tree.iter("time"))
        told = told._replace(published=dates.local(told.published, chain(stamps, lines)))
    paragraphs, signed = _parted(_body(raw, told.headline))
    if sum(map(len, paragraphs)) < SHORT:
        return _as_text(lines, told, url)
    names, agency = _writers(told) if told.authors else bylines.people(signed)
    dated = Published(told.published, "meta", None) if told.published else Published()
    if not names or not told.published:
        # What the page does not say of itself stands in its lines, as in a scraped text.
        read = _as_text(lines, told, url)
        names, agency, dated = names or read.byline, agency or read.agency, read.published
    captions = tuple(_captions(tree))
    return Around(
        paragraphs=paragraphs,
        headline=told.headline,
        deck=_deck(told.deck, lines, paragraphs),
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
            raw, include_comments=False, include_tables=True, with_metadata=False
        )
    except (RecursionError, ValueError):
        return ()
    text = getattr(found, "text", None) or ""
    paragraphs = [" ".join(_bare(line).split()) for line in text.split("\n")]
    kept = [line for line in paragraphs if line]
    return tuple(kept[1:] if kept and headline and plain(kept[0]) == plain(headline) else kept)


def _bare(line: str) -> str:
    """A line without the signs that trafilatura puts before the items of a list and between the cells of a table."""
    return line.removeprefix("- ").replace("|", " ") if not line.startswith("|---") else ""


def _parted(found: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The body without the lines above it that sign and date the story, and those that sign it."""
    begins = next((at for at, line in enumerate(found) if len(line) > 120 or not _signs(line)), len(found))
    return found[begins:], tuple(line for line in found[:begins] if lineroles.BYLINE.search(line))


def _signs(line: str) -> bool:
    return bool(lineroles.BYLINE.search(line) or lineroles.DATE.search(line) or lineroles.AGO.search(line))


def _deck(told: str | None, lines: list[str], paragraphs: tuple[str, ...]) -> str | None:
    """The description of a page if the page prints it above the story; many are written for search engines only."""
    words = plain(told or "")
    printed = words and any(plain(line) == words for line in lines)
    return told if printed and words not in plain(" ".join(paragraphs)) else None


def _writers(told: Metadata) -> tuple[tuple[str, ...], str | None]:
    """The persons and the agency that a page names as its authors; if there are none, who else signs it."""
    names, agency = bylines.people(told.authors)
    if names or agency:
        return names, agency
    return tuple(name for name in told.authors if _signs_as_one(name, told.outlet)), None


def _signs_as_one(name: str, outlet: str | None) -> bool:
    """Whether an author who is no person is a body that may sign: more than a word, unless it is the outlet."""
    if plain(name) == plain(outlet or ""):
        return True
    return len(name) < 80 and " " in name and name[0].isupper() and not OFFICE.search(name)


def _as_text(lines: list[str], told: Metadata, url: str | None) -> Around:
    """A page without an article that trafilatura believes in: its lines are read like a scraped text."""
    from detente.read import clean, joining

    labelled = clean.label_lines("\n".join(lines))
    found = around_lines(labelled, Received("", url=url or told.url, headline=told.headline))
    names, agency = _writers(told)
    return found._replace(
        paragraphs=tuple(joining.paragraphs(labelled)),
        headline=told.headline or found.headline,
        published=Published(told.published, "meta", None) if told.published else found.published,
        byline=names or found.byline,
        agency=agency or found.agency,
        outlet=told.outlet,
        url=told.url,
        language=told.language,
    )


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
