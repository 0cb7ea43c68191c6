"""`detente evaluate`: figures with their intervals, or the events to read, one by one."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from detente.cli.columns import Column, joined
from detente.cli.output import Listing, Screen, sink
from detente.cli.readable import BOLD, DIM, painted, plain, wrapped
from detente.cli.table import listing
from detente.fields import field_docs
from detente.score import Figure, Finding
from detente.score import evaluate as measure

if TYPE_CHECKING:
    from detente.pipeline import Coder
    from detente.records import Record
    from detente.score import Evaluation

HANG = " " * 9  # where the text of a finding begins
FIGURE_COLUMNS = tuple(row.field for row in field_docs(Figure))
FINDING_COLUMNS = tuple(
    Column(row.field, row.meaning, attrgetter(row.field))
    if row.field != "fields"
    else Column(row.field, row.meaning, lambda finding: joined(finding.fields))
    for row in field_docs(Finding)
)


def evaluate(options: Namespace) -> int:
    """Code the gold's passages and tell what came of it."""
    from detente.pipeline import Coder

    coder = Coder(model=options.model, lexicon=options.lexicon)
    found = measure(options.gold, _Confident(coder, options.min_confidence))
    if options.findings:
        shown = Listing(Finding.to_dict, FINDING_COLUMNS, lambda finding: [finding], _page)
        with sink(options, shown) as write:
            for finding in found.findings:
                write(finding)
    else:
        figures, rows = listing(FIGURE_COLUMNS, map(_row, found.figures))
        with sink(options, figures) as write:
            for row in rows:
                write(row)
    print(_summary(found, options), file=sys.stderr)
    return 0


class _Confident:
    """A coder whose events below a confidence are left out, as `--min-confidence` asks."""

    def __init__(self, coder: Coder, least: float) -> None:
        self.coder, self.least = coder, least

    def code(self, story: str, published: str | None = None, clean: bool = True) -> Record:
        """Code a text."""
        record = self.coder.code(story, published, clean)
        kept = (one for one in record.events if one.confidence is None or one.confidence >= self.least)
        return replace(record, events=tuple(kept))


def _row(figure: Figure) -> tuple[object, ...]:
    return tuple(getattr(figure, name) for name in FIGURE_COLUMNS)


def _summary(found: Evaluation, options: Namespace) -> str:
    counts = Counter(finding.what for finding in found.findings)
    told = ", ".join(f"{counts[what]} {what}" for what in ("missed", "false", "wrong"))
    more = "" if options.findings else f"; to read them: detente evaluate {options.gold} --findings"
    return f"{found.items} passages; events {told}{more}"


def _page(finding: Finding, screen: Screen) -> str:
    """One finding: what is wrong with it, gold above answer, and the evidence."""
    what = f"{finding.what}: {', '.join(finding.fields)}" if finding.fields else finding.what
    lines = [f"{painted(plain(finding.item), BOLD, screen)}  {what}"]
    for name, text in (("gold", finding.gold), ("coded", finding.answer), ("from", finding.sentence)):
        if text:
            lines += wrapped(plain(text), screen, HANG, f"  {name:<7}")
    if finding.why:
        lines += wrapped(painted(plain(finding.why), DIM, screen), screen, HANG, "  why    ")
    return "\n".join(lines) + "\n"
