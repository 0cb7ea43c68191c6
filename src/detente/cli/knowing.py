"""The command that asks the lexicon, and tests a user's own rows."""

from __future__ import annotations

from detente.cli import options
from detente.cli.options import Add

TASKS = ("who", "check")


def add_commands(add: Add) -> None:
    """Add the commands of this family."""
    summary = "Tell whom a name means on a date, or test lexicon rows of your own."
    parser = add("lexicon", "known.lexicon", summary, LEXICON)
    parser.add_argument(
        "task", choices=TASKS, help="who: whom a name means; check: test files as ours are tested"
    )
    parser.add_argument(
        "given",
        metavar="NAME|FILE",
        nargs="+",
        help="a name, or CSV files with the columns of one table each",
    )
    parser.add_argument(
        "--on", metavar="DATE", type=options.day, help="the day on which the name is used, else today"
    )
    parser.add_argument(
        "--lexicon",
        metavar="FILE",
        action="append",
        default=[],
        help="your own lexicon rows, laid over ours; repeatable",
    )
    options.formats(parser)


LEXICON = """\
  detente lexicon who "President-elect Donald Trump" --on 2016-11-14
  detente lexicon who Kremlin --json
  detente lexicon check mine/offices.csv mine/frames.csv"""
