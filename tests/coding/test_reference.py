"""Whom a pronoun stands for."""

from __future__ import annotations

import pytest

from coding.build import coded, shown

MET = "Angela/PROPN/3/nsubj Merkel/PROPN/1/flat met=meet/VERB/0/root/Tense=Past|VerbForm=Fin Donald/PROPN/3/obj Trump/PROPN/4/flat ./PUNCT/3/punct"  # noqa: E501
CONDEMNED = (
    "{}/PRON/2/nsubj condemned=condemn/VERB/0/root/Tense=Past|VerbForm=Fin Fiji/PROPN/2/obj ./PUNCT/2/punct"
)


@pytest.mark.parametrize(("pronoun", "name"), [("She=she", "Angela Merkel"), ("He=he", "Donald Trump")])
def test_she_and_he_are_told_apart_by_the_forename(pronoun: str, name: str) -> None:
    lines = [shown(event) for event in coded(MET, CONDEMNED.format(pronoun), published="2018-05-16")[1]]
    assert f"ACCUSE condemned: {name} > Fiji, occurred" in lines
