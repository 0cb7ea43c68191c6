"""How fast a store of a million events answers, and how large it is.

    python benchmarks/store.py records.jsonl [--events 1000000] [--runs 9] [--keep DIR]

`records.jsonl` is what `detente code … --jsonl` wrote. THE STORE IS A BENCHMARK, NOT DATA: each story is copied as
often as it takes, under another id, with another day between 1990 and 2024, with other actors of the same list (a few
of them in many stories, most in few) and, so that copies do not compress against each other, with its letters
exchanged, in one of 997 ways. The copies are made in DuckDB, written by the code that writes every store, and
compacted.

Metric. Milliseconds from the question to its answer, median of the runs in one process, after one run that fills
the caches, as they are for whoever asks twice. Beside it stands the time that all cores worked, which a busy machine
lengthens less. For a listing the answer is its first hundred rows, in order, and then the count of all its rows; for
opening it is a fresh `detente.open` with DuckDB already imported. Memory is the largest resident size of the process
while it asks. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import detente
from detente.records import Event, Mention, Record, Statement, Story
from detente.relations import pairs, timeline
from detente.store import Coding, Result, Store, Writer, compact, engine, manifest, parts
from detente.store.engine import name

SLICE = 10_000  # copied stories in one part
AIMS = {
    "open": 150,
    "events": 300,
    "statements": 300,
    "stories": 300,
    "actors": 300,
    "text": 1000,
    "timeline": 300,
}
LETTERS = "abcdefghijklmnopqrstuvwxyz"
CIPHERS = 997  # ways of exchanging the letters of a story
FILTERS: Mapping[str, Mapping[str, Any]] = {
    "none": {},
    "source": {"source": "RUS"},
    "source, a code": {"source": "USAGOV"},
    "source, a name": {"source": "minister"},
    "target": {"target": "USA"},
    "source and target": {"source": "USA", "target": "RUS"},
    "actor": {"actor": "CHN"},
    "type": {"type": "CONSULT"},
    "type, two": {"type": ["ASSAULT", "THREATEN"]},
    "quad": {"quad": 4},
    "status": {"status": "planned"},
    "background": {"background": True},
    "no background": {"background": False},
    "word": {"word": "USA"},
    "since": {"since": "2020"},
    "since and until": {"since": "2001-03", "until": "2001-05"},
    "min_confidence": {"min_confidence": 0.8},
    "all of them": {
        "source": "USA",
        "target": "RUS",
        "type": ["CONSULT", "AGREE"],
        "quad": 1,
        "status": "occurred",
        "background": False,
        "since": "1995",
        "until": "2020",
        "min_confidence": 0.3,
    },
}


def pack(of: str, kind: type, changed: Mapping[str, str]) -> str:
    """Return the SQL of a struct with the fields of a record, some of them changed."""
    values = ((field.name, changed.get(field.name, f"{of}.{name(field.name)}")) for field in fields(kind))
    return f"struct_pack({', '.join(f'{name(field)} := {value}' for field, value in values)})"


def copied() -> str:
    """Return the SQL that makes a copy of a record: `base` is the record, `copy` the number of the copy."""

    def renamed(letter: str, old: str) -> str:
        return f"CASE WHEN {old} IS NOT NULL THEN '{letter}' || substr(md5({old} || copy), 1, 16) END"

    def other(actor: str) -> str:
        # The cube makes a few actors frequent and most of them rare, as they are in the news.
        at = f"1 + CAST(floor(len(pool) * pow((hash({actor}.name, copy) % 1000003) / 1000003.0, 3)) AS INTEGER)"
        return f"CASE WHEN {actor} IS NOT NULL THEN pool[{at}] END"

    def mention(of: str) -> str:
        made = pack(of, Mention, {"actor": other(f"{of}.actor"), "text": ciphered(f"{of}.text")})
        return f"CASE WHEN {of} IS NOT NULL THEN {made} END"

    def ciphered(text: str) -> str:
        return f"translate({text}, '{LETTERS}', cipher)"

    def span(of: str) -> str:
        made = f'struct_pack(start := {of}.start, "end" := {of}."end", text := {ciphered(f"{of}.text")})'
        return f"CASE WHEN {of} IS NOT NULL THEN {made} END"

    story = pack(
        "base.story",
        Story,
        {
            "id": renamed("s", "base.story.id"),
            "text": ciphered("base.story.text"),
            "paragraphs": f"[{span('one')} FOR one IN base.story.paragraphs]",
            "headline": ciphered("base.story.headline"),
            "published": "CAST(day AS VARCHAR)",
        },
    )
    statement = pack(
        "one",
        Statement,
        {
            "id": renamed("w", "one.id"),
            "story_id": renamed("s", "one.story_id"),
            "inside": renamed("w", "one.inside"),
            "speaker": mention("one.speaker"),
            "addressee": mention("one.addressee"),
            "principal": other("one.principal"),
            "cue": span("one.cue"),
            "content": f"[{span('part')} FOR part IN one.content]",
        },
    )
    event = pack(
        "one",
        Event,
        {
            "id": renamed("e", "one.id"),
            "story_id": renamed("s", "one.story_id"),
            "word": renamed("w", "one.word"),
            "sentence": span("one.sentence"),
            "trigger": span("one.trigger"),
            "source": f"[{mention('party')} FOR party IN one.source]",
            "target": f"[{mention('party')} FOR party IN one.target]",
            "date": "CASE WHEN one.date IS NOT NULL THEN left(CAST(day AS VARCHAR), len(one.date)) END",
        },
    )
    return (
        f"struct_pack(story := {story}, statements := [{statement} FOR one IN base.statements], "
        f"events := [{event} FOR one IN base.events]) AS record"
    )


def build(records: Path, folder: Path, wanted: int) -> None:
    """Write the store."""
    coding = Coding(detente.__version__, "benchmark", "benchmark", {"note": "copies, not data"})
    lines = records.read_text(encoding="utf-8").splitlines()
    found = [Record.from_json(line) for line in lines]
    found = [record for record in found if record.events]
    with Writer(folder, coding, {"note": "a benchmark: copies of stories, not data"}):
        pass
    connection = engine.writer(folder / "scratch")
    parts.load(connection, (record.to_json() for record in found))
    connection.execute("CREATE TEMP TABLE originals AS SELECT record AS base FROM batch")
    connection.execute(
        "CREATE TEMP TABLE pool AS SELECT list(actor) AS pool FROM (SELECT DISTINCT unnest(event.source).actor "
        "AS actor FROM (SELECT unnest(base.events) AS event FROM originals)) WHERE actor IS NOT NULL"
    )
    shuffled = random.Random(1)
    ciphers = ["".join(shuffled.sample(LETTERS, len(LETTERS))) for _ in range(CIPHERS)]
    now = manifest.Held(folder).manifest
    events = sum(len(record.events) for record in found)
    copies, step = -(-wanted // events), max(1, SLICE // len(found))
    for first in range(0, copies, step):
        last = min(first + step, copies)
        day = "DATE '1990-01-01' + CAST(hash(base.story.id, copy) % 12783 AS INTEGER)"
        cipher = f"{ciphers!r}[1 + CAST(hash(copy, base.story.id) % {CIPHERS} AS INTEGER)]"
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE batch AS SELECT {copied()} FROM (SELECT base, pool, copy, "
            f"{day} AS day, {cipher} AS cipher FROM originals, pool, range({first}, {last}) AS numbers(copy))"
        )
        number = now.number + 1
        written = {
            table: parts.write(connection, folder, table, number, query, "r0001")
            for table, query in parts.queries("r0001").items()
        }
        now = now.with_parts(written).numbered(number)
        manifest.commit(folder, now)
        print(f"\r{last}/{copies} copies", end="", flush=True)
    print()
    connection.close()


def timed(runs: int, ask: Callable[[], object]) -> tuple[float, float, object]:
    """Return the median milliseconds that a question takes, by the clock and of all cores together, and its answer."""
    answer, times, work = ask(), [], []
    for _ in range(runs):
        began, worked = time.perf_counter(), time.process_time()
        answer = ask()
        times.append((time.perf_counter() - began) * 1000)
        work.append((time.process_time() - worked) * 1000)
    return statistics.median(times), statistics.median(work), answer


def questions(store: Store) -> dict[str, Callable[[], object]]:
    """Return what is asked, by name."""
    words = sorted(next(store.events(limit=1, since="2007").dicts())["sentence"].split(), key=len)
    texts = {"text": words[-1], "text, two words": " ".join(words[-3:-1]), "text, not there": "xylophonists"}
    asked: dict[str, Callable[[], object]] = {"open": lambda: Store(store.path)}
    filters = FILTERS | {title: {"text": text} for title, text in texts.items()}
    for table in ("events", "statements", "stories", "actors"):
        for title, given in filters.items():
            listing = getattr(store, table)
            asked[f"{table}: {title}"] = partial(first_page, partial(listing, limit=100, **given))
            asked[f"{table}: {title}, counted"] = partial(all_counted, partial(listing, **given))
    asked["timeline: two countries"] = lambda: len(timeline(store, "USA", "RUS").periods)
    asked["timeline: two countries, by day"] = lambda: len(timeline(store, "USA", "RUS", by="day").periods)
    asked["pairs, the most active"] = lambda: len(list(pairs(store)))
    asked["record of an event"] = lambda: store.record_of(store.events(limit=1, since="2003").rows()[0][0])
    return asked


def first_page(listing: Callable[[], Result]) -> int:
    """Return how many rows the first page has, having read them."""
    return len(listing().rows())


def all_counted(listing: Callable[[], Result]) -> int:
    """Return how many rows there are."""
    return len(listing())


def main() -> None:
    """Build, ask and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("records", type=Path, help="coded stories, one JSON record a line")
    options.add_argument(
        "--events", type=int, default=1_000_000, metavar="N", help="how many events at least"
    )
    options.add_argument("--runs", type=int, default=9, metavar="N", help="times that each question is asked")
    options.add_argument(
        "--keep", type=Path, metavar="DIR", help="build it there, or use the one that is there"
    )
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch) / "store"
        if not (folder / manifest.NAME).exists():
            began = time.perf_counter()
            build(given.records, folder, given.events)
            print(f"written in {time.perf_counter() - began:.0f} s")
            began = time.perf_counter()
            compact(folder)
            print(f"compacted in {time.perf_counter() - began:.0f} s")
        measure(folder, given.runs)


def measure(folder: Path, runs: int) -> None:
    """Ask everything and print a line for each question."""
    store = Store(folder)
    status = store.status()
    sizes = {
        table: sum(part.bytes for part in found)
        for table, found in manifest.Held(folder).manifest.parts.items()
    }
    print(
        f"{status.stories:,} stories, {status.statements:,} statements, {status.events:,} events: "
        f"{status.bytes / 1e6:.0f} MB"
    )
    print("; ".join(f"{table} {size / 1e6:.0f} MB" for table, size in sizes.items()))
    found: dict[str, float] = {}
    for title, ask in questions(store).items():
        found[title], work, answer = timed(runs, ask)
        aim = (
            AIMS["text" if ": text" in title else title.split(":")[0]]
            if title.split(":")[0] in AIMS
            else None
        )
        mark = "" if aim is None or found[title] < aim else f"   over {aim}"
        shown = f"{answer:>10,}" if isinstance(answer, int) else " " * 10
        print(f"{title:<40} {found[title]:8.1f} ms {work:8.1f} ms {shown}{mark}", flush=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory {memory:.0f} MB")
    print(
        json.dumps(
            {"bytes": status.bytes, "events": status.events, "memory_mb": round(memory)}
            | {key: round(value, 1) for key, value in found.items()}
        )
    )


if __name__ == "__main__":
    main()
