"""What a text prints around a person's name: titles, former and elect, the body that an envoy is sent by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from detente.coding.wordsets import words
from detente.lexicon import Match
from detente.lexicon.who import FORMER, as_printed
from detente.records import Actor

if TYPE_CHECKING:
    from detente.coding.actors import Cast

HONORIFICS = words("mr ms mrs miss dr sir madam madame mme")  # these tell nobody's office or country
_INITIAL = re.compile(r"[A-Z]\.?$")
_AMERICAN = frozenset(("rep.", "reps.", "sen.", "sens.", "gov."))  # so printed of Congress and governors
_STAFF = words("secretary department administration spokesperson")
# Offices that a government's own texts name without their country.
HEADS = {
    "president": "head of state",
    "prime minister": "head of government",
    "vice president": "deputy head",
}


def without_initials(tokens: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return a sentence's words without the initials inside names, and where each word stood: "Antony J. Blinken"."""
    kept = [
        at
        for at, token in enumerate(tokens)
        if not (
            0 < at < len(tokens) - 1
            and _INITIAL.match(token)
            and token != "I"
            and tokens[at - 1].istitle()
            and tokens[at + 1][:1].isupper()
            and len(tokens[at - 1]) > 2
        )
    ]
    return [tokens[at] for at in kept], kept


class Titles:
    """Reads the words around names."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.tree, self.lexicon = cast, cast.tree, cast.lexicon

    def is_title(self, i: int) -> bool:
        """Whether a word is a title or says what somebody is."""
        lower = self.tree.lower[i].strip(".")
        return self.lexicon.agent(self.tree.lemma[i]) is not None or lower in self.lexicon.titles

    def styled(self, i: int, match: Match, actor: Actor) -> Actor:
        """A known person, corrected by what the text prints before or behind the name."""
        effects, title = self.printed(i, match.start)
        styled = as_printed(actor, effects, title)
        if actor.office is None or actor.office.startswith(FORMER):
            near = (i, *self.tree.kids(i, "nmod", "compound", "appos"))
            sent = any(
                a.link != "to" and a.actor and a.actor.country == "IGO"
                for k in near
                for a in self.cast.anchors.of(k)
            )
            if sent and "former" not in effects:
                return replace(styled, country="IGO", sector="IGO")  # "UN envoy" beats any passport
        return styled if styled.country else replace(styled, country=self.cast.country(i))

    def printed(self, i: int, name_start: int) -> tuple[set[str], str | None]:
        """Effects of words such as former and elect before a name, and the sector of the printed title."""
        tree = self.tree
        low = min(
            [
                name_start,
                *(tree.reach[k][0] for k in tree.kids(i, "nmod", "compound", "amod") if k < name_start),
            ]
        )
        before = [w for word in tree.lower[low:name_start] for w in word.replace("-", " ").split()]
        effects = {row.effect for word in before if (row := self.lexicon.modifier(word)) and row.effect}
        sector = None
        for at in range(len(before)):
            found = self.lexicon.title_at(before, at)
            if found and found[1].kind == "title":
                sector = found[1].sector or sector
        if sector is None:
            for kid in tree.kids(i, "nmod", "compound", "appos"):
                agent = self.lexicon.agent(tree.lemma[kid])
                sector = sector or (agent.sector if agent else None)
        return effects, sector

    def served(self, i: int, sector: str | None, person: bool) -> str | None:
        """The country whose office somebody unlisted holds: of an American title, else as of any bare head."""
        return "USA" if self.tree.lower[i] in _AMERICAN else self.cast.country(i, sector, person)

    def officer(self, i: int, at: int) -> int:
        """The name behind a state and a title that the tree cuts apart ("Chad Foreign Minister Idris Deby"), or -1."""
        tree, k, known = self.tree, at, self.cast.entity
        while (
            k < min(at + 4, len(tree.tokens)) and tree.tokens[k].text[0].isupper() and known.get(k) != "PER"
        ):
            k += 1
        titled = at < k < len(tree.tokens) and self.is_title(k - 1) and known.get(k) == "PER"
        return k if titled and tree.rel[i] in ("obl", "conj", "nsubj", "obj", "nmod") else -1

    def of_issuer(self, i: int) -> Actor | None:
        """Whom "the President" or "the Secretary" means in a government's own release; None in any other text."""
        issuer = self.cast.story.issuer
        token = self.tree.tokens[i]
        if issuer is None or not issuer.country or not token.text[0].isupper() or self.cast.anchors.of(i):
            return None
        before = self.tree.lower[i - 1] if i else ""
        role = HEADS.get(f"{before} {token.text.lower()}") or HEADS.get(token.text.lower())
        if role and before in ("the", "vice"):
            return self.lexicon.holder(issuer.country, role, self.cast.on)
        if before == "the" and token.text.lower() in _STAFF:
            return Actor(f"{token.text} of {issuer.name}", issuer.country, issuer.sector, kind="person")
        return None
