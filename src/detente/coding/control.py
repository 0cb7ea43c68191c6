"""The arguments of a predicate, and whose they are in a clause that has no subject of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from detente.coding.wordsets import words

LIKE_OF = frozenset(("of", "for", "from", "over", "with", "into", "about", "by"))
# Verbs whose object does not act in the infinitive that follows: "promised him to leave", "threatened them to".
SUBJECT_CONTROL = frozenset(("promise", "threaten", "vow", "swear", "pledge", "use", "take", "make"))
# Verbs whose object acts in the infinitive even if nobody known is named: "invited two members to join".
OBJECT_CONTROL = words(
    "invite ask urge press order allow force require encourage enable permit tell persuade convince authorise "
    "authorize direct instruct compel pressure advise request command help warn push lobby"
)
CALLING = words("call appeal plead wait rely count")


@dataclass(slots=True)
class Roles:
    """The logical arguments of one predicate, as token indices of their heads (coordination not expanded)."""

    predicate: int
    passive: bool = False
    subj: list[int] = field(default_factory=list)
    obj: list[int] = field(default_factory=list)
    iobj: list[int] = field(default_factory=list)
    obl: dict[str, list[int]] = field(default_factory=dict)
    poss: list[int] = field(default_factory=list)
    amod: list[int] = field(default_factory=list)
    how: str = ""  # where the subject was found

    def surface(self) -> list[int]:
        """What stands in subject position."""
        return self.obj if self.passive and self.obj else self.subj

    def add(self, case: str, head: int) -> None:
        """Put an oblique in its place."""
        self.obl.setdefault(case, []).append(head)


def owner(around: Roles, is_party: Callable[[int], bool]) -> list[int]:
    """Who is behind a noun such as plan, offer or decision."""
    options = (around.poss, around.obl.get("by", []), around.amod, around.iobj, around.subj)
    for heads in options:
        if any(map(is_party, heads)):
            return list(heads)
    return list(around.subj)


def controller(first: Roles, lemma: str, mark: str, is_party: Callable[[int], bool]) -> list[int]:
    """Who acts in a complement: the governing verb's object, the one called upon, or [] for its subject.

    Args:
        first: the arguments of the governing verb.
        lemma: the governing verb.
        mark: what introduces the complement: "to", "of", "for" and the like.
        is_party: whether a noun phrase names somebody who can act.
    """
    if first.passive:
        return first.obj
    if lemma in SUBJECT_CONTROL:
        return first.subj
    objects = first.iobj or first.obj
    if any(map(is_party, objects)) or (objects and lemma in OBJECT_CONTROL and mark == "to"):
        return objects
    if mark in LIKE_OF and mark != "by":
        for case in ("on", "against", "at"):
            heads = first.obl.get(case, [])
            if any(map(is_party, heads)):
                return heads
    elif mark == "to" and lemma in CALLING:
        for case in ("to", "on", "upon", "for", "with"):
            heads = first.obl.get(case, [])
            if heads and (case in ("on", "upon") or any(map(is_party, heads))):
                return heads
    return []
