"""Old news: an act that was over before the news and is told to explain it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from detente.coding.act import Act
from detente.coding.dates import Dates, When, older
from detente.coding.status import UNREAL
from detente.coding.tree import Tree
from detente.coding.wordsets import words

_EARLIER = ("last month", "last year", "months ago", "years ago", "year ago", "for years", "for decades", "decades ago",
            "earlier this year", "in the past", "weeks ago", "the previous year", "for months")  # fmt: skip
_EARLIER_ADVERBS = frozenset(("previously", "formerly", "historically", "once"))
_ERAS = words(
    "administration government presidency rule regime campaign era war premiership term tenure dictatorship"
)
_LINKS = frozenset(("for", "over", "of", "after", "following", "since", "amid", "from", "because of", "by"))


class Background:
    """Decides about background, act by act; an act below an old one is as old."""

    def __init__(self, tree: Tree, dates: Dates, told: Callable[[int], bool]) -> None:
        """Take trees, dates, and a test whether a token stands in indirect speech, where "had" is mere report."""
        self.tree, self.dates, self.told = tree, dates, told

    def decide(self, acts: Sequence[Act], when: Mapping[int, When]) -> None:
        """Set `background` on every act."""
        published = self.dates.published
        old: dict[int, bool] = {}
        for act in sorted(acts, key=lambda a: self.tree.depth(a.i)):
            if act.status in UNREAL - {"denied"} or act.status == "ongoing":
                continue
            act.background = self._old(act, when.get(act.i), published, old)
            old[act.i] = act.background

    def _old(self, act: Act, when: When | None, published: date | None, old: Mapping[int, bool]) -> bool:
        if when is not None and published is not None:
            if when.words.startswith("since "):  # what began then reaches to the present
                return False
            if older(when, published):
                return True
            if when.precision == "day" or (
                when.precision == "month" and when.date == published.isoformat()[:7]
            ):
                return False
        if self._worded(act.i) or (when is None and self._inside_old(act.i)):
            return True
        outer = next((p for p in self.tree.path(act.i) if p in old), None)
        if outer is not None and when is None:
            return old[outer] and not self._reported(act.i, outer)
        if act.status == "denied":
            return False
        return self._pluperfect(act.i) and not self._reported(act.i, None) and not self.told(act.i)

    def _inside_old(self, i: int) -> bool:
        """Whether a clause around the act is dated long ago: "in 1970, after he had overthrown his father"."""
        published, tree, at = self.dates.published, self.tree, i
        for head in tree.path(i):
            if published is None or tree.rel[at].endswith("relcl"):
                return False
            at = head
            if tree.upos[head] != "VERB":
                continue
            if any(tree.lemma[k] in ("will", "would", "shall", "may", "can") for k in tree.kids(head, "aux")):
                return False
            when = self.dates.of(head, ahead=False)
            if when is not None:
                return not when.words.startswith("since ") and older(when, published)
        return False

    def _reported(self, i: int, stop: int | None) -> bool:
        """Whether a clause is what somebody says, so that its past perfect is mere reported speech."""
        for p in (i, *self.tree.path(i)):
            if p == stop:
                return False
            if self.tree.rel[p] in ("ccomp", "parataxis") or (
                self.tree.rel[p] == "acl" and self.tree.mark(p) == "that"
            ):
                return True
            if self.tree.rel[p].endswith("relcl"):
                return False
        return False

    def _pluperfect(self, i: int) -> bool:
        tree = self.tree
        leader = tree.leader(i)
        for verb in {i, leader}:
            if tree.upos[verb] == "VERB" and any(
                tree.lower[k] in ("had", "'d") for k in tree.exact(verb, "aux")
            ):
                return verb == i or not tree.kids(i, "nsubj", "aux")
        return False

    def _worded(self, i: int) -> bool:
        """Words beside the act, or around its clause, that set it earlier."""
        tree = self.tree
        clause = tree.clause(i)
        for head in {i, clause, tree.above[i] if tree.rel[i] in ("obj", "nsubj:pass") else i}:
            if head < 0:
                continue
            for kid in tree.below[head]:
                rel = tree.rel[kid].partition(":")[0]
                if rel == "advmod" and tree.lower[kid] in _EARLIER_ADVERBS:
                    return True
                if rel not in ("obl", "nmod", "advmod"):
                    continue
                shown = " ".join(tree.lower[slice(*tree.reach[kid])])
                if any(words in shown for words in _EARLIER):
                    return True
                if tree.case(kid) in ("under", "during") and tree.lemma[kid] in _ERAS and head != i:
                    return True
        return False
