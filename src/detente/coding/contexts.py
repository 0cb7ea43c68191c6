"""What an act is about: PLOVER's contexts, read off the words of its own clause.

A sentence may tell of several acts. Each gets the matters that its own clause and that clause's arguments name
("urged Iran to give up enriched uranium"), not those of a coordinated or adverbial clause about another act.
"""

from __future__ import annotations

from collections.abc import Collection

from detente.coding.act import Act
from detente.coding.tree import Tree
from detente.lexicon.contexts import ContextRow, load_contexts, words_of
from detente.terms import CONTEXTS

# Modes that are themselves about a matter, whatever words tell of them.
BY_MODE = {("COERCE", "cyber"): "cyber", ("COERCE", "misinformation"): "misinformation"}
_ASIDE = frozenset(("advcl", "acl", "parataxis", "conj", "appos"))
# Prepositions that put one act beside another instead of into it: "freed them after talks".
_AROUND = frozenset(
    ("after", "before", "during", "amid", "following", "despite", "since", "until", "ahead of")
)
_CITING = frozenset(("cite", "quote"))


class Contexts:
    """Tells the contexts of the acts of one story."""

    def __init__(self, tree: Tree, acts: Collection[int]) -> None:
        """Take the tree, and the tokens at which its acts stand."""
        self.tree, self.acts = tree, frozenset(acts)
        self._found: dict[int, list[tuple[int, int, ContextRow]]] = {}

    def of(self, act: Act) -> tuple[str, ...]:
        """Return the contexts of an act, in the order of the codebook."""
        own = self._own(act.i)
        told = {BY_MODE.get((act.row.type, act.row.mode or ""), "")}
        for low, high, row in self._phrases(self.tree.tokens[act.i].sent):
            if all(token in own for token in range(low, high)):
                told.update(row.contexts)
        return tuple(name for name in CONTEXTS if name in told)

    def _phrases(self, sentence: int) -> list[tuple[int, int, ContextRow]]:
        """First token, token behind the last, and row of every phrase of a sentence."""
        if sentence not in self._found:
            tree = self.tree
            words = [
                (token.i, word)
                for token in tree.doc.sentences[sentence]
                for word in words_of(token.text, tree.lemma[token.i], tree.upos[token.i])
            ]
            hits = load_contexts().found([word for _, word in words])
            self._found[sentence] = [(words[low][0], words[high - 1][0] + 1, row) for low, high, row in hits]
        return self._found[sentence]

    def _own(self, i: int) -> set[int]:
        """The tokens of an act's own clause, other acts' clauses beside it left out."""
        tree, top = self.tree, self.tree.clause(i)
        above = tree.path(i)
        if i != top and self.acts & set(above[: above.index(top) + 1] if top in above else above):
            top = i  # a noun within another act's clause speaks for what hangs on itself
        own, rest = {i}, [top]
        while rest:
            one = rest.pop()
            own.add(one)
            rest += [kid for kid in tree.below[one] if not self._apart(kid, i)]
        return own

    def _apart(self, kid: int, i: int) -> bool:
        """Whether what hangs on a token tells of another act beside this one."""
        tree = self.tree
        base, case = tree.rel[kid].partition(":")[0], tree.case(kid)
        low, high = tree.reach[kid]
        if low <= i < high:
            return False
        if tree.rel[kid].endswith("relcl") or case == "according to" or tree.lemma[kid] in _CITING:
            return True  # who the parties are, and who says so, is not what the act is about
        if base not in _ASIDE and not (base in ("obl", "nmod") and case in _AROUND):
            return False
        return any(low <= act < high for act in self.acts)
