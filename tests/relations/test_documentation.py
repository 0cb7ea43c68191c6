"""docs/relations.md defines every figure, docs/export.md every layout, and neither anything else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente.export import LAYOUTS
from detente.export.writing import DYADIC
from detente.relations.shapes import COVERAGE, FIGURES

DOCS = Path(__file__).parents[2] / "docs"


def table(page: str) -> set[str]:
    """The names in the first column of a page's tables."""
    text = (DOCS / page).read_text(encoding="utf-8")
    cells = re.findall(r"^\| (`[^|]+) \|", text, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([a-z_-]+)`", cell)}


def test_every_figure_is_defined() -> None:
    assert table("relations.md") == {*FIGURES, *COVERAGE}


def test_every_layout_is_described() -> None:
    assert table("export.md") == {*LAYOUTS}


@pytest.mark.parametrize("layout", [*DYADIC, "plover"])
def test_what_a_layout_cannot_carry_is_said(layout: str) -> None:
    assert f"\n- **{layout}**: " in (DOCS / "export.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("layout", DYADIC.values(), ids=DYADIC)
def test_the_number_of_columns_is_that_of_the_layout(layout: object) -> None:
    text = (DOCS / "export.md").read_text(encoding="utf-8")
    (count,) = re.findall(rf"^\| `{layout.name}` .*?(\d+) columns", text, re.MULTILINE)  # type: ignore[attr-defined]
    assert int(count) == len(layout.columns)  # type: ignore[attr-defined]
