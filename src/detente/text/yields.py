"""From an argument's head word to the stretch of words that it stands for.

The encoder says which word of a sentence heads which role of a predicate; the tree gives the rest. What belongs to
the predicate rather than to the argument is left out: its own branch where the argument stands above it ("the ads
[based on …]"), and the clause's other parts where the argument is what a copula predicates.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.text.doc import Token

ALONE = frozenset(("ARGM-LVB", "ARGM-PRR", "ARGM-MOD", "ARGM-NEG", "ARGM-REC"))  # one word each
COPULAS = frozenset(("cop", "aux", "aux:pass"))
CLAUSE = frozenset(
    ("cop", "aux", "aux:pass", "nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "csubj:outer", "mark",
     "punct", "advcl", "parataxis", "discourse", "cc:preconj", "vocative", "expl", "dislocated")
)  # fmt: skip

SMALL = frozenset(("xcomp",))

PAIRS = {")": "(", "]": "[", "”": "“", '"': '"', "’": "‘", "'": "'"}


class Yields:
    """The stretches of one sentence's words."""

    def __init__(self, sentence: Sequence[Token]) -> None:
        """Take the sentence's tokens."""
        self.tokens = sentence
        self.heads = [token.head for token in sentence]
        self.kids: list[list[int]] = [[] for _ in sentence]
        for at, head in enumerate(self.heads):
            if head >= 0:
                self.kids[head].append(at)
        self._whole: dict[int, tuple[int, int]] = {}

    def argument(self, predicate: int, head: int, role: str, others: frozenset[int]) -> tuple[int, int]:
        """The stretch (first word, last word + 1) that a head word stands for, within the sentence.

        Args:
            predicate: place of the predicate.
            head: place of the argument's head word.
            role: its role.
            others: places of the predicate's other argument heads.
        """
        if role in ALONE or head == predicate:
            return head, head + 1
        above = self._above(predicate)
        if head not in above:
            first, last = self._reach(head, self._joining(head))
            return self._trimmed((first, self._small_clause(predicate, head, role, others, last)), head)
        left_out = above | {predicate} | self._joining(head)
        left_out |= {
            kid for kid in self.kids[head] if self.tokens[kid].deprel in CLAUSE or self._own_clause(kid)
        }
        if self.heads[predicate] == head and self.tokens[predicate].deprel in COPULAS:
            left_out |= others
        else:
            left_out |= {kid for kid in self.kids[head] if self.tokens[kid].deprel == "case"}
        return self._trimmed(self._reach(head, frozenset(left_out - {head})), head)

    def _small_clause(self, predicate: int, head: int, role: str, others: frozenset[int], last: int) -> int:
        """Where an object ends that is one argument with the clause behind it: "let [the prisoners go]"."""
        if role != "ARG1" or self.tokens[head].deprel not in ("obj", "iobj") or self.heads[head] != predicate:
            return last
        for kid in self.kids[predicate]:
            if self.tokens[kid].deprel in SMALL and kid > head and kid not in others:
                low, high = self._reach(kid, frozenset())
                if low == last:
                    return high
        return last

    def _joining(self, head: int) -> frozenset[int]:
        """The conjunction that ties a word to the one before it: no part of what the word itself stands for."""
        return frozenset(kid for kid in self.kids[head] if kid < head and self.tokens[kid].deprel == "cc")

    def _above(self, at: int) -> set[int]:
        found = set()
        while at >= 0:
            found.add(at)
            at = self.heads[at]
        return found

    def _own_clause(self, kid: int) -> bool:
        """Whether a conjunct has a subject of its own, or is a verb beside what is none: "is fresh and tastes good"."""
        if self.tokens[kid].deprel != "conj":
            return False
        verb = self.tokens[kid].upos == "VERB" and self.tokens[self.heads[kid]].upos != "VERB"
        return verb or any(self.tokens[one].deprel.startswith(("nsubj", "cop")) for one in self.kids[kid])

    def _reach(self, at: int, left_out: frozenset[int]) -> tuple[int, int]:
        """First and last word under a word, those left out and what hangs on them apart."""
        if not left_out and at in self._whole:
            return self._whole[at]
        first = last = at
        for kid in self.kids[at]:
            if kid not in left_out:
                low, high = self._reach(kid, left_out)
                first, last = min(first, low), max(last, high - 1)
        if left_out:  # what was left out cuts the stretch
            first = max([first, *(one + 1 for one in left_out if first <= one < at)])
            last = min([last, *(one - 1 for one in left_out if at < one <= last)])
        else:
            self._whole[at] = first, last + 1
        return first, last + 1

    def _trimmed(self, stretch: tuple[int, int], head: int) -> tuple[int, int]:
        """Without punctuation at its ends."""
        first, last = stretch
        while first < head and self.tokens[first].upos == "PUNCT":
            first += 1
        while last > head + 1 and self.tokens[last - 1].upos == "PUNCT":
            stopped = self.tokens[last - 2].text in (".", ",")  # "… at last." ends before the full stop
            if self._closes(first, last - 1) and not stopped:
                break
            last -= 1
        return first, last

    def _closes(self, first: int, at: int) -> bool:
        """Whether a bracket or quotation mark closes one that is in the stretch."""
        opener = PAIRS.get(self.tokens[at].text)
        inside = [self.tokens[one].text for one in range(first, at)]
        return opener is not None and inside.count(opener) % 2 == 1
