"""Places on the map, on trees drawn by hand: homonyms, old countries, open sovereignty."""

from __future__ import annotations

import pytest

from coding.build import coded
from detente.records import Place

STOP = "./PUNCT/2/punct"


def shelled(place: str, *, doer: str = "Gunmen=gunman/NOUN", behind: str = "") -> str:
    """A sentence about shots fired in a place, with words behind its name."""
    return f"{doer}/2/nsubj attacked=attack/VERB/0/root/Tense=Past|VerbForm=Fin soldiers=soldier/NOUN/2/obj in/ADP/5/case {place}/PROPN/2/obl {behind} {STOP}"  # noqa: E501


def place_of(*sentences: str, published: str = "2012-05-16") -> Place:
    """The place of the first event."""
    place = coded(*sentences, published=published)[1][0].place
    assert place is not None
    return place


LEBANON = "Lebanon/PROPN/2/nsubj mourned=mourn/VERB/0/root/Tense=Past ./PUNCT/2/punct"


def test_a_place_has_its_point_and_country() -> None:
    found = place_of(shelled("Bakhmut"))
    assert (found.name, found.country) == ("Bakhmut", "UKR")
    assert found.lat == pytest.approx(48.6, abs=0.1)
    assert found.lon == pytest.approx(38.0, abs=0.1)


def test_a_homonym_alone_stays_open() -> None:
    assert place_of(shelled("Tripoli")) == Place("Tripoli")


def test_the_party_tells_which_homonym_is_meant() -> None:
    sentence = "Lebanese/ADJ/2/amod gunmen=gunman/NOUN/3/nsubj attacked=attack/VERB/0/root/Tense=Past|VerbForm=Fin soldiers=soldier/NOUN/3/obj in/ADP/6/case Tripoli/PROPN/3/obl ./PUNCT/3/punct"  # noqa: E501
    assert place_of(sentence).country == "LBN"


def test_the_rest_of_the_story_tells_which_homonym_is_meant() -> None:
    assert place_of(shelled("Tripoli"), LEBANON).country == "LBN"


def test_the_words_beside_the_name_come_before_the_rest_of_the_story() -> None:
    beside = ",/PUNCT/7/punct Libya/PROPN/5/appos"
    assert place_of(shelled("Tripoli", behind=beside), LEBANON).country == "LBY"


def test_a_town_of_another_country_is_not_put_on_the_known_one() -> None:
    texas = ",/PUNCT/7/punct Texas/PROPN/5/appos"
    assert place_of(shelled("Paris", behind=texas)) == Place("Paris", country="USA")


def test_a_state_of_the_name_has_no_point() -> None:
    assert place_of(shelled("Georgia")) == Place("Georgia", country="GEO")


def test_the_country_is_that_of_the_day() -> None:
    assert place_of(shelled("Vukovar"), published="1990-09-18").country == "YUG"
    assert place_of(shelled("Vukovar"), published="2001-11-18").country == "HRV"


def test_where_sovereignty_is_open_no_country_is_given() -> None:
    found = place_of(shelled("Kashmir"))
    assert found.country is None
    assert found.lat is not None


def test_a_border_lies_in_two_countries() -> None:
    sentence = "Gunmen=gunman/NOUN/2/nsubj attacked=attack/VERB/0/root/Tense=Past|VerbForm=Fin soldiers=soldier/NOUN/2/obj on/ADP/6/case the/DET/6/det border/NOUN/2/obl with/ADP/8/case Iraq/PROPN/6/nmod ./PUNCT/2/punct"  # noqa: E501
    assert place_of(sentence) == Place("border with Iraq")


def test_the_ground_that_is_taken_is_the_place() -> None:
    sentence = "Russia/PROPN/2/nsubj annexed=annex/VERB/0/root/Tense=Past|VerbForm=Fin Crimea/PROPN/2/obj ./PUNCT/2/punct"  # noqa: E501
    found = place_of(sentence)
    assert (found.name, found.country) == ("Crimea", "UKR")
