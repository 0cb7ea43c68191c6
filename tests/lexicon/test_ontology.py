from __future__ import annotations

import pytest

from detente.errors import BadRow
from detente.lexicon import frames, ontology
from detente.terms import QUAD, TYPES


def test_all_types_have_quad_root_and_score_of_one_sign() -> None:
    assert tuple(ontology.TYPE_ROWS) == TYPES
    for name, row in ontology.TYPE_ROWS.items():
        assert row.quad == QUAD[name]
        assert (row.score > 0) == (row.quad < 3) or row.score == 0
        assert ontology.cameo_type(row.root) is not None


@pytest.mark.parametrize(
    ("code", "type_"),
    [("042", "CONSULT"), ("055", "CONCEDE"), ("0871", "CONCEDE"), ("0861", "RETREAT"), ("163", "SANCTION"),
     ("116", "SANCTION"), ("190", "ASSAULT"), ("191", "COERCE"), ("010", None)],
)  # fmt: skip
def test_cameo_codes_lead_to_types(code: str, type_: str | None) -> None:
    assert ontology.cameo_type(code) == type_


def test_goldstein_falls_back_to_the_parent() -> None:
    assert ontology.goldstein("057") == 8.0
    assert ontology.goldstein("1951") == ontology.goldstein("195")
    assert ontology.goldstein("99") is None


def test_scores_of_modes() -> None:
    assert ontology.score("CONSULT", "visit") == 4
    assert ontology.score("CONSULT") == 2.5
    assert len(ontology.CONTEXTS) == len(set(ontology.CONTEXTS)) == 37


def row(**values: str) -> dict[str, str]:
    blank = dict.fromkeys(frames.FRAME_COLUMNS, "")
    sound = {"id": "x.v", "lemma": "x", "upos": "VERB", "type": "AGREE", "cameo": "030", "example": "A did."}
    return blank | sound | values


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"type": "HUG"}, "HUG"),
        ({"mode": "visit"}, "no mode 'visit'"),
        ({"with": "objects=x"}, "objects=x"),
        ({"with": "obj=@NONE"}, "no set 'NONE'"),
        ({"cameo": "777"}, "777"),
        ({"example": ""}, "'example' is empty"),
    ],
)
def test_a_faulty_frame_row_is_refused(values: dict[str, str], says: str) -> None:
    with pytest.raises(BadRow, match=says) as caught:
        frames.frame_row(frames.DATA / "frames.csv", 7, row(**values), {})
    assert "frames.csv line 7" in str(caught.value)


def test_constraints_are_read() -> None:
    found = frames.constraint("!obj=@TALKS|deal", {"TALKS": frozenset({"talk"})})
    assert found == frames.Constraint("obj", frozenset({"talk", "deal"}), True)


def test_the_package_tables_load() -> None:
    rows = [row for senses in frames.load_frames().values() for row in senses]
    assert len({row.id for row in rows}) == len(rows) > 100
    assert "say" in frames.load_cues()
