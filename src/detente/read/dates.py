"""Publication dates: read where somebody wrote them, never made up.

A date counts only if day, month and year are given. ``03/04/2016`` is two dates; unless something else in the same
input says which, it stays undated.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1700, 2100
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
MONTH = r"(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
YEAR = r"(?:1[789]|20)\d\d"
PRINTED = re.compile(
    rf"""(?:(?<![\w/])(?<!\d[.-])|(?<=[a-z])(?=[A-Z][A-Za-z]{{2}}|\d\d?[ ][A-Z])|(?<=\d{{4}})(?=[A-Z][a-z]{{2}}))(?:
      (?P<iso>{YEAR}-(?:0?[1-9]|1[0-2])-{DAY})(?!\d)
    | (?P<ymd>{YEAR}[/.](?:0?[1-9]|1[0-2])[/.]{DAY})(?![\d/])
    | (?P<mdy>{MONTH}[ ]{{0,3}}{DAY}(?:st|nd|rd|th)?(?:,[ ]{{0,3}}|[ ]{{1,3}}){YEAR})(?!\d)
    | (?P<dmy>{DAY}(?:st|nd|rd|th)?[ -]{{0,3}}(?:of[ ])?{MONTH},?[ -]{{0,3}}{YEAR})(?!\d)
    | (?P<numbers>\d\d?(?P<mark>[/.-])\d\d?(?P=mark){YEAR})(?![\d/])
    )""",
    re.IGNORECASE | re.VERBOSE,
)
CLOCK = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?:\s?(?P<half>[ap])\.?m\b)?", re.IGNORECASE
)
ZONES = range(-24, 29)
"""How far the clocks of the world are from UTC, in half hours."""
CHANGED = re.compile(r"\b(?:updated?|modified|revised|corrected|edited)\b", re.IGNORECASE)
CHANGE = 2
"""Rank of a date that says when a text was changed. Newsrooms print the hour with it, and it is the day of publication
or next to it; the guides that other sites keep up for years print the day alone."""
SURE = 0.8
"""Odds from which the line that dates a story does so even if it gives but the day of a change, without the hour."""
ISSUED = re.compile(
    r"\b(?:publish(?:ed)?(?: date)?|publication(?: date)?|posted|issued|released?|created|first)\b|^\W*date\b",
    re.IGNORECASE,
)
IN_URL = (
    re.compile(rf"/({YEAR})[/-](0[1-9]|1[0-2]|[1-9])[/-](0[1-9]|[12]\d|3[01]|[1-9])(?=[/_-]|\.\w+$|$)"),
    re.compile(rf"/({YEAR})/({'|'.join(MONTHS)})/(0[1-9]|[12]\d|3[01]|[1-9])(?=[/_-]|$)"),
    re.compile(rf"[/_-]({YEAR})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(rf"[/_-]({YEAR})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"),
)
NUMBER = re.compile(r"\d+")


class Printed(NamedTuple):
    """A date as it stands in a text."""

    day: str | None  # ISO, None if day and month cannot be told apart
    start: int
    end: int
    text: str
    other: str | None = None  # the other reading of an ambiguous date; then `day` is month first
    ambiguous: bool = False


class Published(NamedTuple):
    """When a story was published, where that was read, and the words or the reason."""

    when: str | None = None
    origin: str | None = None  # argument, feed, meta, text, url
    why: str | None = None


def iso(given: str | None) -> str | None:
    """Return a date from metadata, a feed or a column as ISO date or datetime; None if it is not certainly one.

    Read are ISO 8601, e-mail dates (RFC 5322) and dates with the month in words. A time zone is kept as given: the
    day is the day of publication where it was published.
    """
    text = (given or "").strip()
    if not text or len(text) > 100:
        return None
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return _loose(text)
    if not FIRST_YEAR <= parsed.year <= LAST_YEAR:
        return None
    return parsed.date().isoformat() if len(text) <= 10 else parsed.isoformat()


def _loose(text: str) -> str | None:
    try:
        parsed = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        found = printed(text)
        return found[0].day if len(found) == 1 and not found[0].ambiguous else None
    return parsed.isoformat() if FIRST_YEAR <= parsed.year <= LAST_YEAR else None


def local(stamp: str, lines: Iterable[str]) -> str:
    """Return a moment given in UTC as the page prints it for its readers, if it prints the same moment on another day.

    Systems write UTC: of what appeared at ten in the evening in New York they say that it is of the next day. The
    printed hour tells the zone; a line is the same moment if both are whole half hours apart, as zones are.
    """
    moment = datetime.fromisoformat(stamp)
    if moment.utcoffset() != timedelta() or len(stamp) <= 10:
        return stamp
    for line in lines:
        clock = CLOCK.search(line) if len(line) < 160 else None
        days = {found.day for found in printed(line) if not found.ambiguous} if clock else set()
        if not clock or len(days) != 1 or moment.date().isoformat() in days:
            continue
        hour = int(clock["hour"]) % 12 if clock["half"] else int(clock["hour"])
        hour += 12 * ((clock["half"] or "").lower() == "p")
        shown = datetime.fromisoformat(f"{days.pop()}T{hour % 24:02}:{clock['minute']}+00:00")
        away, rest = divmod((shown - moment.replace(second=0, microsecond=0)) / timedelta(minutes=30), 1)
        if not rest and away in ZONES:
            return moment.astimezone(timezone(timedelta(minutes=30 * away))).isoformat()
    return stamp


def printed(text: str) -> tuple[Printed, ...]:
    """Return every full date in a text, in order; 29 February of a common year and the like are none."""
    return tuple(found for match in PRINTED.finditer(text) if (found := _read(match)))


def _read(match: re.Match[str]) -> Printed | None:
    where = (match.start(), match.end(), match.group())
    numbers = [int(number) for number in NUMBER.findall(match.group())]
    kind = match.lastgroup if match.lastgroup != "mark" else "numbers"
    if kind in ("iso", "ymd"):
        day = _day(numbers[0], numbers[1], numbers[2])
        return Printed(day, *where) if day else None
    if kind in ("mdy", "dmy"):
        word = next(word for word in re.findall(r"[a-z]+", match.group().lower()) if word in MONTHS)
        day = _day(numbers[1], MONTHS[word], numbers[0])
        return Printed(day, *where) if day else None
    month_first, day_first = (
        _day(numbers[2], numbers[0], numbers[1]),
        _day(numbers[2], numbers[1], numbers[0]),
    )
    if month_first and day_first and month_first != day_first:
        return Printed(month_first, *where, other=day_first, ambiguous=True)
    day = month_first or day_first
    return Printed(day, *where) if day else None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def in_url(url: str | None) -> str | None:
    """Return the date in an address, as in ``/2016/11/14/story.html``; None if there is none."""
    for form in IN_URL:
        for match in form.finditer(url or ""):
            year, month, day = match.groups()
            found = _day(int(year), MONTHS.get(month) or int(month), int(day))
            if found:
                return found
    return None


def in_lines(
    lines: Iterable[str], evidence: Iterable[str], near: str | None = None, changes: Collection[str] = ()
) -> Published:
    """Return the date of publication from the date lines of a story, the likeliest first.

    A line that says "published" counts before a bare one, and a bare one before "updated", which as a rule counts only
    with the hour: without it the day of a change may be years after the story.

    Args:
        lines: the lines that bear dates, in the order of the page.
        evidence: other dates printed in the same input: they may show whether its days or its months come first.
        near: a date from elsewhere, such as the address, that settles an ambiguous one if it is one of its readings.
        changes: those of the lines whose day counts even if it is of a change and without the hour.
    """
    best: tuple[int, Printed, str] | None = None
    for line in lines:
        for found in printed(line):
            rank = _rank(line, found)
            if best is None or rank < best[0]:
                best = (rank, found, line)
    if best is None:
        return Published()
    rank, found, line = best
    if rank == CHANGE and line not in changes and not CLOCK.search(line):
        return Published(None, None, f"only the day of its last change is printed: {_shown(line)}")
    if not found.ambiguous:
        return Published(found.day, "text", _shown(line))
    return _settled(found, evidence, near)


def _rank(line: str, found: Printed) -> int:
    """How likely it is the day of publication, 0 best: by the last such word before the date."""
    before = line[: found.start]
    changed = max((match.end() for match in CHANGED.finditer(before)), default=-1)
    issued = max((match.end() for match in ISSUED.finditer(before)), default=-1)
    if issued > changed:
        return 0
    return CHANGE if changed >= 0 else 1


def _settled(found: Printed, evidence: Iterable[str], near: str | None) -> Published:
    readings = {found.day, found.other}
    if near and near[:10] in readings:
        return Published(near[:10], "text", f"{found.text}, read as the address has it")
    orders = {order for text in evidence if (order := _order(text))}
    if len(orders) == 1:
        (order,) = orders
        day = found.day if order == "month" else found.other
        return Published(day, "text", f"{found.text}, {order} first as elsewhere in the text")
    return Published(None, None, f"{found.text} may be {found.day} or {found.other}")


def _order(text: str) -> str | None:
    """Whether the numeric dates of a text put the day or the month first; None if they don't tell."""
    orders = set()
    for match in PRINTED.finditer(text):
        if match["numbers"]:
            one, two = (int(number) for number in NUMBER.findall(match["numbers"])[:2])
            if one > 12 >= two:
                orders.add("day")
            elif two > 12 >= one:
                orders.add("month")
    return orders.pop() if len(orders) == 1 else None


def _shown(line: str) -> str:
    return " ".join(line.split())[:120]


def near_year(month: str, day: int, published: str | None) -> str | None:
    """Return the full date of "Nov 14" in a story published on a known day: the nearest such day; None if unknown."""
    number = MONTHS.get(month.lower().rstrip("."))
    if not number or not published:
        return None
    known = date.fromisoformat(published[:10])
    days = [_day(year, number, day) for year in (known.year - 1, known.year, known.year + 1)]
    dates = [date.fromisoformat(found) for found in days if found]
    return min(dates, key=lambda found: abs((found - known).days)).isoformat() if dates else None
