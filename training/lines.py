"""Learn the line model: `src/detente/read/data/lines.npz` from scraped pages with their gold body.

    DETENTE_DATA=… python training/lines.py cross FOLDER    5-fold cross-validation by site, figures on stdout
    DETENTE_DATA=… python training/lines.py final FOLDER    train on everything and write the weights

Needs torch. Method and figures are told in `training/lines.md`.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lines_signed
import numpy as np
import torch
from line_pages import FOLDS, Array, Example, clean_examples, fold, mixed, scrapes, variants
from torch import nn

from detente.read import linemodel

WIDTH, TABLE, STEPS = 64, 16, 6
TARGET = Path(__file__).parents[1] / "src/detente/read/data/lines.npz"


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


def examples_of(stories: list[dict[str, Any]], part: int) -> list[Example]:
    """Everything to train on for a fold: pages of other sites, and clean texts."""
    lot = random.Random(part)
    found = [one for story in stories if fold(story) != part for one in variants(story, lot)]
    seen = [story for story in stories if fold(story) != part]
    return found + list(mixed(seen, lot)) + list(clean_examples(part, lot))


def kept(folder: Path, part: int, stories: list[dict[str, Any]], epochs: int) -> dict[str, Array]:
    """The stored weights of a fold (-1: of everything): those in the folder, else trained now and put there."""
    path = folder / f"lines{part}.npz"
    if not path.exists():
        np.savez_compressed(path, **stored(trained(examples_of(stories, part), epochs)))
    with np.load(path) as arrays:
        return {name: arrays[name] for name in arrays.files}


def main() -> None:
    """Cross-validate or train."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("cross", "final"))
    parser.add_argument(
        "keep", type=Path, help="folder for the weights of each fold; those in it are not trained again"
    )
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--folds", type=int, nargs="+", default=range(FOLDS), help="use only these folds")
    args = parser.parse_args()
    torch.set_num_threads(1)
    stories = scrapes()
    nets = {part: kept(args.keep, part, stories, args.epochs) for part in args.folds}
    mine = [story for story in stories if fold(story) in nets]
    ready = {part: linemodel.unpacked(net) for part, net in nets.items()}
    found = [lines_signed.candidates(story, ready[fold(story)]) for story in mine]
    if args.what == "final":
        np.savez_compressed(TARGET, **kept(args.keep, -1, stories, args.epochs), **lines_signed.choice(found))
        print(f"{TARGET}: {TARGET.stat().st_size} bytes")
        return
    rows: dict[tuple[str, str], list[dict[str, float]]] = defaultdict(list)
    for part, net in ready.items():
        lines_signed.use(net | lines_signed.choice(one for one in found if one.fold != part))
        for key, pages in lines_signed.grouped(story for story in mine if fold(story) == part).items():
            rows[key] += pages
    lines_signed.report(rows)


if __name__ == "__main__":
    main()
