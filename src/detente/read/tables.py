"""Rows of CSV, TSV, JSON, JSON lines and Parquet as received texts, by the columns that hold their parts."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from detente.errors import (
    BadRow,
    BrokenMarkup,
    DetenteError,
    EmptyInput,
    MissingColumns,
    MissingPart,
    TooLong,
)
from detente.read import charset, limits
from detente.read.archives import Part, whole
from detente.read.stories import Received
from detente.read.tally import Columns, Tally
from detente.records import Story

Say = Callable[[str], None]
Row = Mapping[str, Any]

USUAL: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "article_text", "articlebody", "full_text", "fulltext", "maintext",
             "story", "story_text", "raw_text", "plain_text", "body_text", "content_text", "raw", "html"),
    "headline": ("headline", "title", "heading", "article_title"),
    "published": ("published", "published_at", "publication_date", "date_published", "datepublished", "publish_date",
                  "pub_date", "pubdate", "date", "datetime", "published_date", "story_date", "timestamp", "iso"),
    "url": ("url", "link", "address", "uri", "web_url", "permalink", "canonical_url"),
    "guid": ("guid", "uuid", "id", "article_id", "story_id", "doc_id", "document_id"),
    "byline": ("author", "authors", "byline", "creator"),
    "outlet": ("outlet", "publication", "publisher", "newspaper", "source", "source_name", "site", "site_name"),
    "section": ("section", "category"),
    "deck": ("deck", "subtitle", "subheadline", "standfirst"),
    "language": ("language", "lang"),
}  # fmt: skip
OWN = frozenset({"id", "text", "paragraphs", "furniture", "published_from"})
LISTS = (
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
OPTIONS = {"text": "--text", "headline": "--headline", "published": "--published-column", "url": "--url"}


class Table(NamedTuple):
    """A part with rows, and how it is to be read."""

    part: Part
    columns: Columns
    tally: Tally
    say: Say


class Mapped(NamedTuple):
    """The name of the column for each thing that a story has, None where there is none."""

    names: Mapping[str, str | None]

    def get(self, row: Row, what: str) -> Any:
        """Return what a row holds of a thing, None if nothing."""
        name = self.names[what]
        return row.get(name) if name is not None else None


def mapped(found: Sequence[str], table: Table) -> Mapped:
    """Return which columns hold what: as the user said, else by their usual names, which is announced.

    Raises:
        MissingColumns: no column for the text, or one that the user named is not there.
    """
    by_name = {name.strip().casefold().replace(" ", "_").replace("-", "_"): name for name in reversed(found)}
    names: dict[str, str | None] = {}
    for what, usual in USUAL.items():
        wanted = getattr(table.columns, what, None)
        if wanted is not None and wanted not in found:
            raise _missing(f"no column {wanted!r}", found, table, OPTIONS[what])
        names[what] = wanted or next((by_name[name] for name in usual if name in by_name), None)
    if names["text"] is None:
        raise _missing("no column that is known to hold the text", found, table, OPTIONS["text"])
    guessed = [
        f"{what} from {names[what]!r}" for what in OPTIONS if names[what] and not getattr(table.columns, what)
    ]
    if guessed:
        table.say(f"{table.part.where}: read {', '.join(guessed)}.")
    return Mapped(names)


def _missing(fault: str, found: Sequence[str], table: Table, option: str) -> MissingColumns:
    shown = ", ".join(repr(name) for name in found[:30]) or "none"
    return MissingColumns(
        f"{fault}; its columns are {shown}",
        where=table.part.where,
        advice=f"Name the right one with {option} COLUMN.",
    )


def received(row: Row, columns: Mapped, part: Part, position: str) -> Received:
    """Return a row as a received text; EmptyInput where its text is empty, BadRow where it is no text."""
    where = ", ".join(piece for piece in (part.where, position) if piece)
    text = columns.get(row, "text")
    if text is not None and not isinstance(text, str):
        raise BadRow(
            f"the column {columns.names['text']!r} holds no text but {type(text).__name__}", where=where
        )
    if not text or not text.strip():
        raise EmptyInput(f"the column {columns.names['text']!r} is empty", where=where)
    authors = columns.get(row, "byline")
    names = authors if isinstance(authors, list) else [authors]
    section = _word(columns.get(row, "section"))
    return Received(
        raw=text,
        url=_word(columns.get(row, "url")),
        guid=_word(columns.get(row, "guid")),
        headline=_word(columns.get(row, "headline")),
        deck=_word(columns.get(row, "deck")),
        published=_word(columns.get(row, "published")),
        byline=tuple(name for value in names if (name := _word(value))),
        outlet=_word(columns.get(row, "outlet")),
        sections=(section,) if section else (),
        language=(_word(columns.get(row, "language")) or "")[:2].lower() or None,
        source=part.source,
        position=", ".join(piece for piece in (part.position, position) if piece),
    )


def _word(value: Any) -> str | None:
    """A value as text, None if it is empty; dates of Parquet come as objects."""
    if value is None or isinstance(value, (dict, list, float)):
        return None
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return text.strip() or None


def _own(row: Row) -> Story | None:
    """The story that a row is if detente itself wrote it, alone or in a record; None for other people's rows."""
    inner = row.get("story")
    data = inner if isinstance(inner, dict) and "events" in row else row
    return Story.from_dict(data) if data.keys() >= OWN else None


def _rows(table: Table, rows: Iterable[tuple[str, Row | DetenteError]]) -> Iterator[Received | Story]:
    """Turn rows with their places into received texts; bad ones are counted."""
    known: dict[tuple[str, ...], Mapped] = {}
    for position, row in rows:
        try:
            if isinstance(row, DetenteError):
                raise row
            story = _own(row)
            if story:
                yield story
                continue
            names = tuple(row)
            if names not in known:
                # Rows of JSON differ in what they leave out; the table of shapes must not grow with the file.
                if len(known) > 1000:
                    known.clear()
                quiet = table if not known else table._replace(say=lambda sentence: None)
                known[names] = mapped(names, quiet)
            yield received(row, known[names], table.part, position)
        except DetenteError as error:
            if isinstance(error, MissingColumns) and position:
                error.where = f"{table.part.where}, {position}"
            table.tally.reject(error)


def json_lines(table: Table) -> Iterator[Received | Story]:
    """Yield the rows of a JSON lines file; a row that is no JSON object is named by its line and passed over."""
    return _rows(table, _json_lines(table.part))


def _json_lines(part: Part) -> Iterator[tuple[str, Row | DetenteError]]:
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
        return _rows(table, _elements(table.part))
    return _rows(table, _listed(table.part))


def _listed(part: Part) -> Iterator[tuple[str, Row | DetenteError]]:
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


def _elements(part: Part) -> Iterator[tuple[str, Row | DetenteError]]:
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


def delimited(table: Table) -> Iterator[Received]:
    """Yield the rows of a CSV or TSV file; its first row names the columns."""
    # The standard limit of 128 KiB a field is less than a long briefing has; it is set for the whole process.
    csv.field_size_limit(limits.DOCUMENT)
    lines = _text_lines(table.part)
    first = next(lines, "")
    reader = csv.reader(_before(first, lines), delimiter=_delimiter(first, table.part.name))
    header = [name.strip() for name in next(reader, [])]
    columns = mapped([name for name in header if name], table)
    number = 1
    while True:
        number += 1
        position = f"row {number}"
        try:
            row = next(reader, None)
            if row is None:
                return
            if row:
                yield received(dict(zip(header, row, strict=False)), columns, table.part, position)
        except csv.Error as error:
            table.tally.reject(BadRow(str(error), where=f"{table.part.where}, {position}"))
        except DetenteError as error:
            if isinstance(error, TooLong):
                raise
            table.tally.reject(error)


def _before(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _text_lines(part: Part) -> Iterator[str]:
    """Yield the lines of a part as text; TooLong ends the file, for its rows cannot be told apart any more."""
    encoding = charset.encoding_of(part.head())
    if encoding in ("utf-16", "utf-32"):
        # In these a line end is more than one byte: such files are small exports, and read whole.
        yield from charset.decoded(whole(part, limits.DOCUMENT)).splitlines(keepends=True)
        return
    for line in charset.lines(part):
        if isinstance(line, TooLong):
            raise line
        # A csv module of the standard library stops at a NUL.
        yield line.decode(encoding, "replace").replace("\x00", "")


def _delimiter(first: str, name: str) -> str:
    if name.lower().endswith((".tsv", ".tab")):
        return "\t"
    return max(",;\t|", key=lambda mark: (first.count(mark), -",;\t|".index(mark)))


def parquet(table: Table) -> Iterator[Received]:
    """Yield the rows of a Parquet file, some hundred at a time."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingPart(
            "reading Parquet files needs the package pyarrow", advice='Type: pip install "detente[parquet]"'
        ) from None
    import io

    part = table.part
    stream = (
        part.stream if part.depth == 0 and part.stream.seekable() else io.BytesIO(whole(part, limits.WHOLE))
    )
    try:
        opened = pyarrow.parquet.ParquetFile(stream)
        columns = mapped(opened.schema_arrow.names, table)
        wanted = [name for name in dict.fromkeys(columns.names.values()) if name]
        number = 0
        for batch in opened.iter_batches(batch_size=256, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                try:
                    yield received(row, columns, part, f"row {number}")
                except DetenteError as error:
                    table.tally.reject(error)
    except (pyarrow.ArrowException, OSError) as error:
        raise BrokenMarkup(f"not a sound Parquet file ({error})", where=part.where) from None
