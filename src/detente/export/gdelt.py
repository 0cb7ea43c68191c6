"""GDELT 2.0: Events (61 columns) and Mentions (16), tab-separated, without a header line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from detente.export.acts import Dyad
from detente.export.codes import CameoActor, cameo_actor, fips, spaced
from detente.export.layout import Cell, Column, Layout, empty

QUAD = {**dict.fromkeys(range(1, 6), 1), **dict.fromkeys(range(6, 9), 2), **dict.fromkeys(range(9, 14), 3)}
NO_GEO = "detente keeps where an act took place, not where its parties were"


def _no_tone(name: str) -> Column:
    # Readers of GDELT want a number here and drop rows without one, and zero would say that the text is neutral.
    return Column(name, "NaN: detente does not measure tone", lambda row: "NaN")


def _day(row: Dyad) -> str:
    day: date = row.act.day
    return day.strftime("%Y%m%d")


def _fraction(row: Dyad) -> str:
    """The year and the part of it that is over, by GDELT's reckoning of thirty days a month and 365 a year."""
    day: date = row.act.day
    return f"{day.year + min(0.9999, ((day.month - 1) * 30 + day.day) / 365):.4f}"


def quad_class(code: str) -> int:
    """Return GDELT's quad class of a CAMEO code, which its root decides."""
    return QUAD.get(int(code[:2]), 4)


def moment(text: str | None) -> str | None:
    """Return an ISO date or datetime as YYYYMMDDHHMMSS in UTC, midnight where no hour is known."""
    if not text:
        return None
    found = datetime.fromisoformat(text)
    return (found.astimezone(UTC) if found.tzinfo else found).strftime("%Y%m%d%H%M%S")


def _actor(number: int, party: Callable[[Dyad], Any]) -> tuple[Column, ...]:
    who = "source" if number == 1 else "target"

    def part(value: Callable[[CameoActor], Cell]) -> Callable[[Dyad], Cell]:
        return lambda row: value(cameo_actor(party(row)))

    def role(at: int) -> Callable[[Dyad], Cell]:
        return part(lambda actor: actor.roles[at] if len(actor.roles) > at else None)

    name = f"Actor{number}"
    return (
        Column(
            f"{name}Code", f"{who}: CAMEO codes of country, group and roles in one", part(lambda a: a.code)
        ),
        Column(f"{name}Name", f"{who}: name in capitals", part(lambda a: spaced(a.name).upper())),
        Column(f"{name}CountryCode", f"{who}: CAMEO country", part(lambda a: a.country)),
        Column(f"{name}KnownGroupCode", f"{who}: CAMEO code of a body that has one", part(lambda a: a.group)),
        empty(f"{name}EthnicCode", "detente does not code ethnicity"),
        empty(f"{name}Religion1Code", "detente does not code religion"),
        empty(f"{name}Religion2Code", "detente does not code religion"),
        Column(f"{name}Type1Code", f"{who}: CAMEO role", role(0)),
        Column(f"{name}Type2Code", f"{who}: second CAMEO role, of bodies such as IGO with MIL", role(1)),
        empty(f"{name}Type3Code", "detente has no third role"),
    )


def _geo(name: str) -> tuple[Column, ...]:
    parts = ("Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
    return (
        Column(f"{name}Geo_Type", "0, GDELT's sign for no place", lambda row: 0),
        *(empty(f"{name}Geo_{part}", NO_GEO) for part in parts),
    )


def _place(field: str) -> Callable[[Dyad], Cell]:
    return lambda row: row.act.place[field] if row.act.place else None


_ACTION_GEO = (
    Column(
        "ActionGeo_Type",
        "0 without a place; empty with one, for its kind is not coded",
        lambda row: None if row.act.place else 0,
    ),
    Column(
        "ActionGeo_Fullname",
        "place of the act, in the story's words",
        lambda row: spaced(row.act.place["name"]) if row.act.place else None,
    ),
    Column(
        "ActionGeo_CountryCode",
        "its country by FIPS 10-4",
        lambda row: fips(row.act.place["country"]) if row.act.place else None,
    ),
    empty("ActionGeo_ADM1Code", "provinces are not coded"),
    empty("ActionGeo_ADM2Code", "districts are not coded"),
    Column("ActionGeo_Lat", "its latitude, where one is known", _place("lat")),
    Column("ActionGeo_Long", "its longitude, where one is known", _place("lon")),
    empty("ActionGeo_FeatureID", "detente has GeoNames ids, this wants GNS or GNIS"),
)
EVENTS = Layout(
    "gdelt",
    "events.export.CSV",
    "GDELT 2.0 Events",
    (
        Column("GLOBALEVENTID", "number made from event id and pair, always the same", lambda row: row.id),
        Column("SQLDATE", "day of the event, YYYYMMDD; the first of a month or year, else the story's", _day),
        Column("MonthYear", "YYYYMM of it", lambda row: _day(row)[:6]),
        Column("Year", "YYYY of it", lambda row: _day(row)[:4]),
        Column("FractionDate", "year and part of it, a month taken as thirty days", _fraction),
        *_actor(1, lambda row: row.source),
        *_actor(2, lambda row: row.target),
        Column(
            "IsRootEvent",
            "1 if it stands in the story's first paragraph",
            lambda row: int(row.act.lead is None or row.act.trigger["start"] < row.act.lead),
        ),
        Column(
            "EventCode",
            "CAMEO code; its type's root and a zero if nothing finer is known",
            lambda row: row.act.code,
        ),
        Column("EventBaseCode", "its first three digits", lambda row: row.act.code[:3]),
        Column("EventRootCode", "its first two digits", lambda row: row.act.code[:2]),
        Column(
            "QuadClass",
            "1 to 4, by CAMEO's roots: 01-05, 06-08, 09-13, 14-20",
            lambda row: quad_class(row.act.code),
        ),
        Column("GoldsteinScale", "Goldstein score of the code", lambda row: row.act.goldstein_score),
        Column("NumMentions", "1: an event belongs to one story", lambda row: 1),
        Column("NumSources", "1, likewise", lambda row: 1),
        Column("NumArticles", "1, likewise", lambda row: 1),
        _no_tone("AvgTone"),
        *_geo("Actor1"),
        *_geo("Actor2"),
        *_ACTION_GEO,
        Column(
            "DATEADDED",
            "when the run that coded it began, UTC, YYYYMMDDHHMMSS",
            lambda row: moment(row.act.coded),
        ),
        Column(
            "SOURCEURL", "address of the story, else the file it came from", lambda row: spaced(row.act.url)
        ),
    ),
    header=False,
)


def _start(party: Callable[[Dyad], Any]) -> Callable[[Dyad], Cell]:
    return lambda row: found["start"] if (found := party(row)) else -1


MENTIONS = Layout(
    "gdelt-mentions",
    "mentions.CSV",
    "GDELT 2.0 Mentions",
    (
        Column("GLOBALEVENTID", "as in the events", lambda row: row.id),
        Column(
            "EventTimeDate",
            "day of the event, YYYYMMDDHHMMSS at midnight",
            lambda row: moment(row.act.day.isoformat()),
        ),
        Column("MentionTimeDate", "when the story was published", lambda row: moment(row.act.published)),
        Column(
            "MentionType",
            "1 for an address on the web, 2 for a citation of anything else",
            lambda row: 1 if (row.act.url or "").startswith("http") else 2,
        ),
        Column(
            "MentionSourceName", "outlet, else agency", lambda row: spaced(row.act.outlet or row.act.agency)
        ),
        Column(
            "MentionIdentifier",
            "address of the story, else the file it came from",
            lambda row: spaced(row.act.url),
        ),
        Column(
            "SentenceID", "-1, not known: sentences have places in characters, not numbers", lambda row: -1
        ),
        Column(
            "Actor1CharOffset",
            "where the source is named, in characters of the clean text; -1 if nobody is",
            _start(lambda row: row.source),
        ),
        Column("Actor2CharOffset", "where the target is named, likewise", _start(lambda row: row.target)),
        Column("ActionCharOffset", "where the words for the act begin", lambda row: row.act.trigger["start"]),
        Column("InRawText", "1: nothing is rewritten before it is coded", lambda row: 1),
        Column(
            "Confidence",
            "detente's confidence in tens of percent, 10 at least; not GDELT's measure",
            lambda row: None if row.act.confidence is None else max(10, int(row.act.confidence * 10) * 10),
        ),
        Column("MentionDocLen", "length of the clean text in characters", lambda row: row.act.length),
        _no_tone("MentionDocTone"),
        empty("MentionDocTranslationInfo", "detente reads English as it was written"),
        Column("Extras", "detente's event id, the way back to the words", lambda row: row.act.event_id),
    ),
    header=False,
)
