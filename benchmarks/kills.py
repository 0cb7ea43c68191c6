"""Whether a store survives: a process that writes one is killed at random moments, again and again.

    python benchmarks/kills.py records.jsonl [--kills 200] [--seed 1]

`records.jsonl` is what `detente code … --jsonl` wrote: the coder itself has no part in this. A child process
writes the records in batches of three, so that it is nearly always committing or merging, or it compacts; it says
on stdout which stories are kept, and after a random time it gets SIGKILL. Then the store is read:

lost       stories and events that the child had said are kept and that are not there, or not as they were
duplicates stories and events that are there twice
torn       stories that are there without all of their statements and events

Then the same command is given again, until everything is in; then all records are compared, and a fresh store is
begun. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from detente.records import Record
from detente.store import Coding, Store, Writer, compact

CODING = Coding("kills", "none", "none")
BATCH = 3
LONGEST = 2.5  # seconds until the kill, at most


def write(folder: Path, records: list[Record]) -> None:
    """Write records, and say which are kept."""
    print("begun", flush=True)
    with Writer(folder, CODING, batch=BATCH) as writer:
        told = 0
        for at, record in enumerate(records):
            writer.add(record)
            if not writer.waiting:
                print(*(kept.story.id for kept in records[told : at + 1]), flush=True)
                told = at + 1
    print("finished", flush=True)
    compact(folder)
    print("compacted", flush=True)


def killed(folder: Path, source: Path, wait: float) -> list[str]:
    """Start the writer, kill it after some seconds, and return what it said."""
    command = [sys.executable, __file__, str(source), "--write", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = child.stdout.readline().split()
        time.sleep(wait)
        child.send_signal(signal.SIGKILL)
        return said + child.stdout.read().split()


def look(folder: Path, expected: dict[str, Record], kept: set[str]) -> Counter[str]:
    """Read the store and count what is wrong with it."""
    found: Counter[str] = Counter()
    with Store(folder) as store:
        stories = Counter(row[0] for row in store.query("SELECT id FROM story"))
        events = Counter(row[0] for row in store.query("SELECT id FROM event"))
        found["duplicates"] = (stories.total() - len(stories)) + (events.total() - len(events))
        there = {record.story.id: record for record in store.records()}
        found["lost"] = sum(1 + len(expected[name].events) for name in kept - there.keys())
        found["torn"] = sum(record != expected[name] for name, record in there.items())
    return found


def main() -> None:
    """Kill, look and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("records", type=Path, help="coded stories, one JSON record a line")
    options.add_argument("--kills", type=int, default=200, metavar="N", help="how many")
    options.add_argument("--seed", type=int, default=1, metavar="N", help="of the random moments")
    options.add_argument("--write", type=Path, metavar="DIR", help="be the child that writes")
    given = options.parse_args()
    lines = given.records.read_text(encoding="utf-8").splitlines()
    records = [Record.from_json(line) for line in lines]
    if given.write:
        write(given.write, records)
        return
    expected = {record.story.id: record for record in records}
    chance, total, kept, begun = random.Random(given.seed), Counter[str](), set[str](), False
    with tempfile.TemporaryDirectory() as scratch:
        while total["kills"] < given.kills or begun:
            folder = Path(scratch) / f"store{total['complete']}"
            # Once there have been enough kills, the last store is finished in peace.
            wait = chance.uniform(0, LONGEST) if total["kills"] < given.kills else 600.0
            said = killed(folder, given.records, wait) if wait < 600 else calm(folder, given.records)
            begun = True
            total["kills"] += "compacted" not in said
            kept |= expected.keys() & set(said)
            if (folder / "manifest.json").exists():
                total += look(folder, expected, kept)
            if "compacted" in said:
                total["lost"] += len(expected.keys() - kept)
                total["complete"] += 1
                kept, begun = set(), False
            print(f"\r{total['kills']} kills, {total['complete']} stores complete", end="", flush=True)
    names = ("kills", "complete", "lost", "duplicates", "torn")
    print(
        "\n"
        + json.dumps(
            {name: total[name] for name in names} | {"events": sum(len(one.events) for one in records)}
        )
    )


def calm(folder: Path, source: Path) -> list[str]:
    """Let the writer come to its end, and return what it said."""
    command = [sys.executable, __file__, str(source), "--write", str(folder)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.split()


if __name__ == "__main__":
    main()
