"""JSON: one object, a list of them, or one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from detente.errors import BadRow, BrokenMarkup, DetenteError, TooLong
from detente.read import charset, limits, tables
from detente.read.archives import Part, whole
from detente.read.stories import Received
from detente.read.tables import Place, Row, Table
from detente.records import Story

LISTS = (
    "@graph",
    "articles",
    "items",
    "stories",
    "documents",
    "docs",
    "results",
    "entries",
    "data",
    "news",
    "response",
)


def json_lines(table: Table) -> Iterator[Received | Story]:
    """Yield the rows of a JSON lines file; a row that is no JSON object is named by its line and passed over."""
    return tables.rows_of(table, _json_lines(table.part))


def _json_lines(part: Part) -> Iterator[Place]:
    for number, line in enumerate(charset.lines(part), 1):
        position = f"line {number}"
        if isinstance(line, TooLong):
            yield position, line
        elif line.strip():
            yield position, _object(line, f"{part.where}, {position}")


def _object(line: bytes, where: str) -> Row | DetenteError:
    try:
        row = json.loads(charset.decoded(line))
    except (ValueError, RecursionError) as error:
        return BadRow(f"not JSON ({error})", where=where)
    return (
        row if isinstance(row, dict) else BadRow(f"not a JSON object but {type(row).__name__}", where=where)
    )


def json_file(table: Table) -> Iterator[Received | Story]:
    """Yield the objects of a JSON file: of its list, of the list in it, or itself. Long lists are streamed."""
    head = table.part.head().lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"["):
        return tables.rows_of(table, _elements(table.part))
    return tables.rows_of(table, _listed(table.part))


def _listed(part: Part) -> Iterator[Place]:
    """Yield the objects in a JSON file that is one object."""
    try:
        data = json.loads(charset.decoded(whole(part, limits.DOCUMENT)))
    except (ValueError, RecursionError) as error:
        raise BrokenMarkup(f"not JSON ({error})", where=part.where) from None
    found = data
    for _ in range(2):
        if isinstance(found, dict):
            found = next((found[name] for name in LISTS if isinstance(found.get(name), (list, dict))), found)
    for number, row in enumerate(found if isinstance(found, list) else [found], 1):
        position = f"item {number}" if isinstance(found, list) else ""
        fault = BadRow(f"not a JSON object but {type(row).__name__}", where=f"{part.where}, {position}")
        yield position, row if isinstance(row, dict) else fault


def _elements(part: Part) -> Iterator[Place]:
    """Yield the elements of a JSON array one by one, holding no more than one of them."""
    decoder = json.JSONDecoder()
    pieces = _pieces(part)
    buffer = next(pieces, "").lstrip("\ufeff \t\r\n")[1:]
    number = 0
    while True:
        buffer = buffer.lstrip(" \t\r\n,")
        if buffer.startswith("]"):
            return
        number += 1
        try:
            row, end = decoder.raw_decode(buffer) if buffer else (None, 0)
        except RecursionError:
            raise BrokenMarkup(f"item {number} is nested too deeply", where=part.where) from None
        except ValueError as error:
            end, fault = 0, error.args[0]
        else:
            fault = "it ends within the list"
        # A number at the end of the buffer may go on in the next piece; objects never do.
        if end and (end < len(buffer) or isinstance(row, (dict, list))):
            position = f"item {number}"
            problem = BadRow(f"not a JSON object but {type(row).__name__}", where=f"{part.where}, {position}")
            yield position, row if isinstance(row, dict) else problem
            buffer = buffer[end:]
            continue
        number -= 1
        if len(buffer) > limits.DOCUMENT:
            raise TooLong(
                f"item {number + 1} is no JSON or longer than {limits.DOCUMENT:,} characters",
                where=part.where,
            )
        # Twice as much each time: the work stays proportional to the length.
        more = list(islice(pieces, max(1, len(buffer) >> 16)))
        if not more:
            raise BrokenMarkup(f"not JSON from item {number + 1} on ({fault})", where=part.where)
        buffer += "".join(more)


def _pieces(part: Part) -> Iterator[str]:
    """Yield the text of a part in pieces."""
    import codecs

    decoder = codecs.getincrementaldecoder(charset.encoding_of(part.head()))("replace")
    while data := part.stream.read(1 << 16):
        if text := decoder.decode(data):
            yield text
    if text := decoder.decode(b"", True):
        yield text
