"""Walking a dependency tree: the few moves that the coding rooms make, by token index in the whole document."""

from __future__ import annotations

import calendar
from functools import cached_property

from detente.coding.wordsets import words
from detente.text.doc import Doc, Token
from detente.text.lemmas import known_lemma, plain

NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"))
CLAUSAL = frozenset(("root", "ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj"))
_NOT_IN_A_NAME = frozenset(
    (
        "acl",
        "acl:relcl",
        "advcl",
        "advcl:relcl",
        "appos",
        "parataxis",
        "punct",
        "cc",
        "conj",
        "case",
        "mark",
        "cop",
    )
)


_NO_OBJECT = frozenset(("become", "remain", "be", "seem", "stay", "prove", "appear", "look", "feel"))

# Nouns that tell when, how long or how much without a preposition: they are no objects.
_TIMES = words(
    "day week month year hour minute second decade century time morning afternoon evening night noon midnight today "
    "tomorrow yesterday weekend spring summer autumn fall winter season date percent per cent mile kilometre kilometer "
    "metre meter foot point way lot bit home half quarter times place dozen fold"
)
_DAYS = frozenset((*calendar.day_name, *calendar.month_name, *calendar.day_abbr, *calendar.month_abbr))

_OWNING_UP = frozenset(("claim", "take", "accept", "assume", "admit", "acknowledge", "bear"))


class Tree:
    """A Doc's trees behind integer indices."""

    def __init__(
        self, doc: Doc, verbs: frozenset[str] = frozenset(), nouns: frozenset[str] = frozenset()
    ) -> None:
        """Take a Doc, and the dictionary forms that the lexicon knows, which correct the model's lemmas."""
        self.doc = doc
        self.tokens: tuple[Token, ...] = doc.tokens
        starts = [sentence[0].i if sentence else 0 for sentence in doc.sentences]
        above = [starts[token.sent] + token.head if token.head >= 0 else -1 for token in doc.tokens]
        self.above: tuple[int, ...] = tuple(self._raised(i, above) for i in range(len(above)))
        below: list[list[int]] = [[] for _ in above]
        for i, head in enumerate(self.above):
            if head >= 0:
                below[head].append(i)
        self.below: tuple[tuple[int, ...], ...] = tuple(map(tuple, below))
        self.lower: tuple[str, ...] = tuple(token.text.lower() for token in doc.tokens)
        self.upos: tuple[str, ...] = tuple(
            "NOUN" if self._plural_noun(token, nouns) or self._opening_noun(token, nouns) else token.upos
            for token in doc.tokens
        )
        self.lemma: tuple[str, ...] = tuple(
            known_lemma(low, token.lemma.lower(), True, verbs) if upos == "VERB"
            else plain(known_lemma(low, token.lemma.lower(), False, nouns)) if upos == "NOUN"
            else token.lemma.lower()
            for token, low, upos in zip(doc.tokens, self.lower, self.upos, strict=True)
        )  # fmt: skip
        rel = [token.deprel for token in doc.tokens]
        for i, token in enumerate(doc.tokens):
            if (
                rel[i] in ("parataxis", "xcomp", "ccomp")
                and self.lemma[i] in nouns
                and self._loose_object(token)
            ):
                rel[i] = "obj"
            elif rel[i] == "conj" and self._joined_to_nothing(token):
                rel[i] = "obl"
            elif self.above[i] != above[i] and self._paid(token, doc.tokens[above[i]]):
                rel[i] = "iobj"
            elif rel[i] == "conj" and self.above[i] != above[i]:
                rel[i] = rel[above[i]]  # "from Rome to Oslo": another phrase beside it
            elif rel[i] == "obj" and "case" in self._own(i):
                rel[i] = "obl"
            elif rel[i] == "obl" and self._bare_object(token):
                rel[i] = "obj"
        self.rel: tuple[str, ...] = tuple(rel)

    def _raised(self, i: int, above: list[int]) -> int:
        """The head of a token; an object that hangs on an adjective is its verb's: "let free three monks"."""
        head, tokens = above[i], self.doc.tokens
        if head >= 0 and tokens[i].deprel == "conj" and self._other_case(i, head, above):
            return above[head]
        if head >= 0 and self._paid(tokens[i], tokens[head]):
            return above[head]
        if head < 0 or tokens[head].upos != "ADJ" or tokens[head].deprel != "xcomp" or above[head] < 0:
            return head
        given = tokens[i].deprel == "obl" and tokens[head].text.lower() == "available"
        return above[head] if tokens[i].deprel == "obj" or given else head

    def _paid(self, token: Token, head: Token) -> bool:
        """Whether a name is read as part of the sum that it gets: "promised Malawi $40 million"."""
        return (
            token.deprel == "compound"
            and token.upos == "PROPN"
            and head.text in "$€£"
            and head.deprel == "obj"
        )

    def _other_case(self, i: int, head: int, above: list[int]) -> bool:
        """Whether what is read as joined has no "and" and a preposition that the first has not: "from Rome to Oslo"."""
        tokens = self.doc.tokens
        between = range(head + 1, i)
        if not 0 < i - head <= 4 or any(
            tokens[k].text in (",", ";") or tokens[k].deprel == "cc" for k in between
        ):
            return False
        own = {tokens[k].text.lower() for k in between if above[k] == i and tokens[k].deprel == "case"}
        first = {tokens[k].text.lower() for k in range(max(head - 4, 0), head)
                 if above[k] == head and tokens[k].deprel == "case"}  # fmt: skip
        return bool(own and first) and own.isdisjoint(first)

    def _own(self, i: int) -> set[str]:
        """The relations of what hangs on a token."""
        return {self.doc.tokens[k].deprel for k in self.below[i]}

    def _bare_object(self, token: Token) -> bool:
        """Whether an oblique without a preposition is the object that its verb lacks: "voted down a deal"."""
        verb, own = self.above[token.i], self._own(token.i)
        if token.upos not in ("NOUN", "PROPN") or not 0 <= verb < token.i or self.upos[verb] != "VERB":
            return False
        timed = self.lemma[token.i] in _TIMES or token.text in _DAYS or own & {"case", "advmod", "nmod:npmod"}
        if any(self.doc.tokens[k].deprel == "case" for k in range(verb + 1, token.i)):
            return False
        return not timed and self._own(verb).isdisjoint(("obj", "ccomp", "aux:pass", "nsubj:pass", "xcomp"))

    def _plural_noun(self, token: Token, nouns: frozenset[str]) -> bool:
        """Whether a plural is read as a verb where only a noun can stand: "Oslo holds talks", "met for talks"."""
        if token.upos != "VERB" or not token.text.endswith("s") or token.lemma.lower() not in nouns:
            return False
        kids = {self.doc.tokens[k].deprel for k in self.below[token.i]}
        return token.deprel == "obj" or (token.deprel in ("obl", "nmod") and "case" in kids)

    def _opening_noun(self, token: Token, nouns: frozenset[str]) -> bool:
        """Whether a plural is read as a name only because it opens the sentence: "Gunmen seized two nurses"."""
        if token.upos != "PROPN" or token.i != self.doc.sentences[token.sent][0].i or len(token.text) < 5:
            return False
        alone = all(self.doc.tokens[k].upos != "PROPN" for k in self.below[token.i])
        low = token.text.lower()
        return (
            alone
            and token.deprel == "nsubj"
            and low not in nouns
            and known_lemma(low, low, False, nouns) != low
        )

    def _loose_object(self, token: Token) -> bool:
        """Whether a bare noun behind a verb, read as a clause of its own, is what the verb lacks: its object."""
        verb, tokens = self.above[token.i], self.doc.tokens
        if token.upos != "NOUN" or not 0 <= verb < token.i or tokens[verb].upos != "VERB":
            return False
        if tokens[verb].lemma.lower() in _NO_OBJECT:
            return False
        own = {tokens[k].deprel for k in self.below[token.i]}
        around = {tokens[k].deprel for k in self.below[verb]}
        first = min(
            [
                token.i,
                *(
                    k
                    for k in self.below[token.i]
                    if tokens[k].deprel in ("det", "amod", "compound", "nummod")
                ),
            ]
        )
        between = [tokens[k] for k in range(verb + 1, first)]
        if token.deprel == "ccomp" and "nmod:poss" not in own:
            return False
        return (
            own.isdisjoint(("case", "nsubj", "cop", "mark"))
            and around.isdisjoint(("obj", "aux:pass", "nsubj:pass"))
            and all(t.deprel in ("compound:prt", "advmod") for t in between)
        )

    def _joined_to_nothing(self, token: Token) -> bool:
        """Whether a name with a preposition of its own and no "and" is joined to a verb: "holds talks with Ngo"."""
        verb = self.above[token.i]
        own = {self.doc.tokens[k].deprel for k in self.below[token.i]}
        noun = token.upos in ("NOUN", "PROPN") and "case" in own and "cc" not in own
        return noun and 0 <= verb < token.i and self.doc.tokens[verb].upos == "VERB"

    @cached_property
    def reach(self) -> tuple[tuple[int, int], ...]:
        """First token and one past the last token of everything below each token, itself included."""
        low = list(range(len(self.tokens)))
        high = [i + 1 for i in low]
        order = [i for i, head in enumerate(self.above) if head < 0]
        for i in order:  # heads before dependents
            order += self.below[i]
        for i in reversed(order):
            head = self.above[i]
            if head >= 0:
                low[head] = min(low[head], low[i])
                high[head] = max(high[head], high[i])
        return tuple(zip(low, high, strict=True))

    def depth(self, i: int) -> int:
        """Steps up to the root."""
        return len(self.path(i))

    def path(self, i: int) -> list[int]:
        """The token's heads, nearest first; a cycle, which no good tree has, is cut."""
        found: list[int] = []
        head = self.above[i]
        while head >= 0 and head not in found:
            found.append(head)
            head = self.above[head]
        return found

    def kids(self, i: int, *rels: str) -> list[int]:
        """Dependents of a token with one of these relations; "obl" takes "obl:agent" in too."""
        rel = self.rel
        return [k for k in self.below[i] if rel[k] in rels or rel[k].partition(":")[0] in rels]

    def exact(self, i: int, *rels: str) -> list[int]:
        """Dependents with exactly one of these relations."""
        return [k for k in self.below[i] if self.rel[k] in rels]

    def group(self, i: int) -> list[int]:
        """A token and the tokens coordinated with it."""
        found = [i]
        for kid in self.below[i]:
            if self.rel[kid] == "conj":
                found += self.group(kid)
        return found

    def leader(self, i: int) -> int:
        """The first of the tokens coordinated with this one."""
        seen = 0
        while self.rel[i] == "conj" and self.above[i] >= 0 and seen < 50:
            i, seen = self.above[i], seen + 1
        return i

    def case(self, i: int) -> str:
        """The preposition that governs a noun, fixed parts joined by a space ("according to"); "" if none."""
        for kid in self.below[i]:
            if self.rel[kid] == "case" and self.lower[kid] not in ("'s", "’s", "'", "’"):
                return self.with_fixed(kid)
        if self.rel[i] == "conj":
            return self.case(self.above[i]) if self.above[i] >= 0 else ""
        return ""

    def mark(self, i: int) -> str:
        """The subordinator of a clause ("if", "to", "of"), fixed parts joined; "" if none."""
        for kid in self.below[i]:
            if self.rel[kid] == "mark" or (self.rel[kid] == "case" and self.upos[i] in ("VERB", "AUX")):
                return self.with_fixed(kid)
        return ""

    def marks(self, i: int) -> set[str]:
        """Every subordinator and introductory adverb of a clause, in lower case."""
        return {
            self.with_fixed(k)
            for k in self.below[i]
            if self.rel[k] in ("mark", "case") or (self.rel[k].startswith("advmod") and k < i)
        }

    def with_fixed(self, i: int) -> str:
        """A function word with the words fixed to it."""
        return " ".join((self.lower[i], *(self.lower[k] for k in self.below[i] if self.rel[k] == "fixed")))

    def blaming(self, i: int) -> int:
        """The word whose subject did what a noun names: "responsible for the raid", "claimed responsibility for it"."""
        head = self.above[i]
        if head < 0 or self.case(i) not in ("for", "of"):
            return -1
        if self.lemma[head] in ("responsible", "guilty", "culpable") and self.rel[head] != "amod":
            return head
        owned = self.lemma[head] in ("responsibility", "credit") and self.rel[head] == "obj"
        return self.above[head] if owned and self.lemma[self.above[head]] in _OWNING_UP else -1

    def particle(self, i: int) -> int:
        """The verb's particle, or -1."""
        return next((k for k in self.below[i] if self.rel[k] == "compound:prt"), -1)

    def clause(self, i: int) -> int:
        """The head of the clause a token stands in: the nearest clausal head above it, or itself."""
        seen = 0
        while self.above[i] >= 0 and seen < 100:
            base = self.rel[i].partition(":")[0]
            if base in CLAUSAL or (base == "conj" and self.upos[i] in ("VERB", "AUX")):
                return i
            i, seen = self.above[i], seen + 1
        return i

    def within(self, i: int, top: int) -> bool:
        """Whether a token is below (or is) another."""
        return i == top or top in self.path(i)

    def name_reach(self, i: int) -> tuple[int, int]:
        """Token bounds of a noun phrase without its clauses, appositions, coordinations and prepositions."""
        low, high = i, i + 1
        for kid in self.below[i]:
            if self.rel[kid] in _NOT_IN_A_NAME or (
                self.rel[kid].startswith("nmod") and self.case(kid) not in ("",)
            ):
                continue
            if self.rel[kid] == "nmod:poss" or self.rel[kid].partition(":")[0] in (
                "amod",
                "compound",
                "flat",
                "nummod",
                "det",
                "nmod",
                "fixed",
                "goeswith",
            ):
                first, last = self.name_reach(kid)
                low, high = min(low, first), max(high, last)
                if self.rel[kid] == "nmod:poss":
                    high = max(high, kid + 1)
        return low, high

    def full_reach(self, i: int) -> tuple[int, int]:
        """Token bounds of a whole noun phrase as a speaker is printed: all below but a governing preposition."""
        low, high = self.reach[i]
        skip = {k for k in self.below[i] if self.rel[k] in ("case", "punct", "cc", "mark")}
        while (low < i and low in skip) or (
            low < i and any(low in range(*self.reach[k]) for k in skip if k < i)
        ):
            low += 1
        while (
            high > i + 1
            and self.upos[high - 1] == "PUNCT"
            and self.lower[high - 1] not in ("”", '"', "''", ")")
        ):
            high -= 1
        return low, high

    def chars(self, low: int, high: int) -> tuple[int, int]:
        """Character bounds of a stretch of tokens."""
        return self.tokens[low].start, self.tokens[high - 1].end

    def feat(self, i: int, name: str) -> str:
        """A morphological feature, or ""."""
        return self.tokens[i].feats.get(name, "")
