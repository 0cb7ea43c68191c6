"""Find the story among the lines of a scraped page: every line gets a label, a reason and a score.

`label_lines` asks the learned line model for the body and the headline and `lineroles` for what the other lines
are; `detente.read.joining` puts the body's lines together again. Text that is already clean comes through whole.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import NamedTuple

from detente.read import dates, joining, judged, linemodel, lineroles, signed

LABELS = (
    "body", "headline", "deck", "byline", "dateline_only", "date", "caption", "credit", "section", "agency",
    "distributor", "notice", "furniture", "blank",
)  # fmt: skip
"""Every label that a line can have."""

_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_INVISIBLE = " \t\xa0\u200b\u200c\u200d\u2060\ufeff\u00ad\u2002\u2003\u2009\u202f\u3000"
_WORD_HANGING = re.compile(
    r"[a-z] (?:the|a|an|of|to|in|at|by|for|from|with|and|or|that|which|its|his|her|their)$"
)
_PREFIX = re.compile(r"^(?:title|headline)\s*[:=]\s*(?=\S)", re.IGNORECASE)

_BODY = 0.0
"""Logit from which a line is body, on a page with furniture."""
_SOFTER = 1.5
"""What the model's logits are divided by to be honest odds on pages that it has not seen."""
_LOWEST = -2.0
"""The bar for body falls no lower on a page that puzzles the model."""
_GAP = 16
"""More lines than this that are no body part two stretches."""
_DISTANCE = 0.6
"""How much surer, in logits, a stretch must be for every e-fold of lines between it and the main one."""
_NEAR_BEST = 1.5
"""Where hardly any body is found, whole sentences this near to the likeliest are taken for it."""
_FEW = 5
"""A text of no more lines was hardly scraped: what looks like a sentence in it is one."""
_CLEAN = 0.97
"""Share of a text's characters that read like body, from which it counts as clean already."""
_BODY_IN_CLEAN = -2.5
"""In clean text a line must look very unlike body to be dropped."""
_HEADLINE_IN_CLEAN = 0.0
"""Logit from which the best candidate is the headline in clean text, which need not have one."""
_HEADLINE_IN_BODY = -4.0
"""The same for a line that ends like a sentence and may be the story's first."""


class Line(NamedTuple):
    """One line of the raw text, or a part of it where two things share a line."""

    text: str
    """Without the white space around it."""
    start: int
    """Where `text` begins in the raw text."""
    label: str
    """One of LABELS."""
    why: str
    """In a few plain words what decided."""
    score: float
    """0 to 1, how sure the model is of it."""


def label_lines(raw: str) -> list[Line]:
    """All lines of a plain text in order, each with its label. Never raises; an empty text has no lines."""
    lines = _cut(raw)
    shown = [line for line in lines if line.text]
    if not shown:
        return lines
    texts = [linemodel.clipped(line.text) for line in shown]
    logits: list[list[float]] = linemodel.judge(texts).tolist()
    stories, titles = [row[0] for row in logits], [row[1] for row in logits]
    clean = _is_clean(texts, stories)
    body = _body(texts, stories, clean)
    head = _headline(texts, titles, body, clean)
    body = [at for at in body if at != head]
    labelled = _others(shown, texts, logits, set(body), head)
    # A line of the body may have been chosen as the one that dates or signs the story.
    for at in (at for at in body if labelled[at].label == "blank"):
        told = lineroles.beside_body(texts[at], last=at in body[-3:]) if len(body) > 1 else None
        label, why = told or ("body", "reads like the story and stands with it")
        labelled[at] = _labelled(shown[at], label, why, logits[at][0])
    if head is not None:
        why = "looks and stands like the headline"
        labelled[head] = _labelled(shown[head], "headline", why, logits[head][1])
    if body and not any(labelled[at].label == "body" for at in body):
        # Nothing but a headline and stamps, or one line that looks like a stamp: what there is, is the story.
        for at in body if head is None else [head]:
            labelled[at] = _labelled(
                shown[at], "body", "nothing else is there to be the story", logits[at][0]
            )
    return [part for line in _merged(lines, labelled) for part in _parted(line)]


def _cut(raw: str) -> list[Line]:
    """Lines with their places, all labelled blank for now."""
    lines, at = [], 0
    for whole in raw.splitlines(keepends=True):
        bare = whole.rstrip(_BREAKS) if whole[-1] in _BREAKS else whole
        text = bare.lstrip(_INVISIBLE)
        start = at + len(bare) - len(text)
        lines.append(Line(text.rstrip(_INVISIBLE).rstrip(), start, "blank", "nothing printed on it", 1.0))
        at += len(whole)
    return lines


def _merged(lines: list[Line], labelled: list[Line]) -> list[Line]:
    """The labelled lines with the blank ones between them."""
    rest = iter(labelled)
    return [next(rest) if line.text else line for line in lines]


def _labelled(line: Line, label: str, why: str, logit: float) -> Line:
    """The line with its label; the logit is the model's for exactly that label."""
    return Line(
        line.text, line.start, label, why, round(1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))), 4)
    )


def _sentence(text: str) -> bool:
    """Whether a line reads like at least one whole sentence."""
    return text.count(" ") >= 3 and lineroles.ends_sentence(text)


def _is_clean(texts: list[str], logits: list[float]) -> bool:
    """Whether nearly all of a text reads like body, so that there is hardly anything to clean away."""
    size = [len(text) for text in texts]
    return sum(size[at] for at, logit in enumerate(logits) if logit > _BODY) > _CLEAN * sum(size)


def _body(texts: list[str], logits: list[float], clean: bool) -> list[int]:
    """The lines of the body. On a page where the model is sure of none, those it finds likeliest."""
    if len(texts) == 1:
        return [0]
    bar = _BODY_IN_CLEAN if clean else _bar(texts, logits)
    found = [at for at, logit in enumerate(logits) if logit > bar and any(map(str.isalnum, texts[at]))]
    if sum(len(texts[at]) for at in found) >= 200:
        return _mended(texts, found if clean else _stretch(texts, logits, found))
    whole = [at for at, text in enumerate(texts) if _sentence(text)]
    best = sorted((logits[at] for at in whole), reverse=True)[:3]
    likely = {at for at in whole if logits[at] > best[-1] - _NEAR_BEST}
    if not found and not likely and len(texts) <= _FEW:
        return [at for at, text in enumerate(texts) if any(map(str.isalnum, text))]
    return sorted(likely.union(found))


def _bar(texts: list[str], logits: list[float]) -> float:
    """The logit from which a line is body so that the page's expected F1 is highest: half of that F1.

    Where the model is sure that is about one half; on a page that puzzles it, more is kept.
    """
    odds = [1 / (1 + math.exp(-max(-30.0, logit) / _SOFTER)) for logit in logits]
    ranked = sorted(zip(odds, (text.count(" ") + 1 for text in texts), strict=True), reverse=True)
    every = sum(likely * size for likely, size in ranked)
    right = given = best = 0.0
    for likely, size in ranked:
        right, given = right + likely * size, given + size
        best = max(best, 2 * right / (given + every))
    return max(_LOWEST, min(_BODY, _SOFTER * math.log(best / (2 - best)))) if best else _BODY


def _stretch(texts: list[str], logits: list[float], found: list[int]) -> list[int]:
    """The stretch of lines that is most surely the story, and others only if surer the farther off they are.

    Comments and the openings of other stories read like a story too; the gap before them gives them away.
    """
    cuts = [rank for rank, (left, right) in enumerate(pairwise(found), 1) if right - left > _GAP]
    parts = [found[start:end] for start, end in zip([0, *cuts], [*cuts, len(found)], strict=True)]
    if len(parts) == 1:
        return found
    mass = [sum(len(texts[at]) * min(logits[at], 6.0) for at in part) for part in parts]
    main = parts[mass.index(max(mass))]
    kept = []
    for part in parts:
        away = max(part[0] - main[-1], main[0] - part[-1], 1)
        surety = sum(len(texts[at]) * logits[at] for at in part) / sum(len(texts[at]) for at in part)
        if part is main or surety > _DISTANCE * math.log(away):
            kept += part
    return kept


def _mended(texts: list[str], body: list[int]) -> list[int]:
    """The body with the pieces of its broken sentences: a link or a half line alone looks like furniture."""
    inside = set(body)
    for at in body:
        here = at
        while (
            here - 1 > at - 5
            and here
            and here - 1 not in inside
            and _cut_between(texts[here - 1], texts[here])
        ):
            here -= 1
            inside.add(here)
        here = at
        while here + 1 < at + 5 and here + 1 < len(texts) and here + 1 not in inside:
            if not _cut_between(texts[here], texts[here + 1]):
                break
            here += 1
            inside.add(here)
    return sorted(inside)


def _cut_between(above: str, below: str) -> bool:
    """Whether the break between two lines cuts a sentence: the upper has no end and hangs, or the lower goes on."""
    if lineroles.ends_sentence(above) or not any(map(str.isalpha, above)) or above[-1] in ":|•·":
        return False
    return bool(_WORD_HANGING.search(above[-joining.TAIL :])) or (
        below[0].islower() and below.count(" ") >= 2
    )


def _headline(texts: list[str], logits: list[float], body: list[int], clean: bool) -> int | None:
    """The line that is the headline, if any: the likeliest before the story is under way, or later if sure."""
    end = body[min(2, len(body) - 1)] + 1 if body else len(texts)
    likeliest = sorted(range(len(logits)), key=logits.__getitem__, reverse=True)
    best = next((at for at in likeliest if not lineroles.names_no_story(texts[at])), None)
    if len(texts) == 1 or best is None:
        return None
    if best >= end and (logits[best] < 0 or _weight(texts, body, 0, best) > 0.3):
        early = (at for at in likeliest if at < end and not lineroles.names_no_story(texts[at]))
        best = next(early, best)
    inside = best in body and lineroles.ends_sentence(texts[best])
    if body == [best] or (best >= end and logits[best] < 0):
        return None
    if inside and texts[best][-1] == "." and (clean or len(texts) <= _FEW):
        return None
    return (
        None
        if logits[best] < (_HEADLINE_IN_CLEAN if clean else _HEADLINE_IN_BODY if inside else -99)
        else best
    )


def _weight(texts: list[str], body: list[int], start: int, end: int) -> float:
    """The share of the body's characters that stands in lines from start to end."""
    every = sum(len(texts[at]) for at in body)
    return sum(len(texts[at]) for at in body if start <= at < end) / max(every, 1)


def _others(
    shown: list[Line], texts: list[str], logits: list[list[float]], body: set[int], head: int | None
) -> list[Line]:
    """Every line as if it were outside the body: by its shape, and where that says nothing by its place."""
    order = sorted(body)
    first = min([*order[:1], *([] if head is None else [head])], default=0)
    last = order[-1] if order else len(shown)
    title = None if head is None else texts[head].casefold()
    choice = signed.choose(judged.Around(texts, logits, order, head))
    labelled = []
    for at, line in enumerate(shown):
        told = _signed(line, at, choice) if at != head else None
        if told or at in body or at == head:
            labelled.append(told or line)
            continue
        near = first - 4 <= at <= last + 6
        label, why = lineroles.role(texts[at], near=near, byline=logits[at][2], date=logits[at][3])
        label, why = _unsure(texts[at], label, why)
        if label == "furniture" and head is not None and head < at <= head + 3 and order and at < order[0]:
            label, why = _under_headline(texts[at], " ".join(texts[near] for near in order)) or (label, why)
        if label == "furniture" and texts[at].casefold() == title:
            why = "the headline once more"
        labelled.append(_labelled(line, label, why or lineroles.place(at, order, texts), -logits[at][0]))
    return labelled


def _signed(line: Line, at: int, choice: signed.Choice) -> Line | None:
    """The line as byline or date if it was chosen as that."""
    if at in choice.bylines:
        why = "names who wrote it, by its look and place"
        return line._replace(label="byline", why=why, score=round(choice.bylines[at], 4))
    if choice.date and at == choice.date[0]:
        why = "of all days on the page the likeliest to be the story's own"
        return line._replace(label="date", why=why, score=round(choice.date[1], 4))
    return None


def _unsure(text: str, label: str, why: str) -> tuple[str, str]:
    """What is left of a role that the choice of dates and writers did not confirm."""
    if label == "date" and dates.printed(text):
        return "furniture", "a day that is not surely the story's own"
    if label == "byline" and not lineroles.HELPED.search(text):
        return "furniture", "a name that is not surely the writer's"
    return label, why


def _long_words(text: str) -> set[str]:
    """The words of five letters and more, which carry what a text is about."""
    return set(re.findall(r"\w{5,}", text.casefold()))


def _under_headline(text: str, story: str) -> tuple[str, str] | None:
    """A phrase between headline and story that speaks of the same things is the deck."""
    if text.count(" ") < 5 or len(text) >= 400:
        return None
    about = _long_words(text)
    if len(about & _long_words(story)) * 3 >= len(about) > 0:
        return "deck", "a phrase between headline and story about the same things"
    return None


def _parted(line: Line) -> list[Line]:
    """A headline that has its date or a field's name in front of it makes two lines."""
    if line.label != "headline":
        return [line]
    date = lineroles.LEADING_DATE.match(line.text)
    if date and line.text[date.end() :].count(" ") >= 2:
        front = line.text[: date.end()]
        stamp = line._replace(
            text=front.rstrip(" |:–—-\t"), label="date", why="a day printed in front of the headline"
        )
        return [stamp, *_parted(line._replace(text=line.text[date.end() :], start=line.start + date.end()))]
    name = _PREFIX.match(line.text)
    if name:
        return [line._replace(text=line.text[name.end() :], start=line.start + name.end())]
    return [line]
