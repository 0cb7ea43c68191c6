"""Where results go: one sink for every format, which never leaves half a line behind."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from detente.cli.columns import Column
from detente.errors import UsageError

FORMS = ("json", "jsonl", "csv")


class Screen(NamedTuple):
    """What a readable form may use: colours or not, and how many characters a line."""

    colour: bool
    width: int


class Listing(NamedTuple):
    """How one kind of item is written in each format."""

    data: Callable[[Any], Any]  # the item as JSON values
    columns: Sequence[Column]
    rows: Callable[[Any], Iterable[Any]]  # the CSV rows of one item
    readable: Callable[[Any, Screen], str]


Write = Callable[[Any], None]


@contextmanager
def sink(options: Namespace, listing: Listing) -> Iterator[Write]:
    """Open what the options ask for and give a function that writes one item to it.

    Raises:
        UsageError: the file cannot be written.
    """
    form = options.form or form_of(options.out)
    with _stream(options.out) as stream:
        if form == "json":
            yield from _array(stream, listing)
        elif form == "jsonl":
            yield lambda item: _line(stream, json.dumps(listing.data(item), ensure_ascii=False))
        elif form == "csv":
            yield _table(stream, listing)
        else:
            screen = Screen(_colour(stream), min(shutil.get_terminal_size((100, 24)).columns, 120))
            yield lambda item: _line(stream, listing.readable(item, screen))


def form_of(out: str | None) -> str | None:
    """Return the format that the ending of a file asks for, None if it asks for none."""
    ending = Path(out).suffix.lower().lstrip(".") if out else ""
    return ending if ending in FORMS else None


@contextmanager
def _stream(out: str | None) -> Iterator[TextIO]:
    if out is None or out == "-":
        # A story may hold characters that the terminal's encoding lacks; they are escaped, not fatal.
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        yield sys.stdout
        return
    try:
        stream = Path(out).open("w", encoding="utf-8", errors="backslashreplace", newline="")  # noqa: SIM115 - below
    except OSError as error:
        raise UsageError(
            f"cannot write there ({error.strerror})",
            where=out,
            advice="Give --out a file in a folder that exists.",
        ) from None
    with stream:
        yield stream


def _line(stream: TextIO, text: str) -> None:
    # One call a line: an interruption then falls between lines, and what is printed stays complete.
    stream.write(text + "\n")


def _array(stream: TextIO, listing: Listing) -> Iterator[Write]:
    began = False

    def write(item: Any) -> None:
        nonlocal began
        stream.write((",\n" if began else "[\n") + json.dumps(listing.data(item), ensure_ascii=False))
        began = True

    try:
        yield write
    finally:
        stream.write("\n]\n" if began else "[]\n")


def _table(stream: TextIO, listing: Listing) -> Write:
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow([column.name for column in listing.columns])

    def write(item: Any) -> None:
        for row in listing.rows(item):
            rows.writerow([_cell(column.value(row)) for column in listing.columns])

    return write


def _cell(value: object) -> object:
    """Booleans as R, pandas and DuckDB read them without being told."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def _colour(stream: TextIO) -> bool:
    return stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
