"""Charts of a timeline: Vega-Lite specs as plain data, and their pictures as PNG or SVG.

A spec is a dict; any Vega-Lite tool can show it. Pictures are made by vl-convert-python, which needs neither a browser
nor the network and is an extra: ``pip install 'detente[charts]'``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from detente.errors import MissingPart, UsageError
from detente.relations.shapes import Timeline

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
# Blue against red stays apart for all kinds of colour vision; the deed is darker than the word.
COLOURS = ("#9ecae1", "#2171b5", "#fdae8f", "#cb181d")
WIDTH = 640


def timeline_chart(timeline: Timeline) -> dict[str, Any]:
    """Return a Vega-Lite spec: events by quad, mean Goldstein score each way, and the coverage below."""
    x = {
        "field": "start", "type": "temporal", "timeUnit": _unit(timeline.by), "title": None,
        "axis": {"format": _format(timeline.by), "labelOverlap": True},
    }  # fmt: skip
    return {
        "$schema": SCHEMA,
        "title": {
            "text": f"{timeline.first} and {timeline.second}, by {timeline.by}",
            "subtitle": "occurred or ongoing; cooperation above the line, conflict below",
            "anchor": "start",
        },
        "config": {"view": {"stroke": None}, "axis": {"grid": False}, "font": "sans-serif"},
        "resolve": {"scale": {"color": "independent"}},
        "vconcat": [_events(timeline, x), _scores(timeline, x), _coverage(timeline, x)],
    }


def _events(timeline: Timeline, x: dict[str, Any]) -> dict[str, Any]:
    values = []
    for start, period in _placed(timeline):
        flow = period.ways.all
        for quad in QUADS:
            count = getattr(flow, quad.replace(" ", "_"))
            values.append({"start": start, "quad": quad, "events": -count if "conflict" in quad else count})
    colour = {
        "field": "quad", "type": "nominal", "title": None, "scale": {"domain": [*QUADS], "range": [*COLOURS]},
    }  # fmt: skip
    bars = {
        "type": "quantitative",
        "field": "events",
        "title": "events",
        "axis": {"format": "d", "tickMinStep": 1},
    }
    return _panel(values, 200, "bar", {"x": x, "y": bars, "color": colour})


def _scores(timeline: Timeline, x: dict[str, Any]) -> dict[str, Any]:
    ways = {
        "there": f"{timeline.first} → {timeline.second}",
        "back": f"{timeline.second} → {timeline.first}",
        "together": "together",
    }
    values = [
        {"start": start, "way": name, "goldstein": round(mean, 3)}
        for start, period in _placed(timeline)
        for way, name in ways.items()
        if (mean := getattr(period.ways, way).goldstein_mean) is not None
    ]
    y = {
        "field": "goldstein", "type": "quantitative", "title": "mean Goldstein score",
        "scale": {"domain": [-10, 10]},
    }  # fmt: skip
    way_colour = {"field": "way", "type": "nominal", "title": None, "scale": {"scheme": "dark2"}}
    return _panel(values, 110, {"type": "line", "point": True}, {"x": x, "y": y, "color": way_colour})


def _coverage(timeline: Timeline, x: dict[str, Any]) -> dict[str, Any]:
    values = [
        {"start": start, "stories": period.stories, "naming": period.naming}
        for start, period in _placed(timeline)
    ]
    title = "stories; both named"
    grey = {
        "type": "quantitative",
        "field": "stories",
        "title": title,
        "axis": {"format": "d", "tickMinStep": 1},
    }
    return {
        "width": WIDTH, "height": 70, "data": {"values": values},
        "layer": [
            {"mark": {"type": "bar", "color": "#d9d9d9"}, "encoding": {"x": x, "y": grey}},
            {"mark": {"type": "bar", "color": "#525252"}, "encoding": {"x": x, "y": {**grey, "field": "naming"}}},
        ],
    }  # fmt: skip


def _panel(values: list[dict[str, Any]], height: int, mark: Any, encoding: dict[str, Any]) -> dict[str, Any]:
    return {"width": WIDTH, "height": height, "data": {"values": values}, "mark": mark, "encoding": encoding}


def _placed(timeline: Timeline) -> Iterator[tuple[str, Any]]:
    """Every period with the first day of it, which is how Vega-Lite reads months and years."""
    for period in timeline.periods:
        if period.period is not None:
            yield f"{period.period}-01-01"[:10] if timeline.by in ("month", "year") else period.period, period


def _unit(by: str) -> str:
    # Read as UTC: a day must not slip back by one west of Greenwich. A week is the day of its Monday.
    return {
        "day": "utcyearmonthdate",
        "week": "utcyearmonthdate",
        "month": "utcyearmonth",
        "year": "utcyear",
    }[by]


def _format(by: str) -> str:
    return {"month": "%Y-%m", "year": "%Y"}.get(by, "%Y-%m-%d")


def draw(spec: dict[str, Any], path: str | Path) -> None:
    """Write the picture of a spec; the ending .png or .svg says which kind.

    Raises:
        MissingPart: vl-convert-python is not installed.
        UsageError: another ending, or the file cannot be written.
    """
    target = Path(path)
    if target.suffix.lower() not in (".png", ".svg"):
        raise UsageError(
            f"{target.name} is neither .png nor .svg", advice="Give the file one of these endings."
        )
    try:
        import vl_convert
    except ImportError as error:
        raise MissingPart(
            "pictures need the package vl-convert-python",
            advice="Install it with: pip install 'detente[charts]'; without it the terminal shows bars.",
        ) from error
    if target.suffix.lower() == ".png":
        picture: bytes = vl_convert.vegalite_to_png(spec, scale=2)
    else:
        picture = vl_convert.vegalite_to_svg(spec).encode("utf-8")
    try:
        target.write_bytes(picture)
    except OSError as error:
        raise UsageError(
            f"cannot write there ({error.strerror})",
            where=str(target),
            advice="Give a file in a folder that exists.",
        ) from None
