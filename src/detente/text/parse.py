"""Text to Doc: words, windows, one pass of the encoder, trees and spans.

Windows are whole paragraphs of one text, as many as fit; a paragraph that is too long is cut where a sentence may end.
Nothing but the text decides where they are cut, so a text is always read in the same windows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from types import MappingProxyType
from typing import Any

import numpy as np

from detente.text.doc import Argument, Attribution, Doc, Entity, Frame, Token
from detente.text.encoder import LIMIT, PIECES, Encoder, Output, Window
from detente.text.lemmas import Lemmas
from detente.text.split import Word, after_dateline, words
from detente.text.tree import trees
from detente.text.yields import Yields

ENDS = frozenset('.!?…”"')


@dataclass
class Plan:
    """A text with its words and the windows that it is read in."""

    text: str
    words: list[Word]
    cuts: list[int]  # word indices: where windows begin, and the number of words
    windows: list[Window] = field(default_factory=list)


class Parser:
    """Reads texts with an encoder."""

    def __init__(self, encoder: Encoder) -> None:
        """Take a loaded encoder."""
        self.encoder = encoder
        self._feats = tuple(
            MappingProxyType(dict(pair.split("=") for pair in label.split("|")) if label else {})
            for label in encoder.labels["feats"]
        )
        self._lemmas = Lemmas(encoder.labels["lemma"], encoder.pieces.vocabulary)

    def parse(self, text: str) -> Doc:
        """One text."""
        return next(self.parse_many([text]))

    def parse_many(self, texts: Iterable[str], ahead: int | None = None) -> Iterator[Doc]:
        """Many texts, in order; windows of several texts are under way at a time, of at most ``ahead`` of them."""
        yield from self._read((self._plan(text, words(text)) for text in texts), ahead)

    def parse_words(self, sentences: Iterable[Sequence[str]]) -> Iterator[Doc]:
        """Sentences that are already cut into words: one Doc each, offsets into the words joined by spaces."""
        yield from self._read(self._given(list(sentence)) for sentence in sentences)

    def encode_only(self, texts: Iterable[str]) -> Iterator[Any]:
        """The encoder's vectors of the same windows and nothing else, to measure what the rest costs."""
        windows = (window for text in texts for window in self._plan(text, words(text)).windows)
        for output in self.encoder.run(windows, ["encoded"]):
            yield output["encoded"]

    def _read(self, plans: Iterable[Plan], ahead: int | None = None) -> Iterator[Doc]:
        if ahead is not None:
            rest = iter(plans)
            while batch := list(islice(rest, max(1, ahead))):
                yield from self._read(batch)
            return
        waiting: list[Plan] = []

        def windows() -> Iterator[Window]:
            for plan in plans:
                waiting.append(plan)
                yield from plan.windows

        outputs: list[Output] = []
        for output in self.encoder.run(windows()):
            while not waiting[0].windows:
                yield self._doc(waiting.pop(0), [])
            outputs.append(output)
            if len(outputs) == len(waiting[0].windows):
                yield self._doc(waiting.pop(0), outputs)
                outputs = []
        while waiting:
            yield self._doc(waiting.pop(0), [])

    def _given(self, sentence: list[str]) -> Plan:
        text = " ".join(sentence)
        found, at = [], 0
        for word in sentence:
            found.append(Word(word, at, at + len(word), 0))
            at += len(word) + 1
        plan = Plan(text, found, [0, len(found)] if found else [0])
        if not found:
            return plan
        pieces = self.encoder.pieces(sentence)
        plan.cuts = _cuts(sentence, [min(len(one), PIECES) for one in pieces], [0, len(found)])
        for a, b in zip(plan.cuts, plan.cuts[1:], strict=False):
            starts = np.zeros(b - a, np.int64)
            starts[0] = 1
            plan.windows.append(Window(sentence[a:b], pieces[a:b], frozenset((0,) if a == 0 else ()), starts))
        return plan

    def _plan(self, text: str, found: list[Word]) -> Plan:
        plan = Plan(text, found, [0])
        if not found:
            return plan
        texts = [word.text for word in found]
        pieces = self.encoder.pieces(texts)
        firsts = [at for at, word in enumerate(found) if not at or word.paragraph != found[at - 1].paragraph]
        plan.cuts = _cuts(texts, [min(len(one), PIECES) for one in pieces], [*firsts, len(found)])
        opening = set(firsts)
        bodies = {at for first in firsts if (at := after_dateline(found, first)) is not None}
        for a, b in zip(plan.cuts, plan.cuts[1:], strict=False):
            starts = np.full(b - a, -1, np.int64)
            inside = [at - a for at in range(a, b) if at in opening]
            starts[[0, *inside, *(at - a for at in bodies if a <= at < b)]] = 1
            plan.windows.append(Window(texts[a:b], pieces[a:b], frozenset(inside), starts))
        return plan

    def _doc(self, plan: Plan, outputs: list[Output]) -> Doc:
        sentences: list[tuple[Token, ...]] = []
        acts: list[Frame] = []
        entities: list[Entity] = []
        attributions: list[Attribution] = []
        for a, output in zip(plan.cuts, outputs, strict=False):
            found = plan.words[a : a + len(output["upos"])]
            number = len(sentences)
            self._sentences(found, output, a, sentences)
            acts += frames(output, self.encoder.labels["roles"], a, sentences[number:])
            entities += [
                Entity(label, a + s, a + e)
                for label, s, e in spans(output["names"], self.encoder.labels["names"])
            ]
            attributions += _attributions(found, output, self.encoder.labels["said"])
        return Doc(plan.text, tuple(sentences), tuple(acts), tuple(entities), tuple(attributions))

    def _sentences(
        self, found: list[Word], output: Output, base: int, sentences: list[tuple[Token, ...]]
    ) -> None:
        """Add a window's tokens, sentence by sentence."""
        starts = output["starts"].copy()
        starts[0] = True
        bounds = [*np.flatnonzero(starts).tolist(), len(found)]
        heads, labels = trees(output["arcs"], output["best_heads"], output["best_labels"], bounds)
        deprels, upos = self.encoder.labels["deprel"], self.encoder.labels["upos"]
        root = deprels.index("root")
        feats = [self._feats[one] for one in output["feats"].tolist()]
        tags = [upos[one] for one in output["upos"].tolist()]
        lemmas = [
            self._lemmas(word.text, rule, tag)
            for word, rule, tag in zip(found, output["lemma"].tolist(), tags, strict=True)
        ]
        relations = ["dep" if one == root else deprels[one] for one in labels.tolist()]
        heads = heads.tolist()
        for start, end in pairwise(bounds):
            number = len(sentences)
            sentences.append(
                tuple(
                    Token(
                        word.text,
                        word.start,
                        word.end,
                        lemmas[at],
                        tags[at],
                        feats[at],
                        heads[at] - 1 - start if heads[at] else -1,
                        relations[at] if heads[at] else "root",
                        base + at,
                        number,
                    )
                    for at, word in enumerate(found[start:end], start)
                )
            )


def _cuts(texts: list[str], sizes: list[int], bounds: list[int]) -> list[int]:
    """Where windows begin: paragraph bounds, else after the last word that may end a sentence, else anywhere."""
    cuts, size = [0], 0
    for a, b in pairwise(bounds):
        need = sum(sizes[a:b])
        if size and size + need > LIMIT:
            cuts.append(a)
            size = 0
        if size + need <= LIMIT:
            size += need
            continue
        start = a
        while need > LIMIT:
            stop, size = start, 0
            while size + sizes[stop] <= LIMIT:
                size += sizes[stop]
                stop += 1
            good = next(
                (at for at in range(stop, start + (stop - start) // 2, -1) if texts[at - 1] in ENDS), stop
            )
            cuts.append(good)
            need -= sum(sizes[start:good])
            start = good
        size = need
    return [*cuts, bounds[-1]]


def spans(tags: Any, labels: Sequence[str]) -> list[tuple[str, int, int]]:
    """The labelled stretches of a BIO tagging; I after another label begins a stretch."""
    found: list[tuple[str, int, int]] = []
    for at in np.flatnonzero(tags).tolist():
        mark, _, label = labels[tags[at]].partition("-")
        if mark == "I" and found and found[-1][0] == label and found[-1][2] == at:
            found[-1] = (label, found[-1][1], at + 1)
        else:
            found.append((label, at, at + 1))
    return found


def grouped(pairs: Any, tags: Any, labels: Sequence[str]) -> Iterator[tuple[int, list[tuple[str, int, int]]]]:
    """Anchors with the labelled stretches of the words that each was paired with."""
    if not pairs.shape[1]:
        return
    anchors, places = pairs
    cuts = np.flatnonzero(np.diff(anchors)) + 1
    for rows in np.split(np.arange(len(anchors)), cuts):
        base = int(places[rows[0]])
        yield (
            int(anchors[rows[0]]),
            [(label, base + s, base + e) for label, s, e in spans(tags[rows], labels)],
        )


def role_heads(output: Output, labels: Sequence[str]) -> dict[int, list[tuple[str, int]]]:
    """Every predicate of a window with its roles and the words that head them."""
    anchors, places = output["role_pairs"]
    found: dict[int, list[tuple[str, int]]] = {int(anchor): [] for anchor in dict.fromkeys(anchors.tolist())}
    for at in np.flatnonzero(output["roles"]).tolist():
        found[int(anchors[at])].append((labels[output["roles"][at]][2:], int(places[at])))
    return found


def frames(
    output: Output, labels: Sequence[str], base: int, sentences: Sequence[Sequence[Token]]
) -> Iterator[Frame]:
    """The frames of a window whose first token is ``base`` and whose sentences are the last of ``sentences``."""
    starts: list[int] = [sentence[0].i for sentence in sentences]
    trees: dict[int, Yields] = {}
    for predicate, roles in role_heads(output, labels).items():
        number = bisect_right(starts, base + predicate) - 1
        first = starts[number]
        tree = trees.get(number) or trees.setdefault(number, Yields(sentences[number]))
        inside = [(role, base + word - first) for role, word in roles]
        others = frozenset(word for _, word in inside)
        arguments = []
        for role, word in inside:
            start, end = tree.argument(base + predicate - first, word, role, others - {word})
            arguments.append(Argument(role, first + start, first + end))
        yield Frame(base + predicate, tuple(_once(arguments)))


def _once(arguments: list[Argument]) -> list[Argument]:
    """A numbered role is played once: two stretches of one role that stand side by side are one argument."""
    kept: list[Argument] = []
    for one in sorted(arguments, key=lambda argument: (argument.start, argument.end)):
        before = next((k for k in kept if k.role == one.role and k.end == one.start), None)
        if before is not None and one.role.startswith("ARG") and one.role[3].isdigit():
            kept[kept.index(before)] = Argument(one.role, before.start, one.end)
        else:
            kept.append(one)
    return kept


def _attributions(found: list[Word], output: Output, labels: Sequence[str]) -> Iterator[Attribution]:
    for anchor, parts in grouped(output["said_pairs"], output["said"], labels):
        places: dict[str, list[tuple[int, int]]] = {"source": [], "cue": [], "content": []}
        for role, start, end in parts:
            places[role].append((found[start].start, found[end - 1].end))
        yield Attribution(
            tuple(places["cue"]),
            tuple(places["source"]),
            tuple(places["content"]),
            float(output["cue_scores"][anchor]),
        )
