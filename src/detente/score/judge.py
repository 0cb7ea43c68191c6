"""One passage: its answers held against its gold, field by field, and what there is to read about it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from detente.fields import Shaped
from detente.records import QUAD, Actor, Event, Mention, Record, Statement
from detente.score.gold import UNKNOWN, GoldEvent, Item, Party
from detente.score.names import goes_by, same_name
from detente.score.pairing import best_pairs
from detente.score.tally import Tally

Scores = defaultdict[str, Tally]
_CUT = {"day": 10, "month": 7, "year": 4}  # characters of a date that are known


@dataclass(frozen=True, slots=True)
class Finding(Shaped):
    """One thing to read: an event that was missed, that should not be there, or that is not quite right."""

    item: Annotated[str, "id of the passage"]
    what: Annotated[str, "missed, false or wrong"]
    fields: Annotated[tuple[str, ...], "of a wrong one, the fields that differ"]
    answer: Annotated[str | None, "the event that was coded, in one line"]
    gold: Annotated[str | None, "the event in the gold, in one line"]
    sentence: Annotated[str | None, "the sentence of the answer"]
    why: Annotated[str | None, "what decided the answer"]
    event: Annotated[str | None, "id of the event that was coded"]


def judge_events(record: Record, item: Item, scores: Scores) -> Iterator[Finding]:
    """Count the events of one passage, and yield what is to be read."""
    told = {statement.id: statement for statement in record.statements}
    pairs = best_pairs(record.events, item.events, lambda event, gold: likeness(item.text, told, event, gold))
    for event, gold in pairs:
        if differing := _judge_pair(event, gold, told, scores):
            yield Finding(item.id, "wrong", differing, shown(event, told), shown_gold(gold),
                          event.sentence.text, event.why, event.id)  # fmt: skip
    for name in ("found", "typed", "quad", "strict", "complete"):
        scores[name].count(0, len(record.events), len(item.events))
    for side in ("source", "target"):
        scores[side].count(0, sum(len(_side(event, side)) for event in record.events),
                           sum(len(_gold_side(gold, side)) for gold in item.events))  # fmt: skip
    for event in record.events:
        scores[f"type {event.type}"].answers += 1
    for gold in item.events:
        scores[f"type {gold.type}"].gold += 1
    if not item.events:
        scores["traps coded"].judge(bool(record.events))
    yield from _unpaired(record, item, told, pairs)


def _unpaired(
    record: Record, item: Item, told: Mapping[str, Statement], pairs: list[tuple[Event, GoldEvent]]
) -> Iterator[Finding]:
    for gold in item.events:
        if all(one is not gold for _, one in pairs):
            yield Finding(item.id, "missed", (), None, shown_gold(gold), None, None, None)
    for event in record.events:
        if all(one is not event for one, _ in pairs):
            yield Finding(
                item.id, "false", (), shown(event, told), None, event.sentence.text, event.why, event.id
            )


def likeness(text: str, told: Mapping[str, Statement], event: Event, gold: GoldEvent) -> float:
    """Return how much an answer agrees with a gold event; 0 if they are not about the same act."""
    shares = []
    for side in ("source", "target"):
        most = max(len(_side(event, side)), len(_gold_side(gold, side)))
        shares.append(len(_same_parties(event, gold, side)) / most if most else 1.0)
    trigger, typed = _same_trigger(text, event, gold), event.type == gold.type
    if not trigger and not (typed and shares == [1.0, 1.0]):
        return 0.0
    beside = (event.status == gold.status) + _same_word(event, gold, told)
    return 4 * typed + 3 * trigger + sum(shares) + 0.4 * beside


def _judge_pair(
    event: Event, gold: GoldEvent, told: Mapping[str, Statement], scores: Scores
) -> tuple[str, ...]:
    """Count a paired event; return the names of the fields in which the two differ."""
    same: dict[str, bool] = {
        "type": event.type == gold.type,
        "reciprocal": event.reciprocal == gold.reciprocal,
    }
    for side in ("source", "target"):
        countries = {codes(mention.actor)[0] for mention in _side(event, side)}
        same[side] = countries == {party.country for party in _gold_side(gold, side)}
    strict = all(same.values())
    for name, right in (("found", True), ("typed", same["type"]), ("strict", strict),
                        ("quad", event.quad == QUAD[gold.type]), (f"type {gold.type}", same["type"])):  # fmt: skip
        scores[name].right += right
    for side in ("source", "target"):
        for mention, party in _same_parties(event, gold, side):
            scores[side].right += 1
            country, sector = codes(mention.actor)
            scores["country"].judge(country == party.country)
            scores["sector"].judge(sector == party.sector)
            same["sector"] = same.get("sector", True) and sector == party.sector
    same |= _circumstances(event, gold, told, scores)
    scores["complete"].right += strict and same["status"] and same["background"] and same["word"]
    return tuple(name for name, right in same.items() if not right)


def _circumstances(
    event: Event, gold: GoldEvent, told: Mapping[str, Statement], scores: Scores
) -> dict[str, bool]:
    """Count status, background, word, date and place of a paired event."""
    same = {
        "status": event.status == gold.status,
        "background": event.background == gold.background,
        "word": _same_word(event, gold, told),
        "date": told_date(event) == gold.date,
    }
    place = event.place.name if event.place else None
    same["place"] = place == gold.place or bool(place and gold.place and same_name(place, gold.place))
    for name in ("status", "word"):
        scores[name].judge(same[name])
    scores[f"status {gold.status}"].count(same["status"], 0, 1)
    scores[f"status {event.status}"].count(0, 1, 0)
    scores["background"].count(event.background and gold.background, event.background, gold.background)
    word = event.word is not None
    scores["attributed"].count(word and gold.word is not None, word, gold.word is not None)
    if word and gold.word is not None:
        scores["word name"].judge(same_name(_voucher_name(event, told), gold.word.text))
    for name, answer, wanted in (("date", told_date(event), gold.date), ("place", place, gold.place)):
        scores[name].count(answer is not None and same[name], answer is not None, wanted is not None)
        scores[f"{name} accuracy"].judge(same[name])
    return same


# --- the same party, trigger, word, date ------------------------------------------------------------------------------


def codes(actor: Actor | None) -> tuple[str, str]:
    """Return country and sector; UNK for what is not known."""
    return (actor.country if actor else None) or UNKNOWN, (actor.sector if actor else None) or UNKNOWN


def told_date(event: Event) -> str | None:
    """Return the date that the story's words give, cut to what is known of it; one taken from publication is none."""
    cut = _CUT.get(event.date_precision) if event.date_from == "text" else None
    return event.date[:cut] if event.date and cut else None


def _side(event: Event, side: str) -> tuple[Mention, ...]:
    return event.source if side == "source" else event.target


def _gold_side(gold: GoldEvent, side: str) -> tuple[Party, ...]:
    return gold.source if side == "source" else gold.target


def _same_parties(event: Event, gold: GoldEvent, side: str) -> list[tuple[Mention, Party]]:
    return best_pairs(
        _side(event, side),
        _gold_side(gold, side),
        lambda mention, party: goes_by(
            [mention.text, *([mention.actor.name] if mention.actor else [])], party.text
        ),
    )


def _same_trigger(text: str, event: Event, gold: GoldEvent) -> bool:
    """Whether the answer's trigger shares a character with the gold's words, wherever these stand in the text."""
    places = re.finditer(rf"(?<!\w){re.escape(gold.trigger)}(?!\w)", text)
    return any(event.trigger.start < end and start < event.trigger.end for start, end in map(_span, places))


def _span(match: re.Match[str]) -> tuple[int, int]:
    return match.span()


def _voucher(event: Event, told: Mapping[str, Statement]) -> tuple[str, str] | None:
    if event.word is None:
        return None
    statement = told[event.word]
    return codes(statement.principal or (statement.speaker.actor if statement.speaker else None))


def _voucher_name(event: Event, told: Mapping[str, Statement]) -> str:
    speaker = told[event.word].speaker if event.word else None
    if speaker is None:
        return ""
    return f"{speaker.text} {speaker.actor.name if speaker.actor else ''}"


def _same_word(event: Event, gold: GoldEvent, told: Mapping[str, Statement]) -> bool:
    """Whether nobody vouches in either, or parties of the same country and sector do."""
    found = _voucher(event, told)
    if found is None or gold.word is None:
        return found is None and gold.word is None
    return found == (gold.word.country, gold.word.sector)


# --- one line for people ----------------------------------------------------------------------------------------------


def shown(event: Event, told: Mapping[str, Statement]) -> str:
    """Return a coded event as one line."""
    word = None
    if event.word is not None:
        word = f"{_voucher_name(event, told).strip() or '?'} {'/'.join(_voucher(event, told) or ())}"
    return _line(
        event,
        [f"{mention.text} {'/'.join(codes(mention.actor))}" for mention in event.source],
        [f"{mention.text} {'/'.join(codes(mention.actor))}" for mention in event.target],
        word,
        (event.trigger.text, told_date(event), event.place.name if event.place else None),
    )


def shown_gold(gold: GoldEvent) -> str:
    """Return a gold event as one line."""
    word = f"{gold.word.text} {gold.word.country}/{gold.word.sector}" if gold.word else None
    sides = [[f"{p.text} {p.country}/{p.sector}" for p in side] for side in (gold.source, gold.target)]
    return _line(gold, sides[0], sides[1], word, (gold.trigger, gold.date, gold.place))


def _line(
    event: Event | GoldEvent,
    source: Iterable[str],
    target: Iterable[str],
    word: str | None,
    told: tuple[str, str | None, str | None],
) -> str:
    trigger, date, place = told
    between = " <> " if event.reciprocal else " > "
    sides = between.join(
        " + ".join(side) or "-" for side in ((source,) if event.reciprocal else (source, target))
    )
    more = [event.status, *(["background"] if event.background else []), *([f"on {date}"] if date else []),
            *([f"in {place}"] if place else []), *([f"word of {word}"] if word else [])]  # fmt: skip
    return f"{event.type} “{trigger}”: {sides}{' <>' if event.reciprocal else ''}; {', '.join(more)}"
