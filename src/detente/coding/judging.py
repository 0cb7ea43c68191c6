"""What the model makes of an act that the lexicon found: it is asked for the relation between the act's two parties.

The lexicon decides. Where the two disagree, it was right about the type 19 times of 20 (docs/confidence.md), because
the model judges what a whole sentence says between two parties, and a sentence may tell several acts. But where they
agree, the act is the surer: the share that the model gives the type is one of the facts behind the confidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from detente.coding.act import Act
from detente.coding.tree import Tree
from detente.text.relate import Offsets, Pair, Relation

Judge = Callable[[Sequence[Pair]], Sequence[Relation]]


def judge(acts: Sequence[Act], tree: Tree, asked: Judge) -> None:
    """Give every act that names two parties in its own sentence the model's judgement of them."""
    pairs = [(act, pair) for act in acts if (pair := _pair(act, tree))]
    for (act, _), relation in zip(pairs, asked([pair for _, pair in pairs]), strict=True):
        act.judged = relation


def _pair(act: Act, tree: Tree) -> Pair | None:
    """The sentence with its first doer and its first recipient; None for acts told inside others, which the model
    does not look into."""
    sides = act.source[:2] if act.reciprocal else (*act.source[:1], *act.target[:1])
    if act.carrier is not None or len(sides) < 2:
        return None
    sentence = tree.doc.sentences[tree.tokens[act.i].sent]
    start, end = sentence[0].start, sentence[-1].end
    if any(side.start < start or side.end > end for side in sides):
        return None
    places: list[Offsets] = [(side.start - start, side.end - start) for side in sides]
    return tree.doc.text[start:end], places[0], places[1]


def verdict(act: Act) -> str:
    """How the judgement is told in an event's `why`; empty where the model was not asked."""
    if act.judged is None:
        return ""
    best, share = act.judged.type, act.judged.probabilities[act.judged.type]
    if best == act.row.type:
        return f"the model agrees ({share:.2f})"
    return f"the model reads {best} ({share:.2f}), the lexicon decides"
