"""Within a story, one event once per word: headline, lead and recap of the same act become one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.coding.parties import Mentions, same_side
from detente.records import Event, Statement

_VENUES = frozenset(("CONSULT",))
_PAIRED = frozenset(("ASSAULT", "SUPPORT", "ACCUSE", "REJECT", "REQUEST", "THREATEN", "AGREE"))
_AND = re.compile(r",?\s+(?:and|or)\s+")


def merge(events: Sequence[Event], statements: Sequence[Statement]) -> tuple[Event, ...]:
    """Return the events in order, doubles folded into the first that tells the act; its `why` counts them."""
    voices = {one.id: _voice(one) for one in statements}
    kept: list[Event] = []
    for event in events:
        if not any(same_act(one, event, voices) for one in kept):
            kept.append(event)
    return tuple(kept)


def same_act(one: Event, other: Event, voices: dict[str, str]) -> bool:
    """Whether two events tell one act on one word."""
    if one.type != other.type or one.status != other.status or one.background != other.background:
        return False
    if one.word != other.word and voices.get(one.word or "") != voices.get(other.word or ""):
        return False
    if one.date and other.date and one.date != other.date:
        return False
    if one.status == "planned" and one.sentence == other.sentence and one.trigger.text != other.trigger.text:
        return False
    if one.type in _VENUES:
        return same_parties((*one.source, *one.target), (*other.source, *other.target))
    if (
        one.type != "PROTEST"
        and one.sentence == other.sentence
        and one.trigger != other.trigger
        and one.cameo != other.cameo
        and not one_breath(one, other)
    ):
        return False
    return same_parties(one.source, other.source) and same_parties(one.target, other.target)


def one_breath(one: Event, other: Event) -> bool:
    """Whether two words joined by "and" alone are one act: "was shot and killed", "condemned and denounced"."""
    first, second = sorted((one.trigger, other.trigger), key=lambda trigger: trigger.start)
    between = one.sentence.text[first.end - one.sentence.start : second.start - one.sentence.start]
    return one.type in _PAIRED and _AND.fullmatch(between) is not None


def same_parties(one: Mentions, other: Mentions) -> bool:
    """Whether two lists name the same parties."""
    return len(one) == len(other) and all(any(same_side(m, n) for n in other) for m in one)


def _voice(statement: Statement) -> str:
    """Whose word a statement is, as far as merging cares."""
    actor = statement.principal or (statement.speaker.actor if statement.speaker else None)
    return (actor.code or actor.name) if actor else statement.id
