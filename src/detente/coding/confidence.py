"""How likely an event is right: a share of right codings, learnt from hand-made gold (docs/confidence.md).

Right means strictly right: type, the countries of all parties and reciprocity. A logistic curve over a few facts
about the evidence gives it; the weights stand in confidence.csv and are fitted by evaluation/calibrate.py.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from detente.coding.act import Act
from detente.errors import BadRow
from detente.lexicon.frames import table
from detente.lexicon.tables import DATA
from detente.records import Span

FACTORS: Mapping[str, Callable[[Act, Span], float]] = MappingProxyType(
    {
        "always": lambda act, sentence: 1.0,
        "no doer": lambda act, sentence: float(not act.source),
        "no recipient": lambda act, sentence: float(not (act.target or act.reciprocal)),
        "unknown party": lambda act, sentence: float(
            any(not (m.actor and m.actor.country) for m in act.parties())
        ),
        "elsewhere": lambda act, sentence: float(
            any(not sentence.start <= m.start < sentence.end for m in act.parties())
        ),
        "more than two": lambda act, sentence: float(max(0, len(act.parties()) - 2)),
        "agreed": lambda act, sentence: act.judged.probabilities[act.row.type] if act.judged else 0.0,
    }
)


def confidence(act: Act, sentence: Span) -> float:
    """Return the share of acts with such evidence that were coded rightly, between 0 and 1."""
    told = weights()
    score = sum(told[name] * value for name, value in factors(act, sentence).items())
    return round(1 / (1 + math.exp(-score)), 3)


def factors(act: Act, sentence: Span) -> dict[str, float]:
    """Return what the evidence for an act in its sentence is like, by the names of the table's rows."""
    return {name: value(act, sentence) for name, value in FACTORS.items()}


@cache
def weights() -> Mapping[str, float]:
    """Return the weight of each factor.

    Raises:
        BadRow: the table lacks a factor, or a weight is no number.
    """
    path = DATA / "confidence.csv"
    try:
        found = {
            row["factor"]: float(row["weight"]) for _, row in table(path, ("factor", "weight", "meaning"))
        }
    except ValueError as error:
        raise BadRow(str(error), where=str(path)) from None
    if set(found) != set(FACTORS):
        raise BadRow(f"the factors are {', '.join(FACTORS)}", where=str(path))
    return MappingProxyType(found)
