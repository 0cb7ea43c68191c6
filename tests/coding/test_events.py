"""Acts, parties, reciprocity and status, on trees drawn by hand."""

from __future__ import annotations

import pytest

from coding.build import coded, events_of

PASSIVE = "The/DET/2/det envoy/NOUN/4/nsubj:pass was=be/AUX/4/aux:pass expelled=expel/VERB/0/root/Tense=Past|VerbForm=Part by/ADP/6/case Chad/PROPN/4/obl:agent on/ADP/8/case Monday/PROPN/4/obl ./PUNCT/4/punct"  # noqa: E501
URGED = "Norway/PROPN/2/nsubj urged=urge/VERB/0/root/Tense=Past|VerbForm=Fin Peru/PROPN/2/obj to/PART/5/mark release/VERB/2/xcomp/VerbForm=Inf the/DET/8/det Kenyan/ADJ/8/amod sailors=sailor/NOUN/5/obj ./PUNCT/2/punct"  # noqa: E501
AGREED = "Norway/PROPN/2/nsubj agreed=agree/VERB/0/root/Tense=Past|VerbForm=Fin to/PART/4/mark hold/VERB/2/xcomp/VerbForm=Inf talks=talk/NOUN/4/obj with/ADP/7/case Peru/PROPN/4/obl ./PUNCT/2/punct"  # noqa: E501
RELATIVE = "Chad/PROPN/9/nsubj ,/PUNCT/4/punct which/PRON/4/nsubj invaded=invade/VERB/1/acl:relcl/Tense=Past|VerbForm=Fin Sudan/PROPN/4/obj in/ADP/7/case 2006/NUM/4/obl ,/PUNCT/4/punct condemned=condemn/VERB/0/root/Tense=Past|VerbForm=Fin Kenya/PROPN/9/obj ./PUNCT/9/punct"  # noqa: E501
REFUSED = "Bulgaria/PROPN/2/nsubj refused=refuse/VERB/0/root/Tense=Past|VerbForm=Fin to/PART/4/mark lift/VERB/2/xcomp/VerbForm=Inf the/DET/6/det embargo/NOUN/4/obj on/ADP/8/case Latvia/PROPN/6/nmod ./PUNCT/2/punct"  # noqa: E501
IMPOSED = "Canada/PROPN/2/nsubj imposed=impose/VERB/0/root/Tense=Past|VerbForm=Fin sanctions=sanction/NOUN/2/obj on/ADP/5/case Fiji/PROPN/2/obl ./PUNCT/2/punct"  # noqa: E501
SHARED = "Canada/PROPN/2/nsubj bombed=bomb/VERB/0/root/Tense=Past|VerbForm=Fin Fiji/PROPN/2/obj on/ADP/5/case Monday/PROPN/2/obl and/CCONJ/7/cc condemned=condemn/VERB/2/conj/Tense=Past|VerbForm=Fin Samoa/PROPN/7/obj ./PUNCT/2/punct"  # noqa: E501
NEGATED = "Canada/PROPN/4/nsubj did=do/AUX/4/aux n't=not/PART/4/advmod bomb/VERB/0/root/VerbForm=Inf Fiji/PROPN/4/obj ./PUNCT/4/punct"  # noqa: E501
WILL = "Canada/PROPN/3/nsubj will/AUX/3/aux visit/VERB/0/root/VerbForm=Inf Fiji/PROPN/3/obj ./PUNCT/3/punct"
MIGHT = "Canada/PROPN/3/nsubj might/AUX/3/aux bomb/VERB/0/root/VerbForm=Inf Fiji/PROPN/3/obj ./PUNCT/3/punct"
STILL = "Canada/PROPN/4/nsubj is=be/AUX/4/aux still/ADV/4/advmod bombing=bomb/VERB/0/root/Tense=Pres|VerbForm=Part Fiji/PROPN/4/obj ./PUNCT/4/punct"  # noqa: E501
JETS = "Israeli/ADJ/2/amod jets=jet/NOUN/3/nsubj bombed=bomb/VERB/0/root/Tense=Past|VerbForm=Fin Egypt/PROPN/3/obj ./PUNCT/3/punct"  # noqa: E501
TROOPS = "Indian/ADJ/4/amod and/CCONJ/3/cc Pakistani/ADJ/1/conj troops=troop/NOUN/5/nsubj fought=fight/VERB/0/root/Tense=Past|VerbForm=Fin in/ADP/7/case Kashmir/PROPN/5/obl ./PUNCT/5/punct"  # noqa: E501
ANNEXED = "The/DET/2/det annexation/NOUN/6/nsubj of/ADP/4/case Samoa/PROPN/2/nmod angered=anger/VERB/0/root/Tense=Past|VerbForm=Fin voters=voter/NOUN/5/obj ./PUNCT/5/punct"  # noqa: E501
MATCH = "Germany/PROPN/2/nsubj bombarded=bombard/VERB/0/root/Tense=Past|VerbForm=Fin Brazil/PROPN/2/obj in/ADP/6/case the/DET/6/det match/NOUN/2/obl for/ADP/9/case the/DET/9/det championship/NOUN/6/nmod ./PUNCT/2/punct"  # noqa: E501
DENIED = "Rwanda/PROPN/2/nsubj denied=deny/VERB/0/root/Tense=Past|VerbForm=Fin bombing=bomb/VERB/2/xcomp/VerbForm=Ger Uganda/PROPN/3/obj ./PUNCT/2/punct"  # noqa: E501

TALKS = "Chad/PROPN/2/nsubj holds=hold/VERB/0/root/Tense=Pres|VerbForm=Fin talks=talk/VERB/2/obj with/ADP/5/case Niger/PROPN/2/conj ./PUNCT/2/punct"  # noqa: E501
SEPARATE = "Chad/PROPN/2/nsubj held=hold/VERB/0/root/Tense=Past|VerbForm=Fin separate/ADJ/4/amod talks=talk/NOUN/2/parataxis with/ADP/6/case Niger/PROPN/2/obl ./PUNCT/2/punct"  # noqa: E501
DOZENS = "Chad/PROPN/2/nsubj released=release/VERB/0/root/Tense=Past|VerbForm=Fin dozens/NOUN/2/obj of/ADP/6/case Libyan/ADJ/6/amod prisoners=prisoner/NOUN/3/nmod ./PUNCT/2/punct"  # noqa: E501
LETTER = "Chad/PROPN/2/nsubj sent=send/VERB/0/root/Tense=Past|VerbForm=Fin a/DET/4/det letter/NOUN/2/obj accusing=accuse/VERB/4/acl/VerbForm=Ger Libya/PROPN/5/obj of/ADP/8/case theft/NOUN/5/obl ./PUNCT/2/punct"  # noqa: E501


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(PASSIVE, ["SANCTION expelled: Chad > envoy, occurred"], id="passive with its doer"),
        pytest.param(
            URGED,
            ["REQUEST urged: Norway > Peru, occurred", "RETREAT release: Peru > Kenyan sailors, sought"],
            id="the one urged does the act in the infinitive",
        ),
        pytest.param(
            AGREED,
            ["AGREE agreed: Norway > Peru, occurred", "CONSULT talks: Norway+Peru <>, planned"],
            id="an agreement carries planned talks and learns its recipient from them",
        ),
        pytest.param(
            RELATIVE,
            ["ASSAULT invaded: Chad > Sudan, occurred (old)", "ACCUSE condemned: Chad > Kenya, occurred"],
            id="a relative clause takes its noun as subject, a year makes it background",
        ),
        pytest.param(
            REFUSED,
            ["REJECT refused: Bulgaria > Latvia, occurred", "CONCEDE lift: Bulgaria > Latvia, denied"],
            id="what is refused is denied, and the embargo is not opened",
        ),
        pytest.param(
            IMPOSED,
            ["SANCTION sanctions: Canada > Fiji, occurred"],
            id="a light verb leaves the act to its noun",
        ),
        pytest.param(
            SHARED,
            ["ASSAULT bombed: Canada > Fiji, occurred", "ACCUSE condemned: Canada > Samoa, occurred"],
            id="coordinated verbs share their subject",
        ),
        pytest.param(NEGATED, ["ASSAULT bomb: Canada > Fiji, denied"], id="negation"),
        pytest.param(WILL, ["CONSULT visit: Canada > Fiji, planned"], id="will"),
        pytest.param(MIGHT, ["ASSAULT bomb: Canada > Fiji, possible"], id="might"),
        pytest.param(STILL, ["ASSAULT bombing: Canada > Fiji, ongoing"], id="still under way"),
        pytest.param(
            JETS, ["ASSAULT bombed: Israeli jets > Egypt, occurred"], id="an agent noun with a nationality"
        ),
        pytest.param(
            TROOPS,
            ["ASSAULT fought: Indian+Pakistani troops <>, occurred"],
            id="two nationalities share a head",
        ),
        pytest.param(
            ANNEXED, ["COERCE annexation: > Samoa, occurred"], id="a noun names the act, its doer is unknown"
        ),
        pytest.param(MATCH, [], id="sport in the words of war"),
        pytest.param(TALKS, ["CONSULT talks: Chad+Niger <>, occurred"], id="a noun that was read as a verb"),
        pytest.param(SEPARATE, ["CONSULT talks: Chad+Niger <>, occurred"], id="an object read as a clause"),
        pytest.param(
            DOZENS, ["RETREAT released: Chad > Libyan prisoners, occurred"], id="what a number counts"
        ),
        pytest.param(
            LETTER, ["ACCUSE accusing: Chad > Libya, occurred"], id="a letter does what its author does"
        ),
        pytest.param(DENIED, ["ASSAULT bombing: Rwanda > Uganda, denied"], id="what is denied"),
    ],
)
def test_an_act_is_read_off_its_tree(sentence: str, expected: list[str]) -> None:
    """The lines are type, trigger, parties and status."""
    assert [line.replace(":  >", ": >") for line in events_of(sentence)] == expected


def test_coordinated_acts_of_one_doer_share_the_date() -> None:
    """The second verb has no date of its own."""
    assert [event.date for event in coded(SHARED)[1]] == ["2012-05-14", "2012-05-14"]


def test_the_doer_as_accuser_of_itself_is_not_coded_twice() -> None:
    """Two identical sentences tell one act."""
    assert len(coded(IMPOSED, IMPOSED)[1]) == 1


def test_every_span_is_the_text_it_says() -> None:
    """Offsets hold across sentences."""
    statements, events = coded(PASSIVE, URGED, DENIED)
    text = " ".join("".join(part) for part in [events[0].sentence.text])
    assert text.startswith("The envoy")
    for event in events:
        for mention in (*event.source, *event.target):
            assert mention.end - mention.start == len(mention.text)
    assert all(span.end - span.start == len(span.text) for s in statements for span in s.content)


def test_no_tokens_give_no_record() -> None:
    """An empty text is no error."""
    assert coded() == ((), ())
