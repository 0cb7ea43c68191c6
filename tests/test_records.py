from __future__ import annotations

import dataclasses
import json
import types
import typing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import codebook, records, terms
from detente.errors import BadRecord
from detente.records import (
    Actor,
    Caption,
    Dateline,
    Event,
    Furniture,
    Mention,
    Place,
    Record,
    Span,
    Statement,
    Story,
)

TEXT = "ROME — Italy and Peru signed a treaty, officials said.\n\nIt enters into force in May."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def mention(words: str, actor: Actor | None) -> Mention:
    found = span(words)
    return Mention(found.start, found.end, found.text, actor, "name")


def a_record() -> Record:
    story = Story(
        id="s1",
        text=TEXT,
        paragraphs=tuple(span(part) for part in TEXT.split("\n\n")),
        headline="A <treaty> & more",
        published="2020-03-04",
        published_from="argument",
        dateline=Dateline(("Rome",), None, "ROME —"),
        captions=(Caption("The signing", "A. Person"),),
        furniture=(Furniture("Advertisement", "advertising"),),
        issuer=Actor("Italy", "ITA", "GOV", kind="state"),
    )
    statement = Statement(
        "w1",
        "s1",
        mention("officials", None),
        span("said"),
        (span("Italy and Peru signed a treaty"),),
        "indirect",
        "asserts",
    )
    event = Event(
        id="e1",
        story_id="s1",
        sentence=story.paragraphs[0],
        trigger=span("signed"),
        type="SUPPORT",
        mode=None,
        contexts=("diplomatic",),
        quad=1,
        cameo="057",
        cameo_root="05",
        goldstein=8.0,
        source=(mention("Italy", Actor("Italy", "ITA", "GOV")), mention("Peru", Actor("Peru", "PER", "GOV"))),
        target=(),
        reciprocal=True,
        status="occurred",
        background=False,
        word="w1",
        place=Place("Rome", "ITA", 41.9, 12.5, 3169070),
        confidence=0.5,
    )
    return Record(story, (statement,), (event,))


@pytest.mark.parametrize("kind", records.RECORDS, ids=lambda kind: kind.__name__)
def test_any_record_survives_dict_and_json(kind: type[Any]) -> None:
    @given(st.data())
    def survives(data: st.DataObject) -> None:
        record = data.draw(strategy(kind))
        assert kind.from_dict(record.to_dict()) == record
        assert kind.from_json(record.to_json()) == record
        assert "\n" not in record.to_json()
        assert hash(kind.from_dict(record.to_dict())) == hash(record)

    survives()


def strategy(kind: Any) -> st.SearchStrategy[Any]:
    """Build values from the declared types: text, numbers, None, tuples, nested records."""
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        parts = {field.name: strategy(hints[field.name]) for field in dataclasses.fields(kind) if field.init}
        return st.builds(kind, **parts)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return st.lists(strategy(arguments[0]), max_size=2).map(tuple)
    if origin in (typing.Union, types.UnionType):
        return st.one_of([st.none() if part is type(None) else strategy(part) for part in arguments])
    if kind is float:
        return st.floats(allow_nan=False, allow_infinity=False)
    return st.from_type(kind)


def test_a_dict_holds_json_values_in_the_declared_order() -> None:
    data = a_record().to_dict()
    assert json.loads(json.dumps(data)) == data
    assert list(data["events"][0]) == [field.name for field in dataclasses.fields(Event)]
    assert data["story"]["dateline"] == {"places": ["Rome"], "date": None, "text": "ROME —"}
    assert data["story"]["issuer"]["code"] == "ITAGOV"


@pytest.mark.parametrize(
    "change, part",
    [
        (lambda data: data.update(event=[]), "unknown event"),
        (lambda data: data["story"].pop("id"), "Story: no id"),
        (lambda data: data["story"].update(text=None), "text: str was expected"),
        (lambda data: data["events"][0].update(quad=True), "quad: int was expected"),
        (lambda data: data["events"][0].update(source="Italy"), "source: a list was expected"),
        (lambda data: data["events"][0].update(trigger=5), "an object was expected"),
    ],
)
def test_a_dict_that_is_no_record_is_refused_by_name(change: Any, part: str) -> None:
    data = a_record().to_dict()
    change(data)
    with pytest.raises(BadRecord, match=part):
        Record.from_dict(data)


def test_a_line_that_is_no_json_is_refused() -> None:
    with pytest.raises(BadRecord, match="not JSON"):
        Story.from_json("{")


def test_small_records_answer_like_mappings() -> None:
    place = Place("Rome", "ITA")
    assert place.get("name") == place["name"] == "Rome"
    assert place.get("lat") is None
    assert place.get("height", 0) == 0
    assert dict(place) == {"name": "Rome", "country": "ITA", "lat": None, "lon": None, "geonames": None}
    with pytest.raises(KeyError):
        place["height"]


def test_an_actors_code_is_country_and_sector() -> None:
    assert [Actor("x", *parts).code for parts in (("RUS", "GOV"), ("RUS",), (None, "REB"), ())] == [
        "RUSGOV",
        "RUS",
        "REB",
        None,
    ]


def test_a_sound_record_has_no_faults() -> None:
    assert records.faults(a_record()) == ()


@pytest.mark.parametrize(
    "changes, fault",
    [
        ({"trigger": Span(0, 4, "Rome")}, "span 0-4"),
        ({"trigger": Span(0, 999, TEXT)}, "span 0-999"),
        ({"word": "w9"}, "rests on w9"),
        ({"quad": 4}, "quad 4"),
        ({"status": "done"}, "done is not a status"),
        ({"target": (Mention(0, 4, "ROME"),)}, "parties do not fit"),
        ({"source": (), "reciprocal": False}, "parties do not fit"),
        ({"id": "w1"}, "two entries have the id w1"),
    ],
)
def test_each_fault_is_named(changes: dict[str, Any], fault: str) -> None:
    record = a_record()
    broken = dataclasses.replace(record, events=(dataclasses.replace(record.events[0], **changes),))
    assert fault in "; ".join(records.faults(broken))


def test_faults_of_statements_are_named() -> None:
    record = a_record()
    broken = dataclasses.replace(record.statements[0], inside="w7", stance="doubts")
    found = "; ".join(records.faults(dataclasses.replace(record, statements=(broken,))))
    assert "inside w7" in found
    assert "doubts is not a stance" in found


def test_records_show_themselves_in_a_notebook() -> None:
    record = a_record()
    shown = record._repr_html_()
    assert "A &lt;treaty&gt; &amp; more" in shown
    assert '<mark class="trigger" title="SUPPORT">signed</mark>' in shown
    assert '<mark class="source" title="Peru PERGOV">Peru</mark>' in record.events[0]._repr_html_()
    assert '<mark class="cue" title="asserts">said</mark>' in record.statements[0]._repr_html_()
    assert "<p>It enters into force in May.</p>" in record.story._repr_html_()


def test_every_field_has_a_meaning() -> None:
    rows = records.documentation()
    assert {row.record for row in rows} == {kind.__name__ for kind in records.RECORDS}
    assert all(row.meaning and not row.meaning.endswith(".") for row in rows)
    assert len({(row.record, row.field) for row in rows}) == len(rows)


def test_the_codebook_page_is_current() -> None:
    page = Path(__file__).parents[1] / "docs" / "codebook.md"
    assert page.read_text("utf-8") == codebook.page(), "run: python -m detente.codebook > docs/codebook.md"


def test_the_lists_are_complete() -> None:
    assert len(terms.TYPES) == 16
    assert len(terms.STATUSES) == 6
    assert set(terms.QUAD.values()) == set(terms.QUADS) == {1, 2, 3, 4}
    assert all(
        len(set(names)) == len(names)
        for names in ([term.name for term in rows] for rows in terms.LISTS.values())
    )
