"""The only door to DuckDB: connections for reading and for writing, and its errors said in our words.

DuckDB computes; it keeps nothing. Every connection is to an empty database in memory, whose views read the
Parquet parts of a store. Parquet, JSON and the functions used here are built into DuckDB's wheel: no extension is
loaded, and looking for one is turned off.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from detente.errors import StoreError

# Never fetch, load or look for anything: not extensions, not Python variables that bear a table's name.
_QUIET = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
}


def reader(files: Iterable[Path]) -> Any:
    """Return a connection that can read these files and reach nothing else, whatever it is asked."""
    connection = _connect(temp_directory="")
    connection.execute("SET parquet_metadata_cache = true")
    allowed = ", ".join(quoted(str(file)) for file in files)
    connection.execute(f"SET allowed_paths = [{allowed}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def writer(scratch: Path) -> Any:
    """Return a connection that may read and write files; what does not fit into memory goes to `scratch`."""
    return _connect(temp_directory=str(scratch), preserve_insertion_order="true")


def _connect(**settings: str) -> Any:
    import duckdb

    return duckdb.connect(":memory:", config={**_QUIET, **settings})


def quoted(value: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def name(column: str) -> str:
    """Return an SQL identifier: `end` and others are words of SQL too."""
    return '"' + column.replace('"', '""') + '"'


def syntax(connection: Any, sql: str) -> dict[str, Any]:
    """Return the syntax tree of a query as DuckDB's JSON; its key ``error`` is true for anything but SELECT."""
    ((text,),) = rows(connection, "SELECT json_serialize_sql(?::VARCHAR)", [sql])
    tree: dict[str, Any] = json.loads(text)
    return tree


def bare(connection: Any, sql: str) -> str:
    """Return a query without the semicolon that ends it and what comes after, so that it can stand in brackets."""
    query = sql
    while ";" in query and syntax(connection, f"SELECT * FROM ({query}\n)")["error"]:
        query = query[: query.rindex(";")]
    return query


def rows(connection: Any, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Run our own SQL and return all rows."""
    with translated():
        found: list[tuple[Any, ...]] = connection.execute(sql, list(values)).fetchall()
        return found


@contextmanager
def translated(where: str | None = None) -> Iterator[None]:
    """Turn DuckDB's errors, and those of the operating system, into StoreError."""
    import duckdb

    try:
        yield
    except OSError as error:
        raise failure(
            error.strerror or str(error), where or str(error.filename or ""), error.errno
        ) from error
    except duckdb.InterruptException as error:
        raise KeyboardInterrupt from error
    except RuntimeError as error:  # what DuckDB makes of Ctrl-C while it computes
        if str(error) != "Query interrupted":
            raise
        raise KeyboardInterrupt from error
    except duckdb.OutOfMemoryException as error:
        advice = "Ask for less at once: fewer columns, a shorter period, a LIMIT."
        raise StoreError("the query needs more memory than there is", where=where, advice=advice) from error
    except duckdb.Error as error:
        raise failure(str(error), where, _number(str(error))) from error


def failure(what: str, where: str | None, number: int | None) -> StoreError:
    """Return a StoreError with the advice that fits the operating system's error number."""
    advice = {
        errno.ENOSPC: "The disk is full. Make room and give the same command again; nothing that was kept is lost.",
        errno.EDQUOT: "Your quota is used up. Make room and give the same command again.",
        errno.EFBIG: "A file grew beyond the limit set for this process; raise it and give the same command again.",
        errno.ENOENT: "Check the path.",
        errno.ENOTDIR: "A store is a folder; give the name of one, or of a new one.",
        errno.EEXIST: "A store is a folder; give the name of one, or of a new one.",
        errno.EACCES: "Check your rights on the folder.",
        errno.EROFS: "The folder lies on a file system that is read-only.",
    }.get(number or 0)
    line = " ".join(what.split("LINE 1:")[0].split())
    return StoreError(line, where=where or None, advice=advice)


def _number(message: str) -> int | None:
    """DuckDB says in words what the operating system said as a number."""
    words = {
        "No space left on device": errno.ENOSPC,
        "Disk quota exceeded": errno.EDQUOT,
        "File too large": errno.EFBIG,
        "Permission denied": errno.EACCES,
        "Read-only file system": errno.EROFS,
    }
    return next((number for text, number in words.items() if text in message), None)
