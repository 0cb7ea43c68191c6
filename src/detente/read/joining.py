"""The body's lines put together again: sentences that line breaks cut are mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.read import lineroles

if TYPE_CHECKING:
    from detente.read.clean import Line

_CLOSING = re.compile(r"^(?:[,.;:!?)\]}%…”]|[’'](?:s|t|re|ve|ll|d|m)?\b)")
_OPENING = re.compile(r"[(\[{“‘$£€#@/]$")
_HANGING = re.compile(
    r"(?:[,(\[“‘–—-]|\b(?:the|a|an|of|to|in|on|at|by|for|from|with|and|or|but|that|which|who|whose|its|his|her|their|as|"
    r"than|into|over|between|against|about|after|before|is|are|was|were|has|have|had|be|said|told|called|Mr\.|Mrs\.|Ms\.|Dr\."
    r"|Gen\.|Sen\.|Rep\.|Gov\.))$"
)
TAIL = 12
"""Characters at the end of a line that show whether it hangs: the longest word above and what stands before it."""
_LONGEST = 20_000
"""Characters of a paragraph from which no line is joined to it; what is joined without end takes time without end."""


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The body's paragraphs in order, white space made single; sentences that line breaks cut are mended.

    A dateline that stands on a line of its own goes with the paragraph it opens.
    """
    kept = [at for at, line in enumerate(lines) if line.label in ("body", "dateline_only")]
    texts = {at: _single_spaced(lines[at].text) for at in kept}
    width = _wrapped(lines)
    found: list[str] = []
    before: int | None = None
    for rank, at in enumerate(kept):
        after = texts[kept[rank + 1]] if rank + 1 < len(kept) else ""
        if (
            before is not None
            and len(found[-1]) < _LONGEST
            and _goes_on(lines, texts, before, at, after, found[-1], width)
        ):
            found[-1] = _joined(found[-1], texts[at])
        else:
            found.append(texts[at])
        before = at
    return found


def _single_spaced(text: str) -> str:
    """The text with one space wherever white space is, also that of no width."""
    for invisible in "\u200b\u2060\ufeff":
        text = text.replace(invisible, " ")
    return " ".join(text.split())


def _wrapped(lines: Sequence[Line]) -> int:
    """The column at which the text is hard-wrapped, 0 if it is not: lines of one width, ending mid-sentence."""
    body = [line.text for line in lines if line.label == "body"]
    sizes = sorted(len(text) for text in body)
    if len(body) < 4 or sizes[-1] > 130:
        return 0
    cut = sum(not lineroles.ends_sentence(text) for text in body)
    full = sum(size > 0.75 * sizes[-1] for size in sizes)
    return sizes[-1] if full > 0.5 * len(body) and cut > 0.5 * len(body) else 0


def _goes_on(
    lines: Sequence[Line], texts: dict[int, str], before: int, at: int, after: str, so_far: str, width: int
) -> bool:
    """Whether a body line continues the paragraph of the body line before it."""
    last, here = texts[before], texts[at]
    between = lines[before + 1 : at]
    if lines[before].label == "dateline_only":
        return all(line.label == "blank" for line in between)
    ended = lineroles.ends_sentence(last) or last.endswith(":")
    if any(line.label == "blank" for line in between):
        return (
            not ended
            and len(so_far) > 60
            and _continues(here)
            and bool(here[0].islower() or _HANGING.search(last[-TAIL:]))
        )
    if width:
        return not ended or len(last) > 0.7 * width
    if _CLOSING.match(here):
        return True
    if ended:
        return here[0].islower() and last.endswith(".") and not between
    if here[0].islower() or _HANGING.search(last[-TAIL:]):
        return True
    link = len(here) < 80 and bool(after) and _continues(after) and not lineroles.ends_sentence(here)
    return len(so_far) > 80 and not between and (link or len(last) > 60 or so_far != last)


def _continues(text: str) -> bool:
    """Whether a text begins in the middle of a sentence."""
    return text[0].islower() or bool(_CLOSING.match(text))


def _joined(left: str, right: str) -> str:
    """Two parts of a sentence with a space between them where one belongs."""
    closes = _CLOSING.match(right) or (right.startswith('"') and left.count('"') % 2 == 1)
    opens = _OPENING.search(left[-1:]) or (left.endswith('"') and left.count('"') % 2 == 1)
    return left + right if closes or opens else f"{left} {right}"
