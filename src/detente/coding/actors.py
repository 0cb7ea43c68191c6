"""Who is meant: noun phrases become Mentions of Actors, as of the story's date.

A phrase is read by its head: a known name, an agent noun ("troops", "spokesman") whose country and sector come from
the words around it, or an unknown person's name with a printed title. What remains unclear stays without an actor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from detente.coding.anchors import LOCATIVE, OPPOSITE, Anchor, Anchors
from detente.coding.lists import Lists
from detente.coding.reference import Reference
from detente.coding.titles import HONORIFICS, Titles, without_initials
from detente.coding.tree import Tree
from detente.coding.wordsets import COUNTERS, words
from detente.lexicon import AgentRow, Lexicon, Match
from detente.records import Actor, Mention, Story

_GROUND = frozenset(("name", "short", "long", "old", "abbreviation", "capital", "region", "breakaway"))
_CITIZEN_SECTORS = words("CVL LAB EDU JRN REF MED REL COP MIL REB OPP LEG JUD")
_ANYBODY = words("country state nation member government capital party side")
_TEXTS = words("convention treaty protocol accord agreement declaration memorandum format communiqué statute")
_REGIONS = words("western european arab african asian gulf latin nordic baltic balkan islamic muslim world global "
                     "international foreign allied eastern regional neighbouring neighboring caribbean")  # fmt: skip


class Cast:
    """The actors of one story."""

    def __init__(self, story: Story, tree: Tree, lexicon: Lexicon) -> None:
        self.story, self.tree, self.lexicon = story, tree, lexicon
        self.on = story.published[:10] if story.published else None
        self.at: dict[int, Match] = {}
        for sentence in tree.doc.sentences:
            base = sentence[0].i if sentence else 0
            names, places = without_initials([token.text for token in sentence])
            for match in lexicon.names.match(names, self.on):
                if match.kind == "capital" and self._names_a_text(names, match.end):
                    continue  # the Ottawa Convention is not Ottawa's
                moved = match._replace(start=places[match.start] + base, end=places[match.end - 1] + 1 + base)
                self.at.update(dict.fromkeys(range(moved.start, moved.end), moved))
        self._known: dict[int, tuple[Mention, ...]] = {}
        self._open: set[int] = set()
        self._done = 0  # how many of the story's noun phrases have been read in order
        self.entity = {i: e.label for e in tree.doc.entities for i in range(e.start, e.end)}
        self.body = 0  # character behind the dateline
        self.reference = Reference(self, tree)
        self.anchors, self.titles, self.lists = Anchors(self), Titles(self), Lists(self)
        self.voice: Callable[[int], Mention | None] = lambda i: None  # whose "I" and "we" a token's is

    def _names_a_text(self, sentence: list[str], at: int) -> bool:
        return at < len(sentence) and sentence[at].lower().removesuffix("s") in _TEXTS

    # --- public ------------------------------------------------------------------------------------------------

    def mentions(self, i: int) -> tuple[Mention, ...]:
        """Whom the noun phrase headed by a token names, coordination left aside; () if nobody."""
        if i not in self._known:
            if i in self._open:
                return ()
            if not self._open:
                self._read_before(i)
            self._open.add(i)
            self._known[i] = self._read(i)
            self._open.discard(i)
        return self._known[i]

    def _read_before(self, i: int) -> None:
        """Read the phrases before a token in their order, so that who looks back finds them read."""
        nominals = self.reference.surroundings.nominals
        while self._done < len(nominals) and nominals[self._done] < i:
            self._done += 1
            self.mentions(nominals[self._done - 1])

    def parties(self, i: int) -> tuple[Mention, ...]:
        """Whom a noun phrase and all that is coordinated with it name."""
        return self.lists.parties(i)

    def is_party(self, i: int) -> bool:
        """Whether a token heads a phrase that names somebody of known country or sector."""
        return any(
            known(m) and m.actor.kind is not None
            for one in self.tree.group(i)
            for m in self.mentions(one)
            if m.actor
        )

    def is_place(self, i: int) -> bool:
        """Whether a token names a stretch of the earth."""
        match = self.at.get(i)
        if match is not None:
            return match.kind in _GROUND
        return self.entity.get(i) == "LOC" or (
            self.tree.upos[i] == "PROPN"
            and self.tree.case(i) in LOCATIVE | {"from", "to", "into"}
            and not self.mentions(i)
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
        if tree.lemma[i] in COUNTERS and (inner := self._counted(i)):
            return inner
        if match is not None and match.kind == "surname" and (same := self.reference.surname(i)):
            return same
        if match is not None and match.actors and not self._longer_name(i, match):
            return self._named(i, match)
        if tree.upos[i] in ("NOUN", "PROPN", "ADJ"):
            return self._described(i)
        return ()

    def _counted(self, i: int) -> tuple[Mention, ...]:
        return tuple(
            m for k in self.tree.kids(i, "nmod") if self.tree.case(k) == "of" for m in self.parties(k)
        )

    def _longer_name(self, i: int, match: Match) -> bool:
        """Whether a known surname is only part of another person's name ("Jim Brown" for Gordon Brown)."""
        if match.kind != "surname":
            return False
        tree = self.tree
        near = [k for k in tree.exact(i, "flat", "compound") if tree.upos[k] == "PROPN" and k not in self.at]
        if tree.rel[i] == "flat" and tree.above[i] >= 0 and not match.start <= tree.above[i] < match.end:
            near.append(tree.above[i])
        return any(not self.titles.is_title(k) for k in near)

    def _named(self, i: int, match: Match) -> tuple[Mention, ...]:
        """A head that is itself a known name."""
        actor = match.actors[0]
        if match.kind in ("person", "surname"):
            return (self._mention(match.start, match.end, self.titles.styled(i, match, actor), match.row),)
        if match.kind == "adjective" and self.tree.upos[i] == "ADJ" and not self.tree.exact(i, "det"):
            return (self._mention(match.start, match.end, actor, match.row),)
        if actor.kind == "state" and (k := self.titles.officer(i, match.end)) >= 0:
            return self.mentions(k)
        owner = next((a for a in self.anchors.of(i) if a.link == "poss" and a.actor), None)
        if actor.country is None and owner and owner.actor:
            actor = Actor(
                actor.name, owner.actor.country, actor.sector, wikidata=actor.wikidata, kind=actor.kind
            )
        return (self._mention(match.start, match.end, actor, match.row),)

    # --- phrases without a known name at their head ----------------------------------------------------------------

    def _described(self, i: int) -> tuple[Mention, ...]:
        tree = self.tree
        row = self._agent_row(i)
        if row is not None:
            return self._agent(i, row)
        if tree.lemma[i] in ("region", "territory", "republic", "enclave") and tree.kids(i, "det"):
            return self.reference.breakaway(i)
        if tree.upos[i] == "PROPN":
            if same := self.reference.surname(i):
                return same
            if tree.rel[i] not in ("compound", "flat", "amod", "nmod:desc"):
                return self._unknown(i)
        return ()

    def _agent_row(self, i: int) -> AgentRow | None:
        row = self._compound_row(i) or self.lexicon.agent(self.tree.lemma[i])
        if row is not None and self.tree.upos[i] == "ADJ" and (row.kind == "person" or row.lemma == "public"):
            return None  # "official corruption" names no official
        if row is None and self.tree.upos[i] in ("NOUN", "PROPN"):
            title = self.lexicon.titles.get(self.tree.lemma[i].strip("."))
            if title and title.kind == "title":
                row = AgentRow(self.tree.lemma[i], title.sector, "person", False)
            elif self.tree.upos[i] == "PROPN":
                row = self.lexicon.agent(self.tree.lower[i].rstrip("s")) or self.lexicon.agent(
                    self.tree.lower[i]
                )
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
        if (row.kind == "person" or row.lemma in OPPOSITE) and (named := self._name_behind(i)):
            return named
        if meant := self.titles.of_issuer(i):
            return (self._mention(i, i + 1, meant, "an office of the issuer"),)
        anchors = self.anchors.of(i)
        plural = self.tree.feat(i, "Number") == "Plur"
        told = plural and self.tree.kids(i, "acl")  # "the governments that asked" are not those named before
        if not anchors and not told and (same := self.reference.description(i, row)):
            return same
        owners = self.anchors.owners(anchors)
        sector = self.anchors.sector(i, row, anchors)
        if not owners and self._many_states(i):
            return (self._group_mention(i, "INT", sector, "group", f"several states: {row.lemma}"),)
        if not owners and (row.lemma in OPPOSITE or (row.lemma in _ANYBODY and plural)):
            return ()  # "countries", "our partners": whose, the phrase does not say
        if len(owners) > 1:
            return self._shared_head(i, owners, sector)
        country = (
            owners[0].actor.country
            if owners and owners[0].actor
            else self.country(i, sector, row.kind == "person")
            if self.tree.upos[i] != "ADJ"
            else None
        )
        return (
            self._group_mention(i, country, self._fit(country, sector), row.kind, f"agent noun {row.lemma}"),
        )

    def _name_behind(self, i: int) -> tuple[Mention, ...]:
        """The name that a title stands before, however the tree joins the two."""
        tree = self.tree
        named = [k for k in tree.kids(i, "appos", "flat") if tree.upos[k] == "PROPN" and k > i]
        after = i + 1
        if not named and after < len(tree.tokens) and tree.tokens[after].sent == tree.tokens[i].sent:
            match = self.at.get(after)
            if match is not None and match.kind in ("person", "surname") and match.start == after:
                return (
                    self._mention(
                        match.start, match.end, self.titles.styled(i, match, match.actors[0]), match.row
                    ),
                )
            if self.entity.get(after) == "PER" and match is None:
                return self.reference.surname(after) or self._unlisted(i, after)
        found = self.mentions(named[0]) if named else ()
        if found and not known(found[0]) and self.entity.get(named[0]) == "PER":
            return self._unlisted(
                i, named[0]
            )  # "the journalist Anna …": the title tells what the name does not
        return found

    def _unlisted(self, i: int, start: int) -> tuple[Mention, ...]:
        """A person whom the lexicon does not have, named behind a title."""
        end = start
        while end < len(self.tree.tokens) and self.entity.get(end) == "PER":
            end += 1
        row = self._agent_row(i)
        anchors = self.anchors.of(i)
        owners = self.anchors.owners(anchors)
        sector = self.anchors.sector(i, row, anchors) if row else None
        country = self._home(i, owners, sector, "person")
        actor = Actor(self._text(start, end), country, self._fit(country, sector), kind="person")
        return (self._mention(start, end, actor, f"printed title {self.tree.lower[i]}"),)

    def _many_states(self, i: int) -> bool:
        """ "Western powers", "Arab leaders", "world leaders": many states at once."""
        tree = self.tree
        if tree.feat(i, "Number") != "Plur" and tree.lemma[i] != "community":
            return False
        numbers = {tree.lower[k] for k in tree.kids(i, "nummod")}
        counted = tree.lemma[i] in ("country", "government") and bool(numbers - {"two", "2"})
        words = {tree.lower[k] for k in tree.kids(i, "amod", "compound")}
        return counted or tree.lemma[i] in ("power", "nation") or bool(words & _REGIONS)

    def _fit(self, country: str | None, sector: str | None) -> str | None:
        """Staff and officials of a body of states are of the body."""
        if country == "IGO" and sector in (None, "GOV", "EDU", "ELI", "NGO", "CVL", "COP", "BUS"):
            return "IGO"
        return sector

    def _group_mention(self, i: int, country: str | None, sector: str | None, kind: str, why: str) -> Mention:
        low, high = self.tree.name_reach(i)
        if self.tree.rel[i] == "compound" and low == i and (owner := self.at.get(i - 1)):
            low = owner.start  # "Syrian army" in "a Syrian army convoy"
        while low < i and (
            self.tree.upos[low] in ("DET", "NUM", "PUNCT", "SYM")
            or self.tree.lower[low] in ("its", "their", "his", "her")
        ):
            low += 1
        (start, end), text = self.tree.chars(low, high), self._text(low, high)
        shown = {"person": "person", "organisation": "organisation", "text": None}.get(kind, "group")
        return Mention(start, end, text, actor=Actor(text, country, sector, kind=shown), why=why)

    def _shared_head(self, i: int, owners: list[Anchor], sector: str | None) -> tuple[Mention, ...]:
        """ "Indian and Pakistani troops": one party for each owner of the shared head."""
        found = []
        for owner in owners:
            country = owner.actor.country if owner.actor else None
            held = "GOV" if sector == "IGO" != country else sector  # officials of a state and of a body
            match = self.at.get(owner.token)
            low, high = (match.start, match.end) if match else (owner.token, owner.token + 1)
            (start, end), text = self.tree.chars(low, high), self._text(low, high)
            if owner is owners[-1] and owner.link == "amod" and high == i:
                end = self.tree.tokens[i].end
                text = self.tree.doc.text[start:end]
            actor = Actor(f"{owner.actor.name if owner.actor else text} {self.tree.lemma[i]}", country,
                          self._fit(country, held), kind="group")  # fmt: skip
            found.append(Mention(start, end, text, actor=actor, why=f"shared head {self.tree.lower[i]}"))
        return tuple(found)

    def _home(self, title: int, owners: list[Anchor], sector: str | None, kind: str) -> str | None:
        """The country of somebody unlisted with a title: its owner's, else what the title tells."""
        if owners and owners[0].actor:
            return owners[0].actor.country
        return self.titles.served(title, sector, kind == "person")

    def country(self, i: int, sector: str | None = None, person: bool = False) -> str | None:
        """The country of a head that nothing in its phrase places: where it stands, else the state told of before."""
        if self.story.issuer and person and sector in ("GOV", None):
            served = any(
                self.tree.case(k) == "of" for k in self.tree.kids(i, "nmod")
            )  # another body's director
            alone = self.tree.feat(i, "Number") != "Plur" and (
                not served or self.tree.lemma[i] == "secretary"
            )
            return self.story.issuer.country if alone else None  # its own officials go without their country
        if sector is not None and sector not in _CITIZEN_SECTORS | {"GOV", "OPP"}:
            return None
        found = self.reference.surroundings.country_around(i, person or sector in ("GOV", "LEG", None))
        if sector != "GOV" or person or self.tree.upos[max(i - 1, 0)] == "PRON":
            return found
        acting = self._acting_around(i)
        return self.reference.surroundings.state_beside(i, acting) if found in acting else found

    def _acting_around(self, i: int) -> set[str | None]:
        """Whose deed a phrase is told in: "Chad backed the government" means another state's government."""
        tree = self.tree
        subjects = (s for p in tree.path(i) for s in tree.kids(p, "nsubj") if not tree.within(i, s))
        named = (self.at[k].actors[:1] for s in subjects for k in tree.group(s) if k in self.at)
        return {actor.country for actors in named for actor in actors if actor.kind == "state"}

    def _unknown(self, i: int) -> tuple[Mention, ...]:
        """A name that the lexicon does not have: country and sector from printed title or apposition."""
        tree = self.tree
        low, high = tree.name_reach(i)
        start = i
        while (
            start > low
            and tree.upos[start - 1] == "PROPN"
            and not self.titles.is_title(start - 1)
            and (start - 1) not in self.at
        ):
            start -= 1
        near = tree.kids(i, "nmod", "compound", "appos", "amod")
        described = [
            k for k in near if k != i and not tree.case(k)
        ]  # the Convention on Refugees is no refugee
        for kid in described:
            row = self._agent_row(kid) if tree.upos[kid] in ("NOUN", "PROPN") else None
            if row is not None and tree.lemma[kid].strip(".") not in HONORIFICS:
                anchors = self.anchors.of(kid) + self.anchors.of(i)
                owners = self.anchors.owners(anchors)
                sector = self.anchors.sector(kid, row, anchors)
                effects, _ = self.titles.printed(i, start)
                sector = "ELI" if effects & {"former", "elect", "candidate"} else sector
                country = self._home(kid, owners, sector, row.kind)
                kind = "person" if row.kind == "person" else "organisation"
                named = Actor(self._text(start, high), country, self._fit(country, sector), kind=kind)
                return (self._mention(start, high, named, f"printed title {row.lemma}"),)
        return self._entity(i, start, high)

    def _entity(self, i: int, start: int, high: int) -> tuple[Mention, ...]:
        """A name that only the model calls a person, body or party."""
        label = self.entity.get(i)
        if label == "PER":
            return (
                self._mention(start, high, Actor(self._text(start, high), kind="person"), "person's name"),
            )
        if label in ("ORG", "PARTY"):
            owners = self.anchors.owners(self.anchors.of(i))
            country = owners[0].actor.country if owners and owners[0].actor else None
            sector = "PTY" if label == "PARTY" else None
            actor = Actor(self._text(start, high), country, sector, kind="organisation")
            return (self._mention(start, high, actor, "organisation's name"),)
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
    actor = mention.actor
    return actor is not None and (actor.country or actor.sector) is not None
