"""The words that tell what an act is about, from contexts.csv: "tear gas" is repression, "peace talks" diplomacy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from detente.errors import BadRow
from detente.lexicon.frames import table
from detente.lexicon.tables import DATA
from detente.terms import CONTEXTS

COLUMNS = ("phrase", "upos", "contexts", "example", "counterexample")
PARTS_OF_SPEECH = ("", "NOUN", "VERB", "ADJ")
PART = re.compile(r"'s\b|[^\W_]+(?:'(?!s\b)[^\W_]+)*")
ENDINGS = (("ies", ("y", "ie")), ("ied", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ed", ("", "e")),
           ("ing", ("", "e")))  # fmt: skip


class ContextRow(NamedTuple):
    """A word or phrase and the contexts that it stands for; none where it only hides a shorter one."""

    phrase: str
    upos: str  # of a single word, the part of speech that it must be; "" for any
    contexts: tuple[str, ...]
    example: str
    counterexample: str | None


class Word(NamedTuple):
    """What is looked at of a word, or of one part of a hyphenated word."""

    forms: tuple[str, ...]  # as printed, in small letters, and its possible dictionary forms
    upos: str


class Phrases:
    """Finds the phrases in text, the longest first."""

    def __init__(self, rows: Sequence[ContextRow]) -> None:
        """Take the rows.

        A phrase in small letters matches dictionary forms and printed forms; one with a capital (ISIS) only as
        it is printed, so that names are not taken for words.
        """
        self._root: dict[str, Any] = {}
        for row in rows:
            node = self._root
            for word in parts(row.phrase):
                node = node.setdefault(word, {})
            node.setdefault("", []).append(row)

    def found(self, words: Sequence[Word]) -> Iterator[tuple[int, int, ContextRow]]:
        """Yield start, end and row of each phrase, in order; none overlaps another."""
        at = 0
        while at < len(words):
            hit = self._longest(self._root, words, at, at)
            if hit is None:
                at += 1
            else:
                yield at, *hit
                at = hit[0]

    def _longest(
        self, node: Mapping[str, Any], words: Sequence[Word], first: int, at: int
    ) -> tuple[int, ContextRow] | None:
        best = next(((at, row) for row in node.get("", ()) if _fits(row, words[first])), None)
        if at == len(words):
            return best
        for form in words[at].forms:
            after = node.get(form)
            longer = self._longest(after, words, first, at + 1) if after else None
            if longer and (best is None or longer[0] > best[0]):
                best = longer
        return best


def _fits(row: ContextRow, first: Word) -> bool:
    return not row.upos or row.upos == first.upos


def parts(text: str) -> list[str]:
    """Return the words of a phrase or the parts of a word: "al-Qaeda" has two, "women's" too."""
    return PART.findall(text.replace("’", "'"))


def words_of(text: str, lemma: str, upos: str) -> Iterator[Word]:
    """Yield what is looked at of a token: one word for each of its parts."""
    pieces = parts(text)
    for piece in pieces:
        lower = piece.lower()
        known = (lemma,) if len(pieces) == 1 else ()
        yield Word(tuple(dict.fromkeys((piece, lower, *known, *_stems(lower)))), upos)


def _stems(word: str) -> Iterator[str]:
    """What a word may be a form of; the impossible ones do no harm, because no phrase has them."""
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            yield from (f"{stem}{back}" for back in instead)
            if stem[-1] == stem[-2] and ending in ("ed", "ing"):
                yield stem[:-1]


@cache
def load_contexts(path: Path = DATA / "contexts.csv") -> Phrases:
    """Return the phrases of the table.

    Raises:
        BadRow: a row names a context that is none, or lacks its example.
    """
    return Phrases(tuple(context_rows(path)))


def context_rows(path: Path = DATA / "contexts.csv") -> Iterator[ContextRow]:
    """Yield the checked rows of the table; raises BadRow."""
    tests: dict[str, Callable[[str], bool]] = {
        "phrase": bool,
        "upos": lambda value: value in PARTS_OF_SPEECH,
        "contexts": lambda value: set(value.split()) <= set(CONTEXTS),
        "example": bool,
    }
    for line, values in table(path, COLUMNS):
        for column, sound in tests.items():
            if not sound(values[column]):
                fault = f"column {column!r} has {values[column]!r}"
                advice = "docs/contexts.md lists the contexts and tells what each column holds."
                raise BadRow(fault, where=f"{path} line {line}", advice=advice)
        yield ContextRow(
            values["phrase"], values["upos"], tuple(values["contexts"].split()), values["example"],
            values["counterexample"] or None,
        )  # fmt: skip
