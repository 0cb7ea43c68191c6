"""Finding known names in a row of words: the longest names first, with an eye for capitals, blind to accents.

Names are cut into pieces at spaces, hyphens and apostrophes, so that "Guinea-Bissau", "al-Shabaab" and "al Shabaab"
are found however a tokenizer cuts them. The first piece must have the case of the name, because case is what tells
"Turkey" from "turkey" and "US" from "us"; the later pieces may have any ("Kim Jong-un", "Kim Jong Un").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from detente.records import Actor

PIECE = re.compile(r"[\w&]+|[^\w\s'’‘\-‐‑–]")
SHORTEST_SHOUT = 4  # capitals of fewer letters are an acronym ("WHO"), of more perhaps a dateline ("MOSCOW")
# fmt: off
BEFORE_A_SURNAME = frozenset({
    "a", "about", "after", "against", "although", "and", "as", "at", "because", "before", "between",
    "both", "but", "by", "can", "could", "did", "does", "during", "even", "for", "from", "had", "has",
    "he", "how", "if", "in", "into", "is", "it", "like", "meanwhile", "no", "not", "of", "on", "or",
    "over", "she", "should", "since", "so", "than", "that", "the", "then", "they", "though", "through",
    "to", "toward", "under", "unlike", "until", "was", "what", "when", "where", "whether", "while", "why",
    "will", "with", "would", "yet", "mr", "mrs", "ms", "dr", "sir",
})
# fmt: on
UNSPLIT = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "đ": "d", "Đ": "D", "ß": "ss", "ə": "e"}
)


class Match(NamedTuple):
    """A known name in a row of words."""

    start: int  # index of its first word
    end: int  # index behind its last word
    actors: tuple[Actor, ...]  # whom it may mean on the date, best first; empty for a mere region
    row: str  # the lexicon row that decided, e.g. "state_names/metonym/Kremlin"

    @property
    def kind(self) -> str:
        """What sort of name it is: a kind of state name, "person", "surname", or a kind of body."""
        return self.row.split("/")[1]


class Entry(NamedTuple):
    """What a name leads to: its row, and the actors that it means on a date (None: it means nothing then)."""

    row: str
    resolve: Callable[[str | None], tuple[Actor, ...] | None]


def plain(text: str) -> str:
    """Return the text without accents and full stops."""
    if text.isascii():
        return text.replace(".", "")
    decomposed = unicodedata.normalize("NFKD", text.translate(UNSPLIT))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace(".", "")


def cut(text: str) -> tuple[str, ...]:
    """Cut a word or name into the pieces that are compared."""
    return tuple(PIECE.findall(plain(text)))


pieces = lru_cache(maxsize=65536)(cut)  # the words of running text come again and again; names come once


class Matcher:
    """A trie of names; built once, then read only, so threads may share it."""

    def __init__(self, titles: Iterable[str] = ()) -> None:
        """Start with no names.

        Args:
            titles: words that stand before a surname without being a first name ("President"), in lower case.
        """
        self._before_surname = BEFORE_A_SURNAME.union(titles)
        self._root: dict[str, Any] = {}
        self._folded: dict[str, list[Entry]] | None = None

    def add(self, name: str, entry: Entry) -> None:
        """Add a name; entries of one name keep the order in which they were added."""
        first, *rest = cut(name)
        lowered = [piece.lower() for piece in rest]
        for start in (first,) if first[0].isupper() else (first, first[0].upper() + first[1:]):
            node = self._root
            for piece in (start, *lowered):
                node = node.setdefault(piece, {})
            node.setdefault("", []).append(entry)

    def entries(self, name: str) -> list[Entry]:
        """Return the entries of exactly this name; if there are none, of the name in any case."""
        parts = pieces(name)
        if not parts:
            return []
        node: Any = self._root.get(parts[0], {})
        for piece in parts[1:]:
            node = node.get(piece.lower(), {})
        exact: list[Entry] = node.get("", [])
        return exact or self._any_case().get(" ".join(parts).lower(), [])

    def _any_case(self) -> dict[str, list[Entry]]:
        if self._folded is None:
            folded: dict[str, list[Entry]] = {}
            for path, entries in walk(self._root):
                known = folded.setdefault(" ".join(path).lower(), [])
                known.extend(entry for entry in entries if entry not in known)
            self._folded = folded
        return self._folded

    def match(self, words: Sequence[str], on: str | None = None) -> list[Match]:
        """Return the names among the words, longest first where they compete, in text order, never overlapping.

        Args:
            words: tokens of a text or sentence, in order.
            on: ISO date on which the names are to be understood; None means now.
        """
        found: list[Match] = []
        parts = [pieces(word) for word in words]
        index = 0
        while index < len(words):
            hit = self._at(parts, index, on)
            if hit is None or (hit.kind == "surname" and self._after_first_name(words, index, found)):
                index += 1
                continue
            if hit.kind != "other":
                found.append(hit)
            index = hit.end
        return found

    def _after_first_name(self, words: Sequence[str], index: int, found: list[Match]) -> bool:
        """Tell whether a surname belongs to somebody else, as that of Michelle Obama does."""
        before = words[index - 1] if index else ""
        if not before[:1].isupper() or (found and found[-1].end == index):
            return False
        return plain(before).lower() not in self._before_surname

    def _at(self, parts: list[tuple[str, ...]], index: int, on: str | None) -> Match | None:
        if not parts[index]:
            return None
        first = parts[index][0]
        best: Match | None = None
        for start in (first, first.capitalize()) if shouted(first) else (first,):
            node = self._root.get(start)
            if (
                node is not None
                and (hit := self._longest(node, parts, index, on))
                and (not best or hit.end > best.end)
            ):
                best = hit
        return best

    def _longest(
        self, node: dict[str, Any], parts: list[tuple[str, ...]], index: int, on: str | None
    ) -> Match | None:
        ends: list[tuple[int, list[Entry]]] = []
        word, piece = index, 1
        while True:
            rest = parts[word][piece:]
            if "" in node and (not rest or rest == ("s",)):
                ends.append((word + 1, node[""]))
            while piece >= len(parts[word]):  # a word of hyphens and quotes alone has no pieces: pass it over
                word, piece = word + 1, 0
                if word == len(parts):
                    return first_meaning(ends, index, on)
            following = node.get(parts[word][piece].lower())
            if following is None:
                return first_meaning(ends, index, on)
            node, piece = following, piece + 1


def first_meaning(ends: list[tuple[int, list[Entry]]], start: int, on: str | None) -> Match | None:
    """Return the longest of the possible ends at which the name means something on the date."""
    for end, entries in reversed(ends):
        actors: list[Actor] = []
        row = ""
        for entry in entries:
            meant = entry.resolve(on)
            if meant is not None:
                row = row or entry.row
                actors.extend(actor for actor in meant if actor not in actors)
        if row:
            return Match(start, end, tuple(actors), row)
    return None


def shouted(word: str) -> bool:
    """Tell whether a word may be an ordinary name in capitals, as in a dateline or a headline."""
    return len(word) >= SHORTEST_SHOUT and word.isupper()


def walk(node: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], list[Entry]]]:
    """Yield every name of a trie, as pieces, with its entries."""
    for key, value in node.items():
        if key:
            yield from walk(value, (*path, key))
        else:
            yield path, value
