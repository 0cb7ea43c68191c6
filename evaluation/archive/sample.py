"""Draws the sample of real stories whose events were read one by one, and tabulates the verdicts on them.

    DETENTE_DATA=folder python evaluation/archive/sample.py draw [--seed 20261125] [--out events.jsonl]
    python evaluation/archive/sample.py table [--seed 20261125]

``draw`` codes the sampled stories with the coder as it stands, draws the events, and says what has become of those
that were judged: still coded with the same parties and word, coded otherwise, or gone. ``table`` needs no stories.
Stories are drawn from what `detente.read` finds in a file, in its order; events from those of all drawn stories, in
the order of stories and text. Both draws have a seed of their own. The seed of the stories names the sample: 20261123
is the first, 20261124 the second, 20261125 the third.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import detente
from detente.records import Event, Record, Story


class Sample(NamedTuple):
    """What is drawn, and where the verdicts on it are."""

    stories: tuple[int, int, int]
    articles: int
    events: int
    event_seed: int
    verdicts: Path


FIRST, TIMES, INTERVAL_SEED = 20261123, 2000, 200
SAMPLES = {
    FIRST: Sample((44, 43, 43), 20, 200, 200, Path(__file__).with_name("verdicts.csv")),
    20261124: Sample((30, 30, 30), 12, 100, 20261124, Path(__file__).with_name("verdicts2.csv")),
    20261125: Sample((30, 30, 30), 12, 120, 20261125, Path(__file__).with_name("verdicts3.csv")),
}
CORPORA = (
    ("state_dept_press_2021-22.jsonl.gz",),
    ("white_house_briefing_room_2021-22.jsonl.gz",),
    ("wikinews_2019.csv.gz", "wikinews_2020.csv.gz"),
)
FIELDS = ("event", "type", "source", "target", "status", "background", "word", "date", "place")


def stories(data: Path, seed: int) -> Iterator[tuple[str, Story]]:
    """Yield the drawn stories with the name of the file that they are from."""
    chance, sample = random.Random(seed), SAMPLES[seed]
    for number, names in zip(sample.stories, CORPORA, strict=True):
        found = [(name, story) for name in names for story in detente.read(data / "corpora" / name)]
        yield from (found[place] for place in sorted(chance.sample(range(len(found)), number)))
    with (data / "polnear" / "metadata.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        days = {row["filename"]: row["publication_date"] for row in rows}
    for path in sorted(
        chance.sample(sorted((data / "polnear" / "dev" / "text").glob("*.txt")), sample.articles)
    ):
        yield (
            f"polnear/{path.name}",
            detente.read_text(path.read_text(encoding="utf-8"), published=days[path.stem]),
        )


def drawn(records: list[tuple[str, Record]], sample: Sample) -> list[tuple[str, Record, Event]]:
    """Return the drawn events in the order in which they were drawn."""
    found = [(name, record, event) for name, record in records for event in record.events]
    return random.Random(sample.event_seed).sample(found, min(sample.events, len(found)))


def evidence(event: Event) -> str:
    """Return a fingerprint of the words that an event was read from; it outlives a change elsewhere in the text."""
    at = event.trigger.start - event.sentence.start
    return hashlib.sha256(f"{event.sentence.text}|{at}|{event.trigger.text}".encode()).hexdigest()[:12]


def fates(records: list[tuple[str, Record]], verdicts: list[dict[str, str]]) -> Counter[tuple[str, str]]:
    """Count what has become of the judged events, apart for those that were fully right and those that were not."""
    events = [event for _, record in records for event in record.events]
    ids = {event.id for event in events}
    words = {(event.story_id, evidence(event)) for event in events}
    counts: Counter[tuple[str, str]] = Counter()
    for row in verdicts:
        if row["event_id"] in ids:
            fate = "still coded with the same parties and word"
        else:
            fate = "coded otherwise" if (row["story_id"], row["evidence"]) in words else "gone"
        counts["right" if row["fully_right"] == "1" else "wrong", fate] += 1
    return counts


def draw(data: Path, out: Path | None, seed: int) -> None:
    """Code the sample, write the drawn events if asked to, and tell the fate of the judged ones."""
    sampled = list(stories(data, seed))
    coded = list(detente.Coder().code_many(story for _, story in sampled))
    records = [(name, record) for (name, _), record in zip(sampled, coded, strict=True)]
    events = drawn(records, SAMPLES[seed])
    print(
        f"{len(sampled)} stories, {sum(len(record.events) for record in coded)} events, {len(events)} drawn"
    )
    if out:
        lines = (
            {"file": name, "event": event.to_dict(), "story": record.story.id}
            for name, record, event in events
        )
        out.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    for (verdict, fate), count in sorted(fates(records, read_verdicts(seed)).items()):
        print(f"judged {verdict}, {fate}: {count}")


def read_verdicts(seed: int) -> list[dict[str, str]]:
    """Return the rows of the verdicts."""
    with SAMPLES[seed].verdicts.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def interval(rows: list[dict[str, str]], column: str) -> tuple[float, float]:
    """Return the 95 % interval of a share: whole stories drawn anew, because one story's events fail together."""
    chance, shares = random.Random(INTERVAL_SEED), []
    by_story: dict[str, list[bool]] = {}
    for row in rows:
        by_story.setdefault(row["story_id"], []).append(row[column] == "1")
    groups = list(by_story.values())
    for _ in range(TIMES):
        found = [right for group in chance.choices(groups, k=len(groups)) for right in group]
        shares.append(sum(found) / len(found))
    shares.sort()
    return shares[TIMES // 40], shares[-TIMES // 40 - 1]


def line(name: str, rows: list[dict[str, str]], column: str) -> str:
    """Return one row of a table: how many are right, with the interval."""
    right = sum(row[column] == "1" for row in rows)
    low, high = interval(rows, column)
    return f"| {name} | {right} | {len(rows)} | {right / len(rows):.0%} | {low:.0%} to {high:.0%} |"


def table(seed: int) -> None:
    """Print the verdicts: what is right, by field and by source; fields count only where there is an event."""
    rows = read_verdicts(seed)
    real = [row for row in rows if row["right_event"] == "1"]
    print("| what | right | of | share | 95 % interval |\n|---|---|---|---|---|")
    print(line("fully right", rows, "fully_right"))
    print(line("an event at all", rows, "right_event"))
    for field in FIELDS[1:]:
        print(line(field, real, f"right_{field}"))
    for part in ("state_dept", "white_house", "wikinews", "polnear"):
        if some := [row for row in rows if row["source_file"].startswith(part)]:
            print(line(f"fully right in {part}", some, "fully_right"))
    wrong = Counter(sum(row[f"right_{field}"] == "0" for field in FIELDS[1:]) for row in real)
    print("fields wrong in an event:", dict(sorted(wrong.items())))
    kinds = Counter(
        kind for row in rows for kind in {part.split(":")[0] for part in row["note"].split("; ")} if kind
    )
    for kind, count in kinds.most_common():
        print(f"{count:4} {kind}")


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("draw", "table"))
    parser.add_argument("--out", type=Path, help="JSON lines to write the drawn events to")
    parser.add_argument("--seed", type=int, choices=tuple(SAMPLES), default=FIRST, help="the sample")
    given = parser.parse_args()
    if given.what == "table":
        table(given.seed)
        return 0
    data = os.environ.get("DETENTE_DATA")
    if not data:
        print("Set DETENTE_DATA to the folder that holds corpora/ and polnear/.", file=sys.stderr)
        return 2
    draw(Path(data), given.out, given.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
