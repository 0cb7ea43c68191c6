"""Stretches of text around sayings: speakers' noun phrases, reported clauses, quoted words, trimmed to what is said."""

from __future__ import annotations

import re
from bisect import bisect_left

from detente.coding.dates import WEEKDAYS
from detente.coding.draft import DATELINE
from detente.coding.quotes import Range, completed, quotations
from detente.coding.tree import Tree


class Stretches:
    """Measures stretches of one text, in characters."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.text = tree, tree.doc.text
        self._starts = [token.start for token in tree.tokens]
        self.quotes = quotations(self.text)
        self.persons = {
            i for one in tree.doc.entities if one.label == "PER" for i in range(one.start, one.end)
        }
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
        return self._closed(*self._named(low, max(high, head + 1), verb))

    def _named(self, low: int, high: int, verb: int) -> Range:
        """A title with the name behind it, where the tree has torn them apart: "Rep." "Elijah Cummings"."""
        tree = self.tree
        end = high
        while (
            end < len(tree.tokens)
            and end != verb
            and tree.upos[end] == "PROPN"
            and end in self.persons
            and tree.tokens[end].sent == tree.tokens[low].sent
            and tree.upos[high - 1] in ("NOUN", "PROPN")
        ):
            end += 1
        return low, end

    def _closed(self, low: int, high: int) -> Range:
        """Characters of a phrase; the comma that closes its apposition belongs to it as the one that opens it does."""
        tree = self.tree
        start, end = tree.chars(low, high)
        opened = any(tree.lower[k] == "," for k in range(low, high))
        follows = high < len(tree.tokens) and tree.lower[high] == "," and tree.tokens[high].start == end
        return start, end + (opened and follows)

    def tokens_in(self, start: int, end: int) -> range:
        """The tokens that begin between two characters."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    def clausal(self, span: Range) -> bool:
        """Whether a stretch holds a clause: a subject and the verb it belongs to."""
        tree = self.tree
        inside = self.tokens_in(*span)
        return any(tree.rel[i].startswith("nsubj") and tree.above[i] in inside for i in inside)

    def head_in(self, start: int, end: int) -> int:
        """The token that heads what stands between two characters: the first that hangs on none of them; or -1."""
        inside = self.tokens_in(start, end)
        return next((i for i in inside if self.tree.above[i] not in inside), -1)

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
        return [*self._ahead(verb, kid), self.trim(*tree.chars(low, high))]

    def _ahead(self, verb: int, kid: int) -> list[Range]:
        """What stands before reporting words that are slipped in between commas: "To win, Bonn said, it must wait"."""
        tree = self.tree
        first = tree.doc.sentences[tree.tokens[verb].sent][0].i
        subjects = tree.kids(verb, "nsubj")
        low = min([verb, *(tree.reach[k][0] for k in subjects)])
        closed = verb + 1 < len(tree.tokens) and tree.lower[verb + 1] == ","
        if not subjects or kid < verb or not closed or low - 1 <= first or tree.lower[low - 1] != ",":
            return []
        if tree.lower[first] in ("when", "after", "as", "asked", "while", "but", "and"):
            return []
        return [self.trim(tree.tokens[first].start, tree.tokens[low - 1].start)]

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
            if kid == top or tree.rel[kid] in ("ccomp", "punct"):
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
        return completed(start, end, self.quotes)

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
