"""The columns of each listing: what `detente events` and `store.events()` show of a row.

Events and stories have the columns that `detente code --csv` and `detente read --csv` have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from detente.store import flat
from detente.store.filters import Condition, Filters


class Query(NamedTuple):
    """A listing as SQL, the SQL that counts its rows, and the values for the question marks of either."""

    sql: str
    counting: str
    values: list[object]


def _plain(*columns: str) -> dict[str, str]:
    return {column: f'"{column}"' for column in columns}


def _cells(of: str, *first: str) -> dict[str, str]:
    return _plain(*(f"{of}_{part}" for part in (*first, *flat.ACTOR)))


EVENTS: Mapping[str, str] = MappingProxyType(
    {
        "event_id": "id",
        **_plain("story_id", "published", "headline", "type", "mode"),
        "contexts": "CASE WHEN len(contexts) > 0 THEN array_to_string(contexts, '; ') END",
        **_plain("quad", "cameo", "cameo_root", "goldstein"),
        **_cells("source", "text"),
        **_cells("target", "text"),
        **_plain("reciprocal", "status", "background", "word", "word_name", "word_country", "word_sector"),
        **_plain("date", "date_precision", "date_from"),
        "place": "place.name",
        "place_country": "place.country",
        "place_lat": "place.lat",
        "place_lon": "place.lon",
        "confidence": "round(confidence, 4)",
        "trigger": "trigger.text",
        "trigger_start": "trigger.start",
        "sentence": r"trim(regexp_replace(sentence.text, '\s+', ' ', 'g'))",
        **_plain("why", "source_file"),
    }
)
STATEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "statement_id": "id",
        **_plain("story_id", "published", "headline"),
        **_cells("speaker", "text"),
        **_cells("principal"),
        **_plain("stance", "kind"),
        "cue": "cue.text",
        "content": "said",
        **_cells("addressee", "text"),
        **_plain("channel", "inside", "why", "source_file"),
    }
)
STORIES: Mapping[str, str] = MappingProxyType(
    {
        "story_id": "id",
        **_plain("published", "published_from", "headline", "deck"),
        "byline": "CASE WHEN len(byline) > 0 THEN array_to_string(byline, '; ') END",
        "dateline": "dateline.text",
        **_plain("agency", "distributor", "outlet"),
        "issuer": "issuer.name",
        "language": "language",
        "furniture": "len(furniture)",
        "words": r"len(list_filter(string_split_regex(text, '\s+'), lambda one: one <> ''))",
        "source_file": "source",
        "text": "text",
    }
)
_WHO = (*flat.ACTOR, "office", "wikidata", "kind")
ACTORS = (*_WHO, "first_seen", "last_seen", "events", "statements")


def events(filters: Filters, limit: int | None, offset: int) -> Query:
    """Return the query for events in the order of their days."""
    return _listing("event", EVENTS, filters.events(), ("day", "story_id", "position"), limit, offset)


def statements(filters: Filters, limit: int | None, offset: int) -> Query:
    """Return the query for statements in the order of their days."""
    return _listing(
        "statement", STATEMENTS, filters.statements(), ("day", "story_id", "position"), limit, offset
    )


def stories(filters: Filters, limit: int | None, offset: int) -> Query:
    """Return the query for stories in the order of publication."""
    # Where words are looked for, the texts are read anyway; they are the most of a story, so not twice.
    return _listing(
        "story", STORIES, filters.stories(), ("day", "id"), limit, offset, narrow_first=not filters.text
    )


def actors(filters: Filters, limit: int | None, offset: int) -> Query:
    """Return the query for actors, those with the most events first.

    `actor` chooses among the actors themselves. Every other filter chooses events: then the parties of these are
    listed, only these events are counted, and first and last seen are days of these; statements are not counted.
    """
    acts = replace(filters, actor=None).events()
    chosen = filters.meant()
    columns = ", ".join(_plain(*ACTORS))
    table = _parties(acts) if acts.values else "actor"
    order = f"ORDER BY events DESC, statements DESC, name, code {_page(limit, offset)}"
    rows = f"FROM {table} WHERE {chosen.sql}"
    return Query(
        f"SELECT {columns} {rows} {order}",
        f"SELECT count(*) FROM (SELECT 1 {rows} {_page(limit, offset)})",
        [*acts.values, *chosen.values],
    )


def _parties(acts: Condition) -> str:
    who = ", ".join(_plain(*_WHO))
    return (
        f"(SELECT {who}, min(day) AS first_seen, max(day) AS last_seen, count(*) FILTER (NOT again) AS events, "
        f"NULL::BIGINT AS statements FROM party WHERE name IS NOT NULL "
        f"AND event_id IN (SELECT id FROM event WHERE {acts.sql}) GROUP BY {who})"
    )


def _listing(
    table: str,
    columns: Mapping[str, str],
    condition: Condition,
    order: tuple[str, ...],
    limit: int | None,
    offset: int,
    *,
    narrow_first: bool = True,
) -> Query:
    """The query for a listing; of a page of few rows the narrow columns are read first, to find where it lies."""
    shown = ", ".join(f'{sql} AS "{column}"' for column, sql in columns.items())
    rows = f"FROM {table} WHERE {condition.sql}"
    by = f"ORDER BY {', '.join(f'{table}.{column}' for column in order)}"
    page = _page(limit, offset)
    found = f"SELECT {shown} {rows} {by} {page}"
    if limit is not None and narrow_first:
        found = f"WITH page AS MATERIALIZED (SELECT id, {order[1]} AS story, day {rows} {by} {page}) "
        found += f"SELECT {shown} FROM ({_of_page(table, order[1])}) AS {table} {by}"
    return Query(found, f"SELECT count(*) FROM (SELECT 1 {rows} {page})", list(condition.values))


def _of_page(table: str, story: str) -> str:
    """SQL for the rows of a page, all columns of them.

    Ids lie all over a table, but it is sorted by day, and what has no day by story: joined by these as well, a page
    is read from the few row groups that it lies in.
    """
    dated = f"SELECT one.* FROM {table} AS one JOIN page ON one.id = page.id AND one.day = page.day"
    undated = (
        f"SELECT one.* FROM {table} AS one JOIN page ON one.id = page.id AND one.{story} = page.story "
        f"WHERE one.day IS NULL AND page.day IS NULL"
    )
    return f"{dated} UNION ALL {undated}"


def _page(limit: int | None, offset: int) -> str:
    return (f"LIMIT {int(limit)} " if limit is not None else "") + (f"OFFSET {int(offset)}" if offset else "")
