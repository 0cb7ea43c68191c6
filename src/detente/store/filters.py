"""The filters that every listing takes, and the conditions that they are in SQL."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, NamedTuple, get_args, get_type_hints

from detente.errors import BadDate, UsageError
from detente.terms import SECTORS, STATUSES, TYPES

Several = str | Sequence[str]
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Condition(NamedTuple):
    """A condition in SQL and the values for its question marks."""

    sql: str
    values: list[Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What a listing should hold; everything that is given must be met. Lists are alternatives.

    Raises:
        UsageError: a value is none that the filter can take; says which ones it can.
    """

    source: Annotated[
        Several | None, "who acts: a country (USA), a code (RUSGOV), a sector or part of a name"
    ] = None
    target: Annotated[Several | None, "who is acted on, likewise"] = None
    actor: Annotated[Several | None, "who takes part on either side, likewise"] = None
    type: Annotated[Several | None, "type of the event, e.g. CONSULT"] = None
    quad: Annotated[int | Sequence[int] | None, "1 to 4"] = None
    status: Annotated[Several | None, "occurred, ongoing, planned, sought, possible or denied"] = None
    background: Annotated[bool | None, "true: only events told as background; false: none of them"] = None
    word: Annotated[Several | None, "on whose word: like source"] = None
    since: Annotated[str | None, "first day, month or year: of the event, else of its story"] = None
    until: Annotated[str | None, "last day, month or year, itself included"] = None
    min_confidence: Annotated[float | None, "lowest confidence, 0 to 1"] = None
    text: Annotated[
        str | None, "words that all occur in the evidence or the headline (stories: in the text)"
    ] = None

    def __post_init__(self) -> None:
        """Check what is given and bring it into one form."""
        for field in ("source", "target", "actor", "word"):
            self._set(field, _values(getattr(self, field)))
        self._set("type", _terms("type", self.type, TYPES))
        self._set("status", _terms("status", self.status, STATUSES))
        quads = (self.quad,) if isinstance(self.quad, int) else self.quad
        self._set("quad", tuple(int(value) for value in _terms("quad", _texts(quads), ("1", "2", "3", "4"))))
        self._set("since", _day(self.since, last=False))
        self._set("until", _day(self.until, last=True))
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise UsageError(f"{self.min_confidence} is no confidence", advice="Give a number from 0 to 1.")

    def _set(self, field: str, value: Any) -> None:
        object.__setattr__(self, field, value)

    def events(self) -> Condition:
        """Return the condition on a row of the view `event`."""
        where = self._acts()
        where.one_of(self.actor, "source", "target")
        self._days(where)
        for word in (self.text or "").split():
            where.any_of(_contains(column, word) for column in ("sentence.text", "headline"))
        return where.condition()

    def _acts(self) -> _Where:
        """What is about events whatever is listed."""
        where = _Where()
        where.one_of(self.source, "source")
        if self.target:
            # A reciprocal event has all its parties in source; each of them is also acted on.
            among = Condition(
                "reciprocal AND (" + (mutual := _meant(self.target, "source_")).sql + ")", mutual.values
            )
            where.any_of([_meant(self.target, "target_"), among])
        where.one_of(self.word, "word")
        where.among("type", self.type)
        where.among("quad", self.quad)
        where.among("status", self.status)
        where.add(self.background is not None, "background = ?", self.background)
        where.add(self.min_confidence is not None, "confidence >= ?", self.min_confidence)
        return where

    def _days(self, where: _Where) -> None:
        where.add(self.since is not None, "day >= ?::DATE", self.since)
        where.add(self.until is not None, "day <= ?::DATE", self.until)

    def meant(self) -> Condition:
        """Return the condition on a row of the view `actor`: one of those that `actor` means."""
        return _meant(self.actor) if self.actor else Condition("true", [])

    def statements(self) -> Condition:
        """Return the condition on a row of the view `statement`: who says it to whom; what rests on it."""
        where = _Where()
        where.one_of(self.source, "speaker", "principal")
        where.one_of(self.target, "addressee")
        where.one_of(self.actor, "speaker", "principal", "addressee")
        if self.word:
            self_, behalf = _meant(self.word, "speaker_"), _meant(self.word, "principal_")
            voucher = f"CASE WHEN principal_name IS NULL THEN {self_.sql} ELSE {behalf.sql} END"
            where.all_of(Condition(voucher, [*self_.values, *behalf.values]))
        acts = replace(self, source=None, target=None, word=None)._acts().condition()
        if acts.values:
            where.all_of(Condition(f"id IN (SELECT word FROM event WHERE {acts.sql})", acts.values))
        self._days(where)
        for word in (self.text or "").split():
            where.any_of(_contains(column, word) for column in ("said", "headline"))
        return where.condition()

    def stories(self) -> Condition:
        """Return the condition on a row of the view `story`: what happens in it; when it was published."""
        where = _Where()
        acts = self._acts().condition()
        if acts.values:
            where.all_of(Condition(f"id IN (SELECT story_id FROM event WHERE {acts.sql})", acts.values))
        where.one_of(self.actor, "actor")
        self._days(where)
        for word in (self.text or "").split():
            where.any_of(_contains(column, word) for column in ("text", "headline", "deck"))
        return where.condition()


def documented() -> dict[str, str]:
    """Return what each filter means, by its name."""
    hints = get_type_hints(Filters, include_extras=True)
    return {field.name: get_args(hints[field.name])[1] for field in fields(Filters)}


class _Where:
    """Conditions that must all hold, and their values in the order of the question marks."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.values: list[Any] = []

    def all_of(self, condition: Condition) -> None:
        self.conditions.append(condition.sql)
        self.values += condition.values

    def any_of(self, conditions: Iterable[Condition]) -> None:
        self.all_of(_any(conditions))

    def one_of(self, given: Any, *roles: str) -> None:
        """Require that one of those given is meant in one of these roles."""
        if given:
            self.any_of(_meant(given, f"{role}_") for role in roles)

    def add(self, wanted: bool, condition: str, *values: Any) -> None:
        if wanted:
            self.all_of(Condition(condition, list(values)))

    def among(self, column: str, given: Any) -> None:
        if given:
            self.all_of(Condition(f"{column} IN ({', '.join('?' * len(given))})", list(given)))

    def condition(self) -> Condition:
        return Condition(
            " AND ".join(f"({condition})" for condition in self.conditions) or "true", self.values
        )


def _any(conditions: Iterable[Condition]) -> Condition:
    found = list(conditions)
    values = [value for condition in found for value in condition.values]
    return Condition(" OR ".join(f"({condition.sql})" for condition in found), values)


def _meant(given: Any, of: str = "") -> Condition:
    """The condition that somebody is one of those given; `of` begins the names of the columns that say who it is.

    The cells may hold several actors, separated by semicolons; no code is part of another, so looking inside will do.
    """
    return _any(_one_meant(value, of) for value in given)


def _one_meant(value: str, of: str) -> Condition:
    if re.fullmatch("[A-Z]{3}", value):
        # IGO and NGO are sectors and stand for a country as well.
        found = [f"contains({of}country, ?)"] if value not in SECTORS or value in ("IGO", "NGO") else []
        found += [f"contains({of}sector, ?)"] if value in SECTORS else []
        return Condition("(" + " OR ".join(found) + ")", [value] * len(found))
    if re.fullmatch("[A-Z]{6}", value) and value[3:] in SECTORS:
        return Condition(f"contains({of}code, ?)", [value])
    return Condition(f"contains(lower({of}name), ?)", [value.lower()])


def _contains(column: str, word: str) -> Condition:
    """The condition that a text has a word, whole and in any case.

    To look for the bare word first is four times as fast: the bounds are only looked at where it is.
    """
    bare, edge = re.escape(word), r"[^\pL\pN_]"
    looked = f"regexp_matches({column}, ?, 'i')"
    return Condition(f"{looked} AND {looked}", [bare, f"(?:^|{edge}){bare}(?:{edge}|$)"])


def _values(given: Any) -> tuple[str, ...]:
    found = _texts(given)
    if any(not value for value in found):
        raise UsageError("an empty name was given", advice="Give a country (USA), a code (RUSGOV) or a name.")
    return found


def _texts(given: Any) -> tuple[str, ...]:
    if given is None:
        return ()
    return tuple(str(value).strip() for value in ([given] if isinstance(given, str) else given))


def _terms(what: str, given: Any, known: Sequence[str]) -> tuple[str, ...]:
    form = str.upper if known is TYPES else str.lower
    found = tuple(map(form, _texts(given)))
    for value in found:
        if value not in known:
            near = get_close_matches(value, known, 1)
            hint = f"Did you mean {near[0]}? " if near else ""
            raise UsageError(f"{value!r} is no {what}", advice=f"{hint}There are {', '.join(known)}.")
    return found


def _day(given: str | None, *, last: bool) -> str | None:
    """The first or last day of a year, month or day."""
    if given is None:
        return None
    found = _DATE.fullmatch(str(given).strip())
    try:
        if found is None:
            raise ValueError
        year = int(found[1])
        month = int(found[2] or (12 if last else 1))
        day = int(found[3] or (monthrange(year, month)[1] if last else 1))
        return date(year, month, day).isoformat()
    except ValueError:  # IllegalMonthError is one, too
        advice = "Write it as 2016-11-14, 2016-11 or 2016."
        raise BadDate(f"{given!r} is not a date", advice=advice) from None
