"""Statements: what was found of who is said to have said what."""

from __future__ import annotations

from collections import Counter

from detente.records import Record, Span, Statement
from detente.score.gold import GoldStatement, Item
from detente.score.judge import Scores
from detente.score.names import share, words
from detente.score.pairing import best_pairs

PARTS = ("speaker", "cue", "content")
Parts = dict[str, Counter[str]]


def judge_statements(record: Record, item: Item, scores: Scores) -> None:
    """Count the statements of one passage: found, the words of their parts, kind and stance."""
    answers = [(statement, _answered(statement)) for statement in record.statements]
    gold = [(statement, _wanted(statement)) for statement in item.statements]
    pairs = best_pairs(answers, gold, lambda answer, one: _likeness(answer[1], one[1]))
    for part in PARTS:
        common = sum((mine[part] & theirs[part]).total() for (_, mine), (_, theirs) in pairs)
        sizes = [sum(parts[part].total() for _, parts in side) for side in (answers, gold)]
        scores[f"{part} words"].count(common, sizes[0], sizes[1])
    same = [(answer, one) for (answer, mine), (one, theirs) in pairs if _found(mine, theirs)]
    scores["statements found"].count(len(same), len(answers), len(gold))
    for answer, one in same:
        scores["kind"].judge(answer.kind == one.kind)
        scores["stance"].judge(answer.stance == one.stance)


def _answered(statement: Statement) -> Parts:
    spans: dict[str, tuple[Span | None, ...]] = {
        "speaker": (statement.speaker,),
        "cue": (statement.cue,),
        "content": statement.content,
    }
    return {part: _bag(*(span.text for span in spans[part] if span is not None)) for part in PARTS}


def _wanted(statement: GoldStatement) -> Parts:
    return {
        "speaker": _bag(statement.speaker),
        "cue": _bag(statement.cue),
        "content": _bag(*statement.content),
    }


def _bag(*texts: str | None) -> Counter[str]:
    return words(" ".join(text or "" for text in texts))


def _likeness(one: Parts, other: Parts) -> float:
    """How much two statements agree; 0 if they share neither content nor both speaker and cue."""
    shares = {part: share(one[part], other[part]) for part in PARTS}
    if not (shares["content"] or (shares["speaker"] and shares["cue"])):
        return 0.0
    return 4 * shares["content"] + shares["cue"] + shares["speaker"]


def _found(one: Parts, other: Parts) -> bool:
    """Whether it is the same statement: half the content in common, or a word of the cue where there is no content."""
    if one["content"] or other["content"]:
        return share(one["content"], other["content"]) >= 0.5
    return bool(one["cue"] & other["cue"])
