"""Bars for terminals and Vega-Lite specs."""

from __future__ import annotations

import builtins
import json
from pathlib import Path
from typing import Any

import pytest

from detente.errors import MissingPart, UsageError
from detente.relations import Flow, Period, Timeline, Ways
from detente.relations.bars import bar, sparkline
from detente.relations.charts import draw, timeline_chart

FLOW = Flow(occurred=3, verbal_cooperation=2, material_conflict=1, goldstein_sum=1.5, goldstein_scored=3)
TIMELINE = Timeline(
    "PER",
    "MEX",
    "month",
    (Period("2023-02", Ways(FLOW), 9, 3), Period("2023-03", Ways(), 4, 0)),
    Ways(),
    (),
    0,
)


def test_a_sparkline_shows_least_and_most() -> None:
    assert sparkline([0, 4, 8]) == "▁▅█"
    assert sparkline([0, None, 1000, 1]) == "▁ █▂"  # whatever is above zero is seen to be
    assert sparkline([]) == ""


def test_a_long_sparkline_adds_neighbours_up() -> None:
    assert sparkline([1, 1, 0, 0, 4, 4], 3) == "▃▁█"


def test_a_bar_is_as_long_as_its_share() -> None:
    assert bar(5, 10, 8) == "████"
    assert bar(1, 1000, 8, "▒") == "▒"
    assert (bar(0, 10, 8), bar(0, 0, 8)) == ("", "")


def test_a_spec_is_plain_data_with_conflict_below_the_line() -> None:
    spec = timeline_chart(TIMELINE)
    assert json.loads(json.dumps(spec)) == spec
    events = {
        row["quad"]: row["events"] for row in spec["vconcat"][0]["data"]["values"] if "-02-" in row["start"]
    }
    assert events == {
        "verbal cooperation": 2,
        "material cooperation": 0,
        "verbal conflict": 0,
        "material conflict": -1,
    }
    assert spec["vconcat"][2]["data"]["values"][0] == {"start": "2023-02-01", "stories": 9, "naming": 3}


@pytest.mark.parametrize("name, begins", [("a.png", b"\x89PNG"), ("a.svg", b"<svg")])
def test_pictures_are_drawn(tmp_path: Path, name: str, begins: bytes) -> None:
    pytest.importorskip("vl_convert", reason="pictures need the extra 'charts'")
    draw(timeline_chart(TIMELINE), tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_an_unknown_ending_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="neither"):
        draw({}, tmp_path / "a.gif")


def test_without_vl_convert_a_part_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "vl_convert":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingPart, match="detente\\[charts\\]") as caught:
        draw(timeline_chart(TIMELINE), tmp_path / "a.png")
    assert caught.value.exit_code == 5
