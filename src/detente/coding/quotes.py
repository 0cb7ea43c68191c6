"""Quotation marks: which stretches of a text are somebody's own words, in all the marks that newspapers use."""

from __future__ import annotations

import re

Range = tuple[int, int]

# A quotation that runs over paragraphs is opened again at each and closed only at the last: an opening mark without
# a closing one holds to the end of its paragraph. Each alternative is bounded by its paragraph.
_DOUBLE = r"“[^”\n]*(?:”|$)|\"[^\"\n]*\"|(?m:^)\"[^\"\n]{20,}$|«[^«»\n]*»"
# Marks of two strokes, as typewriters make them. No alternative runs over its own opening mark: time would be squared.
_TYPED = r"''(?=\S)(?:[^'\n]|'(?!'))*''|``(?=\S)(?:[^'`\n]|'(?!'))*''|(?m:^)''(?=\S)(?:[^'\n]|'(?!'))*$"
_WRONG = r"(?m:^)”[^“”\n]+”"  # the first mark of a paragraph turned the wrong way
# Single marks are apostrophes too: they quote if a whole phrase stands between them.
_SINGLE = r"(?<![\w’])‘(?:[^‘’\n]|’(?=\w))+’(?!\w)|(?<![\w'])'(?=[^\W\d])(?:[^'\n]|(?<=\w)'(?=\w))+'(?![\w'])"
_QUOTATION = re.compile("|".join((_TYPED, _DOUBLE, _WRONG, _SINGLE)), re.MULTILINE)
_OWN_WORDS = 4  # words between single marks from which they hold speech, not a title or a word called so


def quotations(text: str) -> list[Range]:
    """Return the quotations of a text, marks included, as character ranges in order; none holds another."""
    return [match.span() for match in _QUOTATION.finditer(text) if _speaks(match.group())]


def _speaks(quoted: str) -> bool:
    """Whether marked words may be somebody's speech: more than the marks, and for single marks a whole phrase."""
    if quoted[0] in "‘'" and not quoted.startswith("''"):
        return len(quoted.split()) >= _OWN_WORDS or quoted[-2] in ",.!?"
    return len(quoted) > 2


def completed(start: int, end: int, quotes: list[Range]) -> Range:
    """Return a stretch with the quotation marks that belong to it: one that ends just inside a quotation goes on to
    its end if the quotation began in it, and the other way round.
    """
    for low, high in quotes:
        if start - 2 <= low < end < high <= end + 3:
            end = high
        if low < start <= low + 2 and end >= high:
            start = low
    return start, end
