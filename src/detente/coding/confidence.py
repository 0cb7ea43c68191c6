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
from detente.coding.senses import specificity
from detente.errors import BadRow
from detente.lexicon.frames import table
from detente.lexicon.tables import DATA

FACTORS: Mapping[str, Callable[[Act], float]] = MappingProxyType(
    {
        "always": lambda act: 1.0,
        "sense": lambda act: specificity(act.row, act.roles),
        "one-sided": lambda act: float(not (act.reciprocal or (act.source and act.target))),
        "unknown party": lambda act: float(any(not (m.actor and m.actor.country) for m in act.parties())),
        "inside": lambda act: float(act.carrier is not None),
        "agreed": lambda act: act.judged.probabilities[act.row.type] if act.judged else 0.0,
    }
)


def confidence(act: Act) -> float:
    """Return the share of acts with such evidence that were coded rightly, between 0 and 1."""
    told = weights()
    score = sum(told[name] * value for name, value in factors(act).items())
    return round(1 / (1 + math.exp(-score)), 3)


def factors(act: Act) -> dict[str, float]:
    """Return what the evidence for an act is like, by the names of the table's rows."""
    return {name: value(act) for name, value in FACTORS.items()}


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
