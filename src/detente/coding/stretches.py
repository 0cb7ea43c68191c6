"""Stretches of text around sayings: speakers' noun phrases, reported clauses, quoted words, trimmed to what is said."""

from __future__ import annotations

import re

from detente.coding.dates import WEEKDAYS
from detente.coding.draft import DATELINE, QUOTED, Range
from detente.coding.tree import Tree


class Stretches:
    """Measures stretches of one text, in characters."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.text = tree, tree.doc.text
        self.quotes: list[Range] = [m.span() for m in QUOTED.finditer(self.text) if m.end() - m.start() > 2]
        dateline = DATELINE.match(self.text)
        self.body = dateline.end() if dateline else 0

    def phrase(self, head: int, verb: int = -1) -> Range:
        """Characters of a whole noun phrase as it is printed, without loose relative clauses and times."""
        tree = self.tree
        low, high = tree.full_reach(head)
        for kid in tree.below[head]:
            first, last = tree.reach[kid]
            loose = (
                tree.rel[kid].endswith("relcl") and first > 0 and tree.lower[max(first - 1, 0)] in (",", "—")
            )
            inner_comma = tree.rel[kid].endswith("relcl") and tree.lower[first] == ","
            timely = tree.rel[kid].startswith(("nmod", "obl")) and tree.lower[kid] in WEEKDAYS
            if (loose or inner_comma or timely) and kid > head:
                high = min(high, first - 1 if loose else first)
            elif first <= verb < last and kid > head:
                high = min(high, first)
        if low <= verb < high:
            low, high = tree.name_reach(head)
        if (
            low > 0
            and tree.lower[low - 1] in ("the", "a", "an")
            and tree.tokens[low - 1].sent == tree.tokens[low].sent
        ):
            low -= 1
        return tree.chars(low, max(high, head + 1))

    def sentence(self, i: int) -> Range:
        """Characters of the sentence that a token is in."""
        sentence = self.tree.doc.sentences[self.tree.tokens[i].sent]
        return sentence[0].start, sentence[-1].end

    def quotes_in(self, start: int, end: int) -> list[Range]:
        """Quotations inside a stretch."""
        return [(a, b) for a, b in self.quotes if start - 2 <= a and b <= end + 2]

    def stretch(self, kid: int, verb: int) -> list[Range]:
        """Characters of a reported clause, without the reporting clause if that is slipped into it."""
        tree = self.tree
        low, high = tree.reach[kid]
        if low <= verb < high:
            return self.around(kid, verb)
        if verb > kid:
            first = tree.doc.sentences[tree.tokens[kid].sent][0].i
            if tree.rel[verb] == "root":
                low = first
        return [self.trim(*tree.chars(low, high))]

    def around(self, top: int, verb: int) -> list[Range]:
        """A clause minus the reporting words that interrupt or follow it."""
        tree = self.tree
        low, high = tree.reach[top]
        out_low, out_high = self.own_reach(verb, top)
        pieces = [(low, out_low), (out_high, high)]
        found = [self.trim(*tree.chars(a, b)) for a, b in pieces if b > a]
        return [(a, b) for a, b in found if b - a > 3 and re.search(r"\w", self.text[a:b])]

    def own_reach(self, verb: int, top: int) -> Range:
        """Tokens of the reporting words themselves, what they report left out."""
        tree = self.tree
        low, high = verb, verb + 1
        for kid in tree.below[verb]:
            if kid == top or tree.rel[kid] == "ccomp":
                continue
            a, b = tree.reach[kid]
            if not a <= top < b:
                low, high = min(low, a), max(high, b)
        return low, high

    def trim(self, start: int, end: int) -> Range:
        """Cut blanks, dashes, loose commas and the final full stop off a stretch; closing quotation marks stay."""
        start = max(start, self.body) if end > self.body else start
        while start < end and self.text[start] in " ,;:—–-\n.…":
            start += 1
        while end > start and self.text[end - 1] in " ,;:—–-\n":
            end -= 1
        if end > start and self.text[end - 1] == "." and not re.search(r"\b[A-Z]\.$", self.text[start:end]):
            end -= 1
        inner = self.text[start:end]
        if inner.count("“") > inner.count("”") and self.text[end : end + 2].lstrip(".,")[:1] == "”":
            end = self.text.index("”", end) + 1
        if inner.count('"') % 2 and '"' in self.text[end : end + 2]:
            end = self.text.index('"', end) + 1
        if inner.count('"') % 2 and start and self.text[start - 1] == '"':
            start -= 1
        if inner.count("”") > inner.count("“") and start and self.text[start - 1] == "“":
            start -= 1
        return start, end

    def around_phrase(self, clause: int, low: int, high: int) -> list[Range]:
        """The clause that an "according to" phrase hangs on, without that phrase."""
        tree = self.tree
        top = clause
        while (
            tree.above[top] >= 0
            and tree.rel[top] not in ("ccomp", "root", "parataxis")
            and not (tree.rel[top] == "conj" and tree.kids(top, "nsubj") and low < top)
        ):
            top = tree.above[top]
        first, last = tree.reach[top]
        first = next(
            (k + 1 for k in tree.below[top] if tree.rel[k] == "mark" and tree.lower[k] == "that"), first
        )
        found = [self.trim(*tree.chars(a, b)) for a, b in ((first, low), (high, last)) if b > a]
        return [(a, b) for a, b in found if b - a > 3 and re.search(r"\w", self.text[a:b])]
