"""The command that measures the coder against a gold of one's own: evaluate."""

from __future__ import annotations

from detente.cli import options
from detente.cli.options import Add


def add_commands(add: Add) -> None:
    """Add the commands of this family."""
    summary = "Code the passages of your own gold, and tell what was found, missed and wrong."
    parser = add("evaluate", "evaluating.evaluate", summary, EVALUATE)
    parser.add_argument("gold", metavar="GOLD", help="a file of JSON lines; docs/evaluate.md describes them")
    parser.add_argument(
        "--findings",
        action="store_true",
        help="list the events that were missed, false or wrong, instead of the figures",
    )
    options.coding_options(parser)
    options.formats(parser)


EVALUATE = """\
  detente evaluate gold.jsonl
  detente evaluate gold.jsonl --findings
  detente evaluate gold.jsonl --lexicon mine.csv --csv --out figures.csv"""
