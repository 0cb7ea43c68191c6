"""Commands and options: what may be typed, what it means, and what was probably meant instead."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NoReturn

from detente.cli import asking, deriving, knowing, making, scoring
from detente.errors import EXIT_CODES, UsageError

FAMILIES = (making, asking, deriving, scoring, knowing)  # in the order in which the help lists their commands
EXAMPLES = """\
  detente try "Peru recalled its ambassador to Mexico on Friday, President Dina Boluarte said."
  detente code archive/ --jsonl --out records.jsonl"""
NAMES = 14  # columns that the longest name of a command takes, indented
CLOSE = 0.6  # likeness, as difflib measures it, from which a word counts as a misspelling of another


class _Form(argparse.RawDescriptionHelpFormatter):
    """Keeps a command on one line with its summary: argparse indents commands by more than it reckons with."""

    def add_argument(self, action: argparse.Action) -> None:
        """Take an argument into account."""
        super().add_argument(action)
        self._action_max_length = max(self._action_max_length, NAMES)


class Parser(argparse.ArgumentParser):
    """A parser whose help opens with an example and whose errors name the nearest thing that exists."""

    def __init__(self, *, examples: str, **options: Any) -> None:
        """Take the examples that the help opens with."""
        super().__init__(allow_abbrev=False, formatter_class=_Form, **options)
        self.examples = examples

    def format_help(self) -> str:
        """Return the help, examples first."""
        return f"Examples:\n{self.examples}\n\n{super().format_help()}"

    def error(self, message: str) -> NoReturn:
        """Raise the message as a UsageError that says where help is."""
        raise UsageError(message, advice=f"{self.prog} --help shows what there is.")

    def options(self) -> list[str]:
        """Return the options that this parser knows, as they are typed."""
        return [name for action in self._actions for name in action.option_strings]


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return the parsed command; `does` on it is the function that does it.

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
        examples=EXAMPLES,
        description="Read dated news and keep a sourced record: who did what to whom, and on whose word.",
        epilog=f"exit codes:\n{codes}",
    )
    top.add_argument("--version", action=_Version, help="print the version and stop")
    group = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    commands: dict[str, Parser] = {}

    def add(name: str, run: str, summary: str, examples: str) -> Parser:
        parser: Parser = group.add_parser(name, examples=examples, help=summary, description=summary)
        parser.set_defaults(does=_later(run))
        commands[name] = parser
        return parser

    for family in FAMILIES:
        family.add_commands(add)
    return top, commands


class _Version(argparse.Action):
    """Prints the version; argparse's own action would want it before anybody asks."""

    def __init__(self, **options: Any) -> None:
        super().__init__(nargs=0, **options)

    def __call__(self, *_: object) -> NoReturn:
        from detente import __version__

        print(f"detente {__version__}")
        sys.exit(0)


def _later(place: str) -> Callable[[argparse.Namespace], int]:
    """Return the function at ``module.function`` of `detente.cli`, imported when it is called."""

    def run(options: argparse.Namespace) -> int:
        module, _, name = place.partition(".")
        done: int = getattr(import_module(f"detente.cli.{module}"), name)(options)
        return done

    return run
