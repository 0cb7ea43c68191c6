"""What is counted, on gold and answers made by hand."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from by_hand import TEXT, ByHand
from detente.errors import BadRow, EmptyInput, NoSuchInput
from detente.fields import field_docs
from detente.records import Actor, Place, Record
from detente.score import Figure, Finding, Item, evaluate, read_gold
from detente.score.gold import GoldEvent, GoldStatement, Party
from detente.score.names import same_name
from detente.score.pairing import best_pairs
from detente.score.tally import Tally, intervals

PAGE = (Path(__file__).parents[2] / "docs" / "evaluate.md").read_text(encoding="utf-8")
PERU, MEXICO = Party("Peru", "PER", "GOV"), Party("Mexico", "MEX", "GOV")
WORD = Party("Dina Boluarte", "PER", "GOV")
RECALL = GoldEvent("SANCTION", "recalled", (PERU,), (MEXICO,), word=WORD, date="2023-02-24")
SAID = GoldStatement("President Dina Boluarte", "said", ("Peru recalled its ambassador to Mexico on Friday",))


class Fixed:
    """A coder that gives what it was told to."""

    def __init__(self, **changes: object) -> None:
        self.changes = changes

    def code(self, story: str, published: str | None = None, clean: bool = True) -> Record:
        record = ByHand().code(story, published=published)
        return replace(record, events=tuple(replace(event, **self.changes) for event in record.events))


def item(*events: GoldEvent, statements: tuple[GoldStatement, ...] = (SAID,)) -> Item:
    return Item("a", TEXT, "2023-02-25", events, statements)


def figures(found: object) -> dict[str, float | None]:
    return {f"{one.group} {one.name}": one.f1 for one in found.figures}  # type: ignore[attr-defined]


def test_what_is_right_everywhere_has_full_marks_and_nothing_to_read() -> None:
    gold = item(replace(RECALL, date=told()))
    found = evaluate([gold], ByHand())
    assert found.findings == ()
    counted = {name: value for name, value in figures(found).items() if value is not None}
    assert set(counted.values()) == {100.0}
    assert {"overall complete", "type SANCTION", "status occurred", "field word", "statement stance"} <= set(
        counted
    )


def told() -> str | None:
    """The date of the hand-made event."""
    (event,) = ByHand().code(TEXT, published="2023-02-25").events
    return event.date if event.date_from == "text" else None


@pytest.mark.parametrize(
    ("changes", "fields", "lost"),
    [
        ({"status": "planned"}, {"status"}, {"complete"}),
        ({"background": True}, {"background"}, {"complete"}),
        ({"word": None}, {"word"}, {"complete"}),
        ({"type": "REJECT", "quad": 3}, {"type"}, {"typed", "quad", "strict", "complete"}),
        ({"target": ()}, {"target"}, {"strict", "complete"}),
        ({"place": Place("Lima")}, {"place"}, set()),
        ({"date": None, "date_from": None}, {"date"}, set()),
    ],
    ids=lambda value: "+".join(sorted(value)) if isinstance(value, set | dict) else None,
)
def test_one_slip_costs_what_it_should(changes: dict[str, object], fields: set[str], lost: set[str]) -> None:
    found = evaluate([item(replace(RECALL, date=told()))], Fixed(**changes))
    differs = fields - ({"date"} if told() is None else set())
    assert [set(one.fields) for one in found.findings] == ([differs] if differs else [])
    marks = {
        name: found.figure(name, "overall").f1 for name in ("found", "typed", "quad", "strict", "complete")
    }
    assert {name for name, value in marks.items() if value == 0.0} == lost


def test_a_wrong_country_or_sector_is_told_apart() -> None:
    (event,) = ByHand().code(TEXT, published="2023-02-25").events
    army = replace(event.source[0], actor=Actor("Peru", "PER", "MIL"))
    found = evaluate([item(replace(RECALL, date=told()))], Fixed(source=(army,)))
    assert found.figure("strict").f1 == 100.0
    assert found.figure("country").f1 == 100.0
    assert found.figure("sector").f1 == 50.0
    assert found.findings[0].fields == ("sector",)


def test_missed_false_and_traps() -> None:
    other = GoldEvent("CONSULT", "ambassador", (PERU,), (MEXICO,))
    found = evaluate(
        [item(other), Item("trap", TEXT)], Fixed(trigger=ByHand().code(TEXT).events[0].source[0])
    )
    assert sorted(one.what for one in found.findings) == ["false", "false", "missed"]
    assert found.figure("traps coded").right == 1
    strict = found.figure("strict")
    assert (strict.precision, strict.recall, strict.answers, strict.gold) == (0.0, 0.0, 2, 1)


def test_intervals_are_the_same_every_time_and_hold_the_figure() -> None:
    golds = [item(replace(RECALL, date=told())), item(), item(replace(RECALL, status="planned"))]
    first, second = (evaluate(golds, ByHand()) for _ in range(2))
    assert first == second
    strict = first.figure("strict")
    assert strict.low is not None
    assert strict.f1 is not None
    assert strict.high is not None
    assert strict.low < strict.f1 < strict.high


def test_an_interval_leaves_a_fortieth_out_on_each_side() -> None:
    each = [{"x": Tally(int(at < 50), 1, 1)} for at in range(100)]
    low, high = intervals(each)["x"]
    assert low is not None
    assert high is not None
    assert 38 <= low <= 42  # the binomial's own bounds are 40 and 60
    assert 58 <= high <= 62


@given(st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=1, max_size=5))
def test_no_other_pairing_is_better(likes: list[list[int]]) -> None:
    rows, columns = range(len(likes)), range(4)
    pairs = best_pairs(list(columns), list(rows), lambda column, row: float(likes[row][column]))
    assert len({column for column, _ in pairs}) == len({row for _, row in pairs}) == len(pairs)
    assert all(likes[row][column] for column, row in pairs)
    wide = max(len(rows), len(columns))
    best = max(
        sum(
            likes[row][column]
            for row, column in enumerate(order)
            if row < len(rows) and column < len(columns)
        )
        for order in itertools.permutations(range(wide))
    )
    assert sum(likes[row][column] for column, row in pairs) == best


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the Kremlin", "Kremlin", True),
        ("U.S. President Barack Obama", "Obama", True),
        ("Turkey's parliament", "parliament of Turkey", True),
        ("Vladimir Putin", "Vladimir Zelensky", False),
        ("Peru", None, False),
        (None, None, False),
    ],
)
def test_names_are_the_same_by_more_than_half_their_words(
    one: str | None, other: str | None, same: bool
) -> None:
    assert same_name(one, other) is same


# --- reading gold -----------------------------------------------------------------------------------------------------


def written(path: Path, *items: object) -> Path:
    path.write_text("\n".join(json.dumps(one) for one in items), encoding="utf-8")
    return path


SOUND = {
    "id": "a",
    "text": TEXT,
    "events": [{"type": "SANCTION", "trigger": "recalled", "source": [{"text": "Peru"}]}],
}


def test_gold_is_read_with_its_defaults(tmp_path: Path) -> None:
    (one,) = read_gold(written(tmp_path / "gold.jsonl", {**SOUND, "category": "simple"}))
    assert one.events[0].source == (Party("Peru", "UNK", "UNK"),)
    assert (one.events[0].status, one.events[0].word, one.statements) == ("occurred", None, ())


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ({"type": "HUG"}, "'HUG' is no type"),
        ({"status": "maybe"}, "'maybe' is no status"),
        ({"trigger": "bombed"}, "does not stand in the text"),
        ({"source": []}, "has no party"),
        ({"reciprocal": True, "target": [{"text": "Mexico"}]}, "belong into source"),
        ({"source": [{"text": "Peru", "sector": "KING"}]}, "'KING' is no sector"),
        ({"typ": "SANCTION"}, "unknown typ"),
        ({"reciprocal": "yes"}, "bool was expected"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_a_slip_in_the_gold_is_named_by_its_line(tmp_path: Path, event: dict[str, object], told: str) -> None:
    bad = {**SOUND, "events": [{**SOUND["events"][0], **event}]}  # type: ignore[index]
    path = written(tmp_path / "gold.jsonl", SOUND, bad)
    with pytest.raises(BadRow, match=told) as raised:
        list(read_gold(path))
    assert "line 2" in str(raised.value)


def test_gold_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoSuchInput):
        list(read_gold(tmp_path / "none.jsonl"))
    with pytest.raises(EmptyInput):
        list(read_gold(written(tmp_path / "empty.jsonl")))
    (tmp_path / "broken.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(BadRow):
        list(read_gold(tmp_path / "broken.jsonl"))


@pytest.mark.parametrize("record", [Item, GoldEvent, Party, GoldStatement, Figure, Finding])
def test_every_field_is_documented_with_its_meaning(record: type) -> None:
    for row in field_docs(record):
        assert f"| `{row.field}` | {row.meaning} |" in PAGE
