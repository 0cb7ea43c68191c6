"""PLOVER's JSON: one event a line, with all its parties, and status as the auxiliary modes of PLOVER."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente.export.acts import Act

FILE = "events.jsonl"
# PLOVER has no field for how real an act is, but words for it that stand among the modes.
AUXILIARY = {"planned": "future", "sought": "hypothetical", "possible": "hypothetical", "denied": "negation"}
KEYS = {
    "id": "detente's event id",
    "date": "day of the event, YYYY-MM-DD; a month's or year's first day, else the story's day",
    "actor": "who acts, or all parties of a reciprocal event: code, sector, entity_text, identifier_text, "
    "identifier_id (Wikidata), office; what is unknown is left out",
    "recipient": "who is acted on, likewise",
    "event": "PLOVER type, a list of one",
    "mode": "PLOVER mode, and the auxiliary modes: future (planned), hypothetical (sought, possible), "
    "negation (denied), historical (background)",
    "context": "PLOVER contexts",
    "quad_code": "1 to 4, by detente's codebook",
    "event_scale": "PLOVER score of type and mode",
    "event_text": "the words that name the act",
    "event_loc": "place of the act: extracted_place, country_code, lat, lon, geonameid",
    "text": "the sentence",
    "text_info": "start and end of the act's words, in characters of the clean text",
    "cite_info": "address, headline, outlet and language of the story",
    "coder": "detente and its version",
    "coded_date": "day on which it was coded",
    "comment": "what PLOVER has no field for: status, whose word it is, how exact the date is, confidence",
}


def plover(act: Act) -> dict[str, Any]:
    """Return an event as PLOVER's JSON, with the keys of `KEYS`; what is empty is left out."""
    auxiliary = [AUXILIARY[act.status]] if act.status in AUXILIARY else []
    auxiliary += ["historical"] if act.background else []
    found = {
        "id": act.event_id,
        "date": act.day.isoformat(),
        "actor": [_entity(party) for party in act.source],
        "recipient": [_entity(party) for party in act.target],
        "event": [act.type],
        "mode": [*([act.mode] if act.mode else []), *auxiliary],
        "context": list(act.contexts),
        "quad_code": act.quad,
        "event_scale": act.plover_score,
        "event_text": act.trigger["text"],
        "event_loc": _filled(_place(act.place)) if act.place else None,
        "text": act.sentence["text"],
        "text_info": {"start": act.trigger["start"], "end": act.trigger["end"]},
        "cite_info": _filled(
            {
                "url": act.url,
                "title": act.headline,
                "publication": act.outlet or act.agency,
                "language": act.language,
            }
        ),
        "coder": f"detente {act.version}",
        "coded_date": (act.coded or "")[:10],
        "comment": _comment(act),
    }
    return {key: value for key, value in found.items() if value not in (None, "", [], {}) or key == "actor"}


def _entity(party: Mapping[str, Any]) -> dict[str, Any]:
    actor = party["actor"] or {}
    return _filled(
        {
            "code": actor.get("country"),
            "sector": actor.get("sector"),
            "entity_text": party["text"],
            "identifier_text": actor.get("name"),
            "identifier_id": actor.get("wikidata"),
            "office": actor.get("office"),
        }
    )


def _place(place: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "extracted_place": place["name"],
        "country_code": place["country"],
        "lat": place["lat"],
        "lon": place["lon"],
        "geonameid": place["geonames"],
    }


def _comment(act: Act) -> str:
    word = act.word_name or "somebody unnamed" if act.word else "the outlet"
    parts = [f"status {act.status}", f"on the word of {word}", f"date known to the {act.date_precision}"]
    parts += [f"confidence {act.confidence:.2f}"] if act.confidence is not None else []
    return "; ".join(parts)


def _filled(found: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value is not None}
