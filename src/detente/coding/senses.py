"""Choosing the sense of a predicate: the row of frames.csv whose conditions hold, the most specific first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from detente.coding.roles import CONTAINER, Arguments
from detente.coding.tree import Tree
from detente.coding.wordsets import COUNTERS
from detente.lexicon.frames import Constraint, FrameRow

Test = Callable[[int], bool]
_MONEY = frozenset(("$", "€", "£", "¥", "us$"))
_VERBAL = ("VERB", "AUX")


class Senses:
    """Reads the conditions of frame rows off a tree."""

    def __init__(self, tree: Tree, arguments: Arguments, phrases: Mapping[str, Test]) -> None:
        """Take trees, roles, and what "#actor" and the like in a condition stand for."""
        self.tree, self.arguments, self.phrases = tree, arguments, phrases

    def choose(self, i: int, rows: Iterable[FrameRow]) -> FrameRow | None:
        """Return the row with the most conditions among those that all hold; the first of equals."""
        best: FrameRow | None = None
        for row in rows:
            if (best is None or len(row.constraints) > len(best.constraints)) and self.holds(i, row):
                best = row
        return best

    def holds(self, i: int, row: FrameRow) -> bool:
        """Whether all the conditions of a row hold around a predicate."""
        return all(self._met(i, condition) != condition.negated for condition in row.constraints)

    def _met(self, i: int, condition: Constraint) -> bool:
        kind = condition.kind
        if kind == "noobj":
            return not self.arguments.of(i).obj
        if kind in ("prt", "prep"):
            cases = self._cases(i)
            words = self._particles(i) | set(cases) | {case.partition(" ")[0] for case in cases}
            return ("*" in condition.words and bool(words)) or not words.isdisjoint(condition.words)
        if kind == "ccomp":
            return bool(self.tree.kids(i, "ccomp")) or self._quoted(i)
        if kind == "xcomp":
            if "1" in condition.words:
                return bool(self._complements(i))
            return self._named([*self._complements(i), *self.tree.exact(i, "xcomp")], condition)
        if kind == "mod" and self._modified(i, condition):
            return True
        return self._named(self._heads(i, kind), condition)

    def _modified(self, i: int, condition: Constraint) -> bool:
        """A modifier by its printed form too: "formally" may have no lemma of its own."""
        lower = self.tree.lower
        return any(lower[k] in condition.words for k in self._modifiers(i))

    def _named(self, heads: Iterable[int], condition: Constraint) -> bool:
        """Whether one of the heads is among the condition's words."""
        for head in heads:
            if self.tree.lemma[head] in condition.words or "*" in condition.words:
                return True
            if self.tree.lemma[head] in _MONEY and not condition.words.isdisjoint(
                ("money", "dollar", "euro")
            ):
                return True
            if any(name in condition.words and test(head) for name, test in self.phrases.items()):
                return True
        return False

    def _heads(self, i: int, kind: str) -> list[int]:
        roles = self.arguments.of(i)
        if kind == "obj":
            own = roles.obj if self.tree.upos[i] in _VERBAL else roles.obl.get("of", [])
            return self._opened([*own, *(back for k in own if (back := self.pointed(k)) >= 0)])
        if kind == "subj":
            return self._opened(roles.subj or roles.poss)
        if kind == "pobj":
            heads = [head for found in roles.obl.values() for head in found]
            if self.tree.upos[i] in _VERBAL:  # "declared war on Bonn": Bonn may hang on the war
                heads += [kid for head in roles.obj for kid in self.tree.kids(head, "nmod")]
            return self._opened(heads)
        if kind == "mod":
            return self._modifiers(i)
        return self._governors(i) if kind == "verb" else []

    def pointed(self, i: int) -> int:
        """The thing that "it" or "them" as object points back to: the last object named in the sentence; -1 if none."""
        tree = self.tree
        if tree.upos[i] != "PRON" or tree.lower[i] not in ("it", "them"):
            return -1
        for j in range(i - 1, max(-1, i - 30), -1):
            if tree.tokens[j].sent != tree.tokens[i].sent:
                return -1
            if tree.upos[j] == "NOUN" and tree.rel[j] in ("obj", "nsubj:pass"):
                return j
        return -1

    def _opened(self, heads: Iterable[int]) -> list[int]:
        """Heads with what is coordinated with them, and what a word such as series or wave holds."""
        found: list[int] = []
        for head in heads:
            for one in self.tree.group(head):
                found.append(one)
                if self.tree.lemma[one] in CONTAINER | COUNTERS:
                    found += [k for k in self.tree.kids(one, "nmod") if self.tree.case(k) == "of"]
        return found

    def _particles(self, i: int) -> set[str]:
        tree = self.tree
        found = {tree.lower[k] for k in tree.exact(i, "compound:prt")}
        return found | {tree.lower[k] for k in tree.kids(i, "advmod") if tree.upos[k] in ("ADP", "ADV")}

    def _cases(self, i: int) -> list[str]:
        roles = self.arguments.of(i)
        found = list(roles.obl)
        if self.tree.upos[i] in _VERBAL:
            for head in roles.obj:
                found += [self.tree.case(k) for k in self.tree.kids(head, "nmod")]
        found += [self.tree.lower[k] for k in self.tree.kids(i, "obl", "case") if self.tree.upos[k] == "ADP"]
        found += [self.tree.mark(k) for k in self.tree.kids(i, "advcl", "acl") if self.tree.mark(k) != "to"]
        return found

    def _complements(self, i: int) -> list[int]:
        tree = self.tree
        found = [k for k in tree.exact(i, "xcomp") if tree.upos[k] in _VERBAL or tree.mark(k) == "to"]
        found += [k for k in tree.kids(i, "ccomp", "acl", "advcl") if tree.mark(k) == "to"]
        return [one for head in found for one in tree.group(head)]

    def _quoted(self, i: int) -> bool:
        """Whether the verb stands below what it reports: "…, Bonn said" as some parsers draw it."""
        return self.tree.rel[i] == "parataxis"

    def _modifiers(self, i: int) -> list[int]:
        tree = self.tree
        if tree.upos[i] in _VERBAL:
            return tree.kids(i, "advmod")
        direct = tree.kids(i, "amod", "compound", "nmod")
        return [k for k in direct if k < i or tree.rel[k] == "nmod:poss"] + tree.kids(i, "advmod")

    def _governors(self, i: int) -> list[int]:
        """The verbs of which a noun is the object, the passive subject or an oblique."""
        tree = self.tree
        head, at, steps = tree.above[i], i, 0
        while head >= 0 and tree.upos[head] not in _VERBAL and steps < 3:
            joined = tree.rel[at] == "conj" or (tree.case(at) == "of" and tree.lemma[head] in CONTAINER)
            if not joined:
                break
            at, head, steps = head, tree.above[head], steps + 1
        found = []
        if (
            head >= 0
            and tree.upos[head] in _VERBAL
            and tree.rel[at].partition(":")[0] in ("obj", "nsubj", "obl")
        ):
            active = tree.rel[at] == "nsubj" and not self.arguments.of(head).passive
            found = [] if active and tree.lemma[head] not in ("begin", "open", "resume", "end") else [head]
        return found + [k for k in tree.kids(i, "acl") if self.arguments.of(k).passive]


def predicate_pos(upos: str, rel: str) -> str:
    """The part of speech under which frames.csv lists a token; participles before a noun are verbs."""
    if upos == "PROPN":
        return "NOUN"
    return "VERB" if upos == "AUX" and rel not in ("aux", "aux:pass", "cop") else upos
