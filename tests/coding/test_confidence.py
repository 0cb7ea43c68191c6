"""Confidence: between 0 and 1, and lower where the evidence is thinner."""

from __future__ import annotations

import csv

import pytest

from coding.build import coded
from detente.coding.confidence import FACTORS, weights
from detente.lexicon.tables import DATA

NOBODY = "Fiji/PROPN/3/nsubj:pass was=be/AUX/3/aux:pass attacked=attack/VERB/0/root/Tense=Past|VerbForm=Part ./PUNCT/3/punct"  # noqa: E501
UNKNOWN = "Gunmen=gunman/NOUN/2/nsubj attacked=attack/VERB/0/root/Tense=Past|VerbForm=Fin Fiji/PROPN/2/obj ./PUNCT/2/punct"  # noqa: E501
KNOWN = "Canada/PROPN/2/nsubj attacked=attack/VERB/0/root/Tense=Past|VerbForm=Fin Fiji/PROPN/2/obj ./PUNCT/2/punct"
INSIDE = "Canada/PROPN/2/nsubj urged=urge/VERB/0/root/Tense=Past|VerbForm=Fin Peru/PROPN/2/obj to/PART/5/mark attack/VERB/2/xcomp/VerbForm=Inf Fiji/PROPN/5/obj ./PUNCT/2/punct"  # noqa: E501


def confidence_of(sentence: str) -> float:
    """The confidence of the attack."""
    (found,) = [event.confidence for event in coded(sentence)[1] if event.type == "ASSAULT"]
    assert found is not None
    return found


def test_every_factor_has_its_weight_and_meaning() -> None:
    with (DATA / "confidence.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["factor"] for row in rows] == list(FACTORS) == list(weights())
    assert all(row["meaning"] for row in rows)


@pytest.mark.parametrize("factor", ["one-sided", "unknown party", "inside"])
def test_what_weakens_the_evidence_never_raises_confidence(factor: str) -> None:
    assert weights()[factor] < 0


@pytest.mark.parametrize("factor", ["sense", "agreed"])
def test_more_evidence_never_lowers_confidence(factor: str) -> None:
    assert weights()[factor] >= 0


@pytest.mark.parametrize(
    ("better", "worse"),
    [(KNOWN, NOBODY), (KNOWN, UNKNOWN), (KNOWN, INSIDE)],
    ids=["both sides named", "both countries known", "told by itself"],
)
def test_thinner_evidence_is_less_sure(better: str, worse: str) -> None:
    assert 0 < confidence_of(worse) < confidence_of(better) < 1
