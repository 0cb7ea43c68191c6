"""Learn which lines date and sign a story, and measure the whole reader of plain text on pages new to all its parts.

    DETENTE_DATA=… python training/lines_signed.py FOLDER    learn both choices anew beside the network that is there

FOLDER holds the networks of the folds, `lines0.npz` and so on, as `training/lines.py` leaves them; no torch is needed.
The candidates of a page are taken with the line model of a fold that has not seen the page: on pages it was trained on
the model is surer than it will ever be again.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from line_pages import FOLDS, Array, day_printed, fold, plain, runs, scrapes

from detente.errors import DetenteError
from detente.read import clean, dated, judged, linemodel, read_text, signed

PENALTY = 20.0
"""Weight of the squares of the standardised weights."""
TARGET = Path(__file__).parents[1] / "src/detente/read/data/lines.npz"
SHAPES = ("block", "broken", "cropped")
MEASURES = ("P", "R", "headline", "right", "wrong", "none", "printed", "authors", "named right")


class Candidates(NamedTuple):
    """The lines of one page that may date or sign it, and which of them do; None where the gold doesn't say."""

    fold: int
    days: list[list[float]]
    dated: list[bool] | None
    names: list[list[float]]
    signing: list[bool] | None


def candidates(story: Mapping[str, Any], weights: dict[str, Array]) -> Candidates:
    """The candidates of a page, with the weights of a fold that has not seen it."""
    lines = [linemodel.clipped(line.text) for line in clean._cut(story["raw"]) if line.text]
    if not lines:
        return Candidates(fold(dict(story)), [], None, [], None)
    logits = linemodel.judge(lines, weights)
    tidy = clean._is_clean(lines, logits[:, 0].tolist())
    body = clean._body(lines, logits[:, 0].tolist(), tidy)
    head = clean._headline(lines, logits[:, 1].tolist(), body, tidy)
    page = judged.Around(lines, logits.tolist(), [at for at in body if at != head], head)
    days, names = dated.days(page), signed.names(page)
    writers = authors(story)
    gold = (story["date"] or "")[:10]
    return Candidates(
        fold(dict(story)),
        dated.day_rows(page, days),
        [one.day.isoformat() == gold for one in days] if gold else None,
        signed.name_rows(page, names),
        [any(name in " | ".join(map(plain, one.names)) for name in writers) for one in names]
        if writers
        else None,
    )


def authors(story: Mapping[str, Any]) -> list[str]:
    """The gold authors, words only."""
    return [name for name in map(plain, re.split(r",|;|\band\b", story["authors"] or "")) if name]


def choice(found: Iterable[Candidates]) -> dict[str, Array]:
    """The weights of `signed.choose` learnt from candidates."""
    every = list(found)
    days = [
        (row, hit)
        for one in every
        if one.dated is not None
        for row, hit in zip(one.days, one.dated, strict=True)
    ]
    names = [
        (row, hit)
        for one in every
        if one.signing is not None
        for row, hit in zip(one.names, one.signing, strict=True)
    ]
    return _fitted("dated", days) | _fitted("signed", names)


def _fitted(name: str, examples: list[tuple[list[float], bool]]) -> dict[str, Array]:
    """Logistic regression by Newton's method on standardised columns, given back for columns as they are."""
    rows = np.array([row for row, _ in examples])
    hits = np.array([hit for _, hit in examples], float)
    mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6)
    full = np.concatenate([(rows - mean) / scale, np.ones((len(rows), 1))], axis=1)
    ridge = np.diag([*np.full(rows.shape[1], PENALTY), 1e-9])
    found = np.zeros(full.shape[1])
    for _ in range(25):
        odds = 1 / (1 + np.exp(-np.clip(full @ found, -30, 30)))
        slope = full.T @ (odds - hits) + ridge @ found
        curve = (full * (odds * (1 - odds))[:, None]).T @ full + ridge
        found -= np.linalg.solve(curve, slope)
    weights = found[:-1] / scale
    bias = found[-1] - float(weights @ mean)
    return {f"{name}.weight": weights.astype(np.float32), f"{name}.bias": np.array([bias], np.float32)}


def measured(story: Mapping[str, Any]) -> dict[str, float]:
    """Every measure of one page read with the weights that are set; what its gold doesn't say is left out."""
    try:
        found = read_text(story["raw"])
    except DetenteError:
        found = None
    wanted, given = runs(story["body"]), runs(found.text if found else "")
    both = (wanted & given).total()
    out: dict[str, float] = {"R": both / wanted.total()} if wanted else {}
    out |= {"P": both / given.total()} if given else {}
    if story["title"]:
        out["headline"] = plain(found.headline or "" if found else "") == plain(story["title"])
    if story["date"]:
        day, gold = (found.published or "")[:10] if found else "", story["date"][:10]
        out |= {"right": day == gold, "wrong": day not in ("", gold), "none": not day}
        form = day_printed(gold)
        if form and form.search(story["raw"]):
            out["printed"] = day == gold
    writers = authors(story)
    if writers:
        signers = [*map(plain, found.byline), plain(found.agency or "")] if found else []
        out["authors"] = sum(name in " | ".join(signers) for name in writers) / len(writers)
        named = [signer for signer in signers if signer]
        if named:
            out["named right"] = sum(any(name in one for name in writers) for one in named) / len(named)
    return out


def use(weights: dict[str, Array]) -> None:
    """Let the reader work with other weights than its own."""
    linemodel.learned = lambda: weights  # type: ignore[assignment]


def report(rows: Mapping[tuple[str, str], list[dict[str, float]]]) -> None:
    """Print a row for each group of pages and shape: means over pages, F1 of the means."""
    print(f"{'':12}{'':9}{'pages':>6}{'F1':>7}", *(f"{name:>9}" for name in MEASURES))
    for group, shape in sorted(rows, key=lambda key: (key[0] == "all", key[0], SHAPES.index(key[1]))):
        pages = rows[group, shape]
        means = {}
        for name in MEASURES:
            there = [page[name] for page in pages if name in page]
            means[name] = 100 * sum(there) / len(there) if there else float("nan")
        both = 2 * means["P"] * means["R"] / (means["P"] + means["R"])
        print(
            f"{group:12}{shape:9}{len(pages):6}{both:7.1f}",
            *(f"{means[name]:9.1f}" for name in MEASURES),
            flush=True,
        )


def grouped(stories: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], list[dict[str, float]]]:
    """The measures of pages by set and shape."""
    rows: dict[tuple[str, str], list[dict[str, float]]] = defaultdict(list)
    for story in stories:
        found = measured(story)
        for group in (f"fold {fold(dict(story))}", story["id"].partition("/")[0], "all"):
            rows[group, story["variant"]].append(found)
    return rows


def main() -> None:
    """Put newly learnt choices beside the network in `lines.npz`."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("keep", type=Path, help="folder with the networks of the folds")
    folder = parser.parse_args().keep
    nets = {}
    for part in range(FOLDS):
        if (path := folder / f"lines{part}.npz").exists():
            with np.load(path) as arrays:
                nets[part] = linemodel.unpacked({name: arrays[name] for name in arrays.files})
    mine = [story for story in scrapes() if fold(story) in nets]
    learnt = choice(candidates(story, nets[fold(story)]) for story in mine)
    with np.load(TARGET) as arrays:
        there = {name: arrays[name] for name in arrays.files}
    np.savez_compressed(TARGET, **(there | learnt))
    print(f"{TARGET}: learnt from {len(mine)} pages of {len(nets)} folds")


if __name__ == "__main__":
    main()
