"""What a verb's own clause says about it: negation, modal verbs, tense, orders, and how long it lasts."""

from __future__ import annotations

from detente.coding.governors import OFFICIAL
from detente.coding.tree import Tree
from detente.coding.wordsets import words

NOT = frozenset(
    ("not", "n't", "n’t", "never", "neither", "nor", "no", "hardly", "barely", "without", "cannot", "nobody")
)
_MERELY = frozenset(("only", "just", "merely", "simply", "least"))
MAY = frozenset(("may", "might", "could", "can"))
STILL = frozenset(("still", "continuously", "currently", "ongoing"))
_PRESENT = frozenset(("is", "are", "am", "'s", "'re", "'m", "’s", "’re", "’m"))
_ORDINALS = words("second third fourth fifth sixth seventh straight consecutive")
DURATIVE = words("hold occupy besiege blockade surround encircle control detain keep")
_DOUBT = frozenset(("perhaps", "possibly", "probably", "maybe", "potentially"))
ORDER, OR_ELSE = "imperative", "or else"
_AT_ONCE = frozenset(("AGREE", "CONCEDE", "RETREAT"))  # these do not last: "has pledged since March"


class Clauses:
    """Reads verbs in their own clauses."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def ordered(self, i: int) -> bool:
        """Whether a verb is an imperative, or is joined to one: "pull back the guns or face air strikes"."""
        tree = self.tree
        first = tree.leader(i)
        if tree.feat(first, "Mood") != "Imp" or tree.kids(first, "nsubj"):
            return False
        return first == i or (tree.feat(i, "Tense") != "Past" and not tree.kids(i, "nsubj"))

    def or_else(self, i: int) -> bool:
        """Whether a verb is what an order threatens with: "or face air strikes"."""
        return any(self.tree.lower[k] == "or" for k in self.tree.kids(i, "cc"))

    def status(self, i: int, type_: str = "") -> tuple[str, str]:
        """Status of a verb by its own clause, and the word or form that decided it."""
        tree = self.tree
        negated = self.negation(i)
        helpers = self.helpers(i)
        if negated:
            return "denied", negated
        if helpers:
            status = self._modal(i, helpers)
            if status:
                return status
        lemma = tree.lemma[i]
        if told := self._be_to(i):
            return told
        if self.ordered(i):
            return ("possible", OR_ELSE) if self.or_else(i) else ("sought", ORDER)
        for kid in tree.below[i]:
            if tree.rel[kid] == "advmod" and tree.lower[kid] in _DOUBT:
                return "possible", tree.lower[kid]
        holding = tree.rel[i] == "acl" and lemma in DURATIVE and not tree.mark(i)
        if (self._progressive(i, helpers) and not self._official(i)) or self._lasting(i, type_) or holding:
            return "ongoing", "still under way"
        marked = tree.mark(i) == "to" or any(tree.lower[k] == "to" for k in range(max(0, i - 1), i))
        if tree.rel[i] == "root" and marked and tree.feat(i, "VerbForm") in ("Inf", ""):
            return "planned", "headline infinitive"
        return "occurred", "tense"

    def _be_to(self, i: int) -> tuple[str, str] | None:
        """ "is to meet" is a plan, "was to have met" one that came to nothing."""
        words = self.tree.lower[max(0, i - 4) : i]
        if "to" not in words:
            return None
        at = len(words) - 1 - words[::-1].index("to")
        before = words[at - 1] if at else ""
        if before in ("was", "were") and "have" in words[at:]:
            return "denied", "was to have"
        return ("planned", f"{before} to") if before in ("is", "are", "was", "were") else None

    def negation(self, i: int) -> str:
        """The word that denies a verb, shared ones included; "" if none does."""
        tree = self.tree
        for kid in tree.below[i]:
            rel = tree.rel[kid].partition(":")[0]
            if tree.lower[kid] in NOT and rel in ("advmod", "det", "cc", "mark", "case"):
                if tree.lower[min(kid + 1, len(tree.lower) - 1)] in _MERELY:  # "not only … but also"
                    continue
                return tree.lower[kid]
            if rel == "advmod" and tree.lower[kid] == "longer":
                return "no longer"
            if rel in ("nsubj", "obj") and tree.lower[kid] in ("nobody", "nothing", "none"):
                return tree.lower[kid]
            if rel in ("nsubj", "obj") and any(
                tree.lower[k] in ("no", "neither") and tree.rel[k] in ("det", "cc", "cc:preconj", "advmod")
                for k in tree.below[kid]
            ):
                return "no"
            if rel == "nsubj" and (low := tree.name_reach(kid)[0]) > 0 and tree.lower[low - 1] == "neither":
                return "neither"
        leader = tree.leader(i)
        if leader != i and tree.upos[leader] == "VERB" and not tree.kids(i, "nsubj"):
            if any(tree.rel[k] == "cc" and tree.lower[k] == "nor" for k in tree.below[i]):
                return "nor"
            if any(tree.rel[k] == "cc" and tree.lower[k] in ("or",) for k in tree.below[i]):
                return self.negation(leader)
        return ""

    def helpers(self, i: int) -> dict[str, int]:
        """Auxiliaries of a verb, shared ones included, by lemma."""
        tree = self.tree
        found = {tree.lemma[k]: k for k in tree.kids(i, "aux", "cop")}
        leader = tree.leader(i)
        if (
            leader != i
            and not found
            and not tree.kids(i, "nsubj")
            and tree.upos[leader] in ("VERB", "NOUN", "ADJ")
        ):
            shared = {tree.lemma[k]: k for k in tree.exact(leader, "aux")}
            base = tree.feat(i, "VerbForm") == "Inf" or tree.lower[i] == tree.lemma[i]
            if base or not shared.keys() & {
                "will",
                "would",
                "may",
                "might",
                "could",
                "should",
                "must",
                "shall",
            }:
                found = shared
        return {
            {"'ll": "will", "’ll": "will", "wo": "will", "ca": "can", "'d": "would"}.get(k, k): v
            for k, v in found.items()
        }

    def _modal(self, i: int, helpers: dict[str, int]) -> tuple[str, str] | None:
        perfect = "have" in helpers
        if "would" in helpers:
            return ("denied", "would have") if perfect and not self._reported(i) else ("planned", "would")
        if "will" in helpers or "shall" in helpers:
            return "planned", "will"
        if MAY & helpers.keys():
            if perfect and "could" in helpers:
                return "possible", "could have"
            return "possible", next(iter(MAY & helpers.keys()))
        if "should" in helpers or "must" in helpers or "ought" in helpers:
            return "sought", "should"
        return None

    def _reported(self, i: int) -> bool:
        """Whether the clause is reported speech, where would stands for will."""
        tree = self.tree
        return any(tree.rel[p] == "ccomp" for p in (i, *tree.path(i)))

    def _progressive(self, i: int, helpers: dict[str, int]) -> bool:
        tree = self.tree
        ing = tree.feat(i, "VerbForm") in ("Part", "Ger") and tree.lower[i].endswith("ing")
        return ing and "be" in helpers

    def _official(self, i: int) -> bool:
        """An official act told as it is done: "the Treasury is designating a bank"."""
        tree = self.tree
        return tree.lemma[i] in OFFICIAL and any(tree.lower[k] in _PRESENT for k in tree.exact(i, "aux"))

    def _lasting(self, i: int, type_: str = "") -> bool:
        """ "still", "for a third day", "since March" with a present or perfect: it goes on."""
        tree = self.tree
        for kid in tree.below[i]:
            if tree.rel[kid] == "advmod" and tree.lower[kid] in STILL:
                return True
            since = tree.rel[kid].startswith("obl") and tree.case(kid) == "since"
            lasts = type_ not in _AT_ONCE and tree.lemma[i] != "kill"
            if since and lasts and any(tree.lemma[k] == "have" for k in tree.kids(i, "aux")):
                return True
            if tree.rel[kid].startswith("obl") and self._ordinal_stretch(kid):
                return True
        return False

    def _ordinal_stretch(self, kid: int) -> bool:
        return self.tree.case(kid) in ("for", "into") and self.counted(kid)

    def counted(self, kid: int) -> bool:
        """ "a third day", "the second straight week"."""
        tree = self.tree
        if tree.lemma[kid] not in ("day", "night", "week", "month", "year"):
            return False
        ordinals = [k for k in tree.kids(kid, "amod", "nummod") if tree.feat(k, "NumType") == "Ord" or
                    tree.lower[k] in _ORDINALS
                    or tree.lower[k].endswith("th")]  # fmt: skip
        return bool(ordinals)
