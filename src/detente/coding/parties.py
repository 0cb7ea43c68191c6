"""Source and target of an act: the places that a frame row names are looked up around its predicate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.coding.actors import Cast, known
from detente.coding.anchors import OPPOSITE
from detente.coding.roles import CONTAINER, Arguments
from detente.coding.tree import Tree
from detente.coding.wordsets import words
from detente.lexicon.frames import FrameRow
from detente.records import Mention

Mentions = tuple[Mention, ...]
_MAKING = ("from",)  # where a deed comes from; "in", "on" and "of" tell where it was done and to whom
_OWNING = ("of", "by", "from", "with", "against", "on", "to", "between", "in")
_SEATS = words("embassy consulate capital mission base border airspace soil territory water coast port city")
# Prepositions before the party that an act reaches, where the noun's own row has found none.
_REACHING = {
    "AID": ("to", "for"),
    "SANCTION": ("on", "against"),
    "ASSAULT": ("on", "against"),
    "COERCE": ("against",),
}
_GIVING = frozenset(("to", "for"))
_HELPING = words("support help assist defend protect bolster enable save")
# Fighting that is against whoever lives where it is.
_WARS = words("war aggression invasion offensive genocide incursion intervention")
_WORDS = frozenset(("SUPPORT", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE"))
_MATERIAL = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "AID"))
# Acts whose recipient may be a person of whom nothing but the name is known.
_PERSONAL = _MATERIAL | {"RETREAT", "SANCTION", "CONCEDE", "ACCUSE"}


class Parties:
    """Looks up places."""

    def __init__(self, tree: Tree, arguments: Arguments, cast: Cast) -> None:
        self.tree, self.arguments, self.cast = tree, arguments, cast

    def of(self, i: int, row: FrameRow) -> tuple[Mentions, Mentions, bool]:
        """Return source, target and whether the act is mutual."""
        if row.type == "CONSULT" and (guests := self._guests(i, row)):
            return guests, self._first(i, ("subj",), guests, row), False
        source = self._first(i, row.source, (), row) or self._itself(i, row) or self._given(i, row)
        source = joined(source, self._companions(i)) if source else source
        target = self._first(i, row.target, source, row)
        if not target and row.target != ("none",):
            target = self._recipient(i, row, source)
        if row.reciprocal == "with" or (row.reciprocal == "between" and self._between(i)):
            both = joined(source, target)
            if len(both) > 1:
                return both, (), True
        if row.reciprocal == "between" and len(source) > 1 and not target and self._paired(i):
            return source, (), True
        if row.reciprocal == "plural" and len(source) > 1 and not target:
            return source, (), True
        return source, target, False

    def _given(self, i: int, row: FrameRow) -> Mentions:
        """Whose a word is that comes from somebody, or stands in a text of somebody's: "condemned in a UN report"."""
        roles, tree = self.arguments.of(i), self.tree
        if row.type not in _WORDS or "none" in row.source:
            return ()
        if tree.upos[i] == "NOUN":
            return () if "from" in row.target else self._named(roles.obl.get("from", []), ())
        texts = (h for case in ("in", "by", "with") for h in roles.obl.get(case, []) if self._is_text(h))
        return self._named(self._owners(texts, ("by", "from", "of")), ()) if roles.passive else ()

    def _is_text(self, head: int) -> bool:
        row = self.cast.lexicon.agent(self.tree.lemma[head])
        return row is not None and row.kind == "text"

    def _recipient(self, i: int, row: FrameRow, taken: Mentions) -> Mentions:
        """Whom a request asks, aid goes to, or a sanction or attack hits, further down in the phrase."""
        cases = _REACHING.get(row.type)
        tree = self.tree
        if row.type == "REQUEST" and tree.upos[i] == "VERB":  # "urged talks between Riga and Minsk"
            return self._named(self._owners(self.arguments.of(i).obj, ("between",)), taken)
        if row.type == "ASSAULT" and tree.lemma[i] in _WARS:
            cases = ("on", "against", "in")
        if tree.upos[i] == "VERB" and row.type in (
            "AID",
            "AGREE",
        ):  # "announced funds to fight the flood in Chad"
            given = [o for o in self.arguments.of(i).obj if not self.cast.is_party(o)]
            below = [k for o in given for k in range(o + 1, tree.reach[o][1])]
            heads = [k for k in below if tree.case(k) in _GIVING and self.cast.is_party(k)][:1]
            aims = [k for k in (*below, *tree.kids(i, "advcl")) if tree.lemma[k] in _HELPING]
            helped = (o for k in aims if tree.mark(k) == "to" for o in self.arguments.of(k).obj)
            return self._named(heads, taken) or without(self.named(helped), taken)
        if cases is None or tree.upos[i] not in ("NOUN", "PROPN"):
            return ()
        verb = tree.above[i] if tree.rel[i] == "obj" else -1
        low, high = tree.reach[i]
        below = [k for k in range(low, high) if k != i] + (
            tree.kids(verb, "obl", "advcl") if verb >= 0 else []
        )
        heads = [k for k in below if tree.case(k) in cases and k > i and self.cast.is_party(k)]
        return self._named(heads[:1], taken)

    def _companions(self, i: int) -> Mentions:
        """Who acts with the doer: "together with Uganda", "alongside Kenya"."""
        tree = self.tree
        heads = [
            k
            for k in tree.kids(i, "obl")
            if tree.case(k) == "alongside"
            or (tree.case(k) == "with" and tree.lower[tree.reach[k][0] - 1] in ("together", "along"))
            or tree.lower[tree.reach[k][0]] in ("together", "along", "alongside")
        ]
        return tuple(m for k in heads for m in self.cast.parties(k) if known(m) and acting(m))

    def _guests(self, i: int, row: FrameRow) -> Mentions:
        """Who comes to talks that somebody else hosts."""
        head = self.tree.above[i]
        if self.tree.rel[i] != "obj" or head < 0 or self.tree.lemma[head] != "host":
            return ()
        return self._first(i, ("between", "with", "of"), (), row)

    def _itself(self, i: int, row: FrameRow) -> Mentions:
        """People named by their act: demonstrators, strikers."""
        if (
            row.type == "PROTEST"
            and self.tree.upos[i] == "NOUN"
            and self.cast.lexicon.agent(self.tree.lemma[i])
        ):
            return tuple(m for m in self.cast.mentions(i) if known(m))
        return ()

    def _between(self, i: int) -> bool:
        return "between" in self.arguments.of(i).obl

    def _paired(self, i: int) -> bool:
        roles = self.arguments.of(i)
        return len(roles.amod) > 0 or len(roles.poss) > 0

    def _first(self, i: int, places: Sequence[str], taken: Mentions, row: FrameRow) -> Mentions:
        """The parties at the first place that names somebody not taken already."""
        for place in places:
            heads = self.heads(i, place)
            found = self._named(heads, taken, person=bool(taken) and row.type in _PERSONAL)
            if found:
                return found
            if place == "subj" and heads and row.type in _MATERIAL:
                found = self._named(self._owners(heads, _MAKING), taken)
                if found:
                    return found
        return ()

    def _named(self, heads: Iterable[int], taken: Mentions, person: bool = False) -> Mentions:
        """Whom heads name; with ``person``, also people of whom nothing is known but the name."""
        found: list[Mention] = []
        for head in heads:
            for mention in self.cast.parties(head):
                if (
                    (known(mention) or (person and _somebody(mention)))
                    and acting(mention)
                    and not _same_as_any(mention, (*found, *taken))
                ):
                    found.append(mention)
        return tuple(
            m for m in found if not any(self._described(m, k) or self.cast.lists.styles(m, k) for k in found)
        )

    def _described(self, title: Mention, name: Mention) -> bool:
        """Whether one mention is only the description of the next: "his Polish counterpart, Radek Sikorski"."""
        return bool(
            title.end < name.start
            and title.actor
            and name.actor
            and name.actor.kind == "person"
            and title.actor.country == name.actor.country
            and (title.why or "").startswith("agent noun")
            and self.tree.doc.text[title.end : name.start] == ", "
        )

    def named(self, heads: Iterable[int]) -> Mentions:
        """Whom heads name, or else whoever owns or made what they name."""
        own = list(heads)
        return self._named(own, ()) or self._named(self._owners(own), ())

    def heads(self, i: int, place: str) -> list[int]:
        """Heads of the phrases that stand at a place."""
        roles = self.arguments.of(i)
        verbal = self.tree.upos[i] in ("VERB", "AUX") and self.tree.rel[i] not in ("amod", "compound")
        if place == "none":
            return []
        if place == "subj":
            return (roles.subj or roles.obl.get("between", [])) if verbal else self._noun_subjects(i)
        if place == "obj":
            return self._opened(roles.obj if verbal else roles.obl.get("of", []))
        if place == "iobj":
            return roles.iobj or (roles.obj if verbal else [])
        if place == "owner":
            return self._owners(roles.obj if verbal else roles.obl.get("of", [])) or self._oblique_owners(i)
        if place == "csubj":
            return self._clause_subjects(i)
        if place == "poss":
            return roles.poss or ([p for o in roles.obj for p in self.arguments.of(o).poss] if verbal else [])
        if place == "amod":
            return [k for k in roles.amod if self.cast.is_party(k)]
        return self._oblique(i, place)

    def _noun_subjects(self, i: int) -> list[int]:
        roles = self.arguments.of(i)
        for heads in (roles.poss, roles.obl.get("by", []), roles.subj):
            if any(map(self.cast.is_party, heads)):
                return heads
        found = [
            k
            for k in roles.amod
            if self.cast.is_party(k) and (k in self.cast.at or self.tree.upos[k] == "PROPN")
        ]
        head = self.tree.above[i]
        shared = self.tree.rel[i] == "conj" and self.tree.upos[head] == "NOUN" and not roles.poss
        return found or (
            self._noun_subjects(head) if shared else []
        )  # "Chad's recall of … and expulsion of …"

    def _opened(self, heads: Iterable[int]) -> list[int]:
        """Heads, and what "a number of" holds."""
        found: list[int] = []
        for head in heads:
            inner = [k for k in self.tree.kids(head, "nmod") if self.tree.case(k) == "of"]
            found += (
                inner
                if inner and self.tree.lemma[head] in CONTAINER and not self.cast.mentions(head)
                else [head]
            )
        return found

    def _owners(self, heads: Iterable[int], cases: Sequence[str] = _OWNING) -> list[int]:
        """To whom things belong or who made them: the first link of each that names somebody."""
        found: list[int] = []
        for head in heads:
            for one in self.tree.group(head):
                found += self._owner(one, cases)
        return found

    def _owner(self, one: int, cases: Sequence[str]) -> list[int]:
        around = self.arguments.of(one)
        if self.tree.lemma[one] in OPPOSITE:  # our allies are not ourselves
            return []
        options = [
            around.poss,
            around.obl.get("by", []),
            around.amod,
            *(around.obl.get(c, []) for c in cases),
        ]
        for heads in options:
            named = [h for h in heads if self.cast.is_party(h)]
            if heads is around.amod:  # "a Syrian army convoy" is the army's; Syria is in the army's country
                named = [h for h in named if self.tree.upos[h] == "NOUN"] or named
                named = [
                    h for h in named if h in self.cast.at
                ] or named  # but "Syrian military bases" are Syria's
            if named:
                return named
            deeper = [
                p
                for h in heads
                for p in self.arguments.of(h).poss + self.arguments.of(h).amod
                if self.cast.is_party(p)
            ]
            if deeper and heads is not around.amod:
                return deeper[:1]
        return []

    def _oblique_owners(self, i: int) -> list[int]:
        """Owners of what stands after a preposition: "voted against Rome's plan"."""
        roles = self.arguments.of(i)
        return self._owners(
            h
            for case, heads in roles.obl.items()
            if case in ("against", "over", "on", "to", "at", "for")
            for h in heads
        )

    def _clause_subjects(self, i: int) -> list[int]:
        tree = self.tree
        inner = [
            k
            for k in tree.kids(i, "ccomp", "advcl", "acl", "xcomp")
            if tree.mark(k) not in ("if", "unless", "as", "after")
        ]
        return [
            s for k in inner for s in self.arguments.of(k).surface() if s not in self.arguments.of(i).subj
        ]

    def _oblique(self, i: int, case: str) -> list[int]:
        roles = self.arguments.of(i)
        heads = list(roles.obl.get(case, []))
        if not any(map(self.cast.is_party, heads)):
            for obj in (*roles.obj, *(roles.obl.get("of", []) if self.tree.upos[i] == "NOUN" else [])):
                for kid in self.tree.kids(obj, "nmod"):
                    if self.tree.case(kid) == case:
                        heads.append(kid)
        if heads and not any(map(self.cast.is_party, heads)):
            heads += self._owners(heads)
        return heads


def _somebody(mention: Mention) -> bool:
    return mention.actor is not None and mention.actor.kind == "person"


def acting(mention: Mention) -> bool:
    """Whether a mention names somebody, and not a text that speaks for its maker."""
    return mention.actor is not None and mention.actor.kind is not None


def joined(one: Mentions, other: Mentions) -> Mentions:
    """Both sides as one list, nobody twice."""
    return (*one, *(m for m in other if not _same_as_any(m, one)))


def same_actor(one: Mention, other: Mention) -> bool:
    """Whether two mentions name the same actor."""
    if one.actor is None or other.actor is None:
        return (one.start, one.end) == (other.start, other.end)
    return one.actor.name == other.actor.name or (one.start, one.end) == (other.start, other.end)


def same_side(one: Mention, other: Mention) -> bool:
    """Whether two mentions stand for the same government: a leader, a ministry, a capital, the state."""
    if same_actor(one, other):
        return True
    mine, theirs = one.actor, other.actor
    if not (mine and theirs and mine.country == theirs.country) or mine.country in (None, "INT", "IGO"):
        return False
    return mine.sector == theirs.sector == "GOV"


def _same_as_any(mention: Mention, others: Iterable[Mention]) -> bool:
    return any(same_actor(mention, other) for other in others)


def without(mentions: Mentions, taken: Mentions) -> Mentions:
    """Mentions that name nobody among the taken."""
    return tuple(m for m in mentions if not any(same_actor(m, t) for t in taken))
