"""Text and marks on it as one marked text: HTML for pages, ANSI colour or brackets for a terminal.

Marks may touch, nest and cross. A mark that crosses another is closed and opened again, so that the HTML is
always well formed; taking the tags away gives the text back.
"""

from __future__ import annotations

import html as markup
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

# One look for each kind of mark: the colour on a page and its neighbour among the eight of a terminal.
COLOURS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "trigger": ("#f6c6c6", "1;31"),
        "source": ("#c9e4c5", "32"),
        "target": ("#c5d8f0", "34"),
        "speaker": ("#e6d3f3", "35"),
        "cue": ("#f8e7b0", "33"),
        "content": ("#f1f1ea", "3"),
        "place": ("#cdeae8", "36"),
        "date": ("#e0e0e0", "4"),
    }
)
OTHER = ("#eeeeee", "4")
RESET = "\x1b[0m"
# A story may hold escape sequences that would repaint or type into a terminal; they are shown, never sent.
CONTROL = {code: 0xFFFD for code in (*range(32), *range(127, 160)) if code not in (9, 10)}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text to be shown as something: a kind such as ``trigger`` or ``source``, and a title."""

    start: int
    end: int
    kind: str
    title: str | None = None


def html(text: str, marks: Iterable[Mark], *, window: tuple[int, int] | None = None) -> str:
    """Return the text with ``<mark class="kind" title="…">`` around each mark, everything escaped.

    Args:
        text: the text that the marks' offsets point into.
        marks: what to mark; parts outside the window are cut off, empty marks dropped.
        window: offsets of the part to show; None for the whole text.
    """
    return _woven(text, marks, window, _html_tag, lambda part: markup.escape(part, quote=False))


def brackets(text: str, marks: Iterable[Mark], *, window: tuple[int, int] | None = None) -> str:
    """Return the text with each mark in brackets after its kind, ``[trigger: spoke]``, for pipes."""
    return _woven(
        text,
        marks,
        window,
        lambda mark, opening: f"[{mark.kind}: " if opening else "]",
        lambda part: part.translate(CONTROL),
    )


def terminal(text: str, marks: Iterable[Mark], *, window: tuple[int, int] | None = None) -> str:
    """Return the text with each mark in its colour, by ANSI escapes; the text's own controls are replaced."""
    active: list[str] = []

    def tag(mark: Mark, opening: bool) -> str:
        if opening:
            active.append(COLOURS.get(mark.kind, OTHER)[1])
        else:
            active.pop()
        # Terminals have no nesting: each change names everything that is in force.
        return RESET + "".join(f"\x1b[{code}m" for code in active)

    return _woven(text, marks, window, tag, lambda part: part.translate(CONTROL))


def style() -> str:
    """Return the style sheet that goes with `html`: one rule for each kind of mark."""
    rules = (f"mark.{kind}{{background:{page};}}" for kind, (page, _) in COLOURS.items())
    return "mark{padding:0 .1em;border-radius:.2em;color:inherit;}" + "".join(rules)


def _html_tag(mark: Mark, opening: bool) -> str:
    if not opening:
        return "</mark>"
    title = f' title="{markup.escape(mark.title)}"' if mark.title else ""
    return f'<mark class="{markup.escape(mark.kind)}"{title}>'


def _woven(
    text: str,
    marks: Iterable[Mark],
    window: tuple[int, int] | None,
    tag: Callable[[Mark, bool], str],
    escape: Callable[[str], str],
) -> str:
    """Weave tags into the text from left to right, keeping a stack of the marks that are open."""
    begin, stop = window or (0, len(text))
    begin, stop = max(begin, 0), min(stop, len(text))
    kept = _clipped(marks, begin, stop)
    cuts = sorted({begin, stop, *(mark.start for mark in kept), *(mark.end for mark in kept)})
    pieces: list[str] = []
    stack: list[Mark] = []
    ahead = 0
    for at, following in zip(cuts, [*cuts[1:], None], strict=True):
        pieces += _closing(stack, at, tag)
        while ahead < len(kept) and kept[ahead].start == at:
            stack.append(kept[ahead])
            pieces.append(tag(kept[ahead], True))
            ahead += 1
        if following is not None:
            pieces.append(escape(text[at:following]))
    return "".join(pieces)


def _closing(stack: list[Mark], at: int, tag: Callable[[Mark, bool], str]) -> list[str]:
    """Close what ends here; what lies above it and goes on is closed too and opened again."""
    lowest = next((index for index, mark in enumerate(stack) if mark.end <= at), None)
    if lowest is None:
        return []
    pieces = [tag(mark, False) for mark in reversed(stack[lowest:])]
    again = [mark for mark in stack[lowest:] if mark.end > at]
    del stack[lowest:]
    for mark in again:
        stack.append(mark)
        pieces.append(tag(mark, True))
    return pieces


def _clipped(marks: Iterable[Mark], begin: int, stop: int) -> Sequence[Mark]:
    """Return the marks cut to the window, outer before inner, without empty ones."""
    cut = (Mark(max(mark.start, begin), min(mark.end, stop), mark.kind, mark.title) for mark in marks)
    return sorted((mark for mark in cut if mark.start < mark.end), key=lambda mark: (mark.start, -mark.end))
