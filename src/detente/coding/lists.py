"""Who is named in one coordinated phrase: every member once, without bare titles and what only belongs to a member."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.records import Mention

if TYPE_CHECKING:
    from detente.coding.actors import Cast

# What stands between somebody's title, or the state whose title it is, and the name.
_TITLED = re.compile(r"( of( the)? \w+( \w+)?)? ")
_AND = re.compile(r"( of [A-Z]\w+)? and( [A-Z][\w-]*| of| for){1,6} ")
_OWNS = re.compile(
    r"( \([A-Z]+\))?( [A-Z][\w-]*){1,3}(( and| of| for| the| [A-Z][\w-]*){0,6}) |( \([A-Z]+\))? "
)


class Lists:
    """Reads coordination."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.tree = cast, cast.tree

    def parties(self, i: int) -> tuple[Mention, ...]:
        """Whom a noun phrase and all that is coordinated with it name."""
        found: list[Mention] = []
        group = self.tree.group(i)
        if len(group) > 1:
            group = [k for one in group for k in (one, *self._listed(one))]
        for one in group:
            if found and one != i and self._same_state(one, found[0]):
                continue
            found += [
                m for m in self.cast.mentions(one) if all((m.start, m.end) != (k.start, k.end) for k in found)
            ]
        return tuple(m for m in found if not any(self.styles(m, k) for k in found))

    def _listed(self, one: int) -> list[int]:
        """Others of a list whose commas the tree reads as apposition: "Riga, Vilnius, and Tallinn"."""
        found: list[int] = []
        first = next((m.actor for m in self.cast.mentions(one) if m.actor), None)
        if first is None or self.tree.upos[one] != "PROPN":
            return []
        for kid in self.tree.kids(one, "appos"):
            named = (m.actor for m in self.cast.mentions(kid) if not (m.why or "").startswith("agent noun"))
            other = next((actor for actor in named if actor), None)
            if other is None or self.tree.upos[kid] != "PROPN" or other.name == first.name:
                continue
            persons = first.kind == other.kind == "person"
            if persons or (first.kind == other.kind == "state" and other.country != first.country):
                found += [kid, *self._listed(kid)]
        return found

    def _same_state(self, one: int, first: Mention) -> bool:
        """Whether a phrase is only a part of a state named before it: "against Chad, its army and its people"."""
        owners = self.tree.kids(one, "nmod:poss")
        state = first.actor is not None and first.actor.kind == "state"
        against = {m.actor.sector for m in self.cast.mentions(one) if m.actor} - {"CVL", "GOV", "MIL", None}
        return state and not against and any(self.tree.lower[k] in ("its", "their") for k in owners)

    def styles(self, title: Mention, name: Mention) -> bool:
        """Whether a mention is only the title of the next: "U.S. Secretary" of State "John Kerry"."""
        why, text = title.why or "", self.tree.doc.text
        if (name.why or "").startswith("agent noun"):
            return False
        if title.end > name.start or not name.actor or name.actor.kind != "person" or "title" in why:
            return False
        between = text[title.end : name.start]
        if (
            title.actor and title.actor.kind == "state"
        ):  # "People's Republic of China (PRC) State Councilor …"
            return bool(_OWNS.fullmatch(between))
        alone = not text[: title.start].lower().endswith(("the ", "a ", "his ", "her ", "its "))
        return why.startswith("agent noun") and bool(
            _TITLED.fullmatch(between) or (alone and _AND.fullmatch(between))
        )
