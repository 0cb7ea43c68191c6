"""Candidate acts: one for each predicate whose sense is in the lexicon, with parties, status and what carries it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from detente.coding.act import Act
from detente.coding.actors import Cast
from detente.coding.carriers import Carriers
from detente.coding.lending import Lending
from detente.coding.parties import Mentions, Parties, same_side
from detente.coding.roles import CONTAINER, LIGHT, Arguments
from detente.coding.senses import Senses, predicate_pos
from detente.coding.standing import Standing
from detente.coding.status import Statuses
from detente.coding.traps import Traps
from detente.coding.tree import Tree
from detente.lexicon import Lexicon
from detente.lexicon.frames import FrameRow

_DRILLS = frozenset(("drill", "exercise", "manoeuvre", "maneuver", "wargame"))
_BLOCKING = frozenset(("block", "blockade", "occupy", "seal", "barricade"))
_STRIKERS = frozenset(("CVL", "LAB", "EDU"))
_OFFICES = frozenset(("GOV", "ELI", "LEG", "OPP", "PTY", "IGO"))


class Acts:
    """Finds candidate acts."""

    def __init__(
        self, tree: Tree, arguments: Arguments, cast: Cast, lexicon: Lexicon, statuses: Statuses
    ) -> None:
        self.tree, self.arguments, self.cast, self.statuses = tree, arguments, cast, statuses
        self.frames: Mapping[tuple[str, str], tuple[FrameRow, ...]] = lexicon.frames
        phrases = {"#actor": self._somebody, "#place": cast.is_place, "#politician": self._politician}
        self.senses = Senses(tree, arguments, phrases)
        self.parties = Parties(tree, arguments, cast)
        self.carriers = Carriers(tree, arguments, statuses)
        self.traps = Traps(tree)
        self.standing = Standing(tree, cast, self.carriers, self.traps, self._rows)
        self.lending = Lending(tree, arguments, cast, self.parties, self.senses)

    def found(self) -> list[Act]:
        """Every act that the story tells, in order, unreal insides and doubles by construction left out."""
        senses = self._senses()
        acts = {i: self._act(i, row) for i, row in senses.items()}
        for i, act in acts.items():
            act.carrier = self.carriers.of(i, acts)
            act.given = act.carrier is not None and self.carriers.given(i, act.carrier.i)
        for act in sorted(acts.values(), key=lambda a: self.tree.depth(a.i)):
            self.carriers.settle(act)
        for act in acts.values():
            self.lending.complete(act, acts)
        coded = self.lending.fold_visits(act for act in acts.values() if self.standing.stands(act))
        opened = {id(act.carrier) for act in coded}
        return [act for act in coded if id(act) in opened or not self.standing.inward(act)]

    # --- senses ------------------------------------------------------------------------------------------------

    def _senses(self) -> dict[int, FrameRow]:
        tree, found = self.tree, {}
        for i in range(len(tree.tokens)):
            rows = self._rows(i)
            row = self.senses.choose(i, rows) if rows and not self._trap(i) else None
            if row is not None:
                found[i] = row
        return {i: row for i, row in found.items() if not self._consumed(i, row, found)}

    def _somebody(self, i: int) -> bool:
        """Whether a token heads the name of a party, or of a person of whom nothing else is known."""
        return self.cast.entity.get(i) == "PER" or self.cast.is_party(i)

    def _politician(self, i: int) -> bool:
        """Whether a token heads the name of a person in politics, or stands for one."""
        actors = [m.actor for m in self.cast.parties(i) if m.actor]
        return bool(actors) and all(a.kind == "person" and a.sector in _OFFICES for a in actors)

    def _trap(self, i: int) -> bool:
        traps = self.traps
        return traps.figurative(i) or traps.asked(i) or traps.manner(i) or traps.unsaid(i)

    def _rows(self, i: int) -> tuple[FrameRow, ...]:
        tree = self.tree
        pos = predicate_pos(tree.upos[i], tree.rel[i])
        if (
            tree.rel[i] in ("amod", "compound", "nmod:desc", "flat", "fixed", "case")
            or tree.lower[i] == "according"
        ):
            return ()
        if pos == "VERB" and tree.kids(i, "det"):  # "the accused"
            return ()
        if tree.upos[i] == "PROPN" and (
            i in self.cast.at
            or (tree.tokens[i].text[0].isupper() and i and tree.tokens[i - 1].sent == tree.tokens[i].sent)
        ):
            return ()
        rows = self.frames.get((tree.lemma[i], pos), ())
        if first := self._hyphened(i - 2):  # "test-fires"
            rows = self.frames.get((f"{first}-{tree.lemma[i]}", pos), rows)
        if pos == "NOUN" and self._hyphened(i):  # "pull-out", whose first half the tree takes for its head
            last = tree.lower[i + 2]
            rows = self.frames.get((f"{tree.lemma[i]}-{last}", pos), ()) or self.frames.get(
                (tree.lemma[i] + last, pos), rows
            )
        if not rows and tree.lower[i] != tree.lemma[i]:
            rows = self.frames.get((tree.lower[i], pos), ())
        return rows

    def _hyphened(self, i: int) -> str:
        """The word at a place if a hyphen joins it to the next; else ""."""
        tree = self.tree
        if i < 0 or i + 2 >= len(tree.tokens) or tree.lower[i + 1] != "-":
            return ""
        glued = (
            tree.tokens[i].end == tree.tokens[i + 1].start
            and tree.tokens[i + 1].end == tree.tokens[i + 2].start
        )
        return tree.lower[i] if glued else ""

    def _consumed(self, i: int, row: FrameRow, found: Mapping[int, FrameRow]) -> bool:
        """Whether another word names this act better: a light verb's noun, or a verb that decides over its object."""
        tree = self.tree
        if tree.upos[i] == "VERB":
            return self._lighter(i, row, found)
        head = tree.above[i]  # "a war of aggression" is one act
        twice = tree.case(i) == "of" and head in found and found[head].type == row.type
        if twice and tree.upos[head] == "NOUN" and self._own_doer(head) and not tree.kids(i, "nmod:poss"):
            return True
        if self._told_by_clause(i, row, found):
            return True
        verb = self._governor(i)
        if verb < 0 or verb not in found:
            return False
        outer = found[verb]
        if self._lighter(verb, outer, found):
            return False
        names = any(
            c.kind in ("obj", "pobj") and not c.negated and tree.lemma[i] in c.words
            for c in outer.constraints
        )
        particle = any(c.kind == "prt" and not c.negated for c in outer.constraints)
        if outer.carrier == "void" and (
            names or particle
        ):  # the state that an act ends: "lifted its blockade"
            return True
        if outer.type == row.type:  # "agreed a deal", "reaffirmed its commitment": one act
            return True
        if not names or outer.carrier in ("planned", "sought", "possible"):
            return False
        return not self._own_doer(i)

    def _told_by_clause(self, i: int, row: FrameRow, found: Mapping[int, FrameRow]) -> bool:
        """ "The embargo they imposed": a light verb behind the noun, coded for itself, tells the act."""
        return any(
            k in found
            and found[k].type == row.type
            and self.tree.lemma[k] in LIGHT
            and i in self.arguments.of(k).obj
            for k in self.tree.kids(i, "acl")
        )

    def _lighter(self, i: int, row: FrameRow, found: Mapping[int, FrameRow]) -> bool:
        """Whether a verb leaves its act to its object: a light one without a sense for it, or with the same sense."""
        tree = self.tree
        if tree.lemma[i] not in LIGHT:
            return False
        named = [
            found[o]
            for head in self.arguments.of(i).obj
            for o in tree.group(head)
            if o in found and tree.upos[o] != "VERB"
        ]
        decides = any(c.kind in ("obj", "pobj", "prt") and not c.negated for c in row.constraints)
        if tree.above[i] in self.arguments.of(i).obj:  # "the embargo they imposed": the clause tells the act
            return False
        return any(not decides or noun.type == row.type for noun in named)

    def _governor(self, i: int) -> int:
        """The verb of which a noun is object or passive subject, also through coordination and "a round of"."""
        tree = self.tree
        for _ in range(4):
            head, rel = tree.above[i], tree.rel[i]
            if head < 0:
                return -1
            if rel in ("obj", "nsubj:pass", "obl") and tree.upos[head] == "VERB":
                return head
            if not (rel == "conj" or (rel.startswith("nmod") and tree.lemma[head] in CONTAINER)):
                return -1
            i = head
        return -1

    def _own_doer(self, i: int) -> bool:
        roles = self.arguments.of(i)
        own = [
            *roles.poss,
            *(
                k
                for k in self.tree.kids(i, "nmod")
                if self.tree.case(k) in ("by", "from", "between", "against", "on")
            ),
        ]
        return any(map(self.cast.is_party, own)) or any(
            k in self.cast.at and self.cast.is_party(k) for k in roles.amod
        )

    def _act(self, i: int, row: FrameRow) -> Act:
        source, target, mutual = self.parties.of(i, row)
        if row.type == "THREATEN" and self._other_harm(i, source):
            source, target = (), ()  # who warns of what others do or suffer threatens nobody
        striking = source and all(m.actor and m.actor.sector in _STRIKERS for m in source)
        if (
            row.type == "COERCE" and striking and self.tree.lemma[i] in _BLOCKING
        ):  # strikers' blockades are protest
            row = replace(row, type="PROTEST", mode="obstruct", cameo="144")
        alone = row.type == "MOBILIZE" and self.tree.lemma[i] in _DRILLS
        if alone and len({m.actor.country for m in source if m.actor}) > 1:  # several states drill together
            row, mutual = replace(row, type="COOPERATE", mode=None, cameo="062"), True
        return Act(i, row, self.arguments.of(i), source, target, mutual)

    def _other_harm(self, i: int, source: Mentions) -> bool:
        """Whether what is foretold in a that-clause is another's doing: "warned that prices would rise"."""
        if self.tree.lemma[i] not in ("warn", "warning", "caution"):
            return False
        subjects = [s for k in self.tree.kids(i, "ccomp", "acl") for s in self.tree.kids(k, "nsubj")]
        return any(
            self.tree.upos[s] != "PRON"
            and not any(same_side(m, n) for m in self.cast.parties(s) for n in source)
            for s in subjects
        ) or any(self.tree.kids(k, "nsubj:pass") for k in self.tree.kids(i, "ccomp", "acl"))
