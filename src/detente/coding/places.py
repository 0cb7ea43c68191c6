"""Where an act took or is to take place: the narrowest words in its own clause, never the dateline."""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.actors import Cast
from detente.coding.dates import Dates
from detente.coding.ground import Ground
from detente.coding.tree import Tree
from detente.coding.wordsets import words
from detente.records import Mention, Place

AT = ("in", "at", "near", "off", "outside", "inside", "on", "along", "over", "into", "to", "from", "around", "across",
      "throughout", "within", "through", "towards", "toward", "of")  # fmt: skip
_WIDER = 3  # words on each side that may belong to a place's name
BARE = words("area region town city village place site scene spot")
_FIRM = frozenset(
    ("in", "at", "near", "off", "outside", "inside", "along", "around", "across", "throughout", "within")
)
SPOTS = words(
    "border frontier coast region province city town village district port airport camp temple "
    "island strait sea gulf peninsula shore territory area valley river bay heights zone enclave"
)
# Words for a part of some ground: only of these, and of SPOTS, does an of-phrase tell where.
_PARTS = words(
    "north south east west northeast northwest southeast southwest centre center heart outskirts suburb middle part "
    "rest soil street interior capital edge top shore mouth waters sky airspace corner side quarter neighborhood "
    "neighbourhood county state country land ground"
)
NEAR = 2  # sentences over which "there" points back
# Heads of names that are no ground, though they stand where a place would: "in the Artemis Accords".
_NO_GROUND = words(
    "accord treaty agreement pact convention protocol summit forum conference assembly session command holding "
    "holdings cooperation initiative partnership program programme plan act fund council committee commission "
    "ministry department agency league alliance organization organisation war covid report statement declaration "
    "charter resolution operation mission framework fiscal fy bill law lawsuit"
)


class Places:
    """Reads places off a tree."""

    def __init__(self, tree: Tree, cast: Cast, dates: Dates) -> None:
        self.tree, self.cast, self.dates = tree, cast, dates
        self.ground = Ground(tree, cast)

    def of(
        self,
        i: int,
        parties: tuple[Mention, ...],
        objects: tuple[int, ...] = (),
        far: Sequence[int] = (),
        spoken: bool = False,
    ) -> Place | None:
        """Return the place in a predicate's own clause that is no party to the act; None if it names none.

        Args:
            i: the predicate.
            parties: source and target, which are hosts rather than places.
            objects: heads whose own places count too (a light verb's, an object's).
            far: heads that the semantic roles call its place.
            spoken: whether it is an act of words, where "on" and "over" give the topic.
        """
        for cases in (_FIRM,) if spoken else (_FIRM, AT):
            for head in (i, *objects):
                for kid in self.tree.below[head]:
                    whose = self.tree.case(kid) == "of" and self._heads_party(head, parties)
                    found = None if whose else self._at(kid, cases, parties)
                    if found:
                        return found
        beside = _FIRM if spoken else AT  # "to Bonn, where they met" stands outside the clause
        told = (
            found
            for head in far
            if (found := self._at(head, beside if self.tree.above[head] == i else AT, parties))
        )
        return next(told, None) or next(filter(None, (self._ground(o, parties) for o in objects)), None)

    def _heads_party(self, head: int, parties: tuple[Mention, ...]) -> bool:
        """Whether a word stands in a party's name: "the government of Peru" tells whose, not where."""
        start = self.tree.tokens[head].start
        return any(m.start <= start < m.end for m in parties)

    def _ground(self, head: int, parties: tuple[Mention, ...]) -> Place | None:
        """The ground itself that is shelled, seized or left: "annexed Crimea", "Kunduz was overrun"."""
        tree = self.tree
        if tree.rel[head] not in ("obj", "nsubj:pass") or tree.upos[head] != "PROPN":
            return None
        low, high = self._reach(head)
        start, end = tree.chars(low, high)
        if any(start < m.end and m.start < end for m in parties):
            return None
        known = self.cast.lexicon.places.named(tree.doc.text[start:end])
        return self._place(head, low, high, parties) if known else None

    def _at(
        self, kid: int, cases: tuple[str, ...] | frozenset[str], parties: tuple[Mention, ...]
    ) -> Place | None:
        tree = self.tree
        base = tree.rel[kid].partition(":")[0]
        if base not in ("obl", "nmod") or tree.case(kid) not in cases or self.dates.timely(kid):
            return None
        low, high = self._reach(kid)
        start, end = tree.chars(low, high)
        if tree.lemma[kid] not in SPOTS and any(start < m.end and m.start < end for m in parties):
            return None
        inner = [k for k in tree.kids(kid, "nmod") if tree.case(k) in ("in", "of", "near", "on", "off")]
        if tree.lemma[kid] not in SPOTS | _PARTS:  # "on behalf of Peru", "at the summit of the Americas"
            inner = [k for k in inner if tree.case(k) != "of"]
        named = [k for k in inner if tree.case(k) == "of" and tree.upos[k] == "PROPN"]
        if named and tree.upos[kid] == "NOUN" and tree.lemma[kid] not in ("border", "frontier", "coast"):
            return self._at(named[0], ("of",), parties)
        if self._is_place(kid):
            return self._place(kid, low, high, parties)
        for one in inner:
            if self._is_place(one) and tree.upos[one] == "PROPN":
                found = self._at(one, (*cases, "of"), parties)
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
        return self._whole(low, high)

    def _whole(self, low: int, high: int) -> tuple[int, int]:
        """The longest name on the map that a stretch is part of: the tree may cut "Strait of Hormuz" in two."""
        tree, best = self.tree, (low, high)
        sentence = tree.doc.sentences[tree.tokens[low].sent]
        first, last = max(sentence[0].i, low - _WIDER), min(sentence[-1].i + 1, high + _WIDER)
        for start in range(first, low + 1):
            for end in range(high, last + 1):
                if end - start > best[1] - best[0] and tree.tokens[start].text[0].isupper():
                    left, right = tree.chars(start, end)
                    if self.cast.lexicon.places.known(tree.doc.text[left:right]):
                        best = start, end
        return best

    def _is_place(self, kid: int) -> bool:
        tree = self.tree
        if tree.lemma[kid] in SPOTS:
            return True
        if tree.lower[kid].removesuffix("s") not in _NO_GROUND and self.cast.is_place(kid):
            return True
        if tree.upos[kid] != "PROPN" or self.cast.entity.get(kid) in ("PER", "ORG"):
            return False
        low, high = tree.name_reach(kid)
        named = {
            tree.lemma[kid],
            tree.lower[low],
            tree.lower[high - 1],
            tree.lower[high - 1].removesuffix("s"),
        }
        return not named & _NO_GROUND and not self.cast.mentions(kid)

    def _place(self, kid: int, low: int, high: int, parties: tuple[Mention, ...]) -> Place:
        start, end = self.tree.chars(low, high)
        return self.ground.place(kid, self.tree.doc.text[start:end], parties)
