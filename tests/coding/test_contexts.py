"""What each act of a sentence is about, on trees drawn by hand."""

from __future__ import annotations

import pytest

from coding.build import coded

URGED = "Norway/PROPN/2/nsubj urged=urge/VERB/0/root/Tense=Past|VerbForm=Fin Peru/PROPN/2/obj to/PART/5/mark free/VERB/2/xcomp/VerbForm=Inf two/NUM/7/nummod nurses=nurse/NOUN/5/obj from/ADP/10/case a/DET/10/det hospital/NOUN/7/nmod ./PUNCT/2/punct"  # noqa: E501
BESIDE = "Canada/PROPN/2/nsubj bombed=bomb/VERB/0/root/Tense=Past|VerbForm=Fin a/DET/4/det mosque/NOUN/2/obj in/ADP/6/case Fiji/PROPN/4/nmod and/CCONJ/8/cc condemned=condemn/VERB/2/conj/Tense=Past|VerbForm=Fin Samoa/PROPN/8/obj over/ADP/11/case corruption/NOUN/8/obl ./PUNCT/2/punct"  # noqa: E501
AFTER = "Canada/PROPN/2/nsubj condemned=condemn/VERB/0/root/Tense=Past|VerbForm=Fin Samoa/PROPN/2/obj after/ADP/5/case talks=talk/NOUN/2/obl with/ADP/7/case Fiji/PROPN/5/nmod on/ADP/9/case cocaine/NOUN/5/nmod ./PUNCT/2/punct"  # noqa: E501
WHO = "Chad/PROPN/9/nsubj ,/PUNCT/4/punct which/PRON/4/nsubj exports=export/VERB/1/acl:relcl/Tense=Pres|VerbForm=Fin oil/NOUN/4/obj ,/PUNCT/4/punct on/ADP/8/case Monday/PROPN/9/obl condemned=condemn/VERB/0/root/Tense=Past|VerbForm=Fin Kenya/PROPN/9/obj ./PUNCT/9/punct"  # noqa: E501
HACKED = (
    "Canada/PROPN/2/nsubj hacked=hack/VERB/0/root/Tense=Past|VerbForm=Fin Fiji/PROPN/2/obj ./PUNCT/2/punct"
)
NOTHING = "Canada/PROPN/2/nsubj condemned=condemn/VERB/0/root/Tense=Past|VerbForm=Fin Fiji/PROPN/2/obj ./PUNCT/2/punct"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(
            URGED, [("urged", ("health",)), ("free", ("health",))], id="a demand is about what is demanded"
        ),
        pytest.param(
            BESIDE,
            [("bombed", ("religion_ethnicity",)), ("condemned", ("corruption",))],
            id="coordinated acts keep their own matters",
        ),
        pytest.param(
            AFTER,
            [("condemned", ()), ("talks", ("illegal_drugs",))],
            id="an act told beside another does not lend it its matter",
        ),
        pytest.param(WHO, [("condemned", ())], id="what is told of a party is not what the act is about"),
        pytest.param(HACKED, [("hacked", ("cyber",))], id="hacking"),
        pytest.param(NOTHING, [("condemned", ())], id="no word, no context"),
    ],
)
def test_contexts_belong_to_their_act(sentence: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    found = [(event.trigger.text, event.contexts) for event in coded(sentence)[1]]
    assert [pair for pair in found if pair[0] in dict(expected)] == expected
