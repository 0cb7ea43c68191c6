"""Options that several commands share, and the values that they take.

Only argparse is loaded here: `detente --help` has to answer at once.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

Add = Callable[[str, str, str, str], argparse.ArgumentParser]
"""Adds a command and returns its parser: its name, the function that does it as ``module.function`` of
`detente.cli` (imported when the command is called), its summary, and the examples that its help opens with."""


def paths(parser: argparse.ArgumentParser) -> None:
    """Add the paths that are read, and `--limit`."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        help="files and folders: text, HTML, feeds, JSON, CSV, Parquet, WARC, e-mail, NewsML-G2, exports of news "
        "databases, also packed; - reads stdin",
    )
    limit(parser, "stop after N stories")


def limit(parser: argparse.ArgumentParser, meaning: str) -> None:
    """Add `--limit`."""
    parser.add_argument("--limit", metavar="N", type=count, help=meaning)


def story_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of commands that make stories."""
    group = parser.add_argument_group("stories")
    group.add_argument("--published", metavar="DATE", type=day, help="publication date, as 2016-11-14")
    group.add_argument(
        "--no-clean", action="store_true", help="take the text as it is, without removing furniture"
    )


def columns(parser: argparse.ArgumentParser) -> None:
    """Add the options that name the columns of tables."""
    group = parser.add_argument_group(
        "columns of CSV, JSON, JSONL and Parquet files, where their names are not usual"
    )
    group.add_argument("--text", metavar="COLUMN", help="column that holds the text")
    group.add_argument("--headline", metavar="COLUMN", help="column that holds the headline")
    group.add_argument("--published-column", metavar="COLUMN", help="column that holds the publication date")
    group.add_argument("--url", metavar="COLUMN", help="column that holds the address")


def coding_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of commands that code."""
    group = parser.add_argument_group("coding")
    group.add_argument(
        "--min-confidence", metavar="X", type=share, default=0.0, help="leave out events below X (0 to 1)"
    )
    group.add_argument(
        "--model", metavar="FILE", help="another model file instead of the one that came with detente"
    )
    group.add_argument(
        "--lexicon",
        metavar="FILE",
        action="append",
        default=[],
        help="your own lexicon rows, laid over ours; repeatable",
    )


def formats(parser: argparse.ArgumentParser) -> None:
    """Add the forms of output, which `detente.cli.output.sink` obeys."""
    group = parser.add_argument_group("output (a readable form unless one of these is given)")
    one = group.add_mutually_exclusive_group()
    one.add_argument("--json", dest="form", action="store_const", const="json", help="one JSON array")
    one.add_argument(
        "--jsonl", dest="form", action="store_const", const="jsonl", help="one JSON object a line"
    )
    one.add_argument(
        "--csv", dest="form", action="store_const", const="csv", help="a table with a header line"
    )
    group.add_argument(
        "--out", metavar="FILE", help="write to FILE; its ending .json, .jsonl or .csv is a format too"
    )


def store(parser: argparse.ArgumentParser) -> None:
    """Add the folder of the store that a command asks."""
    parser.add_argument("store", metavar="DIR", help="the store's folder")


def run(parser: argparse.ArgumentParser) -> None:
    """Add `--run`, for commands that can also be asked about an earlier coding."""
    parser.add_argument("--run", metavar="RUN", help="what that run coded, as r0001, instead of the newest")


def filters(parser: argparse.ArgumentParser) -> None:
    """Add the filters, the same for every listing; `chosen` reads them, `detente.store` checks them."""
    group = parser.add_argument_group("filters (all that are given must hold; of the same one, any)")
    for name, meaning in WHO.items():
        group.add_argument(f"--{name}", metavar="WHO", action="append", help=meaning)
    group.add_argument(
        "--type", metavar="TYPE", action="extend", type=several, help="what is done, as COERCE,ASSAULT"
    )
    group.add_argument("--quad", metavar="N", action="extend", type=several, help="quad class, as 3,4")
    group.add_argument(
        "--status",
        metavar="STATUS",
        action="extend",
        type=several,
        help="how real it is, as occurred,ongoing",
    )
    group.add_argument(
        "--background",
        action=argparse.BooleanOptionalAction,
        help="only what is told as background, or none of it",
    )
    group.add_argument(
        "--since", metavar="DATE", help="first day, month or year, as 2016-11-14, 2016-11 or 2016"
    )
    group.add_argument("--until", metavar="DATE", help="last day, month or year, itself included")
    group.add_argument(
        "--min-confidence", metavar="X", type=share, help="events whose confidence is X or more (0 to 1)"
    )
    group.add_argument("--text", metavar="WORDS", help="words that all stand in the evidence or the headline")


WHO = {
    "source": "who acts: a country (PER), a code (PERGOV), a sector (MIL) or part of a name",
    "target": "who is acted on, likewise",
    "actor": "who takes part on either side, likewise",
    "word": "on whose word, likewise",
}
FILTERS = (
    "source",
    "target",
    "actor",
    "type",
    "quad",
    "status",
    "background",
    "word",
    "since",
    "until",
    "min_confidence",
    "text",
)


def chosen(given: argparse.Namespace) -> dict[str, Any]:
    """Return the filters that were given, by the names under which Python takes them."""
    return {name: value for name in FILTERS if (value := getattr(given, name, None)) is not None}


def several(words: str) -> list[str]:
    """Return what stands between the commas."""
    return [word.strip() for word in words.split(",") if word.strip()]


def day(word: str) -> str:
    """Return an ISO date as it was typed."""
    from datetime import datetime

    try:
        datetime.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is no date; write it as 2016-11-14") from None
    return word


def count(word: str) -> int:
    """Return a number of things, one or more."""
    if not word.isdecimal() or int(word) == 0:
        raise argparse.ArgumentTypeError(f"{word!r} is no whole number above zero; write it as 1, 2, 3 …")
    return int(word)


def share(word: str) -> float:
    """Return a number from 0 to 1."""
    try:
        value = float(word)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(
            f"{word!r} is no confidence; write it as a number from 0 to 1, such as 0.7"
        )
    return value
