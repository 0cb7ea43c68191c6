"""Whose word a story rests on: its statements and events by account."""

from __future__ import annotations

from dataclasses import dataclass

from detente.coding.merge import same_parties
from detente.records import Actor, Event, Record, Statement


@dataclass(frozen=True, slots=True)
class Account:
    """What one source tells in a story."""

    whose: Actor | None  # None: the outlet itself, or somebody whom the story does not name
    name: str  # how the source is shown
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Accounts:
    """A story by accounts."""

    outlet: Account
    sources: tuple[Account, ...]  # in order of their first words
    shared: tuple[tuple[Event, ...], ...]  # acts that two or more accounts tell, one event an account


def accounts(record: Record) -> Accounts:
    """Group the statements and events of a record by whose word they rest on.

    A statement counts for its principal where it has one (a spokesman's government), else for its speaker; nested
    statements count for their own speaker. Events without a word are the outlet's.
    """
    order: dict[str, tuple[Actor | None, str]] = {}
    of_statement: dict[str, str] = {}
    for statement in record.statements:
        actor = statement.principal or (statement.speaker.actor if statement.speaker else None)
        key, name = _key(statement, actor)
        order.setdefault(key, (actor, name))
        of_statement[statement.id] = key
    sources = tuple(
        Account(
            actor,
            name,
            tuple(s for s in record.statements if of_statement[s.id] == key),
            tuple(e for e in record.events if e.word is not None and of_statement.get(e.word) == key),
        )
        for key, (actor, name) in order.items()
    )
    own = tuple(event for event in record.events if event.word is None)
    return Accounts(Account(None, "the outlet", (), own), sources, _shared(record.events, of_statement))


def _key(statement: Statement, actor: Actor | None) -> tuple[str, str]:
    if actor is not None:
        shared = actor.code if actor.country and actor.sector == "GOV" else None
        return shared or actor.name, actor.name
    if statement.speaker is not None:
        return statement.speaker.text.lower(), statement.speaker.text
    return "", "nobody named"


def _shared(events: tuple[Event, ...], of_statement: dict[str, str]) -> tuple[tuple[Event, ...], ...]:
    """Acts told by more than one account: same type and parties, different word."""
    groups: list[list[Event]] = []
    for event in events:
        group = next((g for g in groups if _told_alike(g[0], event)), None)
        if group is None:
            groups.append([event])
        else:
            group.append(event)
    return tuple(
        tuple(group) for group in groups if len({of_statement.get(e.word or "", "") for e in group}) > 1
    )


def _told_alike(one: Event, other: Event) -> bool:
    if one.type != other.type:
        return False
    everybody = ((*one.source, *one.target), (*other.source, *other.target))
    return same_parties(*everybody)
