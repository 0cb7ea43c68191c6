"""Windows to tensors: the labels of every head, and batches of like length."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import torch
from corpora import EXACT, Window, cut, joined
from torch import Tensor

from detente.terms import TYPES as ALL_TYPES
from detente.text.pieces import SHAPES, Pieces, shape

LIMIT = 224  # word pieces in a window, as in detente.text.encoder
IGNORED = -100
NAMES = ("PER", "ORG", "LOC", "PARTY", "EVENT", "MISC")


def lemma_rule(form: str, lemma: str) -> str:
    """How to make a lemma of a form: case, number of letters to cut, letters to add."""
    low = form.lower()
    keep = lemma != lemma.lower()
    base = form if keep else low
    same = 0
    while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
        same += 1
    return f"{'=' if keep else '-'}{len(base) - same}{lemma[same:]}"


def bio(labels: Iterable[str]) -> list[str]:
    """O, and B- and I- of each label."""
    return ["O", *(f"{mark}-{label}" for label in labels for mark in "BI")]


@dataclass
class Labels:
    """The label lists of every head."""

    lists: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def learn(cls, windows: Iterable[Window]) -> Labels:
        """Collect what the treebanks use; rare features, lemma rules and roles are left out."""
        count = {name: Counter() for name in ("upos", "feats", "lemma", "deprel", "roles")}
        for window in windows:
            count["upos"].update(window.upos or ())
            count["feats"].update(window.feats or ())
            count["deprel"].update(window.deprels or ())
            count["lemma"].update(map(lemma_rule, window.words, window.lemmas or ()))
            count["roles"].update(role for _, args in window.frames or () for role, _, _ in args)
        floor = {"upos": 1, "feats": 4, "lemma": 3, "deprel": 3, "roles": 20}
        lists = {
            name: sorted(key for key, n in found.items() if n >= floor[name]) for name, found in count.items()
        }
        lists["roles"] = bio(lists["roles"])
        lists |= {
            "names": bio(NAMES),
            "said": bio(("source", "cue", "content")),
            "parties": bio("STR"),
            "types": list(ALL_TYPES),
        }
        return cls(lists)

    def __post_init__(self) -> None:
        self.index = {
            name: {label: at for at, label in enumerate(labels)} for name, labels in self.lists.items()
        }

    def sizes(self) -> dict[str, int]:
        """How many labels each head has."""
        return {name: len(labels) for name, labels in self.lists.items()}

    def save(self, path: Path) -> None:
        """Write as JSON."""
        path.write_text(json.dumps(self.lists, ensure_ascii=False, indent=0), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Labels:
        """Read back."""
        return cls(json.loads(path.read_text(encoding="utf-8")))


@dataclass
class Batch:
    """Tensors of some windows; absent labels are None."""

    ids: Tensor
    kinds: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor
    there: Tensor  # [B, W] true where there is a word
    gold: dict[str, Tensor]
    anchors: dict[str, tuple[Tensor, Tensor, Tensor]]  # frames, said: batch number, word, labels [P, W]


def encode(
    windows: list[Window], pieces: Pieces, labels: Labels, cases: random.Random | None = None
) -> Batch:
    """Make a batch; with ``cases``, some windows lose their case by lot."""
    rows = [[piece[:12] for piece in pieces(window.words)] for window in windows]
    size, width = len(windows), max(len(window.words) for window in windows)
    length = max(sum(map(len, row)) for row in rows) + 2
    ids, kinds = torch.zeros(size, length, dtype=torch.long), torch.full((size, length), len(SHAPES) - 1)
    mask, there = torch.zeros(size, length, dtype=torch.bool), torch.zeros(size, width, dtype=torch.bool)
    first, last = torch.zeros(size, width, dtype=torch.long), torch.zeros(size, width, dtype=torch.long)
    for b, (window, row) in enumerate(zip(windows, rows, strict=True)):
        flat, kind, at = [pieces.cls], [len(SHAPES) - 1], 1
        opening = set(window.paragraphs)
        flat_case = None if cases is None or cases.random() > 0.06 else cases.choice((0, 1, 2))
        for w, (word, parts) in enumerate(zip(window.words, row, strict=True)):
            mark = 3 if w in opening else 0
            for number, span in enumerate(window.pair or (), 1):
                mark = number if span[0] <= w < span[1] else mark
            flat += parts
            own = shape(word)
            if flat_case is not None and own <= 4:  # headlines and shouting: case tells nothing
                own = flat_case
            kind += [own + 8 * mark] * len(parts)
            first[b, w], last[b, w] = at, at + len(parts) - 1
            at += len(parts)
        flat.append(pieces.sep)
        kind.append(len(SHAPES) - 1)
        ids[b, : len(flat)], kinds[b, : len(flat)], mask[b, : len(flat)] = (
            torch.tensor(flat),
            torch.tensor(kind),
            True,
        )
        there[b, : len(window.words)] = True
    return Batch(
        ids, kinds, mask, first, last, there, _gold(windows, labels, width), _anchors(windows, labels, width)
    )


def _gold(windows: list[Window], labels: Labels, width: int) -> dict[str, Tensor]:
    """Padded labels of a batch; its windows are of one corpus, so they have the same labels."""
    rows = [_labels(window, labels) for window in windows]
    gold = {
        name: torch.tensor([row[name] + [IGNORED] * (width - len(row[name])) for row in rows])
        for name in rows[0]
    }
    if windows[0].pair is not None:
        gold["relation"] = torch.tensor([EXACT.index(w.relation) if w.relation else IGNORED for w in windows])
        gold["conflict"] = torch.tensor([int(bool(w.conflict)) for w in windows])
    return gold


def _labels(window: Window, labels: Labels) -> dict[str, list[int]]:
    """The label numbers of one window's words."""
    size = len(window.words)
    found: dict[str, list[int]] = {}
    if window.upos is not None:
        rules = list(map(lemma_rule, window.words, window.lemmas))
        own = {"upos": window.upos, "feats": window.feats, "deprel": window.deprels, "lemma": rules}
        found |= {
            name: [labels.index[name].get(one, IGNORED) for one in values] for name, values in own.items()
        }
        found["heads"] = [head + 1 for head in window.heads]
        found["starts"] = _marked(window.starts, size)
        found["sentence"] = _numbers(window)
    if window.frames is not None:
        found["predicates"] = _marked((at for at, _ in window.frames), size)
    if window.attributions is not None:
        found["cues"] = _marked((at for at, _ in window.attributions), size)
    for name, spans in (("names", window.entities), ("parties", window.parties)):
        if spans is not None:
            found[name] = _spans(spans, labels.index[name], size)
    return found


def _marked(places: Iterable[int], size: int) -> list[int]:
    """1 at these places, 0 elsewhere."""
    there = set(places)
    return [int(at in there) for at in range(size)]


def _numbers(window: Window) -> list[int]:
    starts, number, found = set(window.starts or ()), 0, []
    for at in range(len(window.words)):
        number += at in starts
        found.append(number)
    return found


def _spans(spans: Iterable[tuple[str, int, int]], index: dict[str, int], size: int) -> list[int]:
    found = [0] * size
    for label, start, end in spans:
        if f"B-{label}" in index:
            found[start:end] = [index[f"B-{label}"], *[index[f"I-{label}"]] * (end - start - 1)]
    return found


def _tops(window: Window, start: int, end: int) -> list[int]:
    """The word of a stretch that its other words hang on: roles are learnt on it, the tree gives the rest."""
    return [at for at in range(start, end) if not start <= window.heads[at] < end][:1]


def _anchors(windows: list[Window], labels: Labels, width: int) -> dict[str, tuple[Tensor, Tensor, Tensor]]:
    found = {}
    for name, head in (("frames", "roles"), ("attributions", "said")):
        rows, places, tags = [], [], []
        for b, window in enumerate(windows):
            for at, parts in getattr(window, name) or ():
                row = torch.full((width,), IGNORED)
                if name == "frames":
                    parts = [
                        (role, word, word + 1)
                        for role, start, end in parts
                        for word in _tops(window, start, end)
                    ]
                row[: len(window.words)] = torch.tensor(_spans(parts, labels.index[head], len(window.words)))
                if name == "frames":  # an argument stands in its predicate's sentence
                    numbers = _numbers(window)
                    row[: len(window.words)][torch.tensor(numbers) != numbers[at]] = IGNORED
                rows.append(b)
                places.append(at)
                tags.append(row)
        if rows:
            found[head] = (torch.tensor(rows), torch.tensor(places), torch.stack(tags))
    return found


def sentence_windows(documents: list[list[Window]], pieces: Pieces, draw: random.Random) -> Iterator[Window]:
    """Sentences of a treebank alone or in runs, so that the encoder reads both lone sentences and paragraphs."""
    for document in documents:
        at = 0
        while at < len(document):
            limit = draw.choice((1, 1, 80, 150, LIMIT))
            size, run = 0, []
            while at < len(document) and (not run or size + len(document[at].words) * 1.2 < limit):
                run.append(document[at])
                size += int(len(document[at].words) * 1.2)
                at += 1
            whole = joined(run)
            if len(run) == 1 or draw.random() < 0.2:
                whole.paragraphs = sorted({0, *whole.paragraphs})
            yield trimmed(curly(whole) if draw.random() < 0.35 else whole, pieces)


CURLY = {
    "'s": "’s",
    "n't": "n’t",
    "'re": "’re",
    "'ve": "’ve",
    "'ll": "’ll",
    "'m": "’m",
    "'d": "’d",
    "'": "’",
    "--": "—",
}


def curly(window: Window) -> Window:
    """A window in the typography of newspapers, which the treebanks seldom have."""
    opened = False
    found = []
    for word in window.words:
        if word == '"':
            opened = not opened
            found.append("“" if opened else "”")
        else:
            found.append(CURLY.get(word.lower(), word))
    window.words = found
    return window


def article_windows(articles: list[Window], pieces: Pieces, draw: random.Random) -> Iterator[Window]:
    """Articles cut the way the coder cuts them; the first window is shortened by lot, so that cuts vary."""
    for whole in articles:
        lengths = [len(parts) for parts in pieces(whole.words)]
        yield from cut(whole, LIMIT, lengths, draw.choice((0, 0, LIMIT // 3, LIMIT // 2)))


def trimmed(window: Window, pieces: Pieces) -> Window:
    """A window that is too long for the encoder keeps its beginning."""
    total = 0
    for at, parts in enumerate(pieces(window.words)):
        total += min(len(parts), 12)
        if total > 500:
            return joined([_first(window, at)]) if window.heads else window
    return window


def _first(window: Window, size: int) -> Window:
    starts = [at for at in window.starts or (0,) if at < size]
    del starts
    heads = [head if head < size else -1 for head in window.heads[:size]]
    frames = None
    if window.frames is not None:
        frames = [
            (at, [(r, s, min(e, size)) for r, s, e in args if s < size])
            for at, args in window.frames
            if at < size
        ]
    entities = None if window.entities is None else [(n, s, e) for n, s, e in window.entities if e <= size]
    return Window(
        window.words[:size],
        [0],
        [0],
        window.upos[:size],
        window.feats[:size],
        window.lemmas[:size],
        heads,
        window.deprels[:size],
        frames,
        entities,
    )


def packed(windows: Iterable[Window], pieces: Pieces, budget: int, draw: random.Random) -> list[list[Window]]:
    """Batches of windows of like length, of about ``budget`` pieces with their padding."""
    sized = [
        (sum(min(len(p), 12) for p in pieces(window.words)) + 2, window) for window in windows if window.words
    ]
    draw.shuffle(sized)
    found = []
    for at in range(0, len(sized), 400):
        batch: list[Window] = []
        widest = 0
        for size, window in sorted(sized[at : at + 400], key=lambda one: one[0]):
            if batch and max(widest, size) * (len(batch) + 1) > budget:
                found.append(batch)
                batch, widest = [], 0
            batch.append(window)
            widest = max(widest, size)
        found.append(batch)
    draw.shuffle(found)
    return found
