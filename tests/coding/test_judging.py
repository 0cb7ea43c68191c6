"""The model's second opinion on an act: who is asked about, how it is told, what it does to confidence."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from coding.build import coded
from detente.coding.judging import Judge
from detente.terms import QUAD, TYPES
from detente.text.relate import Pair, Relation

ATTACK = "Canada/PROPN/2/nsubj attacked=attack/VERB/0/root/Tense=Past|VerbForm=Fin Fiji/PROPN/2/obj ./PUNCT/2/punct"
NOBODY = "Fiji/PROPN/3/nsubj:pass was=be/AUX/3/aux:pass attacked=attack/VERB/0/root/Tense=Past|VerbForm=Part ./PUNCT/3/punct"  # noqa: E501
INSIDE = "Canada/PROPN/2/nsubj urged=urge/VERB/0/root/Tense=Past|VerbForm=Fin Peru/PROPN/2/obj to/PART/5/mark attack/VERB/2/xcomp/VerbForm=Inf Fiji/PROPN/5/obj ./PUNCT/2/punct"  # noqa: E501


def judge(type_: str, share: float, heard: list[Pair] | None = None) -> Judge:
    """A judge that gives one type this share and the others the rest; what it is asked is put into ``heard``."""
    shares = {name: share if name == type_ else (1 - share) / 15 for name in TYPES}

    def answer(pairs: Sequence[Pair]) -> list[Relation]:
        if heard is not None:
            heard.extend(pairs)
        return [Relation(type_, QUAD[type_], shares) for _ in pairs]

    return answer


def test_the_model_is_asked_for_both_parties_where_the_sentence_names_them() -> None:
    heard: list[Pair] = []
    coded(
        "It/PRON/2/nsubj rained=rain/VERB/0/root ./PUNCT/2/punct", ATTACK, asked=judge("ASSAULT", 0.9, heard)
    )
    assert heard == [("Canada attacked Fiji.", (0, 6), (16, 20))]


@pytest.mark.parametrize("sentence", [NOBODY, INSIDE], ids=["one side unnamed", "told inside another act"])
def test_the_model_is_not_asked_for_what_it_cannot_judge(sentence: str) -> None:
    heard: list[Pair] = []
    _, events = coded(sentence, asked=judge("ASSAULT", 0.9, heard))
    (attack,) = [event for event in events if event.type == "ASSAULT"]
    assert "the model" not in (attack.why or "")
    assert all(pair[1:] != ((0, 6), (22, 26)) for pair in heard)


def test_agreement_raises_confidence_and_is_told() -> None:
    (doubted,), (backed,) = (
        coded(ATTACK, asked=judge("AID", 0.9))[1],
        coded(ATTACK, asked=judge("ASSAULT", 0.9))[1],
    )
    assert (doubted.confidence or 0) < (backed.confidence or 0)
    assert "the model agrees (0.90)" in (backed.why or "")


def test_where_they_disagree_the_lexicon_decides() -> None:
    (event,) = coded(ATTACK, asked=judge("AID", 0.99))[1]
    assert event.type == "ASSAULT"
    assert "the model reads AID (0.99), the lexicon decides" in (event.why or "")
