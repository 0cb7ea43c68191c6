"""What stands around a bare head: the noun phrases before it, and the country that nothing in its own phrase tells."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from detente.coding.tree import Tree

if TYPE_CHECKING:
    from detente.coding.actors import Cast

_FAR = 3  # sentences back in which an antecedent is looked for
_ON_GROUND = frozenset(
    ("in", "near", "at", "off", "outside", "inside", "across", "around", "throughout", "to", "from", "into")
)
_GROUND_KINDS = frozenset(("name", "short", "long", "old", "abbreviation", "capital", "region", "breakaway"))


class Surroundings:
    """Looks around a token."""

    def __init__(self, cast: Cast, tree: Tree) -> None:
        self.cast, self.tree = cast, tree
        self.dialogue = False  # in a transcript the last state named is a topic, seldom the speaker's own

    def back(self, i: int) -> Iterator[int]:
        """Heads of nominal phrases before a token, nearest first, a few sentences far."""
        tree = self.tree
        first = max(0, tree.tokens[i].sent - _FAR)
        for at in range(bisect_left(self.nominals, i) - 1, -1, -1):
            j = self.nominals[at]
            if tree.tokens[j].sent < first or tree.tokens[j].start < self.cast.body:
                return
            yield j

    @cached_property
    def nominals(self) -> list[int]:
        """Heads of the story's noun phrases, in order."""
        tree, at = self.tree, self.cast.at
        return [
            j for j, upos in enumerate(tree.upos)
            if (upos in ("NOUN", "PROPN") or j in at)
            and not (tree.rel[j] in ("flat", "fixed") and j in at and tree.above[j] in at)
        ]  # fmt: skip

    def country_around(self, i: int, official: bool) -> str | None:
        """The country of a bare group: the ground it stands on, else the state named before; officials vice versa."""
        if self.dialogue:
            return self._ground(i)
        grounds, before = self._ground(i), (official and self._subject_state(i)) or self._state_before(i)
        if official:
            return before or grounds
        return grounds or (before if self._near_state(i) else None) or self._state_behind(i)

    def _near_state(self, i: int) -> bool:
        """Whether a state is named in the sentence of a token or in the one before it."""
        number = self.tree.tokens[i].sent
        return any(
            match.actors and match.actors[0].country and number - self.tree.tokens[j].sent in (0, 1)
            for j, match in self.cast.at.items()
            if j < i
        )

    def _subject_state(self, i: int) -> str | None:
        """The state that acts in the clause before: "Poland has …, the spokesman said"."""
        tree = self.tree
        for j in self.back(i):
            if tree.tokens[j].sent != tree.tokens[i].sent:
                return None
            match = self.cast.at.get(j)
            if match and match.actors and match.actors[0].kind == "state" and tree.rel[j].startswith("nsubj"):
                return match.actors[0].country
        return None

    @cached_property
    def main_country(self) -> str | None:
        """The country that the story names at least twice as often as any other; None if there is no such."""
        named = Counter(
            match.actors[0].country
            for i, match in self.cast.at.items()
            if i == match.start and match.actors and match.actors[0].kind == "state"
        )
        first, *rest = [*named.most_common(2), ("", 0)]
        return first[0] if first[1] > 1 and first[1] >= 2 * rest[0][1] else None

    def _state_behind(self, i: int) -> str | None:
        """A state named later in the sentence."""
        sentence = self.tree.doc.sentences[self.tree.tokens[i].sent]
        for j in range(i + 1, sentence[-1].i + 1):
            match = self.cast.at.get(j)
            if match and match.actors and match.actors[0].kind == "state":
                return match.actors[0].country
        return None

    def state_beside(self, i: int, acting: set[str | None]) -> str | None:
        """The state named before a token in its sentence that is not one of those who act."""
        for j in range(i - 1, self.tree.doc.sentences[self.tree.tokens[i].sent][0].i - 1, -1):
            actors = match.actors if (match := self.cast.at.get(j)) else ()
            if actors and actors[0].kind == "state" and actors[0].country not in acting:
                return actors[0].country
        return None

    def _ground(self, i: int) -> str | None:
        tree, cast = self.tree, self.cast
        sentence = tree.doc.sentences[tree.tokens[i].sent]
        span = range(sentence[0].i, sentence[-1].i + 1)
        grounds = [
            j
            for j in span
            if j in cast.at and tree.case(j) in _ON_GROUND and cast.at[j].kind in _GROUND_KINDS
        ]
        for j in sorted(grounds, key=lambda j: (tree.above[j] not in tree.path(i), abs(j - i))):
            match = cast.at[j]
            name = tree.doc.text[slice(*tree.chars(match.start, match.end))]
            if country := cast.lexicon.country_of(name, cast.on):
                return country
        return None

    def _state_before(self, i: int) -> str | None:
        tree, cast = self.tree, self.cast
        for j in self.back(i):
            if tree.tokens[j].sent != tree.tokens[i].sent and self.main_country:
                return self.main_country
            match = cast.at.get(j)
            actor = match.actors[0] if match and match.actors else None
            if actor is None and match is not None:
                name = tree.doc.text[slice(*tree.chars(match.start, match.end))]
                if country := cast.lexicon.country_of(name, cast.on):
                    return country
            if (
                actor
                and actor.country
                and len(actor.country) == 3
                and actor.country not in ("IGO", "NGO", "MNC", "INT")
            ):
                return actor.country
        return None
