"""The tables derive from the records, and the page about them says what they are."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest

from detente.cli.columns import EVENT_COLUMNS, STORY_COLUMNS
from detente.records import Event, Statement, Story
from detente.store import Store, Writer, engine, listings
from detente.store.schema import STORED, TABLES, Table
from store.made import CODING, talks

PAGE = (Path(__file__).parents[2] / "docs" / "store.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("schema")
    with Writer(folder, CODING) as writer:
        writer.add(talks())
    return folder


@pytest.mark.parametrize(("table", "record"), [("story", Story), ("statement", Statement), ("event", Event)])
def test_every_field_of_a_record_is_a_column_of_its_table(table: str, record: type) -> None:
    fields = [field.name for field in dataclasses.fields(record)]
    assert [column.name for column in TABLES[table].columns][: len(fields)] == fields


@pytest.mark.parametrize("table", STORED.values(), ids=STORED)
def test_no_column_is_there_twice_and_each_has_a_meaning(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert all(column.meaning for column in table.columns)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_what_is_written_is_what_is_declared(folder: Path, table: Table) -> None:
    declared = [(column.name, _spelt(column.type)) for column in table.columns]
    store = Store(folder)
    assert [tuple(map(_spelt, row[:2])) for row in store.sql(f"describe {table.name}")] == declared
    part = next((folder / table.name).glob("*.parquet"))
    written = engine.writer(folder).execute(f"DESCRIBE SELECT * FROM '{part}'").fetchall()
    assert [tuple(map(_spelt, row[:2])) for row in written] == declared


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_part_says_what_its_columns_mean(folder: Path, table: Table) -> None:
    part = next((folder / table.name).glob("*.parquet"))
    connection = engine.writer(folder)
    (found,) = connection.execute(
        f"SELECT decode(value) FROM parquet_kv_metadata('{part}') WHERE decode(key) = 'columns'"
    ).fetchall()
    assert json.loads(found[0]) == {column.name: column.meaning for column in table.columns}


@pytest.mark.parametrize("table", STORED.values(), ids=STORED)
def test_every_table_and_column_is_documented(table: Table) -> None:
    section = re.search(rf"\n### {table.name}\n(.*?)(?=\n##|\Z)", PAGE, re.DOTALL)
    assert section is not None
    rows = re.findall(r"^\| `(\w+)` \| `(.+?)` \| (.+) \|$", section[1], re.MULTILINE)
    assert rows == [(column.name, column.type, column.meaning) for column in table.columns]


def test_listings_have_the_columns_of_csv() -> None:
    assert list(listings.EVENTS) == [column.name for column in EVENT_COLUMNS]
    assert list(listings.STORIES) == [column.name for column in STORY_COLUMNS]


def _spelt(type_: object) -> str:
    """A type without the quotation marks that DuckDB puts where it must."""
    return str(type_).replace('"', "")
