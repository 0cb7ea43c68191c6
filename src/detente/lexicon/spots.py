"""Places on the map by their names, from places.csv and place_names.csv: towns, seas, straits, camps, bases.

A name may belong to several places. Which of them is meant is for the reader of the story to tell, not for the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

# What may stand around a place's own name and does not move it: "Kandahar province", "the port of Odesa".
BEHIND = (
    "region", "province", "governorate", "district", "oblast", "prefecture", "state", "department", "county", "area",
    "city", "town", "village", "municipality", "refugee camp", "camp", "air base", "airbase", "naval base", "port",
    "ports", "international airport", "airport",
    "border crossing", "crossing", "checkpoint", "islands", "island", "peninsula",
)  # fmt: skip
BEFORE = ("the ", "city of ", "town of ", "village of ", "port of ", "port city of ", "island of ", "greater ",
          "central ", "downtown ", "northern ", "southern ", "eastern ", "western ", "north ", "south ", "east ",
          "west ", "northeastern ", "northwestern ", "southeastern ", "southwestern ", "occupied ")  # fmt: skip
HALVED = re.compile(r"\b([Nn]orth|[Ss]outh)-(east|west)")  # north-eastern
SMALL = (
    "city",
    "camp",
    "base",
    "site",
    "border",
)  # kinds of which the northern part is no other point on the map


class Spot(NamedTuple):
    """One place on the map."""

    name: str
    country: (
        str | None
    )  # alpha-3 code of today; None at sea and where the United Nations leave sovereignty open
    kind: str
    lat: float  # degrees north; of an area its middle
    lon: float  # degrees east
    geonames: int | None


class Gazetteer:
    """The places by name."""

    def __init__(self, places: Iterable[Mapping[str, str]], names: Iterable[Mapping[str, str]]) -> None:
        """Take the rows of the two tables; of two rows about one place the first counts.

        Args:
            places: a row a place, with name, country, kind, lat, lon, geonames.
            names: a row another name of a place, with name, place and that place's country.
        """
        self._spots: dict[str, list[Spot]] = {}
        known: dict[tuple[str, str], Spot] = {}
        for row in places:
            key = (row["name"], row["country"])
            if key not in known:
                known[key] = spot = spot_of(row)
                self._spots.setdefault(row["name"], []).append(spot)
        for row in names:
            other = known.get((row["place"], row["country"]))
            if other is not None and other not in self._spots.get(row["name"], ()):
                self._spots.setdefault(row["name"], []).append(other)

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self._spots)

    def known(self, name: str) -> bool:
        """Tell whether exactly these words are the name of a place."""
        return name in self._spots

    def named(self, name: str) -> tuple[Spot, ...]:
        """Return every place that the words may mean; empty if none is known.

        Capitals count ("in Nice", "nice"), except that a name wholly in capitals is read as in a headline.
        Words around a name are taken off one by one ("the eastern city of Goma"); a part of a large area
        ("northern Siberia") is nowhere, unless it has a row of its own ("northern Gaza").
        """
        name = HALVED.sub(r"\1\2", " ".join(name.replace("’", "'").split()))
        return (
            self._exact(name)
            or self._exact(unshouted(name))
            or self._without_tail(name)
            or self._without_head(name)
        )

    def _exact(self, name: str) -> tuple[Spot, ...]:
        return tuple(self._spots.get(name, ()))

    def _without_tail(self, name: str) -> tuple[Spot, ...]:
        """The place in "Kandahar province": about there, yet not the town itself, so the town's id is not given."""
        tail = next((word for word in BEHIND if name.lower().endswith(f" {word}")), None)
        if tail is None:
            return ()
        return tuple(spot._replace(geonames=None) for spot in self.named(name[: -len(tail) - 1]))

    def _without_head(self, name: str) -> tuple[Spot, ...]:
        head = next((words for words in BEFORE if name.lower().startswith(words)), None)
        if head is None:
            return ()
        found = self.named(name[len(head) :])
        whole = head == "the " or head.endswith("of ")
        return tuple(spot for spot in found if whole or spot.kind in SMALL)


def spot_of(row: Mapping[str, str]) -> Spot:
    """Return the place of a row."""
    number = int(row["geonames"]) if row["geonames"] else None
    return Spot(
        row["name"], row["country"] or None, row["kind"], float(row["lat"]), float(row["lon"]), number
    )


def unshouted(name: str) -> str:
    """Return a name in capitals as it is usually written; another one unchanged."""
    return name.title() if name.isupper() and len(name) > 3 else name
