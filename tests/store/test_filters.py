"""The filters: what each lets through, in every listing."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from by_hand import MEXICO, PERU, TEXT
from detente.errors import BadDate, UsageError
from detente.ids import story_id
from detente.records import Actor, Event, Mention, Record, Span, Statement, Story
from detente.store import Filters, Store, Writer
from detente.store.filters import documented
from store.made import CODING

ENVOY = Actor("Rafael Grossi", "IGO", "IGO", kind="person")
CARTEL = Actor("a 100% _cartel_", "MEX", "CRM")
CHILE = Actor("Chile", "CHL", "GOV", kind="state")


def event(number: int, **changed: Any) -> Record:
    """A record with one event, told apart by its number."""
    text = f"{TEXT} Number {number}."
    at = Span(0, 4, "Peru")
    story = Story(
        story_id(text), text, headline=f"Envoys (no. {number})", published="2023-02-25", language="en"
    )
    speaker = changed.pop("speaker", None)
    principal = changed.pop("principal", None)
    published = changed.pop("published", "2023-02-25")
    story = replace(story, published=published)
    said: tuple[Statement, ...] = ()
    word = None
    if speaker or principal:
        word = f"w{number}"
        mention = Mention(0, 4, "Peru", speaker)
        said = (Statement(word, story.id, mention, at, (at,), "direct", "asserts", principal=principal),)
    sides = {
        side: tuple(Mention(0, 4, "Peru", actor) for actor in changed.pop(side, default))
        for side, default in (("source", [PERU]), ("target", [MEXICO]))
    }
    plain = Event(
        id=f"e{number}",
        story_id=story.id,
        sentence=Span(0, len(TEXT), TEXT),
        trigger=at,
        type="SANCTION",
        mode=None,
        contexts=(),
        quad=4,
        cameo=None,
        cameo_root=None,
        goldstein=None,
        **sides,
        reciprocal=False,
        status="occurred",
        background=False,
        word=word,
    )
    return Record(story, said, (replace(plain, **changed),))


RECORDS = [
    event(0),
    event(1, source=[MEXICO], target=[PERU], type="REJECT", quad=3),
    event(2, source=[PERU, MEXICO], target=[], reciprocal=True, type="CONSULT", quad=1, status="planned"),
    event(3, source=[CARTEL], background=True, confidence=0.9, date="2021-07", date_precision="month"),
    event(4, source=[None], target=[ENVOY], speaker=ENVOY, confidence=0.2, published=None),
    event(
        5, target=[], speaker=ENVOY, principal=CHILE, date="2023-03-01", date_precision="day", status="denied"
    ),
    event(
        6,
        source=[CHILE],
        target=[CHILE, PERU],
        type="AID",
        quad=2,
        date="2022",
        published="2022-12-31T22:00:00Z",
    ),
]
CASES: list[tuple[dict[str, Any], set[int]]] = [
    ({}, {0, 1, 2, 3, 4, 5, 6}),
    ({"source": "PER"}, {0, 2, 5}),
    ({"source": "MEXGOV"}, {1, 2}),
    ({"source": "peru"}, {0, 2, 5}),
    ({"source": "Mexico"}, {1, 2}),
    ({"source": "CRM"}, {3}),
    ({"source": "100% _"}, {3}),
    ({"source": ["CHL", "CRM"]}, {3, 6}),
    ({"target": "PER"}, {1, 2, 6}),
    ({"target": "IGO"}, {4}),
    ({"source": "PER", "target": "MEX"}, {0, 2}),
    ({"source": "MEX", "target": "PER"}, {1, 2}),
    ({"actor": "CHL"}, {6}),
    ({"actor": "grossi"}, {4}),
    ({"word": "CHL"}, {5}),
    ({"word": "IGO"}, {4}),
    ({"word": ["IGO", "CHLGOV"]}, {4, 5}),
    ({"type": "aid"}, {6}),
    ({"type": ["AID", "REJECT"]}, {1, 6}),
    ({"quad": 4}, {0, 3, 4, 5}),
    ({"quad": [1, 2]}, {2, 6}),
    ({"status": ["planned", "Denied"]}, {2, 5}),
    ({"background": True}, {3}),
    ({"background": False}, {0, 1, 2, 4, 5, 6}),
    ({"min_confidence": 0.2}, {3, 4}),
    ({"min_confidence": 0.5}, {3}),
    ({"since": "2023"}, {0, 1, 2, 5}),
    ({"since": "2023-02-26"}, {5}),
    ({"until": "2022"}, {3, 6}),
    ({"until": "2021-07-01"}, {3}),
    ({"since": "2023-02", "until": "2023-02"}, {0, 1, 2}),
    ({"text": "AMBASSADOR"}, {0, 1, 2, 3, 4, 5, 6}),
    ({"text": "ambassad"}, set()),
    ({"text": "(no. 3)"}, {3}),
    ({"text": "recalled 3"}, {3}),
    ({"text": "'; drop view event"}, set()),
    ({"source": "'; --"}, set()),
    ({"source": "PER", "quad": 4, "status": "occurred", "background": False}, {0}),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("filters")
    with Writer(folder, CODING) as writer:
        for record in RECORDS:
            writer.add(record)
    return Store(folder)


@pytest.mark.parametrize(("filters", "expected"), CASES, ids=[str(filters) for filters, _ in CASES])
def test_events(store: Store, filters: dict[str, Any], expected: set[int]) -> None:
    found = store.events(**filters)
    assert {int(row["event_id"][1:]) for row in found.dicts()} == expected
    assert len(found) == len(found.rows()) == len(expected)


@pytest.mark.parametrize(("filters", "expected"), CASES, ids=[str(filters) for filters, _ in CASES])
def test_actors_are_those_of_the_events(store: Store, filters: dict[str, Any], expected: set[int]) -> None:
    if "actor" in filters or not filters:
        return
    found = {row["name"]: row["events"] for row in store.actors(**filters).dicts()}
    parties = [
        {
            party.actor.name
            for party in (*RECORDS[number].events[0].source, *RECORDS[number].events[0].target)
            if party.actor
        }
        for number in expected
    ]
    assert found == {name: sum(name in party for party in parties) for name in set().union(*parties)}


@pytest.mark.parametrize(("filters", "expected"), CASES, ids=[str(filters) for filters, _ in CASES])
def test_stories_are_those_of_the_events(store: Store, filters: dict[str, Any], expected: set[int]) -> None:
    if filters.keys() & {"since", "until", "text", "actor"}:
        return  # of stories these mean publication, the whole text and statements as well
    found = {row["story_id"] for row in store.stories(**filters).dicts()}
    assert found == {RECORDS[number].story.id for number in expected}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"since": "2023"}, {0, 1, 2, 3, 5}),
        ({"until": "2022-12-31"}, {6}),
        ({"text": "number 6"}, {6}),
        ({"text": "envoys"}, {0, 1, 2, 3, 4, 5, 6}),
        ({"actor": "IGO"}, {4, 5}),
    ],
)
def test_stories(store: Store, filters: dict[str, Any], expected: set[int]) -> None:
    found = {row["story_id"] for row in store.stories(**filters).dicts()}
    assert found == {RECORDS[number].story.id for number in expected}
    assert {record.story.id for record in store.records(**filters)} == found


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {4, 5}),
        ({"source": "CHL"}, {5}),
        ({"source": "IGO"}, {4, 5}),
        ({"word": "IGO"}, {4}),
        ({"target": "PER"}, set()),
        ({"actor": "Chile"}, {5}),
        ({"status": "denied"}, {5}),
        ({"type": "SANCTION"}, {4, 5}),
        ({"type": "AID"}, set()),
        ({"min_confidence": 0.1}, {4}),
        ({"since": "2023"}, {5}),
        ({"text": "peru"}, {4, 5}),
    ],
)
def test_statements(store: Store, filters: dict[str, Any], expected: set[int]) -> None:
    assert {int(row["statement_id"][1:]) for row in store.statements(**filters).dicts()} == expected


def test_actors_by_themselves(store: Store) -> None:
    rows = {row["name"]: row for row in store.actors().dicts()}
    assert (rows["Peru"]["events"], rows["Rafael Grossi"]["statements"]) == (5, 2)
    assert [row["name"] for row in store.actors(actor="CHL").dicts()] == ["Chile"]
    assert [row["name"] for row in store.actors(actor="PER", type="AID").dicts()] == ["Peru"]


def test_order_is_that_of_days_and_pages_fit_together(store: Store) -> None:
    rows = list(store.events().dicts())
    assert [row["date"] or row["published"] for row in rows][:2] == ["2021-07", "2022"]
    pages = [row for offset in range(0, 8, 3) for row in store.events(limit=3, offset=offset).dicts()]
    assert pages == rows
    assert [len(store.events(limit=3, offset=offset)) for offset in (0, 3, 6, 9)] == [3, 3, 1, 0]


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"type": "CONSLUT"}, "Did you mean CONSULT"),
        ({"status": "plannd"}, "Did you mean planned"),
        ({"quad": 5}, "1, 2, 3, 4"),
        ({"quad": "x"}, "quad"),
        ({"min_confidence": 70}, "from 0 to 1"),
        ({"source": ""}, "empty name"),
        ({"source": ["USA", " "]}, "empty name"),
        ({"since": "yesterday"}, "2016-11-14"),
        ({"since": "2023-02-30"}, "2016-11-14"),
        ({"until": "2023-13"}, "2016-11-14"),
    ],
)
def test_a_wrong_value_is_told_with_the_right_ones(filters: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        Filters(**filters)


def test_a_wrong_date_is_a_bad_date() -> None:
    with pytest.raises(BadDate):
        Filters(since="soon")


def test_every_filter_has_a_meaning() -> None:
    assert list(documented()) == [field.name for field in fields(Filters)]
    assert all(documented().values())
