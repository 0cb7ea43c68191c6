"""A whole gold: every passage coded and judged, the counts summed, the intervals drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Protocol

from detente.fields import Shaped
from detente.records import Record
from detente.score.gold import Item, read_gold
from detente.score.judge import Finding, Scores, judge_events
from detente.score.said import judge_statements
from detente.score.tally import Figure, Tally, intervals, percent, total
from detente.terms import STATUSES, TYPES

GROUPS = {
    "overall": ("found", "typed", "quad", "strict", "complete", "traps coded"),
    "type": tuple(f"type {name}" for name in TYPES),
    "status": tuple(f"status {name}" for name in STATUSES),
    "field": ("source", "target", "country", "sector", "status", "background", "word", "attributed", "word name",
              "date", "date accuracy", "place", "place accuracy"),
    "statement": ("statements found", "speaker words", "cue words", "content words", "kind", "stance"),
}  # fmt: skip


class Codes(Protocol):
    """What can be measured: whatever codes a text, as `detente.Coder` does."""

    def code(self, story: str, published: str | None = None, clean: bool = True) -> Record:
        """Return the record of a text."""


@dataclass(frozen=True, slots=True)
class Evaluation(Shaped):
    """What came of it."""

    items: Annotated[int, "passages"]
    figures: Annotated[tuple[Figure, ...], "the figures, in the order of the documentation"]
    findings: Annotated[tuple[Finding, ...], "events missed, false and wrong, in the order of the gold"]

    def figure(self, name: str, group: str | None = None) -> Figure:
        """Return one figure; KeyError if nothing of that name was counted.

        Args:
            name: such as strict, SANCTION, planned, word.
            group: overall, type, status, field or statement, where the name stands in several.
        """
        for one in self.figures:
            if one.name == name and group in (None, one.group):
                return one
        raise KeyError(name)


def evaluate(gold: Path | str | Iterable[Item], coder: Codes) -> Evaluation:
    """Code every passage of a gold as it is and hold the result against it.

    Args:
        gold: a file of JSON lines (docs/evaluate.md), or its items.
        coder: a `detente.Coder`, or anything else with its method `code`.

    Raises:
        InputError: the gold cannot be read, or a line of it is not sound.
    """
    items = list(read_gold(gold) if isinstance(gold, str | Path) else gold)
    each: list[Scores] = []
    findings: list[Finding] = []
    for item in items:
        record, scores = coder.code(item.text, published=item.published, clean=False), Scores(Tally)
        findings += judge_events(record, item, scores)
        judge_statements(record, item, scores)
        each.append(scores)
    return Evaluation(len(items), tuple(_figures(each)), tuple(findings))


def _figures(each: Sequence[Scores]) -> Iterable[Figure]:
    sums, spread = defaultdict(Tally, total(each)), intervals(each)
    for group, names in GROUPS.items():
        for name in names:
            one = sums[name]
            if not one.answers + one.gold and group in ("type", "status"):
                continue
            low, high = spread.get(name, (None, None))
            yield Figure(
                group, name.removeprefix(f"{group} ") if group in ("type", "status") else name,
                percent(one.right, one.answers), percent(one.right, one.gold),
                percent(2 * one.right, one.answers + one.gold), low, high, one.right, one.answers, one.gold,
            )  # fmt: skip
