"""Whose own release a text is: governments and international bodies by the address of their sites."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from detente.records import Actor


@cache
def sites() -> Mapping[str, Actor]:
    """Return the actors whose sites are known, by host name."""
    with files("detente.read").joinpath("data/issuers.csv").open(encoding="utf-8") as rows:
        return {
            row["host"]: Actor(
                row["name"],
                row["country"] or None,
                row["sector"] or None,
                None,
                row["wikidata"] or None,
                row["kind"],
            )
            for row in csv.DictReader(rows)
        }


def issuer(url: str | None) -> Actor | None:
    """Return the actor whose own release a story with this address is, None for reporting by others.

    Known are the sites in ``data/issuers.csv`` and their subdomains. Parliaments and news agencies of states are not
    listed: what they publish is reporting.
    """
    host = _host(url)
    while host:
        if found := sites().get(host):
            return found
        _, _, host = host.partition(".")
    return None


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
