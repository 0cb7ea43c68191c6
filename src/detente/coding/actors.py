"""Who is meant: noun phrases become Mentions of Actors, as of the story's date.

A phrase is read by its head: a known name, an agent noun ("troops", "spokesman") whose country and sector come from
the words around it, or an unknown person's name with a printed title. What remains unclear stays without an actor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from detente.coding.reference import Reference
from detente.coding.tree import Tree
from detente.lexicon import AgentRow, Lexicon, Match
from detente.records import Actor, Mention, Story

STATE_NAMES = frozenset(("name", "short", "long", "old", "abbreviation", "capital", "metonym", "breakaway", "region"))
_GROUND = frozenset(("name", "short", "long", "old", "abbreviation", "capital", "region", "breakaway"))
LOCATIVE = frozenset(("in", "near", "at", "off", "inside", "outside", "around", "across", "throughout", "within"))
_LINKS = ("poss", "amod", "of", "from", "appos", "in", "other")
# Heads that only count the people whom an "of" phrase names.
_PURE_COUNTERS = frozenset(
    "thousand hundred dozen score ten million number majority some many most all several both part half handful rest lot "
    "group crowd".split()
)
_BORROWING = frozenset(("GOV", None))  # sectors of persons who take the sector of the body they serve
# Things that belong to a party and stand for it when they are hit, seized or sent.
_CITIZEN_SECTORS = frozenset(("CVL", "LAB", "EDU", "JRN", "REF", "MED", "REL", "COP", "MIL", "REB", "OPP", "LEG", "JUD"))


_LOOSE = frozenset(("adjective", "people", "region", "pronoun", "agent", "name", "person", "surname"))
_REGIONS = frozenset("western european arab african asian gulf latin nordic baltic balkan islamic muslim world global "
                     "international foreign allied eastern regional neighbouring neighboring caribbean".split())  # fmt: skip


class Anchor(NamedTuple):
    """A word near a head that says to which country or body it belongs."""

    link: str  # poss, amod, of, from, in, other
    token: int
    actor: Actor | None
    kind: str  # kind of lexicon row
    sector: str | None = None  # of an agent noun such as army in "army spokesman"


class Cast:
    """The actors of one story."""

    def __init__(self, story: Story, tree: Tree, lexicon: Lexicon) -> None:
        self.story, self.tree, self.lexicon = story, tree, lexicon
        self.on = story.published[:10] if story.published else None
        self.at: dict[int, Match] = {}
        for sentence in tree.doc.sentences:
            base = sentence[0].i if sentence else 0
            for match in lexicon.names.match([token.text for token in sentence], self.on):
                moved = match._replace(start=match.start + base, end=match.end + base)
                self.at.update(dict.fromkeys(range(moved.start, moved.end), moved))
        self._known: dict[int, tuple[Mention, ...]] = {}
        self._open: set[int] = set()
        self.entity = {i: e.label for e in tree.doc.entities for i in range(e.start, e.end)}
        self.body = 0  # character behind the dateline
        self.reference = Reference(self, tree)
        self.voice: Callable[[int], Mention | None] = lambda i: None  # whose "I" and "we" a token's is

    # --- public ------------------------------------------------------------------------------------------------

    def mentions(self, i: int) -> tuple[Mention, ...]:
        """Whom the noun phrase headed by a token names, coordination left aside; () if nobody."""
        if i not in self._known:
            if i in self._open:
                return ()
            self._open.add(i)
            self._known[i] = self._read(i)
            self._open.discard(i)
        return self._known[i]

    def parties(self, i: int) -> tuple[Mention, ...]:
        """Whom a noun phrase and all that is coordinated with it name."""
        found: list[Mention] = []
        for one in self.tree.group(i):
            found += [m for m in self.mentions(one) if all((m.start, m.end) != (k.start, k.end) for k in found)]
        return tuple(found)

    def is_party(self, i: int) -> bool:
        """Whether a token heads a phrase that names somebody of known country or sector."""
        return any(known(mention) for one in self.tree.group(i) for mention in self.mentions(one))

    def is_place(self, i: int) -> bool:
        """Whether a token names a stretch of the earth."""
        match = self.at.get(i)
        if match is not None:
            return match.kind in _GROUND
        return self.entity.get(i) == "LOC" or (
            self.tree.upos[i] == "PROPN" and self.tree.case(i) in LOCATIVE | {"from", "to", "into"} and not self.mentions(i)
        )

    def heads(self) -> Iterator[int]:
        """Tokens that may head a phrase naming somebody, in order."""
        for i, upos in enumerate(self.tree.upos):
            if upos in ("NOUN", "PROPN") or (upos in ("ADJ", "NUM", "DET") and i in self.at):
                yield i

    # --- reading one phrase --------------------------------------------------------------------------------------

    def _read(self, i: int) -> tuple[Mention, ...]:
        tree = self.tree
        if tree.upos[i] == "PRON" or tree.lower[i] in ("both", "they"):
            return self.reference.pronoun(i)
        match = self.at.get(i)
        if tree.lemma[i] in _PURE_COUNTERS and (inner := self._counted(i)):
            return inner
        if match is not None and match.kind == "surname" and (same := self.reference.surname(i)):
            return same
        if match is not None and match.actors and not self._longer_name(i, match):
            return self._named(i, match)
        if tree.upos[i] in ("NOUN", "PROPN", "ADJ"):
            return self._described(i)
        return ()

    def _counted(self, i: int) -> tuple[Mention, ...]:
        return tuple(m for k in self.tree.kids(i, "nmod") if self.tree.case(k) == "of" for m in self.parties(k))

    def _longer_name(self, i: int, match: Match) -> bool:
        """Whether a known surname is only part of another person's name ("Jim Brown" for Gordon Brown)."""
        if match.kind != "surname":
            return False
        tree = self.tree
        near = [k for k in tree.exact(i, "flat", "compound") if tree.upos[k] == "PROPN" and k not in self.at]
        if tree.rel[i] == "flat" and tree.above[i] >= 0 and not match.start <= tree.above[i] < match.end:
            near.append(tree.above[i])
        return any(not self._is_title(k) for k in near)

    def _is_title(self, i: int) -> bool:
        lower = self.tree.lower[i].strip(".")
        return self.lexicon.agent(self.tree.lemma[i]) is not None or lower in self.lexicon.titles

    def _named(self, i: int, match: Match) -> tuple[Mention, ...]:
        """A head that is itself a known name."""
        actor = match.actors[0]
        if match.kind in ("person", "surname"):
            return (self._mention(match.start, match.end, self._titled(i, match, actor), match.row),)
        if match.kind == "adjective" and self.tree.upos[i] == "ADJ" and not self.tree.exact(i, "det"):
            return (self._mention(match.start, match.end, actor, match.row),)
        owner = next((a for a in self._anchors(i) if a.link == "poss" and a.actor), None)
        if actor.country is None and owner and owner.actor:
            actor = Actor(actor.name, owner.actor.country, actor.sector, wikidata=actor.wikidata, kind=actor.kind)
        return (self._mention(match.start, match.end, actor, match.row),)

    def _titled(self, i: int, match: Match, actor: Actor) -> Actor:
        """A known person, corrected by what the text prints before or behind the name."""
        effects, title = self._printed(i, match.start)
        sector = actor.sector
        held = actor.office is not None and not actor.office.startswith("former")
        if effects & {"elect", "candidate"} or ("former" in effects and not held):
            sector = "ELI"
        elif "then" in effects or (sector in (None, "ELI") and not held and "former" not in effects):
            sector = title or sector
        country = actor.country or self._country(i)
        if (sector, country) == (actor.sector, actor.country):
            return actor
        return Actor(actor.name, country, sector, office=actor.office, wikidata=actor.wikidata, kind="person")

    def _printed(self, i: int, name_start: int) -> tuple[set[str], str | None]:
        """Effects of words such as former and elect before a name, and the sector of the printed title."""
        tree = self.tree
        low = min([name_start, *(tree.reach[k][0] for k in tree.kids(i, "nmod", "compound", "amod") if k < name_start)])
        words = [w for word in tree.lower[low:name_start] for w in word.replace("-", " ").split()]
        effects = {row.effect for word in words if (row := self.lexicon.modifier(word)) and row.effect}
        sector = None
        for at in range(len(words)):
            found = self.lexicon.title_at(words, at)
            if found and found[1].kind == "title":
                sector = found[1].sector or sector
        if sector is None:
            for kid in tree.kids(i, "nmod", "compound", "appos"):
                row = self.lexicon.agent(tree.lemma[kid])
                sector = sector or (row.sector if row else None)
        return effects, sector

    # --- phrases without a known name at their head ----------------------------------------------------------------

    def _described(self, i: int) -> tuple[Mention, ...]:
        tree = self.tree
        row = self._agent_row(i)
        if row is not None:
            return self._agent(i, row)
        if tree.upos[i] == "PROPN":
            if same := self.reference.surname(i):
                return same
            if tree.rel[i] not in ("compound", "flat", "amod", "nmod:desc"):
                return self._unknown(i)
        return ()

    def _agent_row(self, i: int) -> AgentRow | None:
        row = self._compound_row(i) or self.lexicon.agent(self.tree.lemma[i])
        if row is None and self.tree.upos[i] in ("NOUN", "PROPN"):
            title = self.lexicon.titles.get(self.tree.lemma[i].strip("."))
            if title and title.kind == "title":
                row = AgentRow(self.tree.lemma[i], title.sector, "person", False)
            elif self.tree.upos[i] == "PROPN":
                row = self.lexicon.agent(self.tree.lower[i].rstrip("s")) or self.lexicon.agent(self.tree.lower[i])
        return row

    def _compound_row(self, i: int) -> AgentRow | None:
        """An agent noun of two or three words: "air base", "foreign ministry spokesman"."""
        tree = self.tree
        first = tree.tokens[i].i - 2
        for low in (first, first + 1):
            if low >= 0 and tree.tokens[low].sent == tree.tokens[i].sent and tree.within(low, i):
                row = self.lexicon.agent(" ".join((*tree.lower[low:i], tree.lemma[i])))
                if row:
                    return row
        return None

    def _agent(self, i: int, row: AgentRow) -> tuple[Mention, ...]:
        """An agent noun: "Israeli jets", "the foreign ministers of France and Germany", "police in Jammu"."""
        if row.kind == "person" and (named := self._name_behind(i)):
            return named
        anchors = self._anchors(i)
        if not anchors and (same := self.reference.description(i, row)):
            return same
        owners = self._owners(anchors)
        sector = self._sector(i, row, anchors)
        if not owners and self._many_states(i):
            return (self._group_mention(i, "INT", sector, "group", f"several states: {row.lemma}"),)
        if len(owners) > 1:
            return self._shared_head(i, owners, sector)
        country = owners[0].actor.country if owners and owners[0].actor else self._country(i, sector, row.kind == "person")
        return (self._group_mention(i, country, self._fit(country, sector), row.kind, f"agent noun {row.lemma}"),)

    def _name_behind(self, i: int) -> tuple[Mention, ...]:
        """The name that a title stands before, however the tree joins the two."""
        tree = self.tree
        named = [k for k in tree.kids(i, "appos", "flat") if tree.upos[k] == "PROPN" and k > i]
        after = i + 1
        if not named and after < len(tree.tokens) and tree.tokens[after].sent == tree.tokens[i].sent:
            match = self.at.get(after)
            if match is not None and match.kind in ("person", "surname") and match.start == after:
                return (self._mention(match.start, match.end, self._titled(i, match, match.actors[0]), match.row),)
            if self.entity.get(after) == "PER" and match is None:
                return self._unlisted(i, after)
        return self.mentions(named[0]) if named else ()

    def _unlisted(self, i: int, start: int) -> tuple[Mention, ...]:
        """A person whom the lexicon does not have, named behind a title."""
        end = start
        while end < len(self.tree.tokens) and self.entity.get(end) == "PER":
            end += 1
        row = self._agent_row(i)
        anchors = self._anchors(i)
        owners = self._owners(anchors)
        sector = self._sector(i, row, anchors) if row else None
        country = owners[0].actor.country if owners and owners[0].actor else self._country(i, sector, True)
        actor = Actor(self._text(start, end), country, self._fit(country, sector), kind="person")
        return (self._mention(start, end, actor, f"printed title {self.tree.lower[i]}"),)

    def _many_states(self, i: int) -> bool:
        """"Western powers", "Arab leaders", "world leaders": many states at once."""
        tree = self.tree
        if tree.lemma[i] in ("power", "nation") and tree.feat(i, "Number") == "Plur":
            return True
        words = {tree.lower[k] for k in tree.kids(i, "amod", "compound")}
        return tree.feat(i, "Number") == "Plur" and bool(words & _REGIONS)

    def _fit(self, country: str | None, sector: str | None) -> str | None:
        """Staff and officials of a body of states are of the body."""
        if country == "IGO" and sector in (None, "GOV", "EDU", "ELI", "NGO", "CVL", "COP", "BUS"):
            return "IGO"
        return sector

    def _group_mention(self, i: int, country: str | None, sector: str | None, kind: str, why: str) -> Mention:
        low, high = self.tree.name_reach(i)
        while low < i and (self.tree.upos[low] in ("DET", "NUM", "PUNCT", "SYM") or self.tree.lower[low] in ("its", "their", "his", "her")):
            low += 1
        start, end = self.tree.chars(low, high)
        text = self.tree.doc.text[start:end]
        shown = {"person": "person", "organisation": "organisation", "text": None}.get(kind, "group")
        return Mention(start, end, text, actor=Actor(text, country, sector, kind=shown), why=why)

    def _shared_head(self, i: int, owners: list[Anchor], sector: str | None) -> tuple[Mention, ...]:
        """"Indian and Pakistani troops": one party for each owner of the shared head."""
        found = []
        for owner in owners:
            country = owner.actor.country if owner.actor else None
            match = self.at[owner.token]
            start, end = self.tree.chars(match.start, match.end)
            text = self.tree.doc.text[start:end]
            if owner is owners[-1] and owner.link == "amod" and match.end == i:
                end = self.tree.tokens[i].end
                text = self.tree.doc.text[start:end]
            actor = Actor(f"{owner.actor.name if owner.actor else text} {self.tree.lemma[i]}", country,
                          self._fit(country, sector), kind="group")  # fmt: skip
            found.append(Mention(start, end, text, actor=actor, why=f"shared head {self.tree.lower[i]}"))
        return tuple(found)

    def _owners(self, anchors: list[Anchor]) -> list[Anchor]:
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
                return joined if link in ("amod", "of", "poss") else found[:1]
        return []

    def _joined_adjectives(self, found: list[Anchor]) -> list[Anchor]:
        """"Thai and Cambodian": nationalities joined by "and", whether or not the tree joins them."""
        first, tree = found[0], self.tree
        while first.token > 1 and tree.lower[first.token - 1] in ("and", ",") and (first.token - 2) in self.at:
            match = self.at[first.token - 2]
            if match.kind != "adjective" or not match.actors:
                break
            first = Anchor("amod", match.start, match.actors[0], match.kind)
            if all(a.token != first.token for a in found):
                found = [first, *found]
        return found

    def _sector(self, i: int, row: AgentRow, anchors: list[Anchor]) -> str | None:
        """The head's own sector; persons who serve a body take the body's."""
        former = any((m := self.lexicon.modifier(w)) and m.effect in ("former", "elect", "candidate")
                     for k in self.tree.kids(i, "amod", "compound", "advmod")
                     for w in self.tree.lower[k].replace("-", " ").split())  # fmt: skip
        if former or self.tree.lower[i].endswith("-elect"):
            return "ELI"
        if row.sector in _BORROWING:
            person = next((a.actor for a in anchors if a.actor and a.actor.kind == "person"), None)
            if person and row.kind != "person" and person.sector:
                return person.sector
        bodies = [a.actor.sector for a in anchors if a.actor and a.kind not in STATE_NAMES | _LOOSE]
        if row.kind == "person" and bodies and bodies[0] and row.sector in (*_BORROWING, "MIL"):
            return bodies[0]
        if row.kind == "person" and row.sector in _BORROWING:
            for anchor in anchors:
                sector = anchor.sector or (anchor.actor.sector if anchor.actor and anchor.kind not in STATE_NAMES else None)
                if sector and anchor.kind != "adjective" and anchor.link in ("amod", "poss", "of", "other"):
                    return sector
        return row.sector or ("GOV" if row.kind == "person" and self._owners(anchors) and row.sector else row.sector)

    def _anchors(self, i: int) -> list[Anchor]:
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
                link = "of" if case in ("for", "with") and tree.lemma[i] in ("spokesman", "spokeswoman") else link
            elif base == "acl" and tree.lemma[kid] in ("loyal", "back", "ally", "lead"):
                link = "other"
            elif base == "amod" or (rel.endswith("relcl") is False and base == "appos" and kid < i):
                link = "amod"
            else:
                continue
            for one in tree.group(kid) if link else ():
                found += self._anchor(link, one)
        return found

    def _anchor(self, link: str, one: int) -> list[Anchor]:
        tree = self.tree
        match = self.at.get(one)
        if match is not None and match.actors and match.kind not in ("surname",):
            return [Anchor(link, one, match.actors[0], match.kind)]
        if match is not None and (country := self.lexicon.country_of(tree.doc.text[slice(*tree.chars(match.start, match.end))], self.on)):
            return [Anchor(link, one, Actor(tree.tokens[one].text, country, "GOV", kind="state"), "region")]
        if tree.upos[one] == "PRON":
            mentions = self.mentions(one)
            return [Anchor(link, one, mentions[0].actor, "pronoun")] if len(mentions) == 1 and mentions[0].actor else []
        row = self.lexicon.agent(tree.lemma[one]) if tree.upos[one] in ("NOUN", "PROPN") else None
        inner = [a for a in self._anchors(one) if a.actor] if tree.upos[one] in ("NOUN", "PROPN") else []
        if row is not None and row.kind in ("organisation", "group"):
            actor = inner[0].actor if inner else None
            if actor is None and link in ("poss", "of") and (mentions := self.mentions(one)):
                actor = mentions[0].actor
            return [Anchor(link, one, actor, "agent", row.sector)]
        if link == "poss" and (mentions := self.mentions(one)) and mentions[0].actor:
            return [Anchor(link, one, mentions[0].actor, "name", mentions[0].actor.sector)]
        return [a._replace(link=link) for a in inner]

    def _country(self, i: int, sector: str | None = None, person: bool = False) -> str | None:
        """The country of a head that nothing in its phrase places: where it stands, else the state told of before."""
        if sector is not None and sector not in _CITIZEN_SECTORS | {"GOV", "OPP"}:
            return None
        return self.reference.country_around(i, person or sector in ("GOV", "LEG", None))

    def _unknown(self, i: int) -> tuple[Mention, ...]:
        """A name that the lexicon does not have: country and sector from printed title or apposition."""
        tree = self.tree
        low, high = tree.name_reach(i)
        start = i
        while start > low and tree.upos[start - 1] == "PROPN" and not self._is_title(start - 1) and (start - 1) not in self.at:
            start -= 1
        described = [k for k in tree.kids(i, "nmod", "compound", "appos", "amod") if k != i]
        for kid in described:
            row = self._agent_row(kid) if tree.upos[kid] in ("NOUN", "PROPN") else None
            if row is not None:
                anchors = self._anchors(kid) + self._anchors(i)
                owners = self._owners(anchors)
                sector = self._sector(kid, row, anchors)
                effects, _ = self._printed(i, start)
                sector = "ELI" if effects & {"former", "elect", "candidate"} else sector
                country = owners[0].actor.country if owners and owners[0].actor else self._country(i, sector)
                kind = "person" if row.kind == "person" else "organisation"
                return (self._mention(start, high, Actor(self._text(start, high), country, self._fit(country, sector), kind=kind),
                                      f"printed title {row.lemma}"),)  # fmt: skip
        label = self.entity.get(i)
        if label == "PER":
            return (self._mention(start, high, Actor(self._text(start, high), kind="person"), "person's name"),)
        if label in ("ORG", "PARTY"):
            owners = self._owners(self._anchors(i))
            country = owners[0].actor.country if owners and owners[0].actor else None
            sector = "PTY" if label == "PARTY" else None
            return (self._mention(start, high, Actor(self._text(start, high), country, sector, kind="organisation"), "organisation's name"),)
        return ()

    def _text(self, low: int, high: int) -> str:
        start, end = self.tree.chars(low, high)
        return self.tree.doc.text[start:end]

    def _mention(self, low: int, high: int, actor: Actor, why: str) -> Mention:
        while high > low + 1 and self.tree.lower[high - 1] in ("'s", "’s", "'", "’"):
            high -= 1
        start, end = self.tree.chars(low, high)
        return Mention(start, end, self.tree.doc.text[start:end], actor=actor, why=why)


def known(mention: Mention) -> bool:
    """Whether a mention has an actor of known country or sector."""
    return mention.actor is not None and (mention.actor.country is not None or mention.actor.sector is not None)
