"""What user SQL may not do. Every query here is one that somebody would try."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import DetenteError, UsageError
from detente.store import Store, Writer, engine
from store.made import CODING, records

HARMLESS = [
    "select count(*) from event",
    "FROM event SELECT type, count(*) GROUP BY ALL ORDER BY 2 DESC LIMIT 3;",
    "with busy as (select story_id, count(*) as n from event group by 1) select * from busy where n > 0",
    "with recursive t(n) as (select 1 union all select n + 1 from t where n < 5) select sum(n) from t",
    "select type from event union all select stance from statement",
    "select e.type, p.name from event e join party p on p.event_id = e.id where p.side = 'target'",
    "select unnest(source).actor.name from event",
    "select * from range(3)",
    "select date_trunc('month', day), count(*) filter (status = 'occurred') from event group by 1",
    "select row_number() over (partition by type order by day) from event",
    'select trigger."end" - trigger.start, place.name, try_cast(date as date) from event',
    "select story.headline from story where regexp_matches(text, 'Peru') and id in (select story_id from event)",
    "select * from event tablesample 10 percent",
    "select distinct on (type) type, day from event",
    "select case when background then 1 else 0 end, coalesce(mode, ''), cast(quad as varchar) from event",
    "values (1), (2)",
    "describe event",
    "summarize select quad from event",
    "select * exclude (text) from story",
    "select list_transform(source, lambda one: one.text) from event",
    "select json_extract_string(options, '$.paths') from run",
    "select decimal '1.5', interval 1 day, [1, 2], {'a': 1}, map {'k': 2}",
    "select * from (pivot event on quad in (1, 4) using count(*) group by type)",
    "select current_date, today() - day from event",
    "select a.id from event a asof join story b on a.day >= b.day",
    "select 1 -- and no more",
    "select ';' ; -- and no more",
    "/* first */ select count(*) from event /* of all */ ; ",
    "select columns('.*_id') from event",
]
ATTACKS = [
    "select * from read_csv('{file}')",
    "select * from read_csv_auto('{file}')",
    "select * from read_text('{file}')",
    "select * from read_blob('{file}')",
    "select * from read_json('{file}')",
    "select * from read_ndjson_objects('{file}')",
    "select * from read_parquet('{part}')",
    "select * from parquet_scan('{part}')",
    "select * from parquet_metadata('{part}')",
    "select * from '{file}'",
    "select * from '{part}'",
    'select * from "{file}"',
    "select * from glob('{folder}/*')",
    "select * from sniff_csv('{file}')",
    "select * from event where exists (select 1 from read_text('{file}'))",
    "select (select content from read_text('{file}'))",
    "with t as (select * from read_text('{file}')) select * from t",
    "with event as (select content from read_text('{file}')) select * from event",
    "select * from event, lateral (select * from read_text(event.id))",
    "from event join read_csv('{file}') on true",
    "copy event to '{folder}/out.csv'",
    "copy (select 1) to '{part}' (format parquet)",
    "copy event from '{file}'",
    "export database '{folder}/out'",
    "import database '{folder}'",
    "attach '{folder}/new.duckdb' as other",
    "attach ':memory:' as other",
    "detach memory",
    "use memory",
    "install httpfs",
    "load httpfs",
    "force install sqlite from community",
    "pragma version",
    "pragma database_list",
    "pragma enable_profiling",
    "call pragma_version()",
    "set threads = 1",
    "set enable_external_access = true",
    "set variable x = 1",
    "reset threads",
    "set lock_configuration = false",
    "create table t (a int)",
    "create view v as select 1",
    "create or replace view event as select 1",
    "create macro f(x) as x",
    "create temp table t as select * from event",
    "create secret (type s3)",
    "drop view event",
    "insert into event select * from event",
    "update event set type = 'AID'",
    "delete from event",
    "truncate event",
    "alter view event rename to e",
    "comment on view event is 'x'",
    "with gone as (delete from run returning *) select * from gone",
    "with made as (insert into run values (1) returning *) select * from made",
    "with t as (update run set id = 'x' returning *) select * from t",
    "begin transaction",
    "checkpoint",
    "vacuum",
    "analyze",
    "explain select 1",
    "explain analyze select * from event",
    "prepare p as select 1",
    "execute p",
    "select 1; select 2",
    "select 1; drop view event",
    "select 1; copy event to '{folder}/out.csv'",
    "",
    ";",
    "-- nothing",
    "select 1) union all (select 2",
    "select 1) as t; drop view event; --",
    "select \ud800",
    "select ?",
    "show tables",
    "show all tables",
    "select getenv('HOME')",
    "select current_setting('temp_directory')",
    "select getvariable('x')",
    "select nextval('s')",
    "select write_log('x')",
    "select * from duckdb_settings()",
    "select * from duckdb_secrets()",
    "select * from duckdb_views()",
    "select * from duckdb_logs",
    "select * from pragma_database_size()",
    "select * from information_schema.tables",
    "select * from pg_catalog.pg_class",
    "select * from sqlite_master",
    "select * from memory.main.event_other",
    "select * from query('select 1')",
    "select * from query_table('event')",
    "select * from json_execute_serialized_sql(json_serialize_sql('select 1'))",
    "select json_serialize_plan('select 1')",
    "select * from which_secret('s3://x', 's3')",
    "select * from 'https://example.org/x.parquet'",
    "select * from 's3://bucket/x.parquet'",
    "select * from read_parquet('https://example.org/x.parquet')",
    "select * from python_map_function()",
    "select * from seq_scan('event')",
    "select * from test_all_types()",
    "select * from enable_logging()",
    "select * from arrow_scan(1, 2, 3)",
    "select * from superseded",
    "select * from secret_in_python",
    "select histogram from histogram('event', 'type')",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guard") / "store"
    with Writer(folder, CODING) as writer:
        for record in records(3):
            writer.add(record)
    return folder


@pytest.fixture(scope="module")
def store(folder: Path) -> Store:
    return Store(folder)


@pytest.mark.parametrize("query", HARMLESS)
def test_a_select_over_the_tables_is_answered(store: Store, query: str) -> None:
    assert store.sql(query).columns


@pytest.mark.parametrize("query", ATTACKS)
def test_nothing_else_is_done(store: Store, folder: Path, query: str) -> None:
    secret_in_python = [1]  # DuckDB would look for a variable of that name
    file = folder.parent / "private.txt"
    file.write_text("private")
    before = _tree(folder)
    part = next(folder.glob("event/*.parquet"))
    with pytest.raises(UsageError) as caught:
        store.sql(query.format(file=file, part=part, folder=folder)).rows()
    assert "SELECT" in str(caught.value) or "table" in str(caught.value)
    assert _tree(folder) == before
    assert secret_in_python


# The second wall by itself: what DuckDB does if a query should ever pass the first.
@pytest.mark.parametrize(
    "query",
    [
        "select * from read_text('{file}')",
        "select * from read_csv('{file}')",
        "select * from '{file}'",
        "select * from glob('{folder}/*')",
        "select * from read_text('{folder}/manifest.json')",
        "copy event to '{folder}/out.csv'",
        "copy event to '{folder}/event/out.parquet'",
        "attach '{folder}/new.duckdb' as other",
        "set enable_external_access = true",
        "set threads = 1",
        "set allowed_paths = ['{file}']",
        "install httpfs",
        "load httpfs",
        "load '{file}'",
        "select * from read_parquet('https://example.org/x.parquet')",
        "select getenv('HOME')",
        "select * from secret_in_python",
    ],
)
def test_the_connection_is_shut_in_as_well(store: Store, folder: Path, query: str) -> None:
    secret_in_python = [1]
    file = folder.parent / "private.txt"
    file.write_text("private")
    before = _tree(folder)
    with pytest.raises(DetenteError), engine.translated():
        store.query(query.format(file=file, folder=folder)).rows()
    with pytest.raises(DetenteError), engine.translated():
        store._session.connection.cursor().execute(query.format(file=file, folder=folder))
    assert _tree(folder) == before
    assert secret_in_python


def test_no_extension_is_loaded_that_is_not_built_in(tmp_path: Path) -> None:
    found = engine.writer(tmp_path).execute(
        "SELECT extension_name, install_mode FROM duckdb_extensions() WHERE loaded"
    )
    assert {mode for _, mode in found.fetchall()} == {"STATICALLY_LINKED"}


def test_a_misspelt_table_gets_the_nearest_one(store: Store) -> None:
    with pytest.raises(UsageError, match="Did you mean event"):
        store.sql("select * from events")


def test_a_misspelt_column_is_told_at_once(store: Store) -> None:
    with pytest.raises(UsageError, match="tipe"):
        store.sql("select tipe from event")


def test_a_deeply_nested_query_is_no_way_past(store: Store) -> None:
    query = "select content from read_text('/etc/hostname')"
    for _ in range(60):
        query = f"select * from ({query})"
    with pytest.raises(UsageError, match="read_text"):
        store.sql(query)


def _tree(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
