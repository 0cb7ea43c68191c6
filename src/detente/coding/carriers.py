"""What carries an act: the nearest act in whose complement it stands, and what that says of its status."""

from __future__ import annotations

from collections.abc import Mapping

from detente.coding.act import Act
from detente.coding.governors import OCCASION, VAGUE
from detente.coding.lending import CONDITIONS
from detente.coding.roles import LIGHT, Arguments
from detente.coding.status import Statuses
from detente.coding.tree import Tree
from detente.coding.wordsets import words

_OFFERING = frozenset(("AGREE", "REQUEST"))
_CAUSING = frozenset(("have", "get", "want", "need"))
_OPEN = words(
    "of for to from over on with by into about if unless"
)  # clauses that belong to what a carrier says
_ASIDE = words("during at after before following since amid despite")
# Verbs that pass a carrier's force on to what they govern.
TRANSPARENT = words("begin start continue try help let allow agree ask seek go come return stop cease keep be do "
                        "say arrange consider prepare")  # fmt: skip


class Carriers:
    """Finds carriers and settles statuses by them."""

    def __init__(self, tree: Tree, arguments: Arguments, statuses: Statuses) -> None:
        self.tree, self.arguments, self.statuses = tree, arguments, statuses

    def of(self, i: int, acts: Mapping[int, Act]) -> Act | None:
        """The nearest act in whose complement this one stands."""
        tree, at = self.tree, i
        for head in tree.path(i)[:8]:
            rel = tree.rel[at].partition(":")[0]
            if rel in ("root", "parataxis") or tree.rel[at].endswith("relcl"):
                return None
            if (rel == "conj" and tree.kids(at, "nsubj")) or (
                rel in ("nsubj", "csubj") and not tree.rel[at].endswith("pass")
            ):
                return None
            if rel == "advcl" and tree.mark(at) not in _OPEN:
                return None
            if head in acts and acts[head].row.carrier and rel != "conj":
                return acts[head]
            at = head
        return None

    def given(self, i: int, top: int) -> bool:
        """Whether an act is told as a fact inside its carrier: "the tourists held there", "during her visit"."""
        tree = self.tree
        path = [i, *tree.path(i)]
        if any(tree.rel[p] == "obl" and tree.case(p) in _ASIDE for p in path[: path.index(top)]):
            return True
        return any(
            tree.rel[p] == "acl"
            and not tree.mark(p)
            and self.arguments.of(p).passive
            and tree.lemma[tree.above[tree.above[p]]] not in _CAUSING
            for p in path[: path.index(top)]
        )

    def remote(self, act: Act) -> bool:
        """Whether words between a carrier and the act make it too vague: "agreed on joining efforts to …"."""
        tree, carrier = self.tree, act.carrier
        if carrier is None or act.given or self._conditional(act.i, carrier.i):
            return False
        between = tree.path(act.i)
        between = between[: between.index(carrier.i)] if carrier.i in between else []
        opaque = [p for p in between if tree.upos[p] == "VERB" and tree.lemma[p] not in LIGHT | TRANSPARENT]
        path = [act.i, *between]
        if any(
            tree.rel[a] == "acl" and tree.lemma[b] in VAGUE | OCCASION
            for a, b in zip(path, between, strict=False)
        ):
            return True
        if carrier.row.carrier == "fact":
            return False
        return (
            bool(opaque)
            and tree.rel[opaque[-1]] in ("xcomp", "advcl", "obl", "acl", "ccomp")
            and not any(tree.rel[p] == "ccomp" and tree.kids(p, "nsubj") for p in (act.i, *between))
        )

    def settle(self, act: Act) -> None:
        """Give an act its status, its carrier's settled before it."""
        carrier = act.carrier
        if carrier is not None and carrier.row.type == "REJECT" and self._told_speech(act):
            act.status, act.decided = "occurred", "made before it was refused"
            return
        carried = carrier.row.carrier if carrier and not self._conditional(act.i, carrier.i) else None
        if carrier is not None and (
            carrier.row.carrier == "void" or carrier.decided == "made before it was refused"
        ):
            carried = "denied"
        if act.given:
            carrier, carried = None, "fact"
        act.status, act.decided = self.statuses.of(act.i, carried, act.row.type)
        if carrier is not None and carrier.row.type == "THREATEN" and act.status in ("planned", "occurred"):
            act.status = "possible"

    def _told_speech(self, act: Act) -> bool:
        """A refused offer or request was made all the same, if its maker is named."""
        return self.tree.upos[act.i] == "NOUN" and act.row.type in _OFFERING and bool(act.source)

    def _conditional(self, i: int, top: int) -> bool:
        tree = self.tree
        path = [i, *tree.path(i)]
        return (
            any(
                not tree.marks(p).isdisjoint(CONDITIONS)
                for p in path[: path.index(top)]
                if tree.rel[p] == "advcl"
            )
            if top in path
            else False
        )
