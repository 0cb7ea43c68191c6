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


@pytest.mark.parametrize("factor", ["no doer", "no recipient", "unknown party", "elsewhere", "more than two"])
def test_what_weakens_the_evidence_never_raises_confidence(factor: str) -> None:
    assert weights()[factor] < 0


def test_what_the_model_agrees_with_is_no_less_sure() -> None:
    assert weights()["agreed"] >= 0


@pytest.mark.parametrize(
    ("better", "worse"),
    [(KNOWN, NOBODY), (KNOWN, UNKNOWN)],
    ids=["both sides named", "both countries known"],
)
def test_thinner_evidence_is_less_sure(better: str, worse: str) -> None:
    assert 0 < confidence_of(worse) < confidence_of(better) < 1
