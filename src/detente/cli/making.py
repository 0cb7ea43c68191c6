"""Commands that turn text into records: try, read, code; and info."""

from __future__ import annotations

from detente.cli import options
from detente.cli.options import Add


def add_commands(add: Add) -> None:
    """Add the commands of this family."""
    parser = add("try", "commands.try_text", "Code one text and show it with its marks.", TRY)
    parser.add_argument("given", metavar="TEXT", help="the text, in quotation marks; - reads it from stdin")
    options.story_options(parser)
    options.coding_options(parser)
    options.formats(parser)

    parser = add(
        "read", "commands.read", "Read stories, strip the furniture, and list them; nothing is coded.", READ
    )
    options.paths(parser)
    options.story_options(parser)
    options.columns(parser)
    parser.add_argument(
        "--format",
        choices=("ninjs", "jsonld"),
        help="write each story as ninjs 3.1 or as NewsArticle of schema.org, one JSON object a line or --json",
    )
    options.formats(parser)

    parser = add("code", "commands.code", "Read stories and code them: statements and events.", CODE)
    options.paths(parser)
    options.story_options(parser)
    options.columns(parser)
    options.coding_options(parser)
    parser.add_argument(
        "--store", metavar="DIR", help="keep the records in this folder, and pass over stories that it has"
    )
    parser.add_argument(
        "--workers",
        metavar="N",
        type=options.count,
        default=1,
        help="code in N processes; one (the default) uses threads",
    )
    options.formats(parser)

    summary = "Say which version, model and lexicon this is, and what it cannot do."
    options.formats(add("info", "commands.info", summary, INFO))


TRY = """\
  detente try "Peru recalled its ambassador to Mexico on Friday." --published 2023-02-25
  pbpaste | detente try -"""
READ = """\
  detente read examples/stories/
  detente read page.html --json
  detente read archive/ --format ninjs --out archive.jsonl"""
CODE = """\
  detente code examples/stories/
  detente code news.csv --text body --published-column day --jsonl --out records.jsonl
  zcat archive.jsonl.gz | detente code - --csv
  detente code archive/ --store store/ --workers 4"""
INFO = """\
  detente info
  detente info --json"""
