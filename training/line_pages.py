"""Pages to learn the line model from: features, gold answers, and pages cut and mixed so that no site is learnt."""

from __future__ import annotations

import bisect
import csv
import gzip
import json
import os
import random
import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zlib import crc32

import numpy as np

from detente.read import linemodel

Array = Any
FOLDS = 5
RUN = 4
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"


class Example(NamedTuple):
    """One page: features, answers and how much each line counts."""

    page: linemodel.Page
    answers: Array
    """lines x HEADS, 0 or 1, or -1 where the gold doesn't say."""
    weight: Array


def data(*parts: str) -> Path:
    """A path under DETENTE_DATA."""
    return Path(os.environ["DETENTE_DATA"]).joinpath(*parts)


def scrapes() -> list[dict[str, Any]]:
    """All pages in all their variants."""
    with gzip.open(data("stories", "scrapes.jsonl.gz"), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def fold(story: dict[str, Any]) -> int:
    """The fold of a page: pages of one site, by the last two labels of its host, stay together."""
    host = urlsplit(story["url"] or "").netloc or story["id"]
    return crc32(".".join(host.split(".")[-2:]).encode()) % FOLDS


def words(text: str) -> list[str]:
    """Words as the measure counts them."""
    return re.findall(r"\w+", text)


def plain(text: str) -> str:
    """Words only, in lower case."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def aligned(lines: list[str], body: str) -> list[float]:
    """Share of each line's words that lie in the longest common sequence of four-word runs with the gold body."""
    owners: list[int] = []
    raw: list[str] = []
    for at, line in enumerate(lines):
        found = words(line)
        raw += found
        owners += [at] * len(found)
    gold = words(body)
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(gold) - RUN + 1):
        places[tuple(gold[at : at + RUN])].append(at)
    tails: list[int] = []
    nodes: list[tuple[int, int]] = []
    pointers: list[int] = []
    for at in range(len(raw) - RUN + 1):
        for place in reversed(places.get(tuple(raw[at : at + RUN]), ())[:12]):
            rank = bisect.bisect_left(tails, place)
            nodes.append((at, pointers[rank - 1] if rank else -1))
            if rank == len(tails):
                tails.append(place)
                pointers.append(len(nodes) - 1)
            else:
                tails[rank] = place
                pointers[rank] = len(nodes) - 1
    covered = np.zeros(len(raw), bool)
    node = pointers[-1] if pointers else -1
    while node >= 0:
        at, before = nodes[node]
        covered[at : at + RUN] = True
        node = before
    hits = Counter(owner for owner, hit in zip(owners, covered, strict=True) if hit)
    every = Counter(owners)
    return [hits[at] / every[at] if every[at] else -1.0 for at in range(len(lines))]


_ANSWERS: dict[str, list[int]] = {}
"""Answers already worked out, since the alignment is slow and every fold asks again."""


def body_answers(lines: list[str], body: str) -> list[int]:
    """What `judged_body` says, remembered."""
    key = "\n".join([*lines, "", body])
    if key not in _ANSWERS:
        _ANSWERS[key] = judged_body(lines, body)
    return _ANSWERS[key]


def judged_body(lines: list[str], body: str) -> list[int]:
    """1 for a line of the body. A line of marks follows its neighbours; a short line may be a whole gold paragraph."""
    share = aligned(lines, body)
    inside = [at for at, value in enumerate(share) if value >= 0.5]
    span = range(inside[0], inside[-1] + 1) if inside else range(0)
    paragraphs = {plain(line) for line in body.split("\n")} - {""}
    found = []
    for at, value in enumerate(share):
        alone = at in span and len(words(lines[at])) < RUN and plain(lines[at]) in paragraphs
        marks = (
            value < 0 and at in span and share[at - 1] >= 0.5 and at + 1 < len(share) and share[at + 1] >= 0.5
        )
        found.append(int(value >= 0.5 or alone or (marks and lines[at] in ".,;:!?)’'\"”")))
    return found


def day_printed(day: str | None) -> re.Pattern[str] | None:
    """A pattern for a day as pages print it."""
    if not day or not re.match(r"\d{4}-\d\d-\d\d", day):
        return None
    year, month, number = (int(part) for part in day[:10].split("-"))
    name = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ][month - 1]
    named = rf"{name[:3]}(?:{name[3:4]}|{name[3:]})?\.?"
    forms = (
        rf"\b{named}\s+0?{number}(?:st|nd|rd|th)?,?\s+{year}\b",
        rf"\b0?{number}(?:st|nd|rd|th)?\s+{named},?\s+{year}\b",
        rf"\b{year}[-/.]0?{month}[-/.]0?{number}\b",
        rf"\b0?{month}[/.]0?{number}[/.]{year}\b|\b0?{number}[/.]0?{month}[/.]{year}\b",
    )
    return re.compile("|".join(forms), re.IGNORECASE)


def example(story: dict[str, Any], lines: list[str], answers: list[int]) -> Example:
    """A page with the answers that its gold gives: body, headline, line with the author, line with the date."""
    title = plain(story["title"] or "")
    rows = np.zeros((len(lines), len(linemodel.HEADS)), np.float32)
    rows[:, 0] = answers
    heads = [at for at, line in enumerate(lines) if plain(line) == title]
    rows[heads, 1] = 1
    rows[:, 1] = rows[:, 1] if heads else -1
    names = [name for name in map(plain, re.split(r",|;|\band\b", story["authors"] or "")) if len(name) > 4]
    day = day_printed(story["date"])
    for at, line in enumerate(lines):
        short = len(line) < 160 and not answers[at]
        rows[at, 2] = (short and any(name in plain(line) for name in names)) if names else -1
        rows[at, 3] = bool(short and day.search(line)) if day else -1
    size = np.array([len(words(line)) for line in lines], np.float32)
    gold = max(float((size * rows[:, 0]).sum()), 50.0)
    return Example(
        linemodel.page([linemodel.clipped(line) for line in lines]),
        rows,
        np.minimum(size / gold, 0.5) + 3 / len(lines),
    )


def variants(story: dict[str, Any], lot: random.Random) -> Iterator[Example]:
    """The page, and the page cut or hard-wrapped as people paste it."""
    lines = [line.strip() for line in re.split(r"[\r\n]+", story["raw"]) if line.strip()]
    if not lines:
        return
    answers = body_answers(lines, story["body"])
    yield example(story, lines, answers)
    inside = [at for at, answer in enumerate(answers) if answer]
    if not inside:
        return
    first = lot.randint(max(0, inside[0] - 12), inside[0]) if lot.random() < 0.7 else lot.choice(inside)
    end = lot.randint(inside[-1] + 1, min(len(lines), inside[-1] + 10)) if lot.random() < 0.7 else len(lines)
    end = max(end, first + 1)
    yield example(story, lines[first:end], answers[first:end])
    if lot.random() < 0.15:
        yield wrapped(story, lines, answers, lot)


class Cut(NamedTuple):
    """A page cut in three at the first line of headline or body and after the last of the body."""

    lines: list[str]
    answers: list[int]
    first: int
    end: int


def cut(story: dict[str, Any]) -> Cut | None:
    """The page in three parts, None where no line of it is body."""
    lines = [line.strip() for line in re.split(r"[\r\n]+", story["raw"]) if line.strip()]
    answers = body_answers(lines, story["body"])
    inside = [at for at, answer in enumerate(answers) if answer]
    if not inside:
        return None
    title = plain(story["title"] or "")
    heads = [at for at, line in enumerate(lines[: inside[0]]) if plain(line) == title]
    return Cut(lines, answers, heads[-1] if heads else inside[0], inside[-1] + 1)


def mixed(stories: list[dict[str, Any]], lot: random.Random) -> Iterator[Example]:
    """Every page's story between the top of a second page and the bottom of a third: no site's frame is learnt."""
    for name in ("block", "broken"):
        cuts = [(story, found) for story in stories if story["variant"] == name and (found := cut(story))]
        for story, here in cuts:
            above, below = lot.choice(cuts)[1], lot.choice(cuts)[1]
            top, bottom = above.lines[: above.first], below.lines[below.end :]
            own = (
                max(here.first - lot.choice((0, 0, 2, 6)), 0),
                min(here.end + lot.choice((0, 0, 3, 8)), len(here.lines)),
            )
            lines = [*top, *here.lines[slice(*own)], *bottom]
            yield example(story, lines, [0] * len(top) + here.answers[slice(*own)] + [0] * len(bottom))


def wrapped(story: dict[str, Any], lines: list[str], answers: list[int], lot: random.Random) -> Example:
    """The page hard-wrapped as in e-mail."""
    width = lot.randint(55, 90)
    pieces = [textwrap.wrap(line, width) or [line] for line in lines]
    every = [answer for answer, piece in zip(answers, pieces, strict=True) for _ in piece]
    return example(story, [line for piece in pieces for line in piece], every)


class Clean(NamedTuple):
    """A text that is all body, and its headline where one is known."""

    title: str
    lines: list[str]


def clean_texts() -> Iterator[Clean]:
    """Texts that are all body: official releases, Wikinews stories, news articles without their furniture."""
    csv.field_size_limit(1 << 24)
    for name in ("state_dept_press_2021-22", "white_house_briefing_room_2021-22"):
        with gzip.open(data("corpora", f"{name}.jsonl.gz"), "rt", encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                yield Clean(row["title"], row["text"].split("\n"))
    for path in sorted(data("corpora").glob("wikinews_*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as rows:
            yield from (Clean(row["title"], row["text"].split("\n")) for row in csv.DictReader(rows))
    for path in sorted(data("polnear", "train", "text").glob("*.txt")):
        title, *lines = path.read_text(encoding="utf-8").split("\n")
        yield Clean(title.rstrip("."), lines)


def clean_examples(part: int, lot: random.Random) -> Iterator[Example]:
    """Clean texts of the other folds: whole, cut or hard-wrapped, with their headline or without."""
    for at, text in enumerate(clean_texts()):
        lines = [line.strip() for line in text.lines if line.strip()]
        if at % FOLDS == part or not lines or lot.random() < 0.35:
            continue
        titled = lot.random() < 0.4 and len(text.title) > 8
        if lot.random() < 0.5:
            first = 0 if titled else lot.randrange(len(lines))
            lines = lines[first : first + lot.choice((1, 1, 2, 3, 5, 8))]
        elif len(lines) > 150:
            first = lot.randrange(len(lines) - 100)
            lines = lines[first : first + 100]
        if lot.random() < 0.12:
            width = lot.randint(55, 90)
            lines = [piece for line in lines for piece in textwrap.wrap(line, width)]
        yield clean_example(text.title.strip() if titled else None, lines)


def clean_example(title: str | None, lines: list[str]) -> Example:
    """A clean text with its answers. What may well be a signature, place or date in it is left open."""
    top = int(title is not None)
    lines = [title, *lines] if title is not None else lines
    page = linemodel.page([linemodel.clipped(line) for line in lines])
    answers = np.zeros((len(lines), len(linemodel.HEADS)), np.float32)
    answers[:, 0] = 1
    answers[:, 2:] = -1
    answers[:top, :2] = (0, 1)
    for row, line in enumerate(lines[top:], top):
        edge = row < 4 + top or row > len(lines) - 4
        if re.match(rf"(?:\w+day,? )?{MONTH} \d{{1,2}}, \d{{4}}$", line):
            answers[row] = (0, 0, 0, 1)
        elif edge and len(line) < 60 and not re.search(r"[.?!:”\"]$", line) and len(lines) > 2:
            answers[row, 0] = -1
    size = np.array([len(words(line)) for line in lines], np.float32)
    return Example(page, answers, size / max(size.sum(), 50) + 3 / max(len(lines), 10))


def runs(text: str) -> Counter[tuple[str, ...]]:
    """A text's runs of four words."""
    found = words(text)
    return Counter(tuple(found[at : at + RUN]) for at in range(max(1, len(found) - RUN + 1)) if found)
