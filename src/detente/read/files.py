"""Paths to stories: walk, open, tell the format, read, and count what cannot be read."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import TYPE_CHECKING

from detente.errors import (
    BadDate,
    BinaryInput,
    BrokenMarkup,
    DetenteError,
    EmptyInput,
    NoSuchInput,
    NothingReadable,
    OtherLanguage,
    TooLong,
    UnknownFormat,
)
from detente.read import archives, charset, limits
from detente.read.archives import Part
from detente.read.stories import Received, is_markup, story_of
from detente.read.tally import Columns, Tally
from detente.records import Story

if TYPE_CHECKING:
    from detente.read.tables import Say

FORMATS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".warc": "warc",
    ".wet": "warc",
}
OFFICE = {b"%PDF": "a PDF file", b"\xd0\xcf\x11\xe0": "an old Office file", b"{\\rtf": "an RTF file"}
FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf:RDF|RDF)[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a number of paths is to be read."""

    published: str | None
    clean: bool
    columns: Columns
    languages: tuple[str, ...]
    tally: Tally
    say: Say


def stories(
    paths: Iterable[str | Path],
    *,
    published: str | None,
    clean: bool,
    columns: Columns,
    languages: tuple[str, ...],
    tally: Tally,
    say: Say,
) -> Iterator[Story]:
    """Yield the stories in paths; see `detente.read.read`."""
    reading = Reading(published, clean, columns, languages, tally, say)
    for received in _received(paths, reading):
        story = _story(received, reading)
        if story:
            tally.stories += 1
            yield story
    if not tally.stories:
        raise _nothing(tally)


def _story(received: Received | Story, reading: Reading) -> Story | None:
    """The story in a received text, None and a count if it cannot be made or is in another language."""
    try:
        story = received if isinstance(received, Story) else _made(received, reading)
        if reading.languages and story.language and story.language not in reading.languages:
            raise OtherLanguage(f"the story is in {story.language!r}", where=_where(received))
    except BadDate:
        raise
    except DetenteError as error:
        reading.tally.reject(error)
        return None
    except Exception as error:
        # A page that breaks a parser must not end a run over a million others; it is listed like any other.
        fault = f"could not be read ({type(error).__name__}: {error})"
        reading.tally.reject(BrokenMarkup(fault, where=_where(received)))
        return None
    return story


def _made(received: Received, reading: Reading) -> Story:
    return story_of(received, published=reading.published, clean=reading.clean)


def _where(received: Received | Story) -> str:
    return ", ".join(part for part in (received.source or "text", received.position) if part)


def _nothing(tally: Tally) -> DetenteError:
    """The error for a reading that gave no story at all."""
    if tally.first and tally.rejected == 1:
        return tally.first
    if not tally.first:
        return NothingReadable("there is no file in it that can be read")
    first = f"{tally.first.where}: {tally.first.what}" if tally.first.where else tally.first.what
    return NothingReadable(
        f"none of {tally.rejected:,} files, rows or items could be read; the first is {first}"
    )


def _received(paths: Iterable[str | Path], reading: Reading) -> Iterator[Received | Story]:
    for path in paths:
        for file, named in _walked(path, reading.tally):
            try:
                with _opened(file) as stream:
                    part = Part(stream, PurePath(file).name, "stdin" if file == "-" else str(file))
                    for inner in archives.opened(part, reading.tally):
                        yield from _texts(inner, reading, named)
            except OSError as error:
                reading.tally.reject(NoSuchInput(f"cannot be opened ({error.strerror})", where=str(file)))


def _walked(path: str | Path, tally: Tally) -> Iterator[tuple[str | Path, bool]]:
    """Yield the files of a path in a stable order, and whether the user named them; hidden ones are left out."""
    if str(path) == "-":
        yield "-", True
        return
    path = Path(path)
    if not path.is_dir():
        yield path, True
        return
    found = False
    try:
        entries = sorted(path.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        tally.reject(NoSuchInput(f"cannot be opened ({error.strerror})", where=str(path)))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        # A link to a folder above would be walked for ever.
        if entry.is_dir() and not entry.is_symlink():
            for file, _ in _walked(entry, tally):
                found = True
                yield file, False
        elif entry.is_file():
            found = True
            yield entry, False
    if not found and not any(path.iterdir()):
        tally.reject(NothingReadable("the folder is empty", where=str(path)))


def _opened(file: str | Path) -> io.BufferedReader:
    if file == "-":
        return io.BufferedReader(archives.Counted(sys.stdin.buffer, "stdin"), archives.HEAD)
    return io.BufferedReader(io.FileIO(file), archives.HEAD)


def _texts(part: Part, reading: Reading, named: bool) -> Iterator[Received | Story]:
    """Yield the texts in a part; what is wrong with it is counted."""
    try:
        kind = format_of(part, named and part.depth == 0)
        yield from _of_format(kind, part, reading)
    except DetenteError as error:
        error.where = error.where or part.where
        reading.tally.reject(error)


def format_of(part: Part, named: bool) -> str:
    """Return the format of a part from its content and its name.

    Args:
        part: what was opened.
        named: whether the user named the file; in a folder, files with unknown endings are left out.

    Raises:
        EmptyInput, BinaryInput, UnknownFormat: it cannot be read, and why.
    """
    head = part.head()
    suffix = PurePosixPath(part.name).suffix.lower()
    if not head.strip():
        raise EmptyInput(
            "the file is empty" if not head else "there is nothing but white space", where=part.where
        )
    if head.startswith(b"PAR1"):
        return "parquet"
    for magic, kind in OFFICE.items():
        if head.startswith(magic):
            raise BinaryInput(f"it is {kind}", where=part.where)
    if head.startswith(b"WARC/"):
        return "warc"
    if charset.binary(head[:8192]):
        raise BinaryInput("it is not text", where=part.where)
    known = FORMATS.get(suffix)
    if suffix and known is None and not named:
        raise UnknownFormat(f"files that end in {suffix} are not read from folders", where=part.where)
    return _seen(head, known)


def _seen(head: bytes, known: str | None) -> str:
    """The format that the content shows, or the name where the content allows several."""
    if known in ("csv", "jsonl"):
        return known
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"<" and (
        FEED.search(start[:4096]) or (known == "feed" and b"<html" not in start[:4096].lower())
    ):
        return "feed"
    if known == "html" or is_markup(charset.decoded(head[:20_000])):
        return "html"
    if start[:1] == b"{" and known in (None, "json"):
        first, _, rest = start.partition(b"\n")
        return "jsonl" if first.rstrip().endswith(b"}") and rest.lstrip()[:1] == b"{" else "json"
    if start[:1] == b"[" and (known == "json" or start[1:].lstrip()[:1] == b"{"):
        return "json"
    return "text" if known in (None, "parquet", "warc", "feed") else known


def _of_format(kind: str, part: Part, reading: Reading) -> Iterator[Received | Story]:
    """Yield the texts in a part of a known format. Each reader is imported when it is first needed."""
    if kind in ("text", "html"):
        yield _single(part, markup=kind == "html")
    elif kind == "feed":
        from detente.read import feeds

        yield from feeds.items(part, reading.tally)
    elif kind == "warc":
        from detente.read import warc

        yield from warc.pages(part, reading.tally)
    else:
        from detente.read import tables

        readers = {
            "json": tables.json_file,
            "jsonl": tables.json_lines,
            "csv": tables.delimited,
            "parquet": tables.parquet,
        }
        yield from readers[kind](tables.Table(part, reading.columns, reading.tally, reading.say))


def _single(part: Part, markup: bool) -> Received:
    """A file that is one text."""
    # A character has up to four bytes; the text itself is measured again when it is made a story.
    limit = limits.DOCUMENT if markup else 4 * limits.TEXT
    data = part.stream.read(limit + 1)
    if len(data) > limit:
        raise TooLong(f"longer than {limit:,} bytes for one text", where=part.where)
    return Received(charset.decoded(data), markup=markup, source=part.source, position=part.position)
