"""What a user's SQL may do: one SELECT over the tables of the store, and nothing that reaches out of it.

DuckDB itself is shut in as well (`detente.store.engine.reader`): the connection can read the parts of the store
and no other file, no network, no extension. This is the second wall: a query is taken apart before it runs, and
whatever in it is not known to be harmless is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from detente.errors import UsageError
from detente.store.schema import TABLES

ADVICE = "One SELECT over the tables " + ", ".join(TABLES) + " is what can be asked."
# Pieces of a syntax tree that read; those that write (INSERT_QUERY_NODE and its like) are not among them.
_PIECES = frozenset(
    {
        *("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"),
        *(
            "BASE_TABLE",
            "SUBQUERY",
            "JOIN",
            "TABLE_FUNCTION",
            "EXPRESSION_LIST",
            "EMPTY",
            "EMPTY_FROM",
            "PIVOT",
        ),
        *("SHOW_REF", "COLUMN_DATA"),
        *("ORDER_MODIFIER", "LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER", "DISTINCT_MODIFIER"),
        *("ORDER_DEFAULT", "ASCENDING", "DESCENDING"),
    }
)
_TABLE_FUNCTIONS = frozenset({"unnest", "range", "generate_series", "json_each", "json_tree", "repeat"})
# Functions of one value that tell about the machine, wait, or change something. DuckDB has many that are harmless.
_REFUSED = frozenset(
    {
        *("getenv", "current_setting", "getvariable", "current_query", "sleep_ms", "write_log"),
        *("nextval", "currval", "setval", "setseed", "json_serialize_plan", "json_execute_serialized_sql"),
        *("read_text", "read_blob", "read_csv", "read_parquet", "read_json", "glob", "query", "query_table"),
    }
)


def check(tree: Mapping[str, Any]) -> None:
    """Raise UsageError unless a syntax tree (`engine.syntax`) is one harmless SELECT."""
    if tree.get("error"):
        what = str(tree.get("error_message", "not a query")).split("LINE 1:")[0]
        if "Only SELECT" in what:
            what = "only SELECT is answered"
        raise UsageError(" ".join(what.split()), where="SQL", advice=ADVICE)
    statements = tree["statements"]
    if len(statements) != 1:
        count = len(statements) or "no"
        raise UsageError(f"{count} statements were given", where="SQL", advice=ADVICE)
    pieces = list(_pieces(statements[0]))
    named = {str(entry.get("key")).lower() for piece in pieces for entry in _entries(piece)}
    for piece in pieces:
        _check_piece(piece, named)


def _entries(piece: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    tables = piece.get("cte_map")
    if isinstance(tables, dict):
        yield from tables.get("map", ())


def _pieces(node: Any) -> Iterator[Mapping[str, Any]]:
    """Yield every object in a tree; with a stack, since a query may be nested deeply."""
    stack = [node]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            yield one
            stack.extend(one.values())
        elif isinstance(one, list):
            stack.extend(one)


def _check_piece(piece: Mapping[str, Any], named: set[str]) -> None:
    kind = piece.get("type")
    if piece.get("class") == "FUNCTION":
        function = str(piece.get("function_name", "")).lower()
        if function in _REFUSED:
            raise _refused(f"the function {function}")
    elif isinstance(kind, str) and "class" not in piece and not kind.endswith("_TYPE_INFO"):
        if kind not in _PIECES:
            raise _refused(kind.removesuffix("_QUERY_NODE").removesuffix("_NODE"))
        if kind == "TABLE_FUNCTION":
            _check_table_function(piece)
        elif kind == "BASE_TABLE":
            _check_table(piece, named)
        elif kind == "SHOW_REF" and not piece.get("query"):
            raise _refused("SHOW")


def _check_table_function(piece: Mapping[str, Any]) -> None:
    function = str(piece["function"].get("function_name", "")).lower()
    if function not in _TABLE_FUNCTIONS:
        raise _refused(f"the table function {function}")


def _check_table(piece: Mapping[str, Any], named: set[str]) -> None:
    table = str(piece.get("table_name", ""))
    path = (piece.get("qualified_name") or {}).get("path") or [table]
    plain = not piece.get("schema_name") and not piece.get("catalog_name") and len(path) == 1
    if plain and (table.lower() in TABLES or table.lower() in named):
        return
    near = get_close_matches(table.lower(), TABLES, 1)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise UsageError(f"there is no table {'.'.join(map(str, path))!r}", where="SQL", advice=hint + ADVICE)


def _refused(what: str) -> UsageError:
    return UsageError(f"{what} is not allowed in a query", where="SQL", advice=ADVICE)
