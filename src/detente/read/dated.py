"""Which line dates the story: a small learned choice among the lines that print a full day.

A page prints many days: those of other stories, of comments, of the last change. What tells them apart is where they
stand, what stands beside them and what else the page prints, not any one wording. Each candidate is a row of numbers,
weighed by a logistic regression whose weights lie in `data/lines.npz` beside the line model's; both are made by
`training/lines.py`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from detente.read import dates, linemodel, lineroles
from detente.read.judged import Around, odds, place, seen

_DATED, _BELOW = 0.3, 0.7
"""Odds from which a day is the story's own: as a rule, and if it stands bare below the body, where it is as often a
comment's or another story's."""
_LONG, _LONG_IN_BODY = 160, 90
"""Characters from which a line is no stamp."""
_MOST = 60
"""Candidates looked at, those that the line model likes best: a page of thousands of dates ends in time."""
_SAYING = 5
"""Words besides the day from which a line outside the body that ends in a full stop is a sentence: a caption, say."""
_UNDER, _IN_LIST, _LISTED = 40, 4, 3
"""Lines below its top in which a story's head ends, lines between the entries of a list, and lines that make one."""

_YEAR = re.compile(r"(?:1[789]|20)\d\d")
_TOLD = re.compile(r"[^\W\d_]{3,}")
"""A word that says something; two of them behind a day, and a full stop, make a sentence."""
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\D{0,40}((?:19|20)\d\d)(?:\s{0,3}[-–—]\s{0,3}((?:19|20)\d\d))?", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_LETTERS, _DIGITS = re.compile(r"[A-Za-z]+"), re.compile(r"\d+")
_QUOTED = re.compile(r"\W{0,3}[—–][^(]{1,80}\(@")
"""What stands below a quoted post."""
_LOOKED_UP = re.compile(
    r"\b(?:accessed|retrieved|viewed|visited|archived|as of)\W{0,3}(?:on )?\s?$", re.IGNORECASE
)
"""What stands before the day on which a source was looked up."""
_ANSWERED = re.compile(r"\b(?:says?|replied|reply|comments?|wrote|permalink)\b", re.IGNORECASE)
"""What stands beside the day of a comment."""
_PICTURED = re.compile(r"©|photo|image|getty|pictured|file", re.IGNORECASE)


class Day(NamedTuple):
    """A day printed on a page."""

    at: int
    rank: int
    """Its number on its line."""
    found: dates.Printed
    day: date


def choose(page: Around) -> tuple[int, float] | None:
    """Return the line that dates the story and its odds from 0 to 1, None if no day is likely enough."""
    printed = days(page)
    likely = odds(day_rows(page, printed), linemodel.learned(), "dated")
    times = Counter(_build(page.texts[one.at]) for one in printed if _below(page, one))
    fit = [
        at
        for at, one in enumerate(printed)
        if not _below(page, one)
        or (times[_build(page.texts[one.at])] < _LISTED and _ends(page, one, likely[at]))
    ]
    best = max(fit, key=likely.__getitem__, default=None)
    return None if best is None or likely[best] < _DATED else (printed[best].at, likely[best])


def _build(text: str) -> str:
    """How a line is built, whatever its words and numbers."""
    return _DIGITS.sub("0", _LETTERS.sub("a", text))[:_LONG_IN_BODY]


def _below(page: Around, one: Day) -> bool:
    """Whether a day stands below the body without saying that it is of publication."""
    return bool(page.body) and one.at > page.body[-1] and not any(_stamped(page, one)[::2])


def _ends(page: Around, one: Day, likely: float) -> bool:
    """Whether a bare day below the body is so likely that it is the story's, and no comment's or change's."""
    if likely < _BELOW or any(_stamped(page, one)):
        return False
    near = " ".join(page.text(at, _LONG) for at in range(one.at - 2, one.at + 3) if at > page.body[-1])
    return not _ANSWERED.search(near)


def days(page: Around) -> list[Day]:
    """Return the full days that the page prints outside the running text of its body."""
    inside = set(page.body)
    lines = [
        at
        for at, text in enumerate(page.texts)
        if len(text) < _LONG
        and ("20" in text or "1" in text)
        and _YEAR.search(text)
        and (at not in inside or len(text) < _LONG_IN_BODY or lineroles.DATE.match(text))
    ]
    if len(lines) > _MOST:
        lines = sorted(sorted(lines, key=lambda at: -page.logits[at][3])[:_MOST])
    return [
        Day(at, rank, one, date.fromisoformat(one.day))
        for at in lines
        if not _QUOTED.match(page.texts[at])
        for rank, one in enumerate(dates.printed(page.texts[at]))
        if one.day and not _tells(page.texts[at], one, 1 if at in inside else _SAYING)
        if not _LOOKED_UP.search(page.texts[at][: one.start])
    ]


def _tells(text: str, found: dates.Printed, most: int) -> bool:
    """Whether a line that prints a day is a sentence or a caption, with more words than a stamp has."""
    stamp = lineroles.DATE.match(text)
    rest = text[stamp.end() :] if stamp else text[: found.start] + text[found.end :]
    told = len(_TOLD.findall(rest))
    return (told > most and lineroles.ends_sentence(text)) or (
        told > _SAYING and lineroles.is_captioned(text)
    )


def day_rows(page: Around, found: Sequence[Day]) -> list[list[float]]:
    """Return a row of numbers for each day: its place, its line, and how it stands to the page's other days."""
    stamps = [_stamped(page, one) for one in found]
    some = [any(stamp[kind] for stamp in stamps) for kind in range(4)]
    among, beside = _among(page, found), _beside(page, found)
    return [
        [
            *map(
                float,
                (*place(page, one.at), *seen(page, one.at), *stamp, *some, *_line(page, one), *rest, *near),
            )
        ]
        for one, stamp, rest, near in zip(found, stamps, among, beside, strict=True)
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
        math.log1p(len(_WORD.findall(text[: found.start] + " " + text[found.end :]))) / 3,
        bool(_PICTURED.search(text)),
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


def _beside(page: Around, found: Sequence[Day]) -> list[list[float]]:
    """How each day stands to those near it: a list prints many lines of one build, a story's head one or two."""
    built = [_build(page.texts[one.at]) for one in found]
    times = Counter(built)
    lines = sorted({one.at for one in found})
    first = page.body[0] + 1 if page.body else len(page.texts)
    above = [at for at in lines if page.top <= at <= min(first, page.top + _UNDER)]
    rows = []
    for one, build in zip(found, built, strict=True):
        gaps = [at - one.at for at in lines if at != one.at]
        alike = [
            abs(other.at - one.at)
            for other, same in zip(found, built, strict=True)
            if same == build and other.at != one.at
        ]
        next_to = [other.day for other in found if abs(other.at - one.at) <= 1]
        rows.append(
            [
                math.log1p(times[build] - 1) / 2,
                math.log1p(min((-gap for gap in gaps if gap < 0), default=_MOST)) / 4,
                math.log1p(min((gap for gap in gaps if gap > 0), default=_MOST)) / 4,
                any(day < one.day for day in next_to),
                any(day > one.day for day in next_to),
                min(alike, default=_MOST) <= _IN_LIST and times[build] > 2,
                min(alike, default=_MOST) <= 2,
                above == [one.at],
                one.at == min(above, default=-1),
            ]
        )
    return rows


def _rights(text: str) -> list[re.Match[str]]:
    """Where a line says since when its rights are held."""
    return list(_RIGHTS.finditer(text)) if "©" in text or "opyright" in text or "(c)" in text else []
