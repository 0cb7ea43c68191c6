"""Sources named by nouns: "according to X", "citing X", "a charge by X that …"."""

from __future__ import annotations

from collections.abc import Iterator

from detente.coding.draft import CLAIMS, TEXTS, Draft
from detente.coding.quotes import Range
from detente.coding.roles import Arguments
from detente.coding.stretches import Stretches
from detente.coding.tree import Tree
from detente.lexicon import Lexicon


class NamedSources(Stretches):
    """Finds drafts whose reporting word is no finite verb."""

    def __init__(self, tree: Tree, arguments: Arguments, lexicon: Lexicon) -> None:
        super().__init__(tree)
        self.arguments, self.lexicon = arguments, lexicon

    def is_cue(self, i: int) -> bool:
        """Whether a token is a word that reports speech or thought with a clause."""
        return self.tree.lemma[i] in self.lexicon.cues

    def noun(self, i: int) -> Iterator[Draft]:
        """A charge or claim with its maker and its clause."""
        tree = self.tree
        if tree.lemma[i] in CLAIMS:
            clauses = [
                k
                for k in tree.kids(i, "acl", "ccomp")
                if tree.mark(k) == "that" and not tree.rel[k].endswith("relcl")
            ]
            owners = [
                k for k in tree.below[i] if tree.case(k) in ("by", "from") or tree.rel[k] == "nmod:poss"
            ]
            owners += [k for k in self.arguments.of(i).amod if self.arguments.is_party(k)]
            if clauses and owners:
                content = [self.trim(*tree.chars(*tree.reach[clauses[0]]))]
                token = tree.tokens[i]
                yield Draft(
                    (token.start, token.end),
                    content,
                    owners[0],
                    self.phrase(owners[0]),
                    verb=i,
                    by="noun",
                    why=f"noun {token.lemma}",
                )

    def according(self, case: int) -> Iterator[Draft]:
        """ "according to X": X is the head of "according" or of "to", or hangs on either."""
        tree = self.tree
        to = case + 1
        if to >= len(tree.tokens) or tree.lower[to] != "to":
            return
        options = [
            tree.above[case],
            tree.above[to],
            *tree.kids(case, "obl", "obj", "nmod"),
            *tree.kids(to, "obl", "obj"),
        ]
        i = next((k for k in options if k > to and tree.upos[k] in ("NOUN", "PROPN", "PRON", "NUM")), -1)
        if i < 0:
            return
        start, end = tree.tokens[case].start, tree.tokens[to].end
        speaker, cue_end = i, end
        if tree.lemma[i] in TEXTS:
            maker = self.maker(i)
            if maker >= 0:
                speaker, cue_end = maker, tree.tokens[tree.full_reach(maker)[0]].start
        clause = tree.above[case] if tree.above[case] != i else tree.above[i]
        content = self.around_phrase(clause, case, max(tree.reach[i][1], to + 1)) if clause >= 0 else []
        yield Draft(
            (start, len(self.text[:cue_end].rstrip())),
            content,
            speaker,
            self.phrase(speaker),
            verb=i,
            by="source",
            why="according to",
        )

    def maker(self, i: int) -> int:
        """Who made a text: "a statement provided by …", "a report by …"."""
        tree = self.tree
        for kid in tree.kids(i, "acl"):
            agents = [k for k in tree.kids(kid, "obl") if tree.case(k) in ("by", "from")]
            if agents:
                return agents[0]
        found = next((k for k in tree.kids(i, "nmod") if tree.case(k) in ("by", "from")), -1)
        if found < 0 and i + 1 < len(tree.tokens) and tree.lower[i + 1] in ("by", "from"):
            found = tree.above[i + 1]
        return found if found != i else -1

    def citing(self, i: int, said: list[Range]) -> Iterator[Draft]:
        """ "…, citing X": X vouches for what is `said`, or for the clause that "citing" hangs on."""
        tree = self.tree
        objects = tree.kids(i, "obj")
        head = tree.above[i]
        if not objects or head < 0:
            return
        maker = self.maker(objects[0]) if tree.lemma[objects[0]] in TEXTS else -1
        speaker = maker if maker >= 0 else objects[0]
        if not self.arguments.is_party(speaker) and tree.lemma[speaker] not in TEXTS:
            return
        content = said or self.around_phrase(head, *tree.reach[i])
        end = len(self.text[: tree.tokens[tree.full_reach(speaker)[0]].start].rstrip())
        yield Draft(
            (tree.tokens[i].start, end),
            content,
            speaker,
            self.phrase(speaker),
            verb=i,
            by="source",
            why="citing",
        )
