"""Which of the candidate acts are coded: those that are real, between somebody, and politics."""

from __future__ import annotations

from collections.abc import Callable

from detente.coding.act import Act
from detente.coding.actors import Cast, known
from detente.coding.carriers import Carriers
from detente.coding.status import IDLE, UNREAL
from detente.coding.traps import CONTEST, Traps
from detente.coding.tree import Tree
from detente.coding.wordsets import words
from detente.lexicon.frames import FrameRow

_WEAPONS = words(
    "bomb bombing mortar missile rocket shell shelling airstrike strike drone blast explosion grenade artillery mine "
    "landmine shrapnel"
)
# What a domestic act may be about and still be politics, by the act's type.
_STRIKES = frozenset(("strike", "boycott", "protest", "sit-in", "walkout"))
_CONTESTED = {
    "RETREAT": _STRIKES,
    "CONCEDE": _STRIKES | {"sanction", "embargo"},
    "REJECT": _STRIKES,
}
_YIELDING = frozenset(("apologize", "apologise", "relent", "back", "heed", "bow", "budge"))
_WORDS = frozenset(
    ("AGREE", "REQUEST", "SUPPORT", "ACCUSE", "REJECT", "THREATEN", "CONSULT", "COOPERATE", "AID")
)
_VERBAL = frozenset(("SUPPORT", "ACCUSE", "CONCEDE", "REQUEST", "THREATEN"))

Rows = Callable[[int], tuple[FrameRow, ...]]  # the senses that the lexicon has for a token


class Standing:
    """Judges candidate acts once their parties and status are known."""

    def __init__(
        self,
        tree: Tree,
        cast: Cast,
        carriers: Carriers,
        traps: Traps,
        rows: Callable[[int], tuple[FrameRow, ...]],
    ) -> None:
        self.tree, self.cast, self.carriers, self.traps = tree, cast, carriers, traps
        self._rows = rows

    def stands(self, act: Act) -> bool:
        """Whether an act is to be coded."""
        if not any(known(m) for m in act.parties()) or self._hollow(act) or self.carriers.remote(act):
            return False
        carrier = act.carrier
        unreal = carrier is not None and not act.given and carrier.status in UNREAL | {IDLE}
        if carrier is not None and unreal and carrier.row.carrier != "fact":
            return False
        if act.status == IDLE:
            return False
        if act.status == "purpose":
            return self._purposeful(act)
        if self.traps.crime(act.i, act.parties()):
            return False
        if self._vague(act):
            return False
        source, target = (tuple(filter(known, side)) for side in (act.source, act.target))
        if self._armed(act) or self._contested(act):
            return True
        return not self.traps.routine(act.row.type, source, target)

    def _contested(self, act: Act) -> bool:
        """Whether what is begun, ended or refused is a strike, or sanctions: neither is routine at home."""
        things = {self.tree.lemma[one] for head in act.roles.obj for one in self.tree.group(head)}
        return bool(things & _CONTESTED.get(act.row.type, frozenset()))

    def _armed(self, act: Act) -> bool:
        """Whether weapons of war did it: "a mortar bomb killed nine", "died in an air strike"."""
        if act.row.type != "ASSAULT":
            return False
        means = [*act.roles.subj, *act.roles.obl.get("by", []), *act.roles.obl.get("in", [])]
        return any(self.tree.lemma[k] in _WEAPONS for k in means)

    def inward(self, act: Act) -> bool:
        """A word of one party to nobody, with no deed in it and no other country near: domestic talk."""
        words = act.row.type in _WORDS or self.tree.lemma[act.i] in _YIELDING
        if len(act.parties()) != 1 or not words or act.carrier is not None:
            return False
        actor = act.parties()[0].actor
        if actor is None or actor.sector in CONTEST:
            return False
        number = self.tree.tokens[act.i].sent
        sentence = [t for s in self.tree.doc.sentences[max(number - 1, 0) : number + 1] for t in s]
        others = (m.actor for t in sentence if t.upos in ("NOUN", "PROPN") for m in self.cast.mentions(t.i))
        return not any(other and other.country and other.country != actor.country for other in others)

    def _purposeful(self, act: Act) -> bool:
        """The purpose of a call or meeting is done in it: "phoned him to congratulate him"."""
        act.status = "occurred"
        outer = next((p for p in self.tree.path(act.i) if self.tree.upos[p] == "VERB"), -1)
        rows = self._rows(outer) if outer >= 0 else ()
        return act.row.type in _VERBAL and any(row.type == "CONSULT" for row in rows)

    def _hollow(self, act: Act) -> bool:
        """A bare noun that only points back: "the talks", "that attack"."""
        if self.tree.upos[act.i] not in ("NOUN", "PROPN"):
            return False
        if act.carrier is not None and act.carrier.row.carrier != "fact":
            return False
        roles = act.roles
        own = roles.poss or roles.subj or roles.iobj or any(k in self.cast.at for k in roles.amod)
        return (
            not own
            and len(act.parties()) < 2
            and not any(self.cast.is_party(h) for heads in roles.obl.values() for h in heads)
        )

    def _sits(self, act: Act) -> bool:
        """Whether it is a body of states that meets by itself: "the Security Council met"."""
        actors = [m.actor for m in act.source if m.actor]
        return bool(actors) and actors[0].sector == "IGO" and actors[0].kind == "organisation"

    def _vague(self, act: Act) -> bool:
        """A one-sided act of a kind that needs two."""
        lonely = sum(map(known, act.parties())) < 2
        if act.row.type == "CONSULT" and lonely and self._sits(act):
            return False
        carried = act.carrier is not None and act.carrier.row.carrier != "fact"
        if (
            lonely
            and not carried
            and act.row.reciprocal in ("with", "between")
            and self.tree.upos[act.i] == "NOUN"
        ):
            return True
        return lonely and act.row.type in ("SUPPORT", "COOPERATE", "CONSULT") and not carried
