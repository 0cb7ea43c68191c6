"""STORE → FILES: the data in a layout, with a codebook, a citation, and what the layout cannot carry beside it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from detente.errors import StoreError, UsageError
from detente.export import classic, gdelt, plover, tables
from detente.export.acts import Act, Dyad, acts, count, dyads
from detente.export.layout import Layout
from detente.records import Noun
from detente.store import Filters, Store
from detente.terms import REAL

DYADIC: Mapping[str, Layout] = {
    layout.name: layout
    for layout in (gdelt.EVENTS, gdelt.MENTIONS, classic.ICEWS, classic.PHOENIX, classic.POLECAT)
}
OWN: Mapping[str, Callable[[Store, Path, Filters], dict[str, int]]] = {
    "csv": tables.write_csv,
    "parquet": tables.write_parquet,
}
LAYOUTS = (*OWN, *DYADIC, "plover")
BESIDE = (
    ("row", "number of the row in the layout's first column", lambda row: row.id),
    ("event_id", "detente's event, as the store knows it", lambda row: row.act.event_id),
    ("story_id", "its story", lambda row: row.act.story_id),
    ("type", "PLOVER type", lambda row: row.act.type),
    ("status", "how real it is", lambda row: row.act.status),
    ("background", "whether it is told as background", lambda row: str(row.act.background).lower()),
    ("reciprocal", "whether both do it: then there is a row each way", lambda row: str(row.act.reciprocal).lower()),
    ("date", "its date as the story has it; empty where the day is the story's", lambda row: row.act.date),
    ("date_precision", "how much of the date is known", lambda row: row.act.date_precision),
    ("word_name", "on whose word; empty for the outlet's own and for unnamed sources", lambda row: row.act.word_name),
    ("word_code", "their country and sector", lambda row: row.act.word_code),
    ("outlet_word", "whether the outlet tells it in its own voice", lambda row: str(row.act.word is None).lower()),
    ("confidence", "0 to 1", lambda row: row.act.confidence),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written(Noun):
    """What an export wrote, and what it left out."""

    folder: Annotated[str, "the folder"]
    files: Annotated[tuple[str, ...], "the files in it"]
    rows: Annotated[int, "rows of events in the layout; an event with several parties can have several"]
    events: Annotated[int, "events in them"]
    unreal: Annotated[
        int, "events left out because the layout cannot say that they are planned, sought or denied"
    ]
    background: Annotated[int, "events left out because the layout cannot say that they are background"]
    undated: Annotated[int, "events left out because neither they nor their stories have a date"]


def write(store: Store, layout: str, folder: str | Path, **filters: Any) -> Written:
    """Write the events of a store into a folder, in one of `LAYOUTS`.

    Args:
        store: where the events are.
        layout: csv, parquet, gdelt, gdelt-mentions, icews, phoenix, polecat or plover.
        folder: where to; made if it is not there. Files of the same names are replaced.
        filters: those of `Filters`. In a layout without a place for them, only events that occurred or are ongoing
            and are no background are written, unless `status` or `background` is given.

    Raises:
        UsageError: an unknown layout or filter.
        StoreError: the folder cannot be written.
        MissingPart: parquet without pyarrow.
    """
    if layout not in LAYOUTS:
        raise UsageError(f"{layout!r} is no layout", advice=f"There are {', '.join(LAYOUTS)}.")
    chosen = Filters(**filters)
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
        if layout in OWN:
            counts = OWN[layout](store, target, chosen)
            events, left, rows = counts["event"], (0, 0, 0), counts["event"]
            files, meanings = [f"{table}.{layout}" for table in counts], _own_meanings(store)
        elif layout == "plover":
            undated = count(store, chosen, "day IS NULL")
            events = rows = _lines(target / plover.FILE, (plover.plover(act) for act in acts(store, chosen)))
            left = (0, 0, undated)
            files, meanings = [plover.FILE], [(plover.FILE, key, text) for key, text in plover.KEYS.items()]
        else:
            chosen, left = _carried(store, chosen, filters)
            rows, events = _dyadic(target, DYADIC[layout], acts(store, chosen))
            files, meanings = [DYADIC[layout].file, "beside.csv"], _meanings(DYADIC[layout])
        _table(target / "codebook.csv", ("file", "column", "meaning"), meanings)
        (target / "CITATION.md").write_text(_citation(store, layout, filters, events), encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"cannot write there ({error.strerror})", where=str(error.filename or target),
            advice="Give --out a folder that you may write, on a disk with room.",
        ) from error  # fmt: skip
    return Written(str(target), (*files, "codebook.csv", "CITATION.md"), rows, events, *left)


def _carried(store: Store, chosen: Filters, given: Mapping[str, Any]) -> tuple[Filters, tuple[int, int, int]]:
    """The filters for a layout that has no place for status, background and missing dates; what that leaves out."""
    unreal = background = 0
    if given.get("status") is None:
        unreal = count(store, chosen, f"status NOT IN {REAL}")
        chosen = replace(chosen, status=REAL)
    if given.get("background") is None:
        background = count(store, chosen, "background")
        chosen = replace(chosen, background=False)
    return chosen, (unreal, background, count(store, chosen, "day IS NULL"))


def _dyadic(folder: Path, layout: Layout, found: Iterable[Act]) -> tuple[int, int]:
    """Write a layout and, beside it, what it cannot carry; return rows and events."""
    rows = events = 0
    with (
        (folder / layout.file).open("w", encoding="utf-8", newline="") as file,
        (folder / "beside.csv").open("w", encoding="utf-8", newline="") as other,
    ):
        beside = csv.writer(other, lineterminator="\n")
        beside.writerow([name for name, _, _ in BESIDE])
        if layout.header:
            file.write("\t".join(column.name for column in layout.columns) + "\n")
        for act in found:
            events += 1
            for row in dyads(act):
                file.write(_tabbed(layout, row))
                beside.writerow([value(row) for _, _, value in BESIDE])
                rows += 1
    return rows, events


def _tabbed(layout: Layout, row: Dyad) -> str:
    cells = (column.value(row) for column in layout.columns)
    # Their readers split at tabs and know no quotation marks, so a cell must not hold what would open one.
    texts = (layout.missing if cell in (None, "") else str(cell).replace('"', "'") for cell in cells)
    return "\t".join(texts) + "\n"


def _lines(path: Path, found: Iterable[Mapping[str, Any]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        for item in found:
            file.write(json.dumps(item, ensure_ascii=False) + "\n")
            count += 1
    return count


def _meanings(layout: Layout) -> list[tuple[str, str, str]]:
    own = [(layout.file, column.name, column.meaning) for column in layout.columns]
    return [*own, *(("beside.csv", name, meaning) for name, meaning, _ in BESIDE)]


def _own_meanings(store: Store) -> list[tuple[str, str, str]]:
    return [
        (table, column.name, column.meaning)
        for table, columns in store.tables().items()
        if table in tables.TABLES
        for column in columns
    ]


def _table(path: Path, names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file, lineterminator="\n")
        written.writerow(names)
        written.writerows(rows)


def _citation(store: Store, layout: str, filters: Mapping[str, Any], events: int) -> str:
    return "\n".join(_citation_lines(store, layout, filters, events)) + "\n"


def _citation_lines(store: Store, layout: str, filters: Mapping[str, Any], events: int) -> Iterator[str]:
    today = datetime.now(UTC).date()
    yield "# How to cite these data"
    yield ""
    versions = ", ".join(sorted({run.version for run in store.runs()})) or "unknown"
    yield f"The detente developers ({today.year}). detente {versions}: event data from news text [software]."
    yield f"{events:,} events, layout {layout}, written on {today.isoformat()}."
    chosen = "; ".join(f"{name} {value}" for name, value in filters.items() if value is not None)
    yield f"Filters: {chosen or 'none'}."
    yield ""
    yield "Coded in these runs, which name the model and the lexicon by their SHA-256:"
    yield ""
    for run in store.runs():
        yield f"- {run.id}: detente {run.version}, model {run.model}, lexicon {run.lexicon}, begun {run.began}"
    yield ""
    yield "Name the archive that the stories come from as well: the texts have their own authors and rights."
