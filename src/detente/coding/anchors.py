"""Whose a noun phrase's head is: "Israeli jets", "the army of Chad", "a ministry spokesman", "police in Jammu"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from detente.lexicon import AgentRow
from detente.records import Actor

if TYPE_CHECKING:
    from detente.coding.actors import Cast

STATE_NAMES = frozenset(
    ("name", "short", "long", "old", "abbreviation", "capital", "metonym", "breakaway", "region")
)
# Whoever these are, they are not of the country that has them: "his Polish counterpart", "our allies".
OPPOSITE = frozenset(
    ("counterpart", "colleague", "rival", "neighbour", "neighbor", "ally", "partner", "friend", "enemy", "adversary",
     "foe", "opponent")
)  # fmt: skip
_LINKS = ("poss", "amod", "of", "from", "appos", "in", "other")
_BORROWING = frozenset(("GOV", None))  # sectors of persons who take the sector of the body they serve
_LOOSE = frozenset(("adjective", "people", "region", "pronoun", "agent", "name", "person", "surname"))
LOCATIVE = frozenset(
    ("in", "near", "at", "off", "inside", "outside", "around", "across", "throughout", "within")
)


class Anchor(NamedTuple):
    """A word near a head that says to which country or body it belongs."""

    link: str  # poss, amod, of, from, in, other
    token: int
    actor: Actor | None
    kind: str  # kind of lexicon row
    sector: str | None = None  # of an agent noun such as army in "army spokesman"


class Anchors:
    """Reads the words around the heads of noun phrases."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.tree, self.lexicon = cast, cast.tree, cast.lexicon
        self.at = cast.at

    def of(self, i: int) -> list[Anchor]:
        """What the phrase says about whose the head is."""
        tree, found = self.tree, []
        for kid in tree.below[i]:
            rel = tree.rel[kid]
            base = rel.partition(":")[0]
            if rel == "nmod:poss":
                link = "poss"
            elif base in ("amod", "compound", "flat", "nummod") or (base == "nmod" and not tree.case(kid)):
                link = "amod"
            elif base == "nmod":
                case = tree.case(kid)
                link = case if case in ("of", "from", "in") else "in" if case in LOCATIVE else ""
                link = (
                    "of"
                    if case in ("for", "with") and tree.lemma[i] in ("spokesman", "spokeswoman")
                    else link
                )
            elif base == "acl" and tree.lemma[kid] in ("loyal", "back", "ally", "lead"):
                link = "other"
            elif base == "amod" or (rel.endswith("relcl") is False and base == "appos" and kid < i):
                link = "amod"
            else:
                continue
            for one in tree.group(kid) if link else ():
                found += self._anchor(link, one)
        found += self._beside(i)
        return [a for a in found if a.link != "poss"] if tree.lemma[i] in OPPOSITE else found

    def _beside(self, i: int) -> list[Anchor]:
        """A place right behind the head that the tree hangs on its verb: "… the junta in Mali"."""
        tree = self.tree
        behind = [
            kid
            for kid in (tree.below[tree.above[i]] if tree.above[i] >= 0 else ())
            if tree.rel[kid].startswith("obl") and tree.reach[kid][0] == i + 1 and tree.case(kid) in LOCATIVE
        ]
        return [anchor for kid in behind for anchor in self._anchor("in", kid)]

    def _anchor(self, link: str, one: int) -> list[Anchor]:
        tree = self.tree
        match = self.at.get(one)
        if match is not None and match.actors and match.kind not in ("surname",):
            return [Anchor(link, one, match.actors[0], match.kind)]
        if match is not None and (
            country := self.lexicon.country_of(
                tree.doc.text[slice(*tree.chars(match.start, match.end))], self.cast.on
            )
        ):
            return [Anchor(link, one, Actor(tree.tokens[one].text, country, "GOV", kind="state"), "region")]
        if tree.upos[one] == "PRON":
            mentions = self.cast.mentions(one)
            return (
                [Anchor(link, one, mentions[0].actor, "pronoun")]
                if len(mentions) == 1 and mentions[0].actor
                else []
            )
        row = self.lexicon.agent(tree.lemma[one]) if tree.upos[one] in ("NOUN", "PROPN") else None
        inner = [a for a in self.of(one) if a.actor] if tree.upos[one] in ("NOUN", "PROPN") else []
        if row is not None and row.kind in ("organisation", "group"):
            actor = inner[0].actor if inner else None
            if actor is None and link in ("poss", "of") and (mentions := self.cast.mentions(one)):
                actor = mentions[0].actor
            return [Anchor(link, one, actor, "agent", row.sector)]
        if link == "poss" and (mentions := self.cast.mentions(one)) and mentions[0].actor:
            return [Anchor(link, one, mentions[0].actor, "name", mentions[0].actor.sector)]
        return [a._replace(link=link) for a in inner]

    def owners(self, anchors: list[Anchor]) -> list[Anchor]:
        """The anchors of the nearest link that say whose the head is; several when coordinated."""
        for link in _LINKS:
            found = [a for a in anchors if a.link == link and a.actor is not None and a.actor.country]
            if link == "amod" and found and found[-1].kind == "adjective":
                found = self._joined_adjectives(found)
                if len(found) > 1:
                    return found
            if found:
                first = self.tree.leader(found[0].token)
                joined = [a for a in found if a is found[0] or self.tree.leader(a.token) == first]
                return joined if link in ("amod", "of", "poss", "from") else found[:1]
        return []

    def _joined_adjectives(self, found: list[Anchor]) -> list[Anchor]:
        """ "Thai and Cambodian": nationalities joined by "and", whether or not the tree joins them."""
        first, tree = found[0], self.tree
        while (
            first.token > 1 and tree.lower[first.token - 1] in ("and", ",") and (first.token - 2) in self.at
        ):
            match = self.at[first.token - 2]
            if match.kind != "adjective" or not match.actors:
                break
            first = Anchor("amod", match.start, match.actors[0], match.kind)
            if all(a.token != first.token for a in found):
                found = [first, *found]
        return found

    def sector(self, i: int, row: AgentRow, anchors: list[Anchor]) -> str | None:
        """The head's own sector; persons who serve a body take the body's."""
        former = any((m := self.lexicon.modifier(w)) and m.effect in ("former", "elect", "candidate")
                     for k in self.tree.kids(i, "amod", "compound", "advmod")
                     for w in self.tree.lower[k].replace("-", " ").split())  # fmt: skip
        if former or self.tree.lower[i].endswith("-elect"):
            return "ELI"
        if row.sector is None and self.tree.lemma[i] == "counterpart":  # the same office in another state
            owners = (m for k in self.tree.kids(i, "nmod:poss") for m in self.cast.mentions(k))
            return next((m.actor.sector for m in owners if m.actor and m.actor.sector), "GOV")
        if row.sector in _BORROWING:
            person = next((a.actor for a in anchors if a.actor and a.actor.kind == "person"), None)
            if person and row.kind != "person" and person.sector:
                return person.sector
        bodies = [a.actor.sector for a in anchors if a.actor and a.kind not in STATE_NAMES | _LOOSE]
        if row.kind == "person" and bodies and bodies[0] and row.sector in (*_BORROWING, "MIL"):
            return bodies[0]
        if row.kind == "person" and row.sector in _BORROWING:
            for anchor in anchors:
                sector = anchor.sector or (
                    anchor.actor.sector if anchor.actor and anchor.kind not in STATE_NAMES else None
                )
                if sector and anchor.kind != "adjective" and anchor.link in ("amod", "poss", "of", "other"):
                    return sector
        return row.sector or (
            "GOV" if row.kind == "person" and self.owners(anchors) and row.sector else row.sector
        )
