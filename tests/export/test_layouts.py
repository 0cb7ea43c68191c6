"""Exports, read back as people read the data sets whose layouts they have."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import detente
from detente.errors import StoreError, UsageError
from detente.export import LAYOUTS, write
from detente.export.classic import penta_class
from detente.export.codes import CAMEO_GROUPS, CAMEO_ROLES, ICEWS_SECTORS, cameo_actor, countries, fips
from detente.export.gdelt import moment, quad_class
from detente.export.writing import DYADIC
from detente.lexicon.ontology import TYPE_ROWS
from detente.records import Place
from detente.relations import Store
from detente.terms import SECTORS
from relations import small

# The layouts as their projects publish them.
GDELT = (
    "GLOBALEVENTID SQLDATE MonthYear Year FractionDate "
    + " ".join(
        f"Actor{n}Code Actor{n}Name Actor{n}CountryCode Actor{n}KnownGroupCode Actor{n}EthnicCode "
        f"Actor{n}Religion1Code Actor{n}Religion2Code Actor{n}Type1Code Actor{n}Type2Code Actor{n}Type3Code"
        for n in (1, 2)
    )
    + " IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles "
    "AvgTone "
    + " ".join(
        f"{who}Geo_Type {who}Geo_Fullname {who}Geo_CountryCode {who}Geo_ADM1Code {who}Geo_ADM2Code {who}Geo_Lat "
        f"{who}Geo_Long {who}Geo_FeatureID"
        for who in ("Actor1", "Actor2", "Action")
    )
    + " DATEADDED SOURCEURL"
).split()
MENTIONS_LINE = (
    "GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID "
    "Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone "
    "MentionDocTranslationInfo Extras"
)
MENTIONS = MENTIONS_LINE.split()
ICEWS_LINE = (
    "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,"
    "Target Sectors,Target Country,Story ID,Sentence Number,Publisher,City,District,Province,Country,Latitude,Longitude"
)
ICEWS = ICEWS_LINE.split(",")
POLECAT_LINE = (
    "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,Actor COW,"
    "Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,Recipient Name,"
    "Recipient Country,Recipient COW,Primary Recipient Sector,Recipient Sectors,Recipient Title,Recipient Name Raw,"
    "Wikipedia Recipient ID,Placename,City,District,Province,Country,Latitude,Longitude,GeoNames ID,Raw Placename,"
    "Feature Type,Source,Publication Date,Story People,Story Organizations,Story Locations,Language,Version"
)
POLECAT = POLECAT_LINE.split(",")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    oslo = Place("Oslo", "NOR", 59.91, 10.75, 3143244)
    placed = small.told(9, "2023-06-02", replace(small.act("CONSULT", "PER", "MEX", cameo=None), place=oslo))
    undated = replace(
        (one := small.told(10, "2023-06-02", small.act("AID", "PER", "MEX"))),
        story=replace(one.story, published=None),
    )
    return detente.open(small.build(tmp_path_factory.mktemp("store"), [*small.records(), placed, undated]))


def tabbed(path: Path) -> Iterator[list[str]]:
    """A file's rows as GDELT's own readers take them: split at tabs, no quotation marks."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield line.split("\t")


def column(rows: list[list[str]], names: list[str], name: str) -> list[str]:
    return [row[names.index(name)] for row in rows]


def test_gdelt_has_its_61_columns(store: Store, tmp_path: Path) -> None:
    done = write(store, "gdelt", tmp_path)
    rows = list(tabbed(tmp_path / "events.export.CSV"))
    assert [one.name for one in DYADIC["gdelt"].columns] == GDELT
    assert len(GDELT) == 61
    assert {len(row) for row in rows} == {61}
    assert len(rows) == done.rows == 19
    assert (done.events, done.unreal, done.background, done.undated) == (11, 2, 1, 1)
    numbers = column(rows, GDELT, "GLOBALEVENTID")
    assert len(set(numbers)) == len(numbers)
    assert max(map(int, numbers)) < 2**53


def test_gdelt_has_the_conventions_of_gdelt(store: Store, tmp_path: Path) -> None:
    write(store, "gdelt", tmp_path, type="SANCTION")
    one, other = (dict(zip(GDELT, row, strict=True)) for row in tabbed(tmp_path / "events.export.CSV"))
    assert {one["Actor1Code"], other["Actor1Code"]} == {"PERGOV", "CHLGOV"}  # two sources are two rows
    assert one["Actor2Code"] == "MEXGOV"
    assert (one["EventCode"], one["EventBaseCode"], one["EventRootCode"], one["QuadClass"]) == (
        "161",
        "161",
        "16",
        "4",
    )
    assert (one["SQLDATE"], one["MonthYear"], one["Year"], one["FractionDate"]) == (
        "20230401",
        "202304",
        "2023",
        "2023.2493",
    )
    assert (one["AvgTone"], one["GoldsteinScale"], one["IsRootEvent"]) == ("NaN", "-4.0", "1")


def test_gdelt_writes_places_and_codes_of_the_type(store: Store, tmp_path: Path) -> None:
    write(store, "gdelt", tmp_path, since="2023-06")
    (row,) = (dict(zip(GDELT, row, strict=True)) for row in tabbed(tmp_path / "events.export.CSV"))
    assert (row["ActionGeo_Fullname"], row["ActionGeo_CountryCode"], row["ActionGeo_Lat"]) == (
        "Oslo",
        "NO",
        "59.91",
    )
    assert (row["EventCode"], row["GoldsteinScale"]) == ("040", "1.0")


def test_a_reciprocal_event_has_a_row_each_way(store: Store, tmp_path: Path) -> None:
    write(store, "icews", tmp_path, type="CONSULT", since="2023-04-02", until="2023-04-02")
    head, *rows = tabbed(tmp_path / "events.tab")
    assert sorted((row[head.index("Source Name")], row[head.index("Target Name")]) for row in rows) == [
        ("Mexico", "Peru"),
        ("Peru", "Mexico"),
    ]


def test_bodies_are_roles_in_cameo(store: Store, tmp_path: Path) -> None:
    write(store, "gdelt", tmp_path, source="United Nations")
    row = dict(zip(GDELT, next(tabbed(tmp_path / "events.export.CSV")), strict=True))
    assert (
        row["Actor1Code"],
        row["Actor1CountryCode"],
        row["Actor1KnownGroupCode"],
        row["Actor1Type1Code"],
    ) == (
        "IGOUNO",
        "",
        "UNO",
        "IGO",
    )


def test_mentions_have_their_16_columns(store: Store, tmp_path: Path) -> None:
    write(store, "gdelt-mentions", tmp_path, word="PER")
    rows = list(tabbed(tmp_path / "mentions.CSV"))
    assert [one.name for one in DYADIC["gdelt-mentions"].columns] == MENTIONS
    assert {len(row) for row in rows} == {16}
    row = dict(zip(MENTIONS, rows[0], strict=True))
    record = store.record_of(row["Extras"])
    assert record.story.text[int(row["ActionCharOffset"]) :].startswith("met")
    assert record.story.text[int(row["Actor1CharOffset"]) :].startswith("Peru")
    assert (row["Confidence"], row["MentionTimeDate"]) == ("80", "20230225000000")
    assert row["GLOBALEVENTID"] in {beside["row"] for beside in _csv(tmp_path / "beside.csv")}


def test_icews_has_its_20_columns(store: Store, tmp_path: Path) -> None:
    write(store, "icews", tmp_path)
    head, *rows = tabbed(tmp_path / "events.tab")
    assert head == ICEWS
    assert {len(row) for row in rows} == {20}
    assert "Government" in column(rows, ICEWS, "Source Sectors")
    assert "Norway" in column(rows, ICEWS, "Country")


def test_phoenix_has_its_26_columns(store: Store, tmp_path: Path) -> None:
    write(store, "phoenix", tmp_path)
    rows = list(tabbed(tmp_path / "events.full.txt"))
    assert {len(row) for row in rows} == {26}
    for row in rows:
        assert row[1] == row[2] + row[3] + row[4]  # the day and its parts
        assert row[5].startswith(row[6])  # the full code begins with the entity
        assert row[15] == str(penta_class(row[13]))


def test_polecat_has_its_40_columns(store: Store, tmp_path: Path) -> None:
    write(store, "polecat", tmp_path)
    head, *rows = tabbed(tmp_path / "events.tsv")
    assert head == POLECAT
    assert {len(row) for row in rows} == {40}
    assert not any("" in row for row in rows)  # what is missing is the word None
    assert set(column(rows, POLECAT, "Actor COW")) == {"None"}


def test_plover_keeps_everything_and_says_what_is_not_real(store: Store, tmp_path: Path) -> None:
    done = write(store, "plover", tmp_path)
    events = [
        json.loads(line) for line in (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert len(events) == done.events == 14
    modes = [mode for event in events for mode in event.get("mode", [])]
    assert sorted(modes) == ["future", "historical", "negation"]
    for event in events:
        assert {"id", "date", "actor", "event"} <= event.keys()
        assert TYPE_ROWS[event["event"][0]].quad == event["quad_code"]
    (talks,) = (event for event in events if len(event["actor"]) == 3)
    assert "recipient" not in talks


def test_planned_and_background_events_are_exported_where_they_are_asked_for(
    store: Store, tmp_path: Path
) -> None:
    done = write(store, "gdelt", tmp_path, status="planned")
    assert (done.events, done.unreal) == (1, 0)
    assert {row["status"] for row in _csv(tmp_path / "beside.csv")} == {"planned"}
    assert write(store, "gdelt", tmp_path, background=True).events == 1


def test_beside_each_row_stands_what_the_layout_cannot_carry(store: Store, tmp_path: Path) -> None:
    write(store, "phoenix", tmp_path)
    beside = list(_csv(tmp_path / "beside.csv"))
    assert [row["row"] for row in beside] == [
        row[0].partition("_")[0] for row in tabbed(tmp_path / "events.full.txt")
    ]
    assert {row["word_code"] for row in beside} == {"", "PERGOV", "CHLGOV"}
    assert all(store.record_of(row["event_id"]).story.id == row["story_id"] for row in beside)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_export_has_a_codebook_and_a_citation(store: Store, tmp_path: Path, layout: str) -> None:
    if layout == "parquet":
        pytest.importorskip("pyarrow", reason="Parquet needs the extra 'parquet'")
    done = write(store, layout, tmp_path)
    assert set(done.files) == {path.name for path in tmp_path.iterdir()}
    meanings = list(_csv(tmp_path / "codebook.csv"))
    assert all(row["meaning"] for row in meanings)
    citation = (tmp_path / "CITATION.md").read_text(encoding="utf-8")
    assert f"layout {layout}" in citation
    assert "model model" in citation
    if layout in DYADIC:
        own = [row["column"] for row in meanings if row["file"] == DYADIC[layout].file]
        assert own == [one.name for one in DYADIC[layout].columns]


def test_csv_is_one_file_a_table(store: Store, tmp_path: Path) -> None:
    done = write(store, "csv", tmp_path, actor="CHL")
    events = list(_csv(tmp_path / "event.csv"))
    assert len(events) == done.events
    assert {row["event_id"] for row in _csv(tmp_path / "party.csv")} == {row["id"] for row in events}
    assert {row["id"] for row in _csv(tmp_path / "story.csv")} == {row["story_id"] for row in events}
    assert json.loads(events[0]["source"])[0]["actor"]["name"]
    named = {(row["file"], row["column"]) for row in _csv(tmp_path / "codebook.csv")}
    for path in tmp_path.glob("*.csv"):
        if path.stem != "codebook":
            header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
            assert {(path.stem, name) for name in header} <= named


def test_parquet_keeps_lists_and_records(store: Store, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="Parquet needs the extra 'parquet'")
    write(store, "parquet", tmp_path)
    events = parquet.read_table(tmp_path / "event.parquet").to_pylist()
    assert {event["id"] for event in events} == {
        event.id for record in store.records() for event in record.events
    }
    assert all(isinstance(event["source"], list) for event in events)


def test_tabs_line_ends_and_quotation_marks_do_not_break_a_row(tmp_path: Path) -> None:
    act = small.act("ACCUSE", "PER", "MEX")
    nasty = small.told(11, "2023-06-02", act)
    nasty = replace(nasty, story=replace(nasty.story, outlet='The\t"Daily"\nNote'))
    found = detente.open(small.build(tmp_path / "store", [nasty]))
    write(found, "icews", tmp_path / "out")
    _, row = tabbed(tmp_path / "out" / "events.tab")
    assert row[ICEWS.index("Publisher")] == "The 'Daily' Note"


def test_an_unknown_layout_is_a_usage_error(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no layout"):
        write(store, "acled", tmp_path)


def test_a_folder_that_is_a_file_is_an_error(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot write"):
        write(store, "csv", tmp_path / "file")


def test_classes_follow_the_roots() -> None:
    roots = [f"{root:02}0" for root in range(1, 21)]
    assert "".join(str(quad_class(code)) for code in roots) == "11111222333334444444"
    assert "".join(str(penta_class(code)) for code in roots) == "00111222333334434444"


def test_moments_are_padded_to_the_second() -> None:
    assert moment("2023-02-25") == "20230225000000"
    assert moment("2024-02-29T23:30:00+02:00") == "20240229213000"
    assert moment(None) is None


def test_codes_are_known_for_every_sector_and_state() -> None:
    assert set(ICEWS_SECTORS) == set(SECTORS)
    assert set(SECTORS) - set(CAMEO_ROLES) == {"PTY", "REL"}
    assert (countries()["ROU"].cameo, countries()["MNE"].cameo, fips("DEU"), fips("XKX")) == (
        "ROM",
        "MTN",
        "GM",
        "KV",
    )
    assert {len(code) for code in CAMEO_GROUPS.values()} == {3}
    unknown: dict[str, Any] = {"text": "two\tmen", "actor": None}
    assert cameo_actor(unknown).name == "two men"


def _csv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
