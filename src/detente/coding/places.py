"""Where an act took or is to take place: the narrowest words in its own clause, never the dateline."""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.actors import Cast
from detente.coding.dates import Dates
from detente.coding.tree import Tree
from detente.coding.wordsets import words
from detente.records import Mention, Place

AT = ("in", "at", "near", "off", "outside", "inside", "on", "along", "over", "into", "to", "from", "around", "across",
      "throughout", "within", "through", "towards", "toward", "of")  # fmt: skip
BARE = words("area region town city village place site scene spot")
_FIRM = frozenset(
    ("in", "at", "near", "off", "outside", "inside", "along", "around", "across", "throughout", "within")
)
SPOTS = words(
    "border frontier coast region province city town village district port airport camp temple "
    "island strait sea gulf peninsula shore territory area valley river bay heights zone enclave"
)


class Places:
    """Reads places off a tree."""

    def __init__(self, tree: Tree, cast: Cast, dates: Dates) -> None:
        self.tree, self.cast, self.dates = tree, cast, dates

    def of(
        self, i: int, parties: tuple[Mention, ...], objects: tuple[int, ...] = (), far: Sequence[int] = ()
    ) -> Place | None:
        """Return the place in a predicate's own clause that is no party to the act; None if it names none.

        Args:
            i: the predicate.
            parties: source and target, which are hosts rather than places.
            objects: heads whose own places count too (a light verb's, an object's).
            far: heads that the semantic roles call its place.
        """
        taken = [(m.start, m.end) for m in parties]
        for cases in (_FIRM, AT):
            for head in (i, *objects):
                for kid in self.tree.below[head]:
                    found = self._at(kid, cases, taken)
                    if found:
                        return found
        return next((found for head in far if (found := self._at(head, AT, taken))), None)

    def _at(
        self, kid: int, cases: tuple[str, ...] | frozenset[str], taken: list[tuple[int, int]]
    ) -> Place | None:
        tree = self.tree
        base = tree.rel[kid].partition(":")[0]
        if base not in ("obl", "nmod") or tree.case(kid) not in cases or self.dates.timely(kid):
            return None
        low, high = self._reach(kid)
        start, end = tree.chars(low, high)
        if tree.lemma[kid] not in SPOTS and any(start < b and a < end for a, b in taken):
            return None
        inner = [k for k in tree.kids(kid, "nmod") if tree.case(k) in ("in", "of", "near", "on", "off")]
        named = [k for k in inner if tree.case(k) == "of" and tree.upos[k] == "PROPN"]
        if named and tree.upos[kid] == "NOUN" and tree.lemma[kid] not in ("border", "frontier", "coast"):
            return self._at(named[0], ("of",), taken)
        if self._is_place(kid):
            return self._place(kid, low, high)
        for one in inner:
            if self._is_place(one) and tree.upos[one] == "PROPN":
                found = self._at(one, (*cases, "of"), taken)
                if found:
                    return found
        return None

    def _reach(self, kid: int) -> tuple[int, int]:
        tree = self.tree
        low, high = tree.name_reach(kid)
        while low < kid and tree.upos[low] in ("DET", "NUM", "PUNCT"):
            low += 1
        low = max([low, *(tree.reach[k][1] for k in tree.exact(kid, "nmod:poss"))])
        if tree.upos[kid] == "PROPN":  # "Bay of Bengal"
            parts = [k for k in tree.kids(kid, "nmod") if tree.case(k) == "of" and k - high <= 3]
            high = max([high, *(tree.name_reach(k)[1] for k in parts)])
        elif tree.lemma[kid] in ("border", "frontier", "coast"):
            parts = [k for k in tree.kids(kid, "nmod") if tree.case(k) in ("with", "of", "between")]
            high = max([high, *(tree.name_reach(k)[1] for k in parts)])
        return low, high

    def _is_place(self, kid: int) -> bool:
        tree = self.tree
        if self.cast.is_place(kid):
            return True
        if tree.lemma[kid] in SPOTS:
            return True
        return (
            tree.upos[kid] == "PROPN"
            and self.cast.entity.get(kid) not in ("PER", "ORG")
            and not self.cast.mentions(kid)
        )

    def _place(self, kid: int, low: int, high: int) -> Place | None:
        tree = self.tree
        start, end = tree.chars(low, high)
        name = tree.doc.text[start:end]
        country = self.cast.lexicon.country_of(name, self.cast.on)
        for one in (*tree.kids(kid, "nmod", "appos", "amod", "compound"),):
            match = self.cast.at.get(one)
            if country is None and match is not None and match.actors:
                country = match.actors[0].country
        return Place(name, country=country)
