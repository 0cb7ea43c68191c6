"""Which lines date and sign the story: a small learned choice among the lines that print a day or a name.

A page prints many days and many names: those of other stories, of comments, of the last change. What tells them apart
is where they stand, what stands beside them and what else the page prints, not any one wording. Each candidate is a
row of numbers, weighed by a logistic regression whose weights lie in `data/lines.npz` beside the line model's; both
are made by `training/lines.py`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.read import bylines, dates, linemodel, lineroles

Array = NDArray[Any]

_DATED, _SIGNED, _ALSO = 0.35, 0.2, 0.6
"""Odds from which a day is the story's own, a line its writer's, and a second line another writer's."""
_LONG, _LONG_IN_BODY = 160, 90
"""Characters from which a line is no stamp and no signature."""
_SENTENCE = 40
"""Characters from which a line that ends in a full stop is a sentence, and no name with "Jr." behind it."""
_MOST = 60
"""Candidates weighed of each kind, those that the line model likes best: a page of thousands of dates ends in time."""
_UNLIKELY = -6.0
"""Logit of the line model below which a line without a "By" is no candidate."""

_YEAR = re.compile(r"(?:1[789]|20)\d\d")
_TOLD = re.compile(r"[^\W\d_]{3,}")
"""A word that says something; two of them behind a day, and a full stop, make a sentence."""
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\D{0,40}((?:19|20)\d\d)(?:\s{0,3}[-–—]\s{0,3}((?:19|20)\d\d))?", re.IGNORECASE
)
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


class Around(NamedTuple):
    """A page as the choice sees it."""

    texts: Sequence[str]
    logits: Sequence[Sequence[float]]
    """The line model's answers, a row a line."""
    body: Sequence[int]
    head: int | None

    @property
    def top(self) -> int:
        """The line where the story begins: its headline, else its first paragraph."""
        return self.head if self.head is not None else self.body[0] if self.body else 0

    def text(self, at: int, most: int) -> str:
        """The line, or nothing where there is none or it is longer than a stamp."""
        return self.texts[at] if 0 <= at < len(self.texts) and len(self.texts[at]) < most else ""


class Day(NamedTuple):
    """A day printed on a page."""

    at: int
    rank: int
    """Its number on its line."""
    found: dates.Printed
    day: date


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
    weights = linemodel.learned()
    printed, people = days(page), names(page)
    dated = _odds(day_rows(page, printed), weights, "dated")
    signed = _odds(name_rows(page, people), weights, "signed")
    best = max(range(len(printed)), key=dated.__getitem__, default=None)
    sure = best is not None and dated[best] >= _DATED and _safe(page, printed[best])
    date_line = (printed[best].at, dated[best]) if best is not None and sure else None
    top = max(signed, default=0.0)
    bar = min(_ALSO, top) if top >= _SIGNED else math.inf
    return Choice(date_line, {one.at: odds for one, odds in zip(people, signed, strict=True) if odds >= bar})


def _safe(page: Around, one: Day) -> bool:
    """Whether a day stands where stories are dated: below the body only one that says it is of publication.

    A bare day down there is as often a comment's or another story's.
    """
    issued = _stamped(page, one)[::2]
    return not page.body or one.at <= page.body[-1] or any(issued)


def _odds(rows: list[list[float]], weights: dict[str, Array], name: str) -> list[float]:
    if not rows:
        return []
    logits = np.array(rows) @ weights[f"{name}.weight"].astype(np.float64) + float(weights[f"{name}.bias"][0])
    return [1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))) for logit in logits.tolist()]


def _place(page: Around, at: int) -> list[float]:
    """Where a line stands to headline and body."""
    first, last = (page.body[0], page.body[-1]) if page.body else (len(page.texts), len(page.texts))
    head = first if page.head is None else page.head
    zone = [at < head, head <= at < first, first <= at <= last, at > last]
    far = [math.log1p(abs(at - mark)) / 3 for mark in (head, first, last)]
    near = [0 < at - head <= 3, 0 < head - at <= 3, 0 < at - last <= 3, 0 < first - at <= 3]
    return [*zone, *far, *near, page.head is None, math.log1p(len(page.texts)) / 5]


def _seen(page: Around, at: int) -> list[float]:
    """What the line model says of the line and of its neighbours."""
    rows = [
        max(-12.0, min(12.0, page.logits[near][head])) / 4 if 0 <= near < len(page.texts) else -2.0
        for near in (at - 1, at, at + 1)
        for head in (2, 3)
    ]
    return [*rows, *(max(-12.0, min(12.0, page.logits[at][head])) / 4 for head in (0, 1))]


def days(page: Around) -> list[Day]:
    """Return the full days that the page prints outside the running text of its body."""
    inside = set(page.body)
    lines = [
        at
        for at, text in enumerate(page.texts)
        if len(text) < (_LONG_IN_BODY if at in inside else _LONG)
        and ("20" in text or "1" in text)
        and _YEAR.search(text)
    ]
    if len(lines) > _MOST:
        lines = sorted(sorted(lines, key=lambda at: -page.logits[at][3])[:_MOST])
    return [
        Day(at, rank, one, date.fromisoformat(one.day))
        for at in lines
        for rank, one in enumerate(dates.printed(page.texts[at]))
        if one.day and not (at in inside and _tells(page.texts[at], one))
    ]


def _tells(text: str, found: dates.Printed) -> bool:
    """Whether a line of the body that prints a day is a sentence about something, and no stamp."""
    stamp = lineroles.DATE.match(text)
    rest = text[stamp.end() :] if stamp else text[: found.start] + text[found.end :]
    return lineroles.ends_sentence(text) and len(_TOLD.findall(rest)) > 1


def day_rows(page: Around, found: Sequence[Day]) -> list[list[float]]:
    """Return a row of numbers for each day: its place, its line, and how it stands to the page's other days."""
    stamps = [_stamped(page, one) for one in found]
    some = [any(stamp[kind] for stamp in stamps) for kind in range(4)]
    among = _among(page, found)
    return [
        [*map(float, (*_place(page, one.at), *_seen(page, one.at), *stamp, *some, *_line(page, one), *rest))]
        for one, stamp, rest in zip(found, stamps, among, strict=True)
    ]


def _stamped(page: Around, one: Day) -> list[bool]:
    """Whether "published" or "updated" stands before a day, on its line or alone on the line above."""
    above = page.text(one.at - 1, 40) if one.found.start < 12 else ""
    found = []
    for text in (page.texts[one.at][: one.found.start], above):
        changed = max((match.end() for match in dates.CHANGED.finditer(text)), default=-1)
        issued = max((match.end() for match in dates.ISSUED.finditer(text)), default=-1)
        found += [issued > changed, changed > issued]
    return found


def _line(page: Around, one: Day) -> list[float]:
    """How a day fills its line, whether an hour stands with it, and how it is written."""
    text, found = page.texts[one.at], one.found
    rest = len(text) - (found.end - found.start)
    return [
        math.log1p(rest) / 4,
        rest < 6,
        found.start < 3,
        len(text) - found.end < 3,
        bool(dates.CLOCK.search(text)),
        bool(dates.CLOCK.search(page.text(one.at + 1, 40))),
        found.ambiguous,
        any(map(str.isalpha, found.text)),
        found.text[:4].isdigit(),
        one.rank > 0,
    ]


def _among(page: Around, found: Sequence[Day]) -> list[list[float]]:
    """How each day stands to the others and to the years in the rights line: comments are no older."""
    seen = Counter(one.day for one in found)
    years = {int(year) for text in page.texts for match in _rights(text) for year in match.groups() if year}
    nearest = min((abs(one.at - page.top) for one in found), default=0)
    below = min((one.at for one in found if one.at > page.top), default=-1)
    inside = set(page.body)
    rows = []
    for one in found:
        gaps = [(other.day - one.day).days for other in found]
        close = sum(abs(other.at - one.at) <= 15 and other.day != one.day for other in found)
        counts = [
            len(seen),
            close,
            seen[one.day] - 1,
            sum(gap > 2 for gap in gaps),
            sum(gap < -2 for gap in gaps),
        ]
        rows.append(
            [
                *(math.log1p(count) / 2 for count in counts),
                math.log1p(max(gaps)) / 4,
                math.log1p(-min(gaps)) / 4,
                not years,
                one.day.year in years,
                math.log1p(max([0, *(year - one.day.year for year in years)])),
                abs(one.at - page.top) == nearest,
                one.at == below,
                one.at in inside,
            ]
        )
    return rows


def _rights(text: str) -> list[re.Match[str]]:
    """Where a line says since when its rights are held."""
    return list(_RIGHTS.finditer(text)) if "©" in text or "opyright" in text or "(c)" in text else []


def names(page: Around) -> list[Name]:
    """Return the short lines that hold names: those outside the body, and bylines that look like part of it."""
    inside = set(page.body)
    likely = []
    for at, text in enumerate(page.texts):
        if at == page.head or len(text) > _LONG:
            continue
        led = lineroles.is_byline(text)
        below_by = at > 0 and len(page.texts[at - 1]) < 30 and bool(_BY.match(page.texts[at - 1]))
        if not (led or below_by or page.logits[at][2] >= _UNLIKELY) or (at in inside and not led):
            continue
        sentence = len(text) > _SENTENCE and lineroles.ends_sentence(text)
        if led or not sentence:
            likely.append((at, led, below_by))
    likely.sort(key=lambda one: (-one[1], -page.logits[one[0]][2]))
    # Whether a line is a caption takes long to see; only lines that would be weighed are looked at.
    uncaptioned = (one for one in likely if one[1] or not lineroles.is_captioned(page.texts[one[0]]))
    found = []
    for at, led, below_by in sorted(islice(uncaptioned, _MOST // 3)):
        text = page.texts[at]
        if not led and not below_by and " " not in text and text[:2].lower() != "by":
            continue  # one word is nobody's name without a "By"
        people, agency = bylines.authors(f"By {text}" if below_by and not led else text)
        if people:
            found.append(Name(at, people, agency, led))
    return found


def name_rows(page: Around, found: Sequence[Name]) -> list[list[float]]:
    """Return a row of numbers for each line with names: its place, its neighbours, its names, and where they recur."""
    plain = [text.casefold() for text in page.texts]
    times = Counter(name.casefold() for one in found for name in one.names)
    return [
        [
            *map(float, (*_place(page, one.at), *_seen(page, one.at), *_signature(page, one))),
            *map(float, (*_recurring(page, one, plain), math.log1p(times[one.names[0].casefold()] - 1) / 2)),
            math.log1p(len(times)) / 2,
        ]
        for one in found
    ]


def _signature(page: Around, one: Name) -> list[float]:
    """What a line says besides its names, and what its neighbours say."""
    text, first = page.texts[one.at], one.names[0]
    above, below = page.text(one.at - 1, 80), page.text(one.at + 1, 80)
    return [
        one.led,
        *(bool(pattern.match(line)) for pattern, line in ((bylines.BY, text), (_BY, above), (_BY, below))),
        *(bool(_OTHER_HAND.search(line)) for line in (text, above)),
        *(bool(_POST.search(line)) for line in (text, above, below)),
        *(bool(_YEAR.search(line) and dates.printed(line)) for line in (text, above, below)),
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
