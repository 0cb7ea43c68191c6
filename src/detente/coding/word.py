"""On whose word an act rests: the innermost statement that vouches for it, or the outlet's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente import ids
from detente.coding.act import Act
from detente.coding.actors import Cast
from detente.coding.draft import CLAIMS, PERFORMED
from detente.coding.parties import same_actor, same_side
from detente.coding.statements import Said
from detente.coding.tree import Tree
from detente.records import Span, Statement
from detente.text.lemmas import plain

_HEDGES = frozenset(("reportedly", "allegedly", "purportedly", "supposedly", "apparently"))


@dataclass(frozen=True, slots=True)
class Version:
    """One account of an act: who vouches, and the status on that word if it is not the act's own."""

    word: Statement | None
    status: str | None = None


class Words:
    """Finds the vouchers of acts."""

    def __init__(self, tree: Tree, said: Said, cast: Cast) -> None:
        self.tree, self.said, self.cast = tree, said, cast
        self.hedged: list[Statement] = []

    def versions(self, act: Act) -> list[Version]:
        """Every account of an act: one for each source that vouches for it, one for each that denies it."""
        start, end = self.tree.tokens[act.i].start, self.tree.tokens[act.i].end
        hedge = self._hedge(act)
        if hedge is not None:
            return [Version(hedge)]
        around = [s for s in self.said.around(start, end) if self._vouches(s, act)]
        if not around:
            return [Version(None)]
        inner = around[0]
        if inner.stance == "denies":
            return [Version(inner, "denied")]
        found = [Version(inner), *(Version(one, "denied") for one in self._denials(inner))]
        for outer in around[1:]:
            if outer.stance == "denies":
                found.append(Version(outer, "denied"))
        return found

    def _vouches(self, statement: Statement, act: Act) -> bool:
        draft = self.said.draft_of(statement)
        cue = draft.verb if draft else -1
        if (
            draft
            and draft.by == "model"
            and statement.kind == "indirect"
            and not self._claims(statement, cue)
        ):
            return False
        if cue == act.i or (statement.speaker and "issuer's own voice" in (statement.speaker.why or "")):
            return False
        if self._aside(act.i, cue):
            return False
        if statement.stance == "denies" and self._is_the_charge(act.i, cue):
            return False
        return not self._performed(statement, act, cue)

    def _denials(self, claim: Statement) -> Iterator[Statement]:
        """Denials of a claim that name it only: "Chad denied the charge", in the same sentence or the next two."""
        last = max((span.end for span in claim.content), default=0)
        for one in self.said.statements:
            if one.stance != "denies" or one is claim or not one.content or one.content[0].start < last:
                continue
            between = self.tree.doc.text[last : one.content[0].start]
            named = one.content[0].text.lower().split()
            bare = named in (["it"], ["this"], ["that"])
            bare = bare or (len(named) <= 3 and plain(named[-1]).rstrip("s") in CLAIMS)
            bare = bare or (named[0] in ("the", "this", "these") and len(named) > 1 and named[1].rstrip("s") in CLAIMS
                            and one.why is not None and one.why.startswith("naming"))  # fmt: skip
            if bare and len(re.findall(r"[.!?]\s", between)) <= 1:
                yield one

    def _claims(self, statement: Statement, cue: int) -> bool:
        """Whether what only the model took for a report is one: a reporting word with a clause."""
        cues = self.said.cues
        return (
            cue >= 0 and cues.is_cue(cue) and any(cues.clausal((s.start, s.end)) for s in statement.content)
        )

    def _is_the_charge(self, i: int, cue: int) -> bool:
        """A denied charge was made all the same."""
        return self.tree.above[i] == cue and self.tree.rel[i] in ("obj", "nsubj:pass")

    def _aside(self, i: int, cue: int) -> bool:
        """Whether an act stands in a non-restrictive relative clause that does not hold the reporting word."""
        tree = self.tree
        for p in (i, *tree.path(i)):
            if p == cue:
                return False
            if not tree.rel[p].endswith("relcl"):
                continue
            low = tree.reach[p][0]
            while low < p and tree.upos[low] == "PUNCT":
                low += 1
            comma = low > 0 and tree.lower[low - 1] in (",", "—", "–", "--")
            pronoun = any(
                tree.lower[k] in ("which", "who", "whose", "whom") for k in range(low, min(low + 4, p + 1))
            )
            if comma and pronoun and (cue < 0 or not tree.within(cue, p)):
                return not self._in_quotes(low)
        return False

    def _in_quotes(self, token: int) -> bool:
        at = self.tree.tokens[token].start
        return any(a <= at < b for a, b in self.said.cues.quotes)

    def _performed(self, statement: Statement, act: Act, cue: int) -> bool:
        """Whether to say it is to do it, and the doer says it now: "Bonn said it rejects the plan"."""
        if act.row.type not in PERFORMED or statement.speaker is None or statement.speaker.actor is None:
            return False
        speaker = statement.speaker
        if not any(
            same_actor(speaker, m) or (m.actor and m.actor.kind == "state" and same_side(speaker, m))
            for m in act.source
        ):
            return False
        tree = self.tree
        verb = act.i if tree.upos[act.i] == "VERB" else tree.above[act.i]
        if tree.upos[act.i] == "ADJ":
            verb = next(iter(tree.kids(act.i, "cop")), act.i)
        past = tree.feat(verb, "Tense") == "Past" or any(
            tree.lemma[k] == "have" for k in tree.kids(verb, "aux")
        )
        return not past

    def _hedge(self, act: Act) -> Statement | None:
        """A statement without a speaker for "reportedly" and its like beside the act."""
        tree = self.tree
        for kid in tree.below[act.i]:
            if tree.rel[kid].startswith("advmod") and tree.lower[kid] in _HEDGES:
                return self._unnamed(kid, act.i)
        return None

    def _unnamed(self, adverb: int, i: int) -> Statement:
        tree, text, story = self.tree, self.tree.doc.text, self.said.story.id
        token = tree.tokens[adverb]
        low, high = tree.chars(*tree.reach[i])
        low, high = self.said.cues.trim(low, high)
        made = ids.statement_id(story, None, (token.start, token.end), [(low, high)])
        known = next((s for s in self.hedged if s.id == made), None)
        if known is None:
            known = Statement(
                id=made, story_id=story, speaker=None, cue=Span(token.start, token.end, token.text),
                content=(Span(low, high, text[low:high]),), kind="indirect", stance="asserts", why="nobody named",
            )  # fmt: skip
            self.hedged.append(known)
        return known
