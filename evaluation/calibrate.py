"""Fits the weights of confidence.csv on gold, and tells how well they hold on passages that they have not seen.

    python evaluation/calibrate.py GOLD.jsonl… --unseen GOLD.jsonl

Right is an event that is strictly right (docs/evaluate.md). Logistic regression with a ridge of 1 on every weight but
the first, by Newton's method. The first weight is that of the passages given with --unseen, which nobody read while the
coder was made; the others may have a share of their own, which is not kept. Checked in ten parts of whole passages,
five times. Prints the weights, the scores and the reliability table; it changes no file.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

import detente
from detente.coding import events
from detente.coding.act import Act
from detente.coding.confidence import FACTORS, factors
from detente.score.gold import read_gold
from detente.score.judge import Scores, judge_events
from detente.score.tally import Tally

PARTS, TIMES, RIDGE = 10, 5, 1.0
BINS = (0.0, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0)
STRICT = {"type", "reciprocal", "source", "target"}


class Sample(NamedTuple):
    """One coded event."""

    item: str
    seen: bool  # whether its passage was read while the coder was made
    factors: tuple[float, ...]
    right: bool


def samples(paths: Sequence[str], seen: bool) -> list[Sample]:
    """Code gold and judge every event."""
    noted: list[tuple[float, ...]] = []

    def number(act: Act) -> float:
        noted.append(tuple(factors(act).values()))
        return float(len(noted) - 1)  # the event carries the number of its facts in place of a confidence

    events.confidence = number  # type: ignore[attr-defined]
    coder, found = detente.Coder(), []
    for path in paths:
        for item in read_gold(path):
            record = coder.code(item.text, published=item.published, clean=False)
            findings = list(judge_events(record, item, Scores(Tally)))
            wrong = {one.event for one in findings if one.what == "false" or STRICT & set(one.fields)}
            for event in record.events:
                found.append(Sample(item.id, seen, noted[int(event.confidence or 0)], event.id not in wrong))
    return found


def fitted(data: Sequence[Sample]) -> np.ndarray:
    """The weights, and behind them that of the passages seen before."""
    x = np.array([(*one.factors, float(one.seen)) for one in data])
    y = np.array([one.right for one in data], float)
    ridge = np.diag([0.0] + [RIDGE] * (x.shape[1] - 1))
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - p) - ridge @ weights
        weights += np.linalg.solve((x.T * (p * (1 - p))) @ x + ridge, slope)
    return weights


def chance(data: Sequence[Sample], weights: np.ndarray, as_unseen: bool = False) -> np.ndarray:
    """The confidence of each sample."""
    x = np.array([(*one.factors, 0.0 if as_unseen else float(one.seen)) for one in data])
    return 1 / (1 + np.exp(-x @ weights))


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
    parser.add_argument("gold", nargs="*", help="gold that was read while the coder was made")
    parser.add_argument("--unseen", action="append", default=[], required=True, help="gold that was not")
    args = parser.parse_args()
    data = [*samples(args.gold, True), *samples(args.unseen, False)]
    y = np.array([one.right for one in data], float)
    unseen = np.array([not one.seen for one in data])
    print(f"{len(data)} events, {y.mean():.3f} right; unseen {unseen.sum()}, {y[unseen].mean():.3f} right")
    draw = np.random.default_rng(0)
    rounds = [crossed(data, draw) for _ in range(TIMES)]
    p, again = np.concatenate(rounds), np.tile(y, TIMES)
    only = np.tile(unseen, TIMES)
    print("held-out passages:", scores(p, again), f"AUC {ranking(p, again):.3f}")
    print("  unseen alone:   ", scores(p[only], again[only]), f"AUC {ranking(p[only], again[only]):.3f}")
    share = np.where(unseen, y[unseen].mean(), y[~unseen].mean() if (~unseen).any() else 0)
    print("the share of each set for all:", scores(share, y))
    print("\nheld-out passages of all sets")
    reliability(p, again)
    print("\nheld-out unseen passages")
    reliability(p[only], again[only])
    weights = fitted(data)
    print("\nfactor,weight")
    for name, weight in zip((*FACTORS, "(seen before; not kept)"), weights, strict=True):
        print(f"{name},{weight:.2f}")


if __name__ == "__main__":
    main()
