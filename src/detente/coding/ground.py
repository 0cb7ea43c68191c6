"""Which spot on the map a place's name means: one name, one place, or the one that the story speaks of.

Tripoli is in Libya and in Lebanon, Georgia a state of two kinds. What stands beside the name decides ("Tripoli,
Lebanon"), else the parties to the act, else the rest of the sentence, else the rest of the story. Where these
leave it open the place stays without coordinates: a wrong point on a map is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente.coding.actors import Cast
from detente.coding.tree import Tree
from detente.lexicon.spots import Spot
from detente.lexicon.who import code_on
from detente.records import Mention, Place

_BETWEEN = ("border", "frontier")  # lies in two countries and has no point


class Ground:
    """Puts the places of one story on the map."""

    def __init__(self, tree: Tree, cast: Cast) -> None:
        self.tree, self.cast, self.lexicon = tree, cast, cast.lexicon

    def place(self, head: int, name: str, parties: Sequence[Mention]) -> Place:
        """Return the place that words name, with country and coordinates as far as they are sure.

        Args:
            head: the token that heads the words.
            name: the words.
            parties: source and target of the act; an act is more often at home with one of them than elsewhere.
        """
        if self.tree.lemma[head] in _BETWEEN:
            return Place(name)
        name, _, around = name.partition(", ")
        apart = [*filter(None, [self._country(around)]), *self._beside(head, behind_comma=True)]
        beside = [*apart, *self._beside(head, behind_comma=False)]
        spots = self.lexicon.places.named(name)
        state = self.lexicon.country_of(name, self.cast.on)
        if not spots:
            return Place(name, country=state or next(iter(beside), None))
        spot = self._meant(spots, self._own_name(name, state), (head, apart, beside), parties)
        if spot is None:
            return Place(name, country=next(iter(beside), None))
        if isinstance(spot, str):
            return Place(name, country=spot)
        return Place(name, self._on_the_day(spot.country), spot.lat, spot.lon, spot.geonames)

    def _own_name(self, name: str, state: str | None) -> str | None:
        """The country that the name itself is one of its names of: "Georgia", but not "Tripoli"."""
        known = self.lexicon.states.get(state or "")
        return state if known is not None and known.name == name.removeprefix("the ") else None

    def _meant(
        self,
        spots: Sequence[Spot],
        state: str | None,
        around: tuple[int, Sequence[str], Sequence[str]],
        parties: Sequence[Mention],
    ) -> Spot | str | None:
        """The spot, or the code of the state, that is meant; None if that is open."""
        head, apart, beside = around
        by_country: dict[str | None, Spot | str] = {self._on_the_day(spot.country): spot for spot in spots}
        if state is not None:
            by_country.setdefault(state, state)
        if apart and None not in by_country:
            return by_country.get(apart[0])  # Paris, Texas is not the Paris that is known
        if len(by_country) == 1:
            return next(iter(by_country.values()))
        if beside and beside[0] in by_country:
            return by_country[beside[0]]
        sentence = self.tree.tokens[head].sent
        for told in (
            set(self._told(head, [sentence], [(mention.start, mention.end) for mention in parties])),
            set(self._told(head, [sentence])),
            set(self._told(head, range(len(self.tree.doc.sentences)))),
        ):
            if len(fitting := [country for country in by_country if country in told]) == 1:
                return by_country[fitting[0]]
        return state

    def _beside(self, head: int, behind_comma: bool) -> list[str]:
        """Countries of the words that tell where the place lies.

        Args:
            head: the token that heads the place's name.
            behind_comma: "Tripoli, Lebanon", which is part of the name; else "the Syrian town of Azaz".
        """
        tree, found = self.tree, []
        near = [
            head,
            *(k for k in tree.path(head)[:1] if tree.lemma[k] in ("city", "town", "village", "port")),
        ]
        for one in (k for h in near for k in tree.kids(h, "nmod", "appos", "amod", "compound") if k != head):
            match = self.cast.at.get(one)
            if (one > head and tree.lower[one - 1] == ",") != behind_comma:
                continue
            if match is None or not match.actors:
                country = self._named(one) if behind_comma else None
            else:
                country = None if match.start <= head < match.end else match.actors[0].country
            if country is not None:
                found.append(country)
        return found

    def _named(self, head: int) -> str | None:
        start, end = self.tree.chars(*self.tree.name_reach(head))
        return self._country(self.tree.doc.text[start:end])

    def _country(self, name: str) -> str | None:
        """The one country of which, or in which, something bears a name; None if there are several or none."""
        countries = {spot.country for spot in self.lexicon.places.named(name)}
        if own := self._own_name(name, self.lexicon.country_of(name, self.cast.on)):
            countries.add(own)
        return self._on_the_day(countries.pop()) if len(countries) == 1 else None

    def _told(
        self, head: int, sentences: Iterable[int], within: Sequence[tuple[int, int]] | None = None
    ) -> Iterator[str]:
        """Countries that sentences, or stretches within them, speak of, the name in question left aside."""
        tree, own = self.tree, self.tree.lower[head]
        for token in (token for sentence in sentences for token in tree.doc.sentences[sentence]):
            if tree.lower[token.i] == own or not token.text[0].isupper():
                continue
            if within is not None and not any(start <= token.start < end for start, end in within):
                continue
            match = self.cast.at.get(token.i)
            if match is not None and match.actors:
                country = match.actors[0].country
            else:
                country = self._country(token.text) if match is None else None
            if country is not None:
                yield country

    def _on_the_day(self, country: str | None) -> str | None:
        """A country's code on the story's date: what is SRB today was YUG in 1999."""
        return country and (code_on(self.lexicon.states, country, self.cast.on) or country)
