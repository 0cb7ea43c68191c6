"""Rows as received texts, by the columns that hold their parts; CSV, TSV and Parquet. JSON is in `objects`."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, NamedTuple

from detente.errors import (
    BadRow,
    BrokenMarkup,
    DetenteError,
    EmptyInput,
    MissingColumns,
    MissingPart,
)
from detente.read import charset, jsonld, limits, ninjs
from detente.read.archives import Part, whole
from detente.read.stories import Received
from detente.read.tally import Columns, Tally
from detente.records import Story

Say = Callable[[str], None]
Row = Mapping[str, Any]
Place = tuple[str, Row | DetenteError]  # where a row stands, and the row, or what is wrong with it

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
AHEAD = 300
"""Rows that are looked at before the first is read, for the order of day and month in their dates."""
SLASHED = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-](\d{4})(?:[ T,].*)?")
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


def received(
    row: Row, columns: Mapped, part: Part, position: str, evidence: tuple[str, ...] = ()
) -> Received:
    """Return a row as a received text; EmptyInput where its text is empty, BadRow where it is no text.

    The evidence are dates of other rows, which show whether the day or the month comes first.
    """
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
        evidence=evidence,
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


def _published_form(row: Row, part: Part, position: str) -> Received | Story | None:
    """The text in a row that has one of the forms in which news is exchanged; None for rows of other forms."""
    where = ", ".join(piece for piece in (part.where, position) if piece)
    if ninjs.is_one(row):
        found = ninjs.received(row, where)
    elif jsonld.is_one(row):
        found = jsonld.received(row, where)
    else:
        return None
    place = ", ".join(piece for piece in (part.position, position) if piece) or None
    return replace(found, source=part.source, position=place)


def rows_of(table: Table, rows: Iterable[Place], columns: Mapped | None = None) -> Iterator[Received | Story]:
    """Turn rows with their places into received texts; bad ones are counted.

    Rows of JSON may each have keys of their own, or be stories in a form of exchange; those of a table have columns.
    """
    known: dict[tuple[str, ...], Mapped] = {}
    rows, evidence = _looked_ahead(rows)
    for position, row in rows:
        try:
            if isinstance(row, DetenteError):
                raise row
            known_form = None if columns else _own(row) or _published_form(row, table.part, position)
            if known_form:
                yield known_form
                continue
            names = () if columns else tuple(row)
            if not columns and names not in known:
                # Rows of JSON differ in what they leave out; the table of shapes must not grow with the file.
                if len(known) > 1000:
                    known.clear()
                quiet = table if not known else table._replace(say=lambda sentence: None)
                known[names] = mapped(names, quiet)
            yield received(row, columns or known[names], table.part, position, evidence)
        except DetenteError as error:
            if isinstance(error, MissingColumns) and position:
                error.where = f"{table.part.where}, {position}"
            table.tally.reject(error)


def _looked_ahead(rows: Iterable[Place]) -> tuple[Iterator[Place], tuple[str, ...]]:
    """The rows, and those dates of the first of them that show the order of day and month.

    ``03/04/2016`` is two dates; ``14/11/2016`` in the next row says which of them is meant.
    """
    coming = iter(rows)
    first: list[Place] = []
    evidence: dict[str, None] = {}
    fault: DetenteError | None = None
    size = 0
    # A bound in characters too: rows may be as long as a document.
    while len(first) < AHEAD and size < AHEAD * 1000:
        try:
            place = next(coming, None)
        except DetenteError as error:
            fault = error
            break
        if place is None:
            break
        first.append(place)
        for value in () if isinstance(place[1], DetenteError) else place[1].values():
            if isinstance(value, str):
                size += len(value)
                found = SLASHED.fullmatch(value.strip()[:40])
                if found and (int(found[1]) > 12) != (int(found[2]) > 12):
                    evidence["/".join(found.groups())] = None
    return _after(first, coming, fault), tuple(evidence)


def _after(first: list[Place], coming: Iterator[Place], fault: DetenteError | None) -> Iterator[Place]:
    """The rows that were looked at, then the others, or what is wrong with the next."""
    yield from first
    first.clear()
    if fault:
        raise fault
    yield from coming


def delimited(table: Table) -> Iterator[Received | Story]:
    """Yield the rows of a CSV or TSV file; its first row names the columns."""
    # The standard limit of 128 KiB a field is less than a long briefing has; it is set for the whole process.
    csv.field_size_limit(limits.DOCUMENT)
    lines = _csv_lines(table.part)
    first = next(lines, "")
    reader = csv.reader(_before(first, lines), delimiter=_delimiter(first, table.part.name))
    try:
        header = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise BrokenMarkup(f"its first row cannot be read ({error})", where=table.part.where) from None
    columns = mapped([name for name in header if name], table)
    yield from rows_of(table, _csv_rows(reader, header, table.part.where), columns)


def _csv_lines(part: Part) -> Iterator[str]:
    """Yield the lines of a table, also where they end as on old Macintoshes, which the csv module refuses."""
    for line in charset.text_lines(part):
        if "\r" in line.rstrip("\r\n"):
            pieces = line.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
            yield from (f"{piece}\n" for piece in pieces)
        else:
            yield line


def _csv_rows(reader: Iterator[list[str]], header: list[str], where: str) -> Iterator[Place]:
    for number in count(2):
        position = f"row {number}"
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield position, BadRow(str(error), where=f"{where}, {position}")
            continue
        if row is None:
            return
        if row:
            yield position, dict(zip(header, row, strict=False))


def _before(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _delimiter(first: str, name: str) -> str:
    if name.lower().endswith((".tsv", ".tab")):
        return "\t"
    return max(",;\t|", key=lambda mark: (first.count(mark), -",;\t|".index(mark)))


def parquet(table: Table) -> Iterator[Received | Story]:
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
        batches = opened.iter_batches(batch_size=256, columns=wanted)
        rows = (row for batch in batches for row in batch.to_pylist())
        yield from rows_of(table, ((f"row {number}", row) for number, row in enumerate(rows, 1)), columns)
    except (pyarrow.ArrowException, OSError) as error:
        raise BrokenMarkup(f"not a sound Parquet file ({error})", where=part.where) from None
