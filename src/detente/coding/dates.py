"""When an act happened or is to happen: the words beside it, resolved against the day of publication.

Only words date an act; tense alone does not. Weekdays look back for what is done (publication day included) and ahead
for what is planned; weeks give no day.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from datetime import date, timedelta
from datetime import date as Day  # noqa: N812  (When has a field called date)
from typing import NamedTuple

from detente.coding.tree import Tree
from detente.coding.wordsets import words
from detente.text.doc import Frame

WEEKDAYS = {
    name: k
    for k, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
WEEKDAYS |= {name[:3]: k for name, k in WEEKDAYS.items() if name not in ("sunday", "saturday")} | {
    "tues": 1,
    "thurs": 3,
}
MONTHS = {
    name: k
    for k, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
MONTHS |= {name[:3]: k for name, k in MONTHS.items()} | {"sept": 9}
NUMBERS = {
    word: k
    for k, word in enumerate(
        [
            "a",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}
NUMBERS |= {"a": 1, "an": 1, "several": 0, "fifteen": 15, "twenty": 20, "thirty": 30}
UNITS = {"day": 1, "week": 7}
_YEAR = re.compile(r"(1[89]|20)\d\d$")
_DAY = re.compile(r"([1-9]|[12]\d|3[01])(st|nd|rd|th)?$")
_TIME_WORDS = words(
    "day week month year today yesterday tomorrow tonight overnight weekend morning night evening afternoon hour "
    "spring summer autumn fall winter decade century"
)
_AHEAD = frozenset(("next", "coming", "tomorrow"))


class When(NamedTuple):
    """A date as far as it is known, and the words that gave it."""

    date: str
    precision: str  # day month year
    words: str

    def day(self) -> Day | None:
        """The calendar day, if it is one."""
        return Day.fromisoformat(self.date) if self.precision == "day" else None


class Dates:
    """Reads dates off a tree."""

    def __init__(
        self, tree: Tree, frames: Iterable[Frame], published: str | None, named: Container[int] = ()
    ) -> None:
        """Take trees, semantic roles, the day of publication, and the tokens that name somebody ("May")."""
        self.tree, self.named = tree, named
        self.published = date.fromisoformat(published[:10]) if published and len(published) >= 10 else None
        self.when_spans = {
            frame.predicate: [(a.start, a.end) for a in frame.arguments if a.role == "ARGM-TMP"]
            for frame in frames
        }

    def of(self, i: int, ahead: bool, within: tuple[int, int] | None = None) -> When | None:
        """Return the date that the words beside a predicate give it.

        Args:
            i: the predicate.
            ahead: whether the act lies ahead of publication, so that a weekday means the next one.
            within: characters of the statement it stands in; the day of the saying does not date what is said.
        """
        if self.published is None:
            return None
        phrases, lower = self._phrases(i), self.tree.lower
        if any("ago" in lower[slice(*p)] for p in phrases):  # "six months ago today" is not today
            phrases.sort(key=lambda p: "today" in lower[slice(*p)] and "ago" not in lower[slice(*p)])
        for low, high in phrases:
            start, end = self.tree.chars(low, high)
            if within and not (within[0] <= start and end <= within[1] + 1):
                continue
            found = self.read(low, high, ahead)
            if found:
                return found
        return None

    def coming(self, i: int) -> bool:
        """Whether the words beside a predicate put it ahead: "tomorrow", "next week", "later this month"."""
        shown = [" ".join(self.tree.lower[low:high]) for low, high in self._phrases(i)]
        told = [phrase for phrase in shown if not phrase.startswith(("over ", "for "))]
        return any("later this" in phrase or not _AHEAD.isdisjoint(phrase.split()) for phrase in told)

    def _phrases(self, i: int) -> list[tuple[int, int]]:
        """Stretches of tokens beside a predicate that may tell the time."""
        tree, found = self.tree, []
        for kid in tree.below[i]:
            base = tree.rel[kid].partition(":")[0]
            timely = self.timely(kid)
            if base in ("obl", "nmod", "advmod", "nummod", "dep") and timely:
                found.append(self._reach(kid))
            elif base in ("obl", "obj", "iobj", "nsubj", "nmod") and not timely:
                beside = [k for one in tree.group(kid) for k in tree.kids(one, "nmod", "obl", "appos")]
                found += [self._reach(k) for k in beside if self.timely(k)]
        found += [span for span in self.when_spans.get(i, ()) if not self._clausal(span)]
        return found

    def _clausal(self, span: tuple[int, int]) -> bool:
        return any(self.tree.upos[k] in ("VERB", "AUX") for k in range(*span))

    def _reach(self, kid: int) -> tuple[int, int]:
        low, high = self.tree.reach[kid]
        while (
            high < len(self.tree.tokens)
            and self.tree.lower[high - 1] in MONTHS
            and _DAY.match(self.tree.lower[high])
        ):
            high += 1
        for clause in self.tree.kids(kid, "acl", "advcl"):
            high = min(high, self.tree.reach[clause][0]) if clause > kid else high
        return low, max(high, kid + 1)

    def timely(self, kid: int) -> bool:
        """Whether a phrase is headed by a word of time."""
        if kid in self.named:
            return False
        lower, lemma = self.tree.lower[kid].strip("."), self.tree.lemma[kid]
        if _DAY.match(lower) and any(self.tree.lower[k].strip(".") in MONTHS for k in self.tree.below[kid]):
            return True
        if lower in WEEKDAYS or lemma in _TIME_WORDS or lower in _TIME_WORDS:
            return True
        if lower in MONTHS and self.tree.tokens[kid].text[0].isupper():
            return lower != "may" or self.tree.upos[kid] != "AUX"
        if lower.startswith(("mid-", "early-", "late-")) and lower.partition("-")[2] in MONTHS:
            return True
        return bool(_YEAR.match(lower)) and self.tree.case(kid) in (
            "in",
            "since",
            "by",
            "of",
            "until",
            "from",
            "before",
            "",
        )

    # --- reading a phrase -----------------------------------------------------------------------------------------

    def read(self, low: int, high: int, ahead: bool) -> When | None:
        """Return the date that a stretch of tokens names, None if it names none."""
        assert self.published is not None
        words = [word.strip(".") for word in self.tree.lower[low:high]]
        if not ahead and not _AHEAD.isdisjoint(words):
            return None
        words = [part for word in words for part in (word.split("-") if "-" in word else [word]) if part]
        shown = " ".join(words)
        for reader in (self._calendar, self._count, self._near, self._weekday, self._year):
            found = reader(words, ahead)
            if found:
                return When(found[0], found[1], shown)
        return None

    def _calendar(self, words: list[str], ahead: bool) -> tuple[str, str] | None:
        """A month's name with or without day and year."""
        assert self.published is not None
        at = next((k for k, word in enumerate(words) if word in MONTHS), None)
        if at is None:
            return None
        month = MONTHS[words[at]]
        year = next((int(w) for w in words if _YEAR.match(w)), None)
        days = [int(m[1]) for k in (at + 1, at - 1) if 0 <= k < len(words) and (m := _DAY.match(words[k]))]
        after = " ".join(words[at + 1 : at + 3])
        if year is None and after in ("last year", "this year", "next year"):
            assert self.published is not None
            year = self.published.year + {"last": -1, "this": 0, "next": 1}[after.split()[0]]
        if year is None:
            year = self._year_of(month, days[0] if days else None, ahead, words[at - 1] if at else "")
        if days:
            return self._safe(year, month, days[0])
        return f"{year:04d}-{month:02d}", "month"

    def _safe(self, year: int, month: int, day: int) -> tuple[str, str] | None:
        try:
            return date(year, month, day).isoformat(), "day"
        except ValueError:
            return None

    def _year_of(self, month: int, day: int | None, ahead: bool, before: str) -> int:
        """The year of a month named without one: the nearest that fits past or plan."""
        assert self.published is not None
        now = self.published
        if before == "last":
            return now.year if month < now.month else now.year - 1
        if before == "next":
            return now.year if month > now.month else now.year + 1
        if ahead:
            past = (month, day or 31) < (now.month, now.day if day else 0)
            return now.year + 1 if past else now.year
        later = (month, day or 0) > (now.month, now.day)
        return now.year - 1 if later else now.year

    def _near(self, words: list[str], ahead: bool) -> tuple[str, str] | None:
        """Today, yesterday, this month, last year."""
        assert self.published is not None
        now, shown = self.published, " ".join(words)
        for word, shift in (
            ("today", 0),
            ("tonight", 0),
            ("overnight", 0),
            ("yesterday", -1),
            ("tomorrow", 1),
        ):
            if word in words:
                return (now + timedelta(days=shift)).isoformat(), "day"
        for unit in ("month", "year"):
            for word, shift in (("this", 0), ("last", -1), ("next", 1), ("previous", -1), ("coming", 1)):
                if f"{word} {unit}" in shown:
                    if unit == "year":
                        return f"{now.year + shift:04d}", "year"
                    first = now.year * 12 + now.month - 1 + shift
                    return f"{first // 12:04d}-{first % 12 + 1:02d}", "month"
        return None

    def _weekday(self, words: list[str], ahead: bool) -> tuple[str, str] | None:
        assert self.published is not None
        named = next((WEEKDAYS[word] for word in words if word in WEEKDAYS), None)
        if named is None:
            return None
        gap = (self.published.weekday() - named) % 7
        if ahead or "next" in words:
            gap = gap - 7 if gap else (0 if not {"next", "from", "by"} & set(words) else -7)
        elif "last" in words and gap == 0:
            gap = 7
        return (self.published - timedelta(days=gap)).isoformat(), "day"

    def _count(self, words: list[str], ahead: bool) -> tuple[str, str] | None:
        """ "three days ago", "two years ago"."""
        assert self.published is not None
        if "ago" not in words and "earlier" not in words:
            return None
        for k, word in enumerate(words[:-1]):
            count = int(word) if word.isdigit() else NUMBERS.get(word)
            unit = words[k + 1].rstrip("s")
            if not count:
                continue
            if unit in UNITS and unit == "day":
                return (self.published - timedelta(days=count)).isoformat(), "day"
            if unit == "year":
                return f"{self.published.year - count:04d}", "year"
            if unit == "month":
                first = self.published.year * 12 + self.published.month - 1 - count
                return f"{first // 12:04d}-{first % 12 + 1:02d}", "month"
        return None

    def _year(self, words: list[str], ahead: bool) -> tuple[str, str] | None:
        year = next((word for word in words if _YEAR.match(word)), None)
        return (year, "year") if year and not {"fiscal", "model"} & set(words) else None

    # --- dates counted from another act ------------------------------------------------------------------------------

    def shifted(self, i: int, anchor: When) -> When | None:
        """A date counted from another act's: "three days later", "the day before", "24 years after"."""
        for low, high in self._phrases(i):
            words = [word.strip(".") for word in self.tree.lower[low:high]]
            sign = (
                1 if {"later", "following"} & set(words) else -1 if {"before", "earlier"} & set(words) else 0
            )
            if sign and not self._clausal((low, high)) and (found := shift(anchor, words, sign)):
                return found
        return None

    def before_clause(self, i: int) -> tuple[int, list[str], int] | None:
        """For "a day after X killed Y": head of the clause that i's date is to be counted from, words, and sign."""
        tree = self.tree
        mark = next(
            (k for k in tree.below[i] if tree.rel[k] == "mark" and tree.lower[k] in ("after", "before")), -1
        )
        if mark < 0 or tree.above[i] < 0:
            return None
        words = list(tree.lower[max(0, mark - 3) : mark])
        return tree.above[i], words, -1 if tree.lower[mark] == "after" else 1


def shift(anchor: When, words: list[str], sign: int) -> When | None:
    """Return an anchor's date moved by a number of days, weeks, months or years; None if words give none."""
    for k, word in enumerate(words):
        unit = word.rstrip("s")
        if unit in ("hour", "minute"):
            return When(anchor.date, anchor.precision, " ".join(words)) if anchor.precision == "day" else None
        if unit not in ("day", "week", "month", "year"):
            continue
        before = words[k - 1] if k else "a"
        count = int(before) if before.isdigit() else NUMBERS.get(before, 1 if before == "the" else 0)
        if not count:
            return None
        if unit == "year":
            return When(f"{int(anchor.date[:4]) + sign * count:04d}", "year", " ".join(words))
        day = anchor.day()
        if day is None or unit == "month":
            return None
        return When((day + timedelta(days=sign * count * UNITS[unit])).isoformat(), "day", " ".join(words))
    return None


def older(when: When, published: date, days: int = 7) -> bool:
    """Whether a date lies wholly more than so many days before publication."""
    last = {"day": when.date, "month": f"{when.date}-28", "year": f"{when.date}-12-31"}[when.precision]
    return (published - date.fromisoformat(last)).days > days
