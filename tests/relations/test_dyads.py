"""What two sides do to each other: every figure counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

import detente
from detente.errors import BadDate, UsageError
from detente.relations import Period, Store, Timeline
from detente.relations.shapes import FIGURES, Flow, Ways
from relations import small


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return detente.open(small.build(tmp_path_factory.mktemp("store"), [*small.records(), small.contested()]))


@pytest.fixture(scope="module")
def timeline(store: Store) -> Timeline:
    return store.timeline("PER", "MEX", until="2023-04")


def test_every_event_is_counted_once(timeline: Timeline) -> None:
    total = timeline.total
    assert (total.there.events, total.back.events, total.together.events) == (2, 2, 2)
    assert total.all.events == 6


def test_only_what_is_real_has_quads_and_scores(timeline: Timeline) -> None:
    (april,) = (period for period in timeline.periods if period.period == "2023-04")
    there = april.ways.there
    assert (there.occurred, there.ongoing, there.planned) == (0, 1, 1)
    assert (there.cooperation, there.material_conflict) == (0, 1)
    assert (there.goldstein_mean, there.plover_mean) == (-4.0, -6.0)


def test_denied_acts_stand_apart(timeline: Timeline) -> None:
    assert timeline.total.back.denied == 1
    assert timeline.total.back.material_conflict == 1  # the one that Peru asserts


def test_background_is_left_out_unless_asked_for(store: Store) -> None:
    assert store.timeline("PER", "MEX", by="year").periods[0].period == "2023"
    with_it = store.timeline("PER", "MEX", by="year", background=None)
    assert with_it.periods[0].period == "1932"
    assert len(with_it.periods) == 2023 - 1932 + 1


def test_empty_periods_are_there(timeline: Timeline) -> None:
    assert [period.period for period in timeline.periods] == ["2023-02", "2023-03", "2023-04"]
    assert timeline.periods[1].ways == Ways()


def test_a_date_too_coarse_for_the_periods_is_in_none(store: Store, timeline: Timeline) -> None:
    assert timeline.unplaced.back.events == 1
    assert store.timeline("PER", "MEX", by="year", until="2023-04").unplaced == Ways()


def test_coverage_counts_stories_by_their_publication(timeline: Timeline) -> None:
    assert [(period.stories, period.naming) for period in timeline.periods] == [(2, 2), (0, 0), (5, 4)]
    assert timeline.periods[2].share == 0.8
    assert timeline.periods[1].share is None


def test_words_are_those_of_source_target_and_others(timeline: Timeline) -> None:
    there, back, together = timeline.total.there, timeline.total.back, timeline.total.together
    assert (there.word_source, there.word_outlet) == (1, 1)
    assert (back.word_target, back.word_unnamed, back.word_source) == (1, 1, 0)
    assert (together.word_outlet, together.word_others) == (1, 1)
    for flow in (there, back, together, timeline.total.all):
        words = (flow.word_source, flow.word_target, flow.word_others, flow.word_unnamed, flow.word_outlet)
        assert sum(words) == flow.events


def test_accounts_add_up_to_the_whole(timeline: Timeline) -> None:
    counts = {account.teller: account.ways.all.events for account in timeline.accounts}
    assert counts == {"first": 2, "second": 0, "others": 1, "unnamed": 1, "outlet": 2}
    assert sum((account.ways for account in timeline.accounts), Ways()).all.figures()["conflict"] == 4


def test_what_one_side_asserts_and_the_other_denies_is_contested(store: Store, timeline: Timeline) -> None:
    assert timeline.contested == 0
    assert store.timeline("PER", "MEX").contested == 1


def test_the_other_order_of_sides_is_the_mirror(store: Store) -> None:
    one, other = store.timeline("PER", "MEX"), store.timeline("MEX", "PER")
    assert one.total.there.figures() == other.total.back.figures()
    assert one.total.all.events == other.total.all.events
    assert one.total.all.word_source == other.total.all.word_target


@pytest.mark.parametrize("by, first", [("day", "2023-02-24"), ("week", "2023-02-20"), ("year", "2023")])
def test_periods_of_every_length(store: Store, by: str, first: str) -> None:
    found = store.timeline("PER", "MEX", by=by)
    assert found.periods[0].period == first
    assert found.total.all.events == 7


def test_periods_go_from_since_to_until(store: Store) -> None:
    found = store.timeline("PER", "MEX", by="month", since="2022-11", until="2023-06")
    assert [found.periods[0].period, found.periods[-1].period] == ["2022-11", "2023-06"]


def test_rows_are_one_for_each_period_and_way(timeline: Timeline) -> None:
    rows = list(timeline.rows())
    assert len(rows) == 3 * (len(timeline.periods) + 1)  # and the events without a period
    expected = ["period", "source", "target", "reciprocal", *FIGURES, "stories", "naming", "share"]
    assert [*rows[0]] == expected
    assert sum(row["events"] for row in rows) == 6


def test_filters_hold(store: Store) -> None:
    assert store.timeline("PER", "MEX", quad=4).total.all.cooperation == 0
    assert store.timeline("PER", "MEX", word="PER").total.all.events == 3


def test_two_sides_that_never_met_have_no_periods(store: Store) -> None:
    found = store.timeline("PER", "TCD")
    assert (found.periods, found.total) == ((), Ways())


@pytest.mark.parametrize("sides", [("PER", "PER"), ("", "PER")])
def test_two_different_sides_are_needed(store: Store, sides: tuple[str, str]) -> None:
    with pytest.raises(UsageError, match="two different sides"):
        store.timeline(*sides)


def test_bad_periods_and_dates_are_usage_errors(store: Store) -> None:
    with pytest.raises(UsageError, match="no period"):
        store.timeline("PER", "MEX", by="decade")
    with pytest.raises(BadDate):
        store.timeline("PER", "MEX", since="yesterday")


def test_pairs_name_bodies_and_count_each_event_once(store: Store) -> None:
    found = {(pair.first, pair.second): pair for pair in store.relations(limit=None)}
    assert next(iter(found)) == ("MEX", "PER")
    pair = found["MEX", "PER"]
    assert (pair.events, pair.there, pair.back, pair.together) == (7, 3, 2, 2)
    assert (pair.cooperation, pair.conflict, pair.unreal) == (2, 5, 3)
    assert found["PER", "United Nations"].events == 2
    assert found["CHL", "PER"].events == 1  # the talks of three are one event between each two of them


def test_pairs_and_timelines_agree(store: Store) -> None:
    for pair in store.relations(limit=None):
        ways = store.timeline(pair.first, pair.second).total
        assert (ways.there.events, ways.back.events, ways.together.events) == (
            pair.there,
            pair.back,
            pair.together,
        )
        assert ways.all.unreal == pair.unreal


def test_pairs_can_be_limited(store: Store) -> None:
    assert len(list(store.relations(limit=1))) == 1


def test_an_empty_store_has_no_relations(tmp_path: Path) -> None:
    empty = detente.open(small.build(tmp_path, []))
    assert list(empty.relations()) == []
    assert empty.timeline("PER", "MEX").periods == ()


def test_flows_add_up() -> None:
    one = Flow(occurred=1, verbal_conflict=1, goldstein_sum=-2.0, goldstein_scored=1, plover_sum=-3.0)
    both = one + Flow(ongoing=1, verbal_cooperation=1, plover_sum=1.0)
    assert (both.events, both.conflict, both.goldstein_mean, both.plover_mean) == (2, 1, -2.0, -1.0)
    assert Flow().goldstein_mean is None
    assert Period.from_dict(Period("2023", Ways(one), 4, 1).to_dict()).share == 0.25
