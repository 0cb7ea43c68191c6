"""How other data sets write actors and countries: CAMEO, FIPS 10-4, and the words of ICEWS."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, NamedTuple

from detente.lexicon.tables import DATA

BODIES = ("IGO", "NGO", "MNC", "INT")
# CAMEO's roles. It has none for parties and none for clergy, whom it codes by religion; both stay without a role.
CAMEO_ROLES: Mapping[str, str] = MappingProxyType(
    {
        **{
            same: same
            for same in ("GOV", "MIL", "LEG", "JUD", "COP", "SPY", "REB", "UAF", "OPP", "CVL", "BUS")
        },
        **{same: same for same in ("ELI", "IGO", "NGO", "LAB", "EDU", "REF", "CRM")},
        "JRN": "MED",
        "MED": "HLH",
    }
)
# Bodies that have a CAMEO code of their own, by the name under which the lexicon knows them.
CAMEO_GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "United Nations": "UNO", "European Union": "EEC", "NATO": "NAT", "African Union": "OAU", "ASEAN": "ASN",
        "Arab League": "ARL", "Council of Europe": "COE", "World Bank": "WBK", "International Monetary Fund": "IMF",
        "International Atomic Energy Agency": "IAE", "International Criminal Court": "ICC",
        "World Health Organization": "WHO", "World Trade Organization": "WTO", "Organization of American States": "OAS",
        "Organisation of Islamic Cooperation": "OIC", "Amnesty International": "AMN", "Human Rights Watch": "HRW",
        "Hamas": "HMS", "Hezbollah": "HEZ", "Taliban": "TAL", "Fatah": "FTA",
    }
)  # fmt: skip
ICEWS_SECTORS: Mapping[str, str] = MappingProxyType(
    {
        "GOV": "Government", "MIL": "Military", "LEG": "Legislative / Parliamentary", "JUD": "Judicial",
        "COP": "Police", "SPY": "Intelligence", "REB": "Rebel", "UAF": "Unidentified Forces",
        "OPP": "Opposition", "PTY": "Parties", "CVL": "General Population / Civilian / Social", "BUS": "Business",
        "JRN": "News", "ELI": "Elite", "IGO": "International Government Organization",
        "NGO": "Nongovernmental Organizations / Activists", "REL": "Religious", "LAB": "Labor", "EDU": "Education",
        "MED": "Medical / Health", "REF": "Refugees / Displaced", "CRM": "Criminals / Gangs",
    }
)  # fmt: skip


class Country(NamedTuple):
    """A country in other codes."""

    cameo: str
    fips: str


@cache
def countries() -> Mapping[str, Country]:
    """Return the countries by our code."""
    text = resources.files("detente").joinpath("export", "data", "countries.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType({row["country"]: Country(row["cameo"], row["fips"]) for row in rows})


@cache
def country_names() -> Mapping[str, str]:
    """Return the countries' names by our code, the newest where the code had several."""
    with (DATA / "states.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["country"]: row["name"] for row in csv.DictReader(file)})


class CameoActor(NamedTuple):
    """An actor in CAMEO's parts; what is unknown is empty."""

    code: str
    name: str
    country: str
    group: str
    roles: tuple[str, ...]


NOBODY = CameoActor("", "", "", "", ())


def cameo_actor(party: Mapping[str, Any] | None) -> CameoActor:
    """Return a party as CAMEO writes it: RUSGOV, IGOUNO; its words where nobody knows who is meant."""
    if party is None:
        return NOBODY
    actor = party["actor"]
    if actor is None:
        return NOBODY._replace(name=spaced(party["text"]))
    country, sector = actor["country"] or "", actor["sector"] or ""
    role = CAMEO_ROLES.get(sector, "")
    group = CAMEO_GROUPS.get(actor["name"], "")
    if country in BODIES:  # in CAMEO these are roles, not countries
        roles = tuple(dict.fromkeys(part for part in (country, role) if part))
        return CameoActor(roles[0] + group + "".join(roles[1:]), actor["name"], "", group, roles)
    state = countries()[country].cameo if country in countries() else country
    return CameoActor(state + group + role, actor["name"], state, group, (role,) if role else ())


def fips(country: str | None) -> str:
    """Return the FIPS 10-4 code of a country, empty if it has none."""
    found = countries().get(country or "")
    return found.fips if found else ""


def country_name(country: str | None) -> str:
    """Return the name of a country; empty for international bodies and where it is unknown."""
    return country_names().get(country or "", "")


def spaced(text: str | None) -> str:
    """Return a text on one line: tabs and line ends are what separates the cells of these layouts."""
    return " ".join((text or "").split())
