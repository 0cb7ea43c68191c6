"""The relation that a sentence states between two of its spans, in PLOVER terms.

The pair is marked in the encoder's input and the sentence is read once for every pair; a network trained on pairs
judged by people (docs/model.md) gives a probability for each of the sixteen types.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from detente.errors import UsageError
from detente.terms import QUAD
from detente.text.encoder import LIMIT, PIECES, Encoder, Window
from detente.text.split import Word, words

Offsets = tuple[int, int]
Pair = tuple[str, Offsets | None, Offsets | None]


@dataclass(frozen=True, slots=True)
class Relation:
    """What a sentence says that the source does to the target."""

    type: str  # the most probable of the sixteen PLOVER types
    quad: int  # 1-4, the quad with the greatest probability
    probabilities: Mapping[str, float]  # by type, most probable first; they sum to 1


def relate(encoder: Encoder, pairs: Iterable[Pair]) -> Iterator[Relation]:
    """Judge (sentence, source, target) triples; offsets are into the sentence, half open, None where unnamed.

    Raises:
        UsageError: offsets outside the sentence, or around no word.
    """
    types = encoder.labels["types"]
    for output in encoder.run((_window(encoder, *pair) for pair in pairs), ["types"]):
        shares = output["types"].astype(np.float64)
        shares /= shares.sum()
        order = np.argsort(-shares, kind="stable").tolist()
        probabilities = {types[at]: float(shares[at]) for at in order}
        quads = [
            sum(share for name, share in probabilities.items() if QUAD[name] == quad) for quad in (1, 2, 3, 4)
        ]
        yield Relation(types[order[0]], 1 + int(np.argmax(quads)), probabilities)


def _window(encoder: Encoder, sentence: str, source: Offsets | None, target: Offsets | None) -> Window:
    found = words(sentence)
    spans = [_words(sentence, found, span, side) for side, span in (("source", source), ("target", target))]
    pieces = encoder.pieces([word.text for word in found])
    sizes = [min(len(one), PIECES) for one in pieces]
    a, b = _around(sizes, [span for span in spans if span])
    inside = [(max(s, a) - a, min(e, b) - a) if span else None for span in spans for s, e in [span or (0, 0)]]
    starts = np.full(b - a, -1, np.int64)
    starts[0] = 1
    opening = frozenset((0,) if a == 0 else ())
    texts = [word.text for word in found[a:b]]
    return Window(texts, pieces[a:b], opening, starts, (inside[0], inside[1]))


def _words(sentence: str, found: list[Word], span: Offsets | None, side: str) -> Offsets | None:
    """The words that a span touches."""
    if span is None:
        return None
    at = [i for i, word in enumerate(found) if word.start < span[1] and word.end > span[0]]
    if not 0 <= span[0] < span[1] <= len(sentence) or not at:
        raise UsageError(
            f"the {side} at {tuple(span)} is not a stretch of words in a sentence of {len(sentence)} characters",
            advice="Give character offsets (start, end) into the sentence, half open, or None for an unnamed side.",
        )
    return at[0], at[-1] + 1


def _around(sizes: list[int], spans: list[Offsets]) -> Offsets:
    """The stretch of words that fits into a window and holds the spans, or at least the first of them."""
    if sum(sizes) <= LIMIT:
        return 0, len(sizes)
    a = min((span[0] for span in spans), default=0)
    b, room = a, LIMIT
    while b < len(sizes) and sizes[b] <= room:
        room -= sizes[b]
        b += 1
    while a > 0 and sizes[a - 1] <= room:
        a -= 1
        room -= sizes[a]
    return a, b
