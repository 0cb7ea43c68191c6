"""The places on the map: sound rows, names that lead to one place or openly to several."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import BadRow
from detente.lexicon import Lexicon
from detente.lexicon.tables import DATA, PLACE_NAMES, PLACES, checked_rows
from detente.lexicon.who import END_OF_TIME

SPOTS = [row for _, row in checked_rows(DATA / "places.csv", PLACES)]
NAMES = [row for _, row in checked_rows(DATA / "place_names.csv", PLACE_NAMES)]


def test_the_tables_stay_small_and_sorted() -> None:
    assert sum((DATA / name).stat().st_size for name in ("places.csv", "place_names.csv")) < 300_000
    assert [tuple(row.values()) for row in SPOTS] == sorted(tuple(row.values()) for row in SPOTS)
    assert len({(row["name"], row["country"]) for row in SPOTS}) == len(SPOTS)


def test_every_other_name_belongs_to_a_place_and_is_not_its_first() -> None:
    known = {(row["name"], row["country"]) for row in SPOTS}
    for row in NAMES:
        assert (row["place"], row["country"]) in known, row
        assert row["name"] != row["place"], row


def test_every_country_is_one_of_today() -> None:
    states = Lexicon().states
    for code in {row["country"] for row in SPOTS} - {""}:
        assert states[code].end == END_OF_TIME, code


def test_what_lies_at_sea_has_no_country() -> None:
    assert {row["name"] for row in SPOTS if row["kind"] == "sea" and row["country"]} == set()


def test_no_geonames_id_stands_twice() -> None:
    numbers = [row["geonames"] for row in SPOTS if row["geonames"]]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    ("words", "place", "country"),
    [
        ("Bakhmut", "Bakhmut", "UKR"),
        ("Artemivsk", "Bakhmut", "UKR"),
        ("GROZNY", "Grozny", "RUS"),
        ("eastern city of Goma", "Goma", "COD"),
        ("Kandahar province", "Kandahar", "AFG"),
        ("the Strait of Hormuz", "Strait of Hormuz", None),
        ("Golan Heights", "Golan Heights", "SYR"),
        ("Crimea", "Crimea", "UKR"),
        ("Kashmir", "Kashmir", None),
        ("northern Gaza", "northern Gaza", "PSE"),
        ("western Aleppo", "Aleppo", "SYR"),
    ],
)
def test_words_lead_to_a_place(words: str, place: str, country: str | None) -> None:
    (spot,) = Lexicon().places.named(words)
    assert (spot.name, spot.country) == (place, country)


@pytest.mark.parametrize("words", ["nice", "northern Siberia", "South Africa", "border", "", "Ruritania"])
def test_what_is_no_point_on_the_map_has_none(words: str) -> None:
    assert Lexicon().places.named(words) == ()


def test_a_province_does_not_bear_the_number_of_its_town() -> None:
    gazetteer = Lexicon().places
    assert gazetteer.named("Kandahar")[0].geonames
    assert gazetteer.named("Kandahar province")[0].geonames is None


def test_a_name_of_several_places_leads_to_all() -> None:
    assert {spot.country for spot in Lexicon().places.named("Tripoli")} == {"LBY", "LBN"}


def test_own_places_lie_over_ours(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("name,country,kind,lat,lon,geonames\nRoznik,SVN,site,46.05,14.48,\n", encoding="utf-8")
    (spot,) = Lexicon([mine]).places.named("Roznik")
    assert (spot.country, spot.lat, spot.lon) == ("SVN", 46.05, 14.48)


@pytest.mark.parametrize(("lat", "lon"), [("91", "10"), ("north", "10"), ("10", "181"), ("1e1", "10")])
def test_a_place_off_the_globe_is_refused(tmp_path: Path, lat: str, lon: str) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(f"name,kind,lat,lon\nNowhere,site,{lat},{lon}\n", encoding="utf-8")
    with pytest.raises(BadRow, match="not a number from"):
        Lexicon([mine])
