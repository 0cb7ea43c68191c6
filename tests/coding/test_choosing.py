"""What the trees show and what the model read, made one list of sayings: on hand-built Docs, no model needed."""

from __future__ import annotations

import pytest

from coding.build import doc, unsure
from detente import ids
from detente.coding import code_doc
from detente.coding.layouts import labelled
from detente.lexicon import Lexicon
from detente.records import Actor, Statement, Story
from detente.text.doc import Attribution, Entity

SAID = (
    "“/PUNCT/3/punct We/PRON/3/nsubj stay=stay/VERB/7/ccomp ,/PUNCT/3/punct ”/PUNCT/3/punct Kagame/PROPN/7/nsubj "
    "said=say/VERB/0/root/Tense=Past ./PUNCT/7/punct"
)
QUOTED = (
    "“/PUNCT/4/punct Nobody/PRON/4/nsubj will/AUX/4/aux leave/VERB/0/root ./PUNCT/4/punct ”/PUNCT/4/punct"
)
NOTED = (
    "Lima/PROPN/2/nsubj mentioned=mention/VERB/0/root the/DET/5/det bad/ADJ/5/amod harvests=harvest/NOUN/2/obj "
    "./PUNCT/2/punct"
)
URGED = (
    "Lima/PROPN/2/nsubj urged=urge/VERB/0/root/Tense=Past Quito/PROPN/2/obj to/PART/5/mark wait/VERB/2/xcomp "
    "./PUNCT/2/punct"
)


def read(text: str, cue: str, *content: str, source: str | None = None, score: float = 0.9) -> Attribution:
    """An attribution as the model gives it, from the words themselves."""

    def at(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    return Attribution((at(cue),), (at(source),) if source else (), tuple(map(at, content)), score)


def coded(
    *sentences: str, attributions: tuple[Attribution, ...], issuer: Actor | None = None
) -> list[Statement]:
    """The statements of hand-built sentences that the model read too."""
    built = doc(*sentences, attributions=attributions)
    story = Story(
        id=ids.story_id(built.text), text=built.text, published="2012-05-16", language="en", issuer=issuer
    )
    return list(code_doc(story, built, Lexicon(), unsure)[0])


def contents(statements: list[Statement]) -> list[str]:
    """The contents of statements, pieces joined by " | "."""
    return [" | ".join(span.text for span in one.content) for one in statements]


def test_content_goes_as_far_as_the_model_read() -> None:
    """A quotation that goes on behind the reporting words is one saying with what stands before them."""
    text = doc(SAID, QUOTED).text
    both = (text[: text.index("Kagame")].strip(), text[text.rindex("“") :])
    found = coded(SAID, QUOTED, attributions=(read(text, "said", *both, source="Kagame"),))
    assert contents(found) == [" | ".join(both)]
    assert [one.speaker.text for one in found if one.speaker] == ["Kagame"]


def test_small_holes_in_what_the_model_read_are_filled() -> None:
    """A word that the model passed over in the midst of a content belongs to it."""
    text = doc(NOTED).text
    found = coded(NOTED, attributions=(read(text, "mentioned", "the bad harv", "ests", source="Lima"),))
    assert contents(found) == ["the bad harvests"]


@pytest.mark.parametrize("score", [0.2, 0.45])
def test_a_saying_without_a_clause_must_be_sure(score: float) -> None:
    """What only the model saw, and no clause supports, needs a good score."""
    text = doc(NOTED).text
    assert not coded(NOTED, attributions=(read(text, "mentioned", "the bad harvests", score=score),))
    assert coded(NOTED, attributions=(read(text, "mentioned", "the bad harvests"),))


def test_an_act_is_no_statement() -> None:
    """Asking without quotation is an event only, however sure the model is (codebook, section 10)."""
    text = doc(URGED).text
    assert not coded(URGED, attributions=(read(text, "urged", "to wait", source="Lima", score=0.99),))


def test_a_titled_name_on_a_release_is_the_issuers() -> None:
    """An ambassador named without a country in a government's own text is its own, whatever states stand near."""
    sentence = (
        "In/ADP/2/case Damascus/PROPN/6/obl ,/PUNCT/6/punct Ambassador/PROPN/5/compound Okafor/PROPN/6/nsubj "
        "said=say/VERB/0/root/Tense=Past Syria/PROPN/8/nsubj waits=wait/VERB/6/ccomp ./PUNCT/6/punct"
    )
    built = doc(sentence, entities=(Entity("PER", 4, 5),))
    issuer = Actor("Foreign Ministry of Nigeria", "NGA", "GOV", kind="organisation")
    story = Story(
        id=ids.story_id(built.text), text=built.text, published="2012-05-16", language="en", issuer=issuer
    )
    (said,) = code_doc(story, built, Lexicon(), unsure)[0]
    assert said.speaker is not None
    assert said.speaker.actor is not None
    assert said.speaker.actor.code == "NGAGOV"


def test_a_label_with_a_rank_is_an_officer_of_the_issuer() -> None:
    """Who speaks under a rank is whom the lexicon has in office; another state's officer stays open."""
    lexicon, issuer = Lexicon(), Actor("Department of State", "USA", "GOV", kind="organisation")
    known = labelled("AMBASSADOR THOMAS-GREENFIELD", lexicon, "2022-05-19", issuer)
    assert known is not None
    assert (known.name, known.code) == ("Linda Thomas-Greenfield", "USAGOV")
    assert labelled("AMBASSADOR THOMAS-GREENFIELD", lexicon, "2019-05-19", issuer) is None
    assert labelled("FOREIGN MINISTER OKAFOR", lexicon, "2022-05-19", issuer) is None
