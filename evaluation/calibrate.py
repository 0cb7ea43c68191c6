"""Fits the weights of confidence.csv on gold, and tells how well they hold on passages that they have not seen.

    DETENTE_DATA=folder python evaluation/calibrate.py GOLD.jsonl… --archive 20261124 [--archive …]

Right is an event that is strictly right (docs/evaluate.md). Logistic regression with a ridge of 1 on every weight but
the first, by Newton's method. Two kinds of text go in: passages with gold, short and clean, and the events of real
archives that were judged one by one (evaluation/archive), by the seeds of their samples, as far as they are still coded
alike. The first weight is that of the archives; the passages have a share of their own, which is not kept. Checked in
ten parts of whole passages and stories, five times. Prints the weights, the scores and the reliability table; it
changes no file.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from archive.sample import SAMPLES, read_verdicts, stories

import detente
from detente.coding import events
from detente.coding.act import Act
from detente.coding.confidence import FACTORS, factors
from detente.records import Span
from detente.score.gold import read_gold
from detente.score.judge import Scores, judge_events
from detente.score.tally import Tally

PARTS, TIMES, RIDGE = 10, 5, 1.0
BINS = (0.0, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0)
STRICT = {"type", "reciprocal", "source", "target"}


class Sample(NamedTuple):
    """One coded event."""

    item: str
    clean: bool  # whether it is from a passage rather than from an archive
    factors: tuple[float, ...]
    right: bool


class Noting:
    """A coder whose events carry, in place of a confidence, the number of the facts behind it."""

    def __init__(self) -> None:
        self.noted: list[tuple[float, ...]] = []
        self.coder = detente.Coder()
        events.confidence = self._number  # type: ignore[attr-defined]

    def _number(self, act: Act, sentence: Span) -> float:
        self.noted.append(tuple(factors(act, sentence).values()))
        return float(len(self.noted) - 1)

    def passages(self, path: str) -> Iterator[Sample]:
        """Code gold and judge every event."""
        for item in read_gold(path):
            record = self.coder.code(item.text, published=item.published, clean=False)
            findings = list(judge_events(record, item, Scores(Tally)))
            wrong = {one.event for one in findings if one.what == "false" or STRICT & set(one.fields)}
            for event in record.events:
                yield Sample(item.id, True, self.noted[int(event.confidence or 0)], event.id not in wrong)

    def archive(self, data: Path, seed: int) -> Iterator[Sample]:
        """Code a sample of an archive anew and take the verdicts on the events that are still coded alike."""
        verdicts = {row["event_id"]: row for row in read_verdicts(seed)}
        for _, story in stories(data, seed):
            for event in self.coder.code(story).events:
                if row := verdicts.get(event.id):
                    right = all(
                        row[f"right_{field}"] == "1" for field in ("event", "type", "source", "target")
                    )
                    yield Sample(story.id, False, self.noted[int(event.confidence or 0)], right)


def fitted(data: Sequence[Sample]) -> np.ndarray:
    """The weights, and behind them that of the passages."""
    x = np.array([(*one.factors, float(one.clean)) for one in data])
    y = np.array([one.right for one in data], float)
    ridge = np.diag([0.0] + [RIDGE] * (x.shape[1] - 1))
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - p) - ridge @ weights
        weights += np.linalg.solve((x.T * (p * (1 - p))) @ x + ridge, slope)
    return weights


def chance(data: Sequence[Sample], weights: np.ndarray) -> np.ndarray:
    """The confidence of each sample."""
    x = np.array([(*one.factors, float(one.clean)) for one in data])
    result: np.ndarray = 1 / (1 + np.exp(-x @ weights))
    return result


def crossed(data: Sequence[Sample], draw: np.random.Generator) -> np.ndarray:
    """The confidence of each sample by weights that were fitted without its passage."""
    items = sorted({one.item for one in data})
    part = dict(zip(items, draw.permutation(len(items)) % PARTS, strict=True))
    result = np.zeros(len(data))
    for fold in range(PARTS):
        here = [at for at, one in enumerate(data) if part[one.item] == fold]
        there = [one for one in data if part[one.item] != fold]
        result[here] = chance([data[at] for at in here], fitted(there))
    return result


def scores(p: np.ndarray, y: np.ndarray) -> str:
    """Brier score and log loss."""
    p = np.clip(p, 0.01, 0.99)
    loss = -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()
    return f"Brier {((p - y) ** 2).mean():.3f}, log loss {loss:.3f}"


def ranking(p: np.ndarray, y: np.ndarray) -> float:
    """How often a right event stands above a wrong one (AUC)."""
    above = (p[y == 1][:, None] > p[y == 0]).mean()
    return float(above + (p[y == 1][:, None] == p[y == 0]).mean() / 2)


def reliability(p: np.ndarray, y: np.ndarray) -> None:
    """Print how many were right of those with a confidence; the rounds are averaged."""
    print("| confidence | events | mean confidence | right |\n|---|---|---|---|")
    for low, high in pairwise(BINS):
        inside = (p >= low) & ((p < high) | (high == 1))
        if inside.any():
            mean, right, events = p[inside].mean(), y[inside].mean(), inside.sum() / TIMES
            print(f"| {low:.1f}-{high:.1f} | {events:.0f} | {mean:.2f} | {right:.2f} |")


def main() -> None:
    """Fit, check, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="*", help="passages with gold")
    parser.add_argument(
        "--archive", type=int, action="append", default=[], required=True, choices=tuple(SAMPLES)
    )
    args = parser.parse_args()
    coder = Noting()
    data = [one for path in args.gold for one in coder.passages(path)]
    data += [one for seed in args.archive for one in coder.archive(Path(os.environ["DETENTE_DATA"]), seed)]
    y = np.array([one.right for one in data], float)
    real = np.array([not one.clean for one in data])
    print(f"{len(data)} events, {y.mean():.3f} right; of archives {real.sum()}, {y[real].mean():.3f} right")
    draw = np.random.default_rng(0)
    rounds = [crossed(data, draw) for _ in range(TIMES)]
    p, again, only = np.concatenate(rounds), np.tile(y, TIMES), np.tile(real, TIMES)
    for name, some in (("archives", only), ("passages", ~only)):
        print(f"held-out {name}: {scores(p[some], again[some])}, AUC {ranking(p[some], again[some]):.3f}")
    share = np.where(real, y[real].mean(), y[~real].mean() if (~real).any() else 0)
    print("the share of each kind for all:", scores(share, y))
    for name, some in (("stories of archives", only), ("passages, by a share of their own", ~only)):
        print(f"\nheld-out {name}")
        reliability(p[some], again[some])
    print("\nfactor,weight")
    for name, weight in zip((*FACTORS, "(passage; not kept)"), fitted(data), strict=True):
        print(f"{name},{weight:.2f}")


if __name__ == "__main__":
    main()
