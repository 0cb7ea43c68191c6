"""Which lines sign the story: a small learned choice among the lines that print a name.

A page names many people: writers of other stories, of comments, those whom it tells of. What tells them apart is where
they stand, what stands beside them and whether they come again. Each candidate is a row of numbers, weighed by a
logistic regression as the days are in `dated`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from detente.read import bylines, dated, dates, linemodel, lineroles
from detente.read.judged import Around, odds, place, seen

_SIGNED, _ALSO = 0.15, 0.6
"""Odds from which a line is its writer's, and a second line another writer's."""
_LONG = 160
"""Characters from which a line is no signature."""
_SENTENCE = 40
"""Characters from which a line that ends in a full stop is a sentence, and no name with "Jr." behind it."""
_MOST = 60
"""Candidates looked at, those that the line model likes best: a page of thousands of names ends in time."""
_EDGE = 2
"""Lines at either end of the body that may be a signature all the same."""
_UNLIKELY = -6.0
"""Logit of the line model below which a line without a "By" is no candidate."""

_BY = re.compile(
    r"^\W*(?:by|authors?|(?:written|words|story|posted|published) by)\W*$",
    re.IGNORECASE,
)
_OTHER_HAND = re.compile(
    r"\b(?:review|edit|check|verif|photo|illustrat|video|compil|produc|translat)\w*\b", re.IGNORECASE
)
_POST = re.compile(
    r"\b(?:writer|reporter|correspondent|editor|columnist|contributor|journalist|author|staff|analyst|director|manager)s?\b",
    re.IGNORECASE,
)


class Name(NamedTuple):
    """A line that prints names."""

    at: int
    names: tuple[str, ...]
    agency: str | None
    led: bool
    """Whether the line is built like a byline."""


class Choice(NamedTuple):
    """The lines that date and sign the story, each with its odds from 0 to 1."""

    date: tuple[int, float] | None
    bylines: dict[int, float]


def choose(page: Around) -> Choice:
    """Return the line that dates the story, if one is likely enough, and those that sign it."""
    people = names(page)
    signed = odds(name_rows(page, people), linemodel.learned(), "signed")
    top = max(signed, default=0.0)
    bar = min(_ALSO, top) if top >= _SIGNED else math.inf
    return Choice(
        dated.choose(page),
        {one.at: likely for one, likely in zip(people, signed, strict=True) if likely >= bar},
    )


def names(page: Around) -> list[Name]:
    """Return the short lines that hold names: those outside the body or at its ends, and bylines within it."""
    inside = set(page.body[_EDGE:-_EDGE])
    likely = []
    for at, text in enumerate(page.texts):
        if at == page.head or len(text) > _LONG:
            continue
        led = lineroles.is_byline(text)
        below_by = at > 0 and len(page.texts[at - 1]) < 30 and bool(_BY.match(page.texts[at - 1]))
        if not (led or below_by or page.logits[at][2] >= _UNLIKELY) or (at in inside and not led):
            continue
        sentence = len(text) > _SENTENCE and lineroles.ends_sentence(text) and not bylines.BY.match(text)
        if led or not sentence:
            likely.append((at, led, below_by))
    likely.sort(key=lambda one: (-one[1], -page.logits[one[0]][2]))
    # Whether a line is a caption takes long to see; only lines that would be weighed are looked at.
    uncaptioned = (one for one in likely if one[1] or not lineroles.is_captioned(page.texts[one[0]]))
    found = []
    for at, led, below_by in sorted(islice(uncaptioned, _MOST // 3)):
        text = page.texts[at]
        alone = " " not in text and text[:2].lower() != "by"
        if not led and not below_by and alone and page.logits[at][2] < 0:
            continue  # one word is hardly anybody's name without a "By"
        people, agency = bylines.authors(f"By {text}" if (below_by or alone) and not led else text)
        if people:
            found.append(Name(at, people, agency, led))
    return found


def name_rows(page: Around, found: Sequence[Name]) -> list[list[float]]:
    """Return a row of numbers for each line with names: its place, its neighbours, its names, and where they recur."""
    plain = [text.casefold() for text in page.texts]
    times = Counter(name.casefold() for one in found for name in one.names)
    common = set(" ".join(page.texts).split()) if found else set()
    return [
        [
            *map(float, (*place(page, one.at), *seen(page, one.at), *_signature(page, one))),
            *map(float, (*_recurring(page, one, plain), math.log1p(times[one.names[0].casefold()] - 1) / 2)),
            math.log1p(len(times)) / 2,
            *_usual(one, common),
        ]
        for one in found
    ]


def _usual(one: Name, common: set[str]) -> list[float]:
    """How many words of a name the page also prints in small letters: those of "Final Words", not a person's."""
    words = re.findall(r"[a-z]{3,}", one.names[0].casefold())
    again = sum(word in common for word in words)
    return [again / max(len(words), 1), float(bool(words) and again == len(words))]


def _signature(page: Around, one: Name) -> list[float]:
    """What a line says besides its names, and what its neighbours say."""
    text, first = page.texts[one.at], one.names[0]
    above, below = page.text(one.at - 1, 80), page.text(one.at + 1, 80)
    return [
        one.led,
        *(bool(pattern.match(line)) for pattern, line in ((bylines.BY, text), (_BY, above), (_BY, below))),
        *(bool(_OTHER_HAND.search(line)) for line in (text, above)),
        *(bool(_POST.search(line)) for line in (text, above, below)),
        *(bool(dates.printed(line)) for line in (text, above, below)),
        math.log1p(len(text)) / 4,
        len(text) <= sum(map(len, one.names)) + 4,
        len(one.names) > 1,
        *(first.count(" ") == spaces for spaces in (0, 1, 2)),
        not above,
        one.agency is not None,
        text.isupper(),
    ]


def _recurring(page: Around, one: Name, plain: Sequence[str]) -> list[float]:
    """Where else the page names the first of them: a writer has a portrait below, a commenter has not."""
    name = one.names[0].partition(",")[0].casefold()
    again = [at for at, line in enumerate(plain) if at != one.at and name in line]
    last = page.body[-1] if page.body else len(plain)
    return [
        math.log1p(len(again)) / 2,
        math.log1p(sum(len(plain[at]) > len(name) + 25 for at in again)) / 2,
        any(at > last for at in again),
        any(at < one.at for at in again),
    ]
