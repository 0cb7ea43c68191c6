"""ICEWS (20 columns), Phoenix (26) and POLECAT (40): tab-separated layouts of other projects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from detente.export.acts import Dyad
from detente.export.codes import ICEWS_SECTORS, cameo_actor, country_name, spaced
from detente.export.layout import Cell, Column, Layout, empty

DAY = "day of the event; the first of a month or year, else the story's"
CODE = "CAMEO code; its type's root with a zero where no finer one is known"
NO_PLACE = "detente codes the place and its country, not what lies between"
PENTA = {1: 0, 2: 0, 3: 1, 4: 1, 5: 1, 6: 2, 7: 2, 8: 2, **dict.fromkeys((9, 10, 11, 12, 13, 16), 3)}


def _of(side: str, field: str) -> Callable[[Dyad], Any]:
    """A field of the actor on one side, None where nobody knows who is meant."""

    def value(row: Dyad) -> Any:
        party: Mapping[str, Any] | None = getattr(row, side)
        return party["actor"][field] if party and party["actor"] else None

    return value


def _name(side: str) -> Callable[[Dyad], Cell]:
    """The name of the actor, the story's words where nobody knows who is meant."""

    def value(row: Dyad) -> Cell:
        party = getattr(row, side)
        return spaced(_of(side, "name")(row) or (party["text"] if party else None))

    return value


def _place(field: str) -> Callable[[Dyad], Any]:
    return lambda row: row.act.place[field] if row.act.place else None


def _place_name(row: Dyad) -> Cell:
    return spaced(_place("name")(row))


def _iso_day(row: Dyad) -> Cell:
    return str(row.act.day.isoformat())


def _source(row: Dyad) -> Cell:
    return spaced(row.act.outlet or row.act.agency)


def label(row: Dyad) -> str:
    """The act in words: its type, and its mode in brackets."""
    mode = f" ({row.act.mode})" if row.act.mode else ""
    return row.act.type.capitalize() + mode


def _icews_side(title: str, side: str) -> tuple[Column, ...]:
    who = "acts" if side == "source" else "is acted on"
    return (
        Column(f"{title} Name", f"who {who}", _name(side)),
        Column(
            f"{title} Sectors",
            "sector in words; ICEWS may name several, detente one",
            lambda row: ICEWS_SECTORS.get(_of(side, "sector")(row) or ""),
        ),
        Column(
            f"{title} Country",
            "its country by name; empty for international bodies",
            lambda row: country_name(_of(side, "country")(row)),
        ),
    )


ICEWS = Layout(
    "icews",
    "events.tab",
    "ICEWS coded event data",
    (
        Column("Event ID", "number made from detente's event id and the pair", lambda row: row.id),
        Column("Event Date", f"{DAY}, YYYY-MM-DD", _iso_day),
        *_icews_side("Source", "source"),
        Column("Event Text", "type and mode in detente's words, not those of the CAMEO manual", label),
        Column("CAMEO Code", CODE, lambda row: row.act.code),
        Column("Intensity", "Goldstein score of the code, -10 to 10", lambda row: row.act.goldstein_score),
        *_icews_side("Target", "target"),
        Column(
            "Story ID",
            "detente's id of the story: text, where ICEWS has a number",
            lambda row: row.act.story_id,
        ),
        empty("Sentence Number", "detente keeps the place of a sentence in characters, not its number"),
        Column("Publisher", "outlet, else agency", _source),
        Column("City", "place of the act, in the story's words; it may be larger than a city", _place_name),
        empty("District", NO_PLACE),
        empty("Province", NO_PLACE),
        Column("Country", "country of that place", lambda row: country_name(_place("country")(row))),
        Column("Latitude", "where one is known", _place("lat")),
        Column("Longitude", "where one is known", _place("lon")),
    ),
    header=True,
)


def penta_class(code: str) -> int:
    """Return Phoenix's class of a CAMEO code: 0 for statements and appeals, then the four quads."""
    return PENTA.get(int(code[:2]), 4)


def _phoenix_side(title: str, side: str) -> tuple[Column, ...]:
    who = "acts" if side == "source" else "is acted on"

    def part(value: Callable[[Any], Cell]) -> Callable[[Dyad], Cell]:
        return lambda row: value(cameo_actor(getattr(row, side)))

    return (
        Column(f"{title}ActorFull", f"who {who}: all CAMEO codes in one", part(lambda actor: actor.code)),
        Column(
            f"{title}ActorEntity",
            "country, or body such as IGO",
            part(lambda actor: actor.country or actor.code[:3]),
        ),
        Column(
            f"{title}ActorRole",
            "role",
            part(lambda actor: actor.roles[-1] if actor.roles and actor.country else None),
        ),
        Column(f"{title}ActorAttribute", "code of a known body", part(lambda actor: actor.group)),
    )


PHOENIX = Layout(
    "phoenix",
    "events.full.txt",
    "Phoenix daily event data",
    (
        Column(
            "EventID",
            "number of event and pair, with detente's version at coding",
            lambda row: f"{row.id}_{row.act.version}",
        ),
        Column("Date", f"{DAY}, YYYYMMDD", lambda row: row.act.day.strftime("%Y%m%d")),
        Column("Year", "its year", lambda row: row.act.day.strftime("%Y")),
        Column("Month", "its month", lambda row: row.act.day.strftime("%m")),
        Column("Day", "its day", lambda row: row.act.day.strftime("%d")),
        *_phoenix_side("Source", "source"),
        *_phoenix_side("Target", "target"),
        Column("EventCode", CODE, lambda row: row.act.code),
        Column("EventRootCode", "its first two digits", lambda row: row.act.code[:2]),
        Column("PentaClass", "0 to 4, by CAMEO's roots", lambda row: penta_class(row.act.code)),
        Column("GoldsteinScore", "Goldstein score of the code", lambda row: row.act.goldstein_score),
        empty("Issues", "Phoenix's list of issues is not coded; contexts are not the same"),
        Column("Lat", "latitude of the place, where one is known", _place("lat")),
        Column("Lon", "longitude, likewise", _place("lon")),
        Column("LocationName", "place of the act, in the story's words", _place_name),
        empty("StateName", NO_PLACE),
        Column("CountryCode", "country of that place by ISO 3166 alpha-3", _place("country")),
        Column("SentenceID", "id of the story; sentences have no number", lambda row: row.act.story_id),
        Column("URLs", "address of the story, else the file it came from", lambda row: spaced(row.act.url)),
        Column("NewsSources", "outlet, else agency", _source),
    ),
    header=False,
)


def _polecat_side(title: str, side: str, titled: str) -> tuple[Column, ...]:
    who = "acts" if side == "source" else "is acted on"
    sector = _of(side, "sector")
    return (
        Column(f"{title} Name", f"who {who}", _name(side)),
        Column(
            f"{title} Country", "country by ISO 3166 alpha-3, or IGO, NGO, MNC, INT", _of(side, "country")
        ),
        empty(f"{title} COW", "detente has no Correlates of War codes"),
        Column(f"Primary {title} Sector", "sector", sector),
        Column(f"{title} Sectors", "the same; detente has one", sector),
        Column(f"{title} Title", "office held on the story's date", _of(side, "office")),
        Column(
            f"{title} Name Raw",
            "the story's words",
            lambda row: spaced(party["text"]) if (party := getattr(row, side)) else None,
        ),
        empty(titled, "detente has Wikidata ids; plover keeps them"),
    )


POLECAT = Layout(
    "polecat",
    "events.tsv",
    "POLECAT",
    (
        Column("Event ID", "number made from detente's event id and the pair", lambda row: row.id),
        Column("Event Date", f"{DAY}, YYYY-MM-DD", _iso_day),
        Column("Event Type", "PLOVER type", lambda row: row.act.type),
        Column("Event Mode", "PLOVER mode", lambda row: row.act.mode),
        Column("Intensity", "PLOVER score of type and mode", lambda row: row.act.plover_score),
        Column("Quad Code", "1 to 4, by detente's codebook", lambda row: row.act.quad),
        Column("Contexts", "PLOVER contexts", lambda row: ";".join(row.act.contexts)),
        *_polecat_side("Actor", "source", "Wikipedia Actor ID"),
        *_polecat_side("Recipient", "target", "Wikipedia Recipient ID"),
        Column("Placename", "place of the act, in the story's words", _place_name),
        empty("City", NO_PLACE),
        empty("District", NO_PLACE),
        empty("Province", NO_PLACE),
        Column("Country", "country of that place by ISO 3166 alpha-3", _place("country")),
        Column("Latitude", "where one is known", _place("lat")),
        Column("Longitude", "where one is known", _place("lon")),
        Column("GeoNames ID", "where one is known", _place("geonames")),
        Column("Raw Placename", "the story's words", _place_name),
        empty("Feature Type", "kinds of places are not coded"),
        Column("Source", "outlet, else agency", _source),
        Column(
            "Publication Date",
            "day on which the story was published",
            lambda row: (row.act.published or "")[:10],
        ),
        empty("Story People", "only parties and speakers are kept, not all names of a story"),
        empty("Story Organizations", "likewise"),
        empty("Story Locations", "likewise"),
        Column("Language", "language of the story, ISO 639-1", lambda row: row.act.language),
        Column("Version", "detente's version that coded it", lambda row: f"detente {row.act.version}"),
    ),
    header=True,
    missing="None",
)
