"""Commands that ask a store, and those that look after it."""

from __future__ import annotations

from detente.cli import options
from detente.cli.options import Add

LISTINGS = {
    "events": "List events: who did what to whom, and on whose word.",
    "statements": "List statements: who said what, on whose behalf.",
    "stories": "List stories; with filters, those that have an event for which they hold.",
    "actors": "List actors, the most frequent first.",
}


def add_commands(add: Add) -> None:
    """Add the commands of this family."""
    for name, summary in LISTINGS.items():
        parser = add(name, f"listings.{name}", summary, EXAMPLES[name])
        options.store(parser)
        options.run(parser)
        options.limit(parser, "list at most N")
        options.filters(parser)
        options.formats(parser)

    parser = add(
        "sql",
        "listings.sql",
        "Ask a store in SQL: one SELECT over its tables, which cannot change or reach anything.",
        SQL,
    )
    options.store(parser)
    parser.add_argument(
        "query", metavar="SELECT", help="the question, in quotation marks; - reads it from stdin"
    )
    options.run(parser)
    options.formats(parser)

    parser = add(
        "explain",
        "explain.explain",
        "Tell how an event was made: the words, the rules, and whose word it is.",
        EXPLAIN,
    )
    options.store(parser)
    parser.add_argument("event", metavar="EVENT", help="the event's id, as `detente events` shows it")
    options.run(parser)
    options.formats(parser)

    parser = add("status", "upkeep.status", "Tell what a store holds, and its runs.", STATUS)
    options.store(parser)
    options.formats(parser)

    parser = add(
        "diff", "upkeep.diff", "List the events that one run gained, lost or changed against another.", DIFF
    )
    options.store(parser)
    for name in ("before", "after"):
        parser.add_argument(
            name, metavar="RUN", help=f"the run {name}, as r0001; `detente status` lists them"
        )
    options.formats(parser)

    summary = "Make a store small and quick: join its parts, and drop what newer runs have superseded."
    options.store(add("compact", "upkeep.compact", summary, COMPACT))


EXAMPLES = {
    "events": """\
  detente events store/ --source USA --target RUS --since 2016-01-01
  detente events store/ --type COERCE,ASSAULT --status occurred --no-background --csv --out assaults.csv""",
    "statements": """\
  detente statements store/ --actor RUSGOV --text "red line"
  detente statements store/ --word "Angela Merkel" --jsonl""",
    "stories": """\
  detente stories store/ --actor UKR --since 2014-02-01 --until 2014-03-31
  detente stories store/ --text ceasefire --json""",
    "actors": """\
  detente actors store/ --limit 20
  detente actors store/ --type SANCTION --csv""",
}
SQL = """\
  detente sql store/ "select type, count(*) as events from event group by type order by events desc"
  detente sql store/ "select * from party where country = 'TUR'" --csv"""
EXPLAIN = """\
  detente explain store/ e6x2k4v7q3m5n2b7a
  detente explain store/ e6x2k4v7q3m5n2b7a --json"""
STATUS = """\
  detente status store/
  detente status store/ --json"""
DIFF = """\
  detente diff store/ r0001 r0002
  detente diff store/ r0001 r0002 --csv --out changes.csv"""
COMPACT = """\
  detente compact store/"""
