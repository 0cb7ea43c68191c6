"""Paths to stories: walk, open, tell the format, read, and count what cannot be read."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from detente.errors import (
    BadDate,
    BrokenMarkup,
    DetenteError,
    NoSuchInput,
    NothingReadable,
    OtherLanguage,
    TooLong,
)
from detente.read import archives, charset, limits
from detente.read.archives import Part
from detente.read.formats import format_of
from detente.read.stories import Received, story_of
from detente.read.tally import Columns, Tally
from detente.records import Story

if TYPE_CHECKING:
    from detente.read.tables import Say
READERS = {
    "feed": ("feeds", "items"),
    "newsml": ("newsml", "items"),
    "warc": ("warc", "pages"),
    "mail": ("mail", "message"),
    "mailbox": ("mail", "mailbox"),
    "nexis": ("nexis", "documents"),
    "factiva": ("factiva", "documents"),
}
"""The module of `detente.read` and the function in it that reads a format: from a part and a tally, texts."""
ROWS = {
    "json": ("objects", "json_file"),
    "jsonl": ("objects", "json_lines"),
    "csv": ("tables", "delimited"),
    "parquet": ("tables", "parquet"),
}
"""The same for formats with rows, which are read from a `detente.read.tables.Table`."""


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
        found = story(received, reading)
        if found:
            tally.stories += 1
            yield found
    if not tally.stories:
        raise _nothing(tally)


def story(received: Received | Story, reading: Reading) -> Story | None:
    """Return the story in a received text, None and a count if it cannot be made or is in another language."""
    try:
        found = received if isinstance(received, Story) else _made(received, reading)
        if reading.languages and found.language and found.language not in reading.languages:
            raise OtherLanguage(f"the story is in {found.language!r}", where=_where(received))
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
    return found


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
                        yield from texts(inner, reading, named)
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


def texts(part: Part, reading: Reading, named: bool) -> Iterator[Received | Story]:
    """Yield the texts in a part; what is wrong with it is counted."""
    try:
        kind = format_of(part, named and part.depth == 0)
        yield from _of_format(kind, part, reading)
    except DetenteError as error:
        error.where = error.where or part.where
        reading.tally.reject(error)
    except OSError:
        raise
    except Exception as error:
        # What breaks a reader costs the rest of that file, never the other files of a run.
        fault = f"could not be read ({type(error).__name__}: {error})"
        reading.tally.reject(BrokenMarkup(fault, where=part.where))


def _of_format(kind: str, part: Part, reading: Reading) -> Iterator[Received | Story]:
    """Yield the texts in a part of a known format. Each reader is imported when it is first needed."""
    if kind in ("text", "html"):
        yield _single(part, markup=kind == "html")
    elif kind in ROWS:
        from detente.read.tables import Table

        table = Table(part, reading.columns, reading.tally, reading.say)
        yield from _reader(*ROWS[kind])(table)
    else:
        yield from _reader(*READERS[kind])(part, reading.tally)


def _reader(module: str, name: str) -> Callable[..., Iterator[Received | Story]]:
    found: Callable[..., Iterator[Received | Story]] = getattr(import_module(f"detente.read.{module}"), name)
    return found


def _single(part: Part, markup: bool) -> Received:
    """A file that is one text."""
    # A character has up to four bytes; the text itself is measured again when it is made a story.
    limit = limits.DOCUMENT if markup else 4 * limits.TEXT
    data = part.stream.read(limit + 1)
    if len(data) > limit:
        raise TooLong(f"longer than {limit:,} bytes for one text", where=part.where)
    return Received(charset.decoded(data), markup=markup, source=part.source, position=part.position)
