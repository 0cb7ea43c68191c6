"""Parties that clauses lend each other: carriers and their content, conditions, visits and their talks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from detente.coding.act import Act
from detente.coding.actors import Cast, known
from detente.coding.parties import Mentions, Parties, joined, same_actor, without
from detente.coding.roles import Arguments
from detente.coding.senses import Senses
from detente.coding.tree import Tree
from detente.coding.wordsets import words

CONDITIONS = frozenset(("if", "unless", "should", "in case"))
_POINTING_BACK = frozenset(("REJECT", "SUPPORT", "ACCUSE", "CONCEDE"))
_TOLD = words(
    "news move decision announcement step gesture development initiative action deed"
)  # what has just been told
_TOGETHER = words("joint common mutual closer shared bilateral united combined concerted")
_BESIDE = frozenset(("about", "after", "during", "since", "amid", "before"))  # "a call about the attack"
_OWN_MEETINGS = frozenset(("IGO", "LEG"))


class Lending:
    """Fills sides that an act's own clause leaves open."""

    def __init__(
        self, tree: Tree, arguments: Arguments, cast: Cast, parties: Parties, senses: Senses
    ) -> None:
        self.tree, self.arguments, self.cast, self.parties = tree, arguments, cast, parties
        self.frames, self.pointed = cast.lexicon.frames, senses.pointed

    def complete(self, act: Act, acts: Mapping[int, Act]) -> None:
        """Give an act, and its carrier, the parties that the text around it tells."""
        self._commanded(act)
        if not act.target and not act.reciprocal:
            act.target = (
                self._meant(act, acts) or self._partner(act, acts) or self._faced(act) or self._angered(act)
            )
            act.target = act.target or self._step(act, acts)
            act.target = act.target or self._answered(act, acts)
        if not act.source and not act.reciprocal:
            act.source = self._era(act) or self._as_agreed(act, acts)
        if act.carrier is not None:
            self._from_carrier(act, act.carrier)
        elif act.row.type == "THREATEN" and not act.target:
            act.target = self._threatened(act, acts)
        self._joint_call(act)
        self._truce(act, acts)
        if act.row.type == "REQUEST" and not act.target and self.tree.upos[act.i] == "NOUN":
            act.target = self._conditioned(act, acts)

    def _commanded(self, act: Act) -> None:
        """Who is to do what an imperative says: whoever it is said to, never who says it."""
        tree = self.tree
        if tree.feat(act.i, "Mood") != "Imp" or tree.kids(act.i, "nsubj"):
            return
        heads = tree.kids(tree.above[act.i], "iobj", "obj") if tree.rel[act.i] == "ccomp" else []
        act.source = without(self.parties.named(heads), act.target)

    def _truce(self, act: Act, acts: Mapping[int, Act]) -> None:
        """A truce called for is one between those who are told to be fighting."""
        if act.row.mode != "ceasefire" or act.carrier is None or act.carrier.row.type != "REQUEST":
            return
        sent = self.tree.tokens[act.i].sent
        for other in acts.values():
            if other.row.type == "ASSAULT" and other.reciprocal and self.tree.tokens[other.i].sent == sent:
                act.source, act.target, act.reciprocal = other.source, (), True
                act.carrier.target = act.carrier.target or without(other.source, act.carrier.source)

    def _conditioned(self, act: Act, acts: Mapping[int, Act]) -> Mentions:
        """ "… if Oslo makes a request": it goes to the doer of the main clause."""
        tree = self.tree
        for p in tree.path(act.i):
            if tree.rel[p] == "advcl" and not tree.marks(p).isdisjoint(CONDITIONS):
                outer = acts.get(tree.above[p])
                return without(outer.source, act.source) if outer else ()
        return ()

    def _from_carrier(self, act: Act, carrier: Act) -> None:
        everybody = joined(carrier.source, carrier.target)
        first = act.parties()[0] if act.parties() else None
        mutual = act.row.reciprocal in ("with", "plural", "between") and len(act.parties()) < 2
        inside = first is None or any(same_actor(first, m) for m in everybody)
        judged = carrier.row.carrier == "fact" and first is None  # who welcomes a truce does not keep it
        if mutual and len(everybody) > 1 and inside and not judged and not self._by_itself(act):
            act.source, act.target, act.reciprocal = everybody, (), True
        elif not act.source and not act.reciprocal and "none" not in act.row.source:
            demanded = carrier.row.type in ("REQUEST", "ACCUSE", "SUPPORT") or act.status == "sought"
            asked = carrier.target if demanded else carrier.source
            if self.tree.upos[act.i] == "NOUN" and self.tree.case(act.i) in _BESIDE:
                asked = carrier.source if act.row.type == "CONSULT" else ()
            act.source = without(asked, act.target)
        if not act.target and not act.reciprocal:
            act.target = self._returned(act, carrier)
        if not carrier.target and not carrier.reciprocal and carrier.row.target != ("none",):
            carrier.target = self._lent(act, carrier)

    def _by_itself(self, act: Act) -> bool:
        """A council's own meeting is not one with whoever asked for it."""
        actors = [m.actor for m in act.source if m.actor]
        return len(actors) == 1 and actors[0].sector in _OWN_MEETINGS and self.tree.upos[act.i] == "NOUN"

    def _returned(self, act: Act, carrier: Act) -> Mentions:
        """Who asks is helped or answered; who is refused had asked; who is threatened suffers."""
        if (
            carrier.row.type == "REQUEST"
            and act.source
            and act.row.type in ("COOPERATE", "AID")
            and "none" not in act.row.target
        ):
            return without(carrier.source, act.source)
        if carrier.row.type == "REJECT" and act.decided == "made before it was refused":
            return without(carrier.source, act.source)
        if carrier.row.type == "AGREE" and act.row.mode == "visit":
            return without(carrier.target, act.source)
        if carrier.row.type == "THREATEN" and "none" not in act.row.target:
            return without(carrier.target, act.source)
        return ()

    def _lent(self, act: Act, carrier: Act) -> Mentions:
        """The carrier's recipient, known from what it carries."""
        if carrier.row.type in ("REQUEST", "ACCUSE"):
            return without(act.source, carrier.source)
        named = {*carrier.roles.obj, *carrier.roles.iobj}
        if not carrier.target and act.roles.subj and named.issuperset(act.roles.subj):
            return ()  # "invited two members to join NATO": the one invited is named, if nobody known
        if carrier.row.type in ("AGREE", "REJECT", "THREATEN"):
            return without(act.target or (act.source if act.reciprocal else ()), carrier.source)
        return ()

    def _meant(self, act: Act, acts: Mapping[int, Act]) -> Mentions:
        """The recipient where the object only points back: "called off the meeting", "welcomed the pledge"."""
        tree = self.tree
        if act.row.type not in _POINTING_BACK | {"SANCTION"} or tree.upos[act.i] != "VERB":
            return ()
        for obj in act.roles.obj:
            back = self.pointed(obj)
            other = next(
                (a for a in earlier(act, acts) if back >= 0 and (back in a.roles.obj or a.i == back)), None
            )
            if other is not None:
                return opposite(other.parties(), act.source)
            told = earlier(act, acts)[:1] if tree.lemma[obj] in _TOLD and tree.kids(obj, "det") else []
            if told and tree.tokens[act.i].sent - tree.tokens[told[0].i].sent <= 1:
                return without(told[0].source, act.source)
            types = {row.type for row in self.frames.get((tree.lemma[obj], "NOUN"), ())}
            for other in earlier(act, acts):
                if other.row.type in types and tree.tokens[act.i].sent - tree.tokens[other.i].sent <= 2:
                    return opposite(other.parties() if other.reciprocal else other.source, act.source)
        return ()

    def _answered(self, act: Act, acts: Mapping[int, Act]) -> Mentions:
        """ "accepted Rome's request": who answers a request or an offer was asked."""
        tree = self.tree
        outer = acts.get(tree.above[act.i]) if tree.rel[act.i] == "obj" else None
        asking = act.row.type in ("REQUEST", "AGREE") and tree.upos[act.i] == "NOUN"
        if outer is None or not asking or outer.row.type not in ("AGREE", "REJECT"):
            return ()
        return without(outer.source, act.source) if act.source else ()

    def _step(self, act: Act, acts: Mapping[int, Act]) -> Mentions:
        """ "…, a step welcomed by Bonn": the step is what has just been told."""
        tree = self.tree
        noun = tree.above[act.i] if tree.rel[act.i].startswith("acl") else -1
        if act.row.type not in ("SUPPORT", "ACCUSE") or noun not in act.roles.obj or self.cast.is_party(noun):
            return ()
        for other in earlier(act, acts):
            if tree.tokens[other.i].sent == tree.tokens[act.i].sent and other.source:
                return without(other.source, act.source)
        return ()

    def _as_agreed(self, act: Act, acts: Mapping[int, Act]) -> Mentions:
        """ "…, as agreed last week": those who act had agreed."""
        tree = self.tree
        if act.row.type != "AGREE" or tree.rel[act.i] != "advcl" or "as" not in tree.marks(act.i):
            return ()
        outer = acts.get(tree.above[act.i])
        if outer is None or not outer.parties():
            return ()
        act.reciprocal = len(outer.parties()) > 1
        return outer.parties()

    def _angered(self, act: Act) -> Mentions:
        """ "demonstrators angered by a visit": at whom a protest is aimed."""
        tree = self.tree
        if act.row.type != "PROTEST" or tree.upos[act.i] != "NOUN":
            return ()
        for kid in tree.kids(act.i, "acl"):
            heads = [
                h for c in ("by", "at", "over", "against") for h in tree.kids(kid, "obl") if tree.case(h) == c
            ]
            found = self.parties.named(heads)
            if found:
                return without(found, act.source)
        return ()

    def _partner(self, act: Act, acts: Mapping[int, Act]) -> Mentions:
        """To whom somebody promises: the partner in what is promised, else in the conversation just told."""
        tree = self.tree
        if act.row.type != "AGREE" or tree.upos[act.i] == "NOUN":
            return ()
        for inner in tree.kids(act.i, "xcomp"):
            heads = self.arguments.of(inner).obl.get("with", [])
            found = tuple(m for h in heads for m in self.cast.parties(h) if known(m))
            if found:
                return without(found, act.source)
        leader = tree.leader(act.i)
        other = acts.get(leader)
        if leader != act.i and other is not None and other.row.type == "CONSULT" and act.source:
            return without(other.parties(), act.source)
        return ()

    def _faced(self, act: Act) -> Mentions:
        """The side that a deployment faces: whose border it goes to."""
        if act.row.type != "MOBILIZE":
            return ()
        for case in ("to", "on", "along", "near", "at", "toward", "towards"):
            for head in act.roles.obl.get(case, []):
                if self.tree.lemma[head] in ("border", "frontier"):
                    kids = [k for k in self.tree.kids(head, "nmod") if self.tree.case(k) == "with"]
                    return without(
                        tuple(m for k in kids for m in self.cast.parties(k) if known(m)), act.source
                    )
        return ()

    def _era(self, act: Act) -> Mentions:
        """ "Under Mobutu's government …": whose rule it happened under, where nobody else is named."""
        tree = self.tree
        if (
            act.row.type not in ("SANCTION", "COERCE", "MOBILIZE", "AID", "COOPERATE")
            or tree.upos[act.i] == "VERB"
        ):
            return ()
        clause = tree.clause(act.i)
        for kid in tree.kids(clause, "obl"):
            if tree.case(kid) == "under" and kid < act.i:
                return without(tuple(m for m in self.cast.parties(kid) if known(m)), act.target)
        return ()

    def _threatened(self, act: Act, acts: Mapping[int, Act]) -> Mentions:
        """Whom a threat is meant for: who suffers the act, else whoever its condition speaks of."""
        tree = self.tree
        low, high = tree.reach[act.i]
        for other in acts.values():
            inside = other.carrier is act and other.target and low <= other.i < high
            if inside and not any(
                tree.marks(p) & CONDITIONS for p in (other.i, *tree.path(other.i)) if p > act.i
            ):
                return without(other.target, act.source)
        for inner in tree.kids(act.i, "xcomp", "acl"):
            roles = self.arguments.of(inner)
            hit = [*roles.obj, *roles.obl.get("on", []), *roles.obl.get("against", [])]
            found = without(self.parties.named(hit), act.source)
            if found and inner not in acts:
                return found
        for i in range(low, high):
            if tree.rel[i] == "advcl" and not tree.marks(i).isdisjoint(CONDITIONS):
                found = tuple(
                    m for s in self.arguments.of(i).surface() for m in self.cast.parties(s) if known(m)
                )
                return without(found, act.source)
        return ()

    def _joint_call(self, act: Act) -> None:
        """Callers who are to act themselves agree: "both called for joint work"."""
        if act.row.type != "REQUEST" or len(act.source) < 2 or act.target:
            return
        for heads in act.roles.obl.values():
            for head in heads:
                if any(self.tree.lower[k] in _TOGETHER for k in self.tree.kids(head, "amod")):
                    act.row = replace(act.row, type="AGREE", mode=None, cameo="030", carrier=None)
                    act.reciprocal = True
                    return

    def fold_visits(self, acts: Iterable[Act]) -> list[Act]:
        """A visit and its talks are one: the visitor is source, whoever is met there target."""
        kept = list(acts)
        for trip in [a for a in kept if a.row.mode == "visit" and a.source and a.target and not a.reciprocal]:
            talks = next((a for a in kept if a is not trip and self._on_the_trip(a, trip)), None)
            if talks is not None:
                talks.source, talks.target = trip.source, without(talks.parties(), trip.source)
                talks.reciprocal = False
                talks.why.append(f"one with {self.tree.lower[trip.i]}")
                kept.remove(trip)
        return kept

    def _on_the_trip(self, act: Act, trip: Act) -> bool:
        if act.row.type != "CONSULT" or act.i < trip.i or act.status != trip.status:
            return False
        if self.tree.tokens[act.i].sent - self.tree.tokens[trip.i].sent > 1:
            return False
        hosts = {m.actor.country for m in trip.target if m.actor}
        others = without(act.parties(), trip.source)
        met = {m.actor.country for m in others if m.actor}
        return len(others) < len(act.parties()) and bool(met) and met <= hosts


def earlier(act: Act, acts: Mapping[int, Act]) -> list[Act]:
    """Acts told before one, nearest first."""
    return sorted((a for a in acts.values() if a.i < act.i), key=lambda a: -a.i)


def opposite(mentions: Mentions, side: Mentions) -> Mentions:
    """Mentions of the other side; its own people are left out where anybody else is named."""
    rest = without(mentions, side)
    home = {m.actor.country for m in side if m.actor and m.actor.country}
    return tuple(m for m in rest if m.actor and m.actor.country not in home) or rest
