"""Learn the line model: `src/detente/read/data/lines.npz` from scraped pages with their gold body.

    DETENTE_DATA=… python training/lines.py cross      5-fold cross-validation by site, figures on stdout
    DETENTE_DATA=… python training/lines.py final      train on everything and write the weights

Needs torch. Method and figures are told in `training/lines.md`.
"""

from __future__ import annotations

import argparse
import bisect
import csv
import gzip
import json
import os
import random
import re
import sys
import textwrap
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zlib import crc32

import numpy as np
import torch
from torch import nn

from detente.read import linemodel

Array = Any
FOLDS = 5
WIDTH, TABLE, STEPS = 64, 16, 6
RUN = 4
TARGET = Path(__file__).parents[1] / "src/detente/read/data/lines.npz"
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


class Net(nn.Module):
    """The network of `linemodel.run`, to be trained."""

    def __init__(self, numbers: int) -> None:
        super().__init__()
        self.words = nn.EmbeddingBag(linemodel.BUCKETS, TABLE, mode="mean")
        nn.init.normal_(self.words.weight, std=0.3)
        self.single = nn.Dropout(0.4)
        self.enter = nn.Linear(numbers + 3 * TABLE, WIDTH)
        self.whole = nn.Linear(2 * WIDTH, WIDTH)
        self.convs = nn.ModuleList(
            nn.Conv1d(WIDTH, WIDTH, 3, padding=2**step, dilation=2**step) for step in range(STEPS)
        )
        self.drop = nn.Dropout(0.25)
        self.leave = nn.Linear(WIDTH, len(linemodel.HEADS))

    def forward(self, numbers: Any, bags: tuple[Any, ...], lengths: list[int]) -> Any:
        """Logits of all lines of a batch of pages, one after the other."""
        table = self.words.weight
        flat, offsets, first, last, empty = bags
        kept = torch.rand(len(flat)) > 0.15 if self.training else torch.ones(len(flat), dtype=torch.bool)
        mean = nn.functional.embedding_bag(flat, table, offsets, mode="sum", per_sample_weights=kept.float())
        sizes = torch.diff(torch.cat([offsets, torch.tensor([len(flat)])])).clamp(min=1)
        mean = mean / sizes[:, None]
        ends = [torch.where(empty[:, None], torch.zeros(()), table[index]) for index in (first, last)]
        rows = torch.relu(self.enter(torch.cat([numbers, self.single(torch.cat([mean, *ends], 1))], 1)))
        pages = rows.split(lengths)
        whole = torch.stack([torch.cat([page.mean(0), page.max(0).values]) for page in pages])
        extra = torch.relu(self.whole(whole))
        longest = max(lengths)
        grid = torch.zeros(len(lengths), longest, WIDTH)
        mask = torch.zeros(len(lengths), longest, dtype=torch.bool)
        for at, page in enumerate(pages):
            mask[at, : len(page)] = True
        grid[mask] = rows + torch.repeat_interleave(extra, torch.tensor(lengths), 0)
        grid = grid.transpose(1, 2)
        shown = mask[:, None, :].float()
        for conv in self.convs:
            grid = grid + self.drop(torch.relu(conv(grid * shown)))
        return self.leave(grid.transpose(1, 2)[mask])

    def arrays(self) -> dict[str, Array]:
        """The weights under the names that `linemodel.run` knows."""
        found = {"words": self.words.weight, "in.weight": self.enter.weight, "in.bias": self.enter.bias}
        found |= {"page.weight": self.whole.weight, "page.bias": self.whole.bias}
        for step, conv in enumerate(self.convs):
            found |= {f"conv{step}.weight": conv.weight, f"conv{step}.bias": conv.bias}
        found |= {"out.weight": self.leave.weight, "out.bias": self.leave.bias}
        return {name: value.detach().numpy().copy() for name, value in found.items()}


def stored(arrays: dict[str, Array]) -> dict[str, Array]:
    """The weights made small: the word table in eighths of a byte range a column, the rest in half precision."""
    scale = np.abs(arrays["words"]).max(axis=0, keepdims=True) / 127
    small = {name: value.astype(np.float16) for name, value in arrays.items() if name != "words"}
    return small | {"words": np.round(arrays["words"] / scale).astype(np.int8), "words.scale": scale}


def batches(examples: list[Example], lot: random.Random, size: int = 3000) -> Iterator[list[Example]]:
    """Pages of like length together, `size` lines a batch, in random order."""
    order = sorted(examples, key=lambda one: len(one.weight) * lot.uniform(0.8, 1.25))
    groups: list[list[Example]] = [[]]
    for one in order:
        if (groups[-1] and (len(groups[-1]) + 1) * len(one.weight) > size) or len(groups[-1]) >= 32:
            groups.append([])
        groups[-1].append(one)
    lot.shuffle(groups)
    yield from groups


def tensors(group: list[Example]) -> tuple[Any, tuple[Any, ...], list[int]]:
    """A batch as the network takes it."""
    lengths = [len(one.weight) for one in group]
    numbers = torch.from_numpy(np.concatenate([one.page.numbers for one in group]))
    flat = np.concatenate([one.page.words for one in group])
    shift, starts, first, last = 0, [], [], []
    for one in group:
        starts.append(one.page.starts[:-1] + shift)
        first.append(one.page.starts[:-1] + shift)
        last.append(one.page.starts[1:] - 1 + shift)
        shift += len(one.page.words)
    begin, final = np.concatenate(first), np.concatenate(last)
    empty = final < begin
    flat = flat if len(flat) else np.zeros(1, np.int64)
    pick = [torch.from_numpy(flat[np.clip(index, 0, len(flat) - 1)]) for index in (begin, final)]
    bags = (torch.from_numpy(flat), torch.from_numpy(np.concatenate(starts)), *pick, torch.from_numpy(empty))
    return numbers, bags, lengths


def loss(logits: Any, group: list[Example]) -> Any:
    """Body: cross-entropy, a line counted by its share of the page. The rest: plain, and the headline as a choice."""
    answers = torch.from_numpy(np.concatenate([one.answers for one in group]))
    weight = torch.from_numpy(np.concatenate([one.weight for one in group]))
    known = (answers >= 0).float()
    each = (
        nn.functional.binary_cross_entropy_with_logits(logits, answers.clamp(min=0), reduction="none") * known
    )
    total = (each[:, 0] * weight).sum() / len(group) + each[:, 1:].sum(0).div(len(group)).mul(0.05).sum()
    at = 0
    for one in group:
        end = at + len(one.weight)
        if one.answers[0, 1] >= 0 and one.answers[:, 1].any():
            total = total - 0.3 * chosen(logits[at:end, 1], answers[at:end, 1]) / len(group)
        at = end
    return total


def chosen(logits: Any, answers: Any) -> Any:
    """Log-probability that the line chosen as the headline is one of the right ones."""
    right = torch.where(answers > 0, logits, torch.full_like(logits, -1e9))
    return torch.logsumexp(right, 0) - torch.logsumexp(logits, 0)


def trained(examples: list[Example], epochs: int, seed: int = 0) -> dict[str, Array]:
    """Train on the examples; the weights as `linemodel.run` takes them."""
    torch.manual_seed(seed)
    lot = random.Random(seed)
    net = Net(examples[0].page.numbers.shape[1])
    steps = sum(1 for _ in batches(examples, lot)) * epochs
    optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=0.05)
    running = torch.optim.swa_utils.AveragedModel(
        net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.998)
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=int(steps * 1.05) + 10)
    for epoch in range(epochs):
        began, total, done = time.time(), 0.0, 0
        for group in batches(examples, lot):
            optimizer.zero_grad()
            value = loss(net(*tensors(group)), group)
            value.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            running.update_parameters(net)
            total, done = total + value.item(), done + 1
        print(
            f"epoch {epoch}: loss {total / done:.4f}, {time.time() - began:.0f} s",
            file=sys.stderr,
            flush=True,
        )
    return running.module.arrays()


def runs(text: str) -> Counter[tuple[str, ...]]:
    """A text's runs of four words."""
    found = words(text)
    return Counter(tuple(found[at : at + RUN]) for at in range(max(1, len(found) - RUN + 1)) if found)


def measured(
    story: dict[str, Any], weights: dict[str, Array], bar: float
) -> tuple[float | None, float | None, bool | None]:
    """Precision, recall and headline of one page by the network alone, without the rules of `clean`."""
    lines = [line.strip() for line in re.split(r"[\r\n]+", story["raw"]) if line.strip()]
    if not lines:
        return None, 0.0, False
    logits = linemodel.judge(lines, weights)
    answer = "\n".join(line for line, value in zip(lines, logits[:, 0], strict=True) if value > bar)
    wanted, given = runs(story["body"]), runs(answer)
    both = (wanted & given).total()
    head = plain(lines[int(logits[:, 1].argmax())]) == plain(story["title"]) if story["title"] else None
    return both / given.total() if given else None, both / wanted.total() if wanted else None, head


def report(found: dict[str, list[tuple[Any, ...]]]) -> None:
    """Print the figures of each variant."""
    for name, rows in sorted(found.items()):
        means = [[value for value in column if value is not None] for column in zip(*rows, strict=True)]
        p, r, head = (100 * sum(column) / max(len(column), 1) for column in means)
        print(
            f"{name:16} {len(rows):5} P {p:5.1f} R {r:5.1f} F1 {2 * p * r / (p + r):5.1f} headline {head:5.1f}",
            flush=True,
        )


def examples_of(stories: list[dict[str, Any]], part: int) -> list[Example]:
    """Everything to train on for a fold: pages of other sites, and clean texts."""
    lot = random.Random(part)
    found = [one for story in stories if fold(story) != part for one in variants(story, lot)]
    seen = [story for story in stories if fold(story) != part]
    return found + list(mixed(seen, lot)) + list(clean_examples(part, lot))


def main() -> None:
    """Cross-validate or train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("cross", "final"))
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument(
        "--folds", type=int, nargs="+", default=range(FOLDS), help="cross-validate only these folds"
    )
    parser.add_argument("--keep", type=Path, help="folder for the weights of each fold")
    args = parser.parse_args()
    torch.set_num_threads(1)
    stories = scrapes()
    if args.what == "final":
        weights = trained(examples_of(stories, -1), args.epochs)
        np.savez_compressed(TARGET, **stored(weights))
        print(f"{TARGET}: {TARGET.stat().st_size} bytes")
        return
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for part in args.folds:
        small = stored(trained(examples_of(stories, part), args.epochs))
        weights = linemodel.unpacked(small)
        if args.keep:
            np.savez_compressed(args.keep / f"lines{part}.npz", **small)
        for story in stories:
            if fold(story) == part:
                for name in (story["variant"], f"{story['id'].partition('/')[0]} {story['variant']}"):
                    found[name].append(measured(story, weights, 0.0))
        report(found)


if __name__ == "__main__":
    main()
