"""Commands and options: what may be typed, what it means, and what was probably meant instead."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from detente.errors import EXIT_CODES, UsageError

EXAMPLES = {
    "": """\
  detente try "Peru recalled its ambassador to Mexico on Friday, President Dina Boluarte said."
  detente code archive/ --jsonl --out records.jsonl""",
    "try": """\
  detente try "Peru recalled its ambassador to Mexico on Friday." --published 2023-02-25
  pbpaste | detente try -""",
    "read": """\
  detente read examples/stories/
  detente read page.html --json""",
    "code": """\
  detente code examples/stories/
  detente code news.csv --text body --published-column day --jsonl --out records.jsonl
  zcat archive.jsonl.gz | detente code - --csv""",
    "info": """\
  detente info
  detente info --json""",
}
CLOSE = 0.6  # likeness, as difflib measures it, from which a word counts as a misspelling of another


class Parser(argparse.ArgumentParser):
    """A parser whose help opens with an example and whose errors name the nearest thing that exists."""

    def __init__(self, *, command: str = "", **options: Any) -> None:
        """Take the name of the command whose examples the help opens with."""
        super().__init__(allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter, **options)
        self.command = command

    def format_help(self) -> str:
        """Return the help, examples first."""
        return f"Examples:\n{EXAMPLES[self.command]}\n\n{super().format_help()}"

    def error(self, message: str) -> NoReturn:
        """Raise the message as a UsageError that says where help is."""
        raise UsageError(message, advice=f"{self.prog} --help shows what there is.")

    def options(self) -> list[str]:
        """Return the options that this parser knows, as they are typed."""
        return [name for action in self._actions for name in action.option_strings]


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return the parsed command; `run` on it is the function that does it.

    Raises:
        UsageError: an unknown command or option, or one that lacks its value.
    """
    top, commands = build()
    words = list(argv)
    if not words:
        top.print_help(sys.stderr)
        raise SystemExit(UsageError.exit_code)
    _check_command(words[0], commands)
    options, unknown = top.parse_known_args(words)
    if unknown:
        _complain(unknown[0], commands.get(options.command, top))
    return options


def _check_command(word: str, commands: dict[str, Parser]) -> None:
    if word.startswith("-") or word in commands:
        return
    near = difflib.get_close_matches(word.lower(), commands, 1, CLOSE)
    if near:
        raise UsageError(f"there is no command {word!r}", advice=f"Did you mean: detente {near[0]}")
    raise UsageError(
        f"there is no command {word!r}",
        advice=f"The commands are {', '.join(commands)}; to code one text: detente try TEXT",
    )


def _complain(word: str, parser: Parser) -> NoReturn:
    if not word.startswith("-"):
        raise UsageError(
            f"{word!r} is one argument too many", advice="A text with spaces goes in quotation marks."
        )
    name = word.partition("=")[0]
    near = difflib.get_close_matches(name, parser.options(), 1, CLOSE)
    advice = f"Did you mean: {near[0]}" if near else f"{parser.prog} --help lists the options."
    raise UsageError(f"{parser.prog} has no option {name}", advice=advice)


def build() -> tuple[Parser, dict[str, Parser]]:
    """Return the parser of the whole command line and the parsers of its commands by name."""
    codes = "\n".join(f"  {code:<4} {meaning}" for code, meaning in EXIT_CODES.items())
    top = Parser(
        prog="detente",
        description="Read dated news and keep a sourced record: who did what to whom, and on whose word.",
        epilog=f"exit codes:\n{codes}",
    )
    top.add_argument("--version", action=_Version, help="print the version and stop")
    group = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    commands: dict[str, Parser] = {}

    def add(name: str, run: Callable[[argparse.Namespace], int], summary: str) -> Parser:
        parser: Parser = group.add_parser(name, command=name, help=summary, description=summary)
        parser.set_defaults(run=run)
        commands[name] = parser
        return parser

    _try(add("try", _later("try_text"), "Code one text and show it with its marks."))
    _read(add("read", _later("read"), "Read stories, strip the furniture, and list them; nothing is coded."))
    _code(add("code", _later("code"), "Read stories and code them: statements and events."))
    _formats(
        add("info", _later("info"), "Say which version, model and lexicon this is, and what it cannot do.")
    )
    return top, commands


class _Version(argparse.Action):
    """Prints the version; argparse's own action would want it before anybody asks."""

    def __init__(self, **options: Any) -> None:
        super().__init__(nargs=0, **options)

    def __call__(self, *_: object) -> NoReturn:
        from detente import __version__

        print(f"detente {__version__}")
        sys.exit(0)


def _later(name: str) -> Callable[[argparse.Namespace], int]:
    """Return the function of that name in `detente.cli.commands`, imported when it is called."""

    def run(options: argparse.Namespace) -> int:
        from detente.cli import commands

        done: int = getattr(commands, name)(options)
        return done

    return run


def _try(parser: Parser) -> None:
    parser.add_argument("given", metavar="TEXT", help="the text, in quotation marks; - reads it from stdin")
    _story_options(parser)
    _coding_options(parser)
    _formats(parser)


def _read(parser: Parser) -> None:
    _paths(parser)
    _story_options(parser)
    _columns(parser)
    _formats(parser)


def _code(parser: Parser) -> None:
    _paths(parser)
    _story_options(parser)
    _columns(parser)
    _coding_options(parser)
    _formats(parser)


def _paths(parser: Parser) -> None:
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        help="files and folders: text, HTML, RSS or Atom, JSON, JSONL, CSV, Parquet, WARC, also .gz or .zst; "
        "- reads stdin",
    )
    parser.add_argument("--limit", metavar="N", type=_count, help="stop after N stories")


def _story_options(parser: Parser) -> None:
    group = parser.add_argument_group("stories")
    group.add_argument("--published", metavar="DATE", type=_day, help="publication date, as 2016-11-14")
    group.add_argument(
        "--no-clean", action="store_true", help="take the text as it is, without removing furniture"
    )


def _columns(parser: Parser) -> None:
    group = parser.add_argument_group(
        "columns of CSV, JSON, JSONL and Parquet files, where their names are not usual"
    )
    group.add_argument("--text", metavar="COLUMN", help="column that holds the text")
    group.add_argument("--headline", metavar="COLUMN", help="column that holds the headline")
    group.add_argument("--published-column", metavar="COLUMN", help="column that holds the publication date")
    group.add_argument("--url", metavar="COLUMN", help="column that holds the address")


def _coding_options(parser: Parser) -> None:
    group = parser.add_argument_group("coding")
    group.add_argument(
        "--min-confidence", metavar="X", type=_share, default=0.0, help="leave out events below X (0 to 1)"
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


def _formats(parser: Parser) -> None:
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


def _day(word: str) -> str:
    from datetime import datetime

    try:
        datetime.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is no date; write it as 2016-11-14") from None
    return word


def _count(word: str) -> int:
    if not word.isdecimal() or int(word) == 0:
        raise argparse.ArgumentTypeError(f"{word!r} is no number of stories; write it as 1, 2, 3 …")
    return int(word)


def _share(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(
            f"{word!r} is no confidence; write it as a number from 0 to 1, such as 0.7"
        )
    return value
