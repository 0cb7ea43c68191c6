"""Commands that make something new of a store: relations, and files for other programs."""

from __future__ import annotations

from detente.cli import options
from detente.cli.options import Add


def add_commands(add: Add) -> None:
    """Add the commands of this family."""
    summary = "List the most active pairs of states and bodies, or tell what two of them do to each other over time."
    parser = add("relations", "relating.relations", summary, RELATIONS)
    options.store(parser)
    parser.add_argument(
        "sides",
        metavar="SIDE",
        nargs="*",
        help="two sides: a country (USA), a code (USAGOV) or part of a name",
    )
    parser.add_argument(
        "--by",
        choices=("day", "week", "month", "year"),
        default="month",
        help="the periods of a timeline; month unless given",
    )
    parser.add_argument(
        "--accounts",
        action="store_true",
        help="the same events by whose word they rest on, instead of by period",
    )
    parser.add_argument("--png", metavar="FILE", help="also draw the timeline as PNG")
    parser.add_argument("--svg", metavar="FILE", help="also draw the timeline as SVG")
    options.run(parser)
    options.limit(parser, "list at most N pairs; 20 unless given")
    options.filters(parser)
    options.formats(parser)

    summary = "Write a store's tables, or its events in the layout of another data set, with a codebook and a citation."
    parser = add("export", "exporting.export", summary, EXPORT)
    options.store(parser)
    parser.add_argument("--layout", choices=LAYOUTS, required=True, help="what to write; see docs/export.md")
    parser.add_argument("--out", metavar="DIR", required=True, help="a folder, made if it is not there")
    options.run(parser)
    options.filters(parser)


# As detente.export has them; said here because nothing is imported for a --help. A test compares the two.
LAYOUTS = ("csv", "parquet", "gdelt", "gdelt-mentions", "icews", "phoenix", "polecat", "plover")
EXPORT = """\
  detente export store/ --layout parquet --out export/
  detente export store/ --layout gdelt --out gdelt/ --since 2016 --until 2016"""
RELATIONS = """\
  detente relations store/
  detente relations store/ USA RUS --by year --since 2000
  detente relations store/ USA RUS --accounts --csv
  detente relations store/ ISR "Hezbollah" --by week --png timeline.png"""
