"""Who says what: drafts of sayings become Statements with speaker, principal, kind, stance, channel and nesting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from detente import ids
from detente.coding.act import Act
from detente.coding.actors import Cast, known
from detente.coding.choosing import Choice
from detente.coding.cues import Cues
from detente.coding.draft import PERFORMED, TEXTS, Draft
from detente.coding.layouts import Layouts, labelled
from detente.coding.tree import Tree
from detente.records import Actor, Mention, Span, Statement, Story

SPOKES = frozenset(("spokesman", "spokeswoman", "spokesperson", "spokespeople"))
# Acts that are claims all the same.
ASSERTING = frozenset(("accuse", "allege", "charge", "suspect", "claim", "say", "tell", "agree", "announce"))
_JOINT = re.compile(
    r"\b[Jj]oint (?:[Pp]ress )?(?:[Ss]tatement|[Dd]eclaration|[Cc]ommuni)|\bLeaders.? Statement"
)


class Said:
    """The statements of a story, with what the coder needs to look up: whose word a character stands on."""

    def __init__(self, story: Story, tree: Tree, cast: Cast, cues: Cues) -> None:
        self.story, self.tree, self.cast, self.cues = story, tree, cast, cues
        self.text = tree.doc.text
        layouts = list(Layouts(tree, cast.lexicon, cast.on).drafts())
        cast.reference.surroundings.dialogue = any(
            draft.verbatim for draft in layouts
        )  # before the cues ask who is who
        self.drafts = Choice(tree, cues).among([*layouts, *cues.drafts()])
        self._last_speaker: Mention | None = None
        cast.voice = self._voice
        self.statements: tuple[Statement, ...] = ()
        built = [self._statement(draft) for draft in self.drafts]
        self.statements = self._nested(built)

    # --- records -------------------------------------------------------------------------------------------------

    def _statement(self, draft: Draft) -> Statement:
        speaker, principal = self._speaker(draft)
        content = tuple(self._span(a, b) for a, b in sorted(set(draft.content)))
        hearer = self.cast.parties(draft.addressee)[:1] if draft.addressee >= 0 else ()
        channel = draft.channel
        if (
            hearer
            and hearer[0].actor
            and hearer[0].actor.sector == "JRN"
            and hearer[0].actor.kind == "organisation"
        ):
            channel, hearer = hearer[0].text, ()
        ends = (speaker.start, speaker.end) if speaker else None
        made = ids.statement_id(self.story.id, ends, draft.cue, [(s.start, s.end) for s in content])
        return Statement(
            id=made, story_id=self.story.id, speaker=speaker, cue=self._span(*draft.cue), content=content,
            kind=self._kind(draft, content), stance=draft.stance, addressee=hearer[0] if hearer else None,
            principal=principal, channel=channel, inside=None, why=draft.why,
        )  # fmt: skip

    def _span(self, start: int, end: int) -> Span:
        return Span(start, end, self.text[start:end])

    def _kind(self, draft: Draft, content: tuple[Span, ...]) -> str:
        """Direct if all words stand in quotation marks or are a transcript's, mixed if some do."""
        if draft.verbatim:
            return "direct"
        quoted = [q for q in self.cues.quotes if any(q[0] < s.end and s.start < q[1] for s in content)]
        if not quoted:
            return "indirect"
        for span in content:
            rest = "".join(
                char
                for at, char in enumerate(span.text, span.start)
                if not any(a <= at < b for a, b in quoted)
            )
            if re.search(r"\w", rest):
                return "mixed"
        return "direct"

    def _speaker(self, draft: Draft) -> tuple[Mention | None, Actor | None]:
        """The speaker as printed, and on whose behalf he or she speaks."""
        if draft.speaker_range is None:
            return None, None
        start, end = draft.speaker_range
        head = draft.speaker
        named = self._says(draft)
        mention = Mention(start, end, self.text[start:end], actor=named.actor if named else None,
                          why=named.why if named else "unknown speaker")  # fmt: skip
        if named and known(named):
            self._last_speaker = named
        return mention, self._principal(head, named)

    def _says(self, draft: Draft) -> Mention | None:
        """Who speaks: by the label of a transcript's turn, else by the phrase that the cue has for subject."""
        if not draft.verbatim or draft.speaker_range is None:
            return self._who(draft.speaker)
        start, end = draft.speaker_range
        label = self.text[start:end]
        actor = labelled(label, self.cast.lexicon, self.cast.on, self.story.issuer)
        return Mention(start, end, label, actor=actor, why=f"label {label}") if actor else None

    def _who(self, head: int) -> Mention | None:
        if head < 0:
            return None
        if self.tree.lemma[head] in TEXTS:
            owner = next((m for a in self.tree.below[head] for m in self.cast.parties(a)), None)
            return owner or self._last_speaker
        found = self.cast.parties(head)
        return found[0] if found else None

    def _principal(self, head: int, named: Mention | None) -> Actor | None:
        """The body that a spokesman speaks for."""
        if named is None or named.actor is None or head < 0:
            return None
        actor = named.actor
        near = {self.tree.lemma[k] for k in self.tree.below[head]} | {self.tree.lemma[head]}
        held = (actor.office or "").lower()
        speaks = near & SPOKES or any(word in held for word in ("spokes", "press secretary"))
        if not speaks or actor.country is None:
            return None
        return Actor(
            f"{actor.country} {actor.sector or ''}".strip(), actor.country, actor.sector, kind="organisation"
        )

    def _nested(self, built: list[Statement]) -> tuple[Statement, ...]:
        """Say which statement stands inside which: the smallest content that holds another's cue."""
        found = []
        for one in built:
            holders = [
                (span.end - span.start, other.id)
                for other in built
                for span in other.content
                if other is not one and one.cue and span.start <= one.cue.start and one.cue.end <= span.end
            ]
            inside = min(holders)[1] if holders else None
            found.append(replace(one, inside=inside))
        return tuple({one.id: one for one in found}.values())

    def _voice(self, i: int) -> Mention | None:
        """Whose I or we a token's is: the speaker of the innermost quotation around it, else the issuer."""
        at = self.tree.tokens[i].start
        quoted = any(a <= at < b for a, b in self.cues.quotes)
        inner = [d for d in self.drafts if any(a <= at < b for a, b in d.content) and (quoted or d.verbatim)]
        inner.sort(key=lambda d: sum(b - a for a, b in d.content))
        if quoted or (inner and inner[0].speaker >= 0):
            return self._says(inner[0]) if inner else None
        if _JOINT.search(self.story.headline or ""):
            return None  # "we" is all who made it, and the text does not say so in one place
        issuer = self.story.issuer
        token = self.tree.tokens[i]
        return (
            Mention(token.start, token.end, token.text, actor=issuer, why="the issuer's own voice")
            if issuer
            else None
        )

    def only_said(self, i: int, type_: str) -> bool:
        """Whether a predicate is a denial, a refusal to say, or agreement *that* something is so: no act."""
        tree = self.tree
        for draft in self.drafts:
            if draft.verb != i:
                continue
            if draft.stance == "declines" or (draft.stance == "denies" and type_ == "REJECT"):
                return True
            clause = next((k for k in tree.kids(i, "ccomp")), -1)
            if tree.lemma[i] == "agree" and clause >= 0:
                return not any(tree.lemma[k] in ("will", "would", "should") for k in tree.kids(clause, "aux"))
        return False

    def drop(self, acts: Sequence[Act]) -> None:
        """Forget unquoted sayings that are acts themselves: to threaten, to promise, to demand."""
        performed = {act.i for act in acts if act.row.type in PERFORMED}
        found = {act.i for act in acts}
        cues = {
            d.cue for d in self.drafts
            if (self._is_act(d, found) if d.by == "model" else d.stance == "asserts" and d.verb in performed
                and self.tree.lemma[d.verb] not in ASSERTING)
        }  # fmt: skip
        gone = {
            s.id: s.inside for s in self.statements
            if s.kind == "indirect" and s.cue is not None and (s.cue.start, s.cue.end) in cues
        }  # fmt: skip

        def outer(one: str | None) -> str | None:
            return outer(gone[one]) if one in gone else one

        self.statements = tuple(
            replace(s, inside=outer(s.inside)) for s in self.statements if s.id not in gone
        )

    def _is_act(self, draft: Draft, acts: set[int]) -> bool:
        """Whether the cue that only the model saw names an act, governs one ("gave Bonn a warning") or hedges one."""
        tree, cue = self.tree, self.cues.tokens_in(*draft.cue)
        inside = (i for span in draft.content for i in self.cues.tokens_in(*span))
        hedged = any(tree.above[i] in acts and tree.rel[i] == "advmod" for i in cue)
        governed = any(i in acts and tree.above[i] in cue and tree.upos[i] == "NOUN" for i in inside)
        return hedged or governed or any(i in acts for i in cue)

    # --- looking up -------------------------------------------------------------------------------------------------

    def around(self, start: int, end: int) -> list[Statement]:
        """Statements whose content holds a stretch, innermost first."""
        found = []
        for one in self.statements:
            spans = [s for s in one.content if s.start <= start and end <= s.end]
            if spans and one.stance != "declines":
                found.append((sum(s.end - s.start for s in one.content), one))
        depth = {one.id: self._depth(one) for _, one in found}
        return [
            one
            for size, one in sorted(
                found, key=lambda f: (-depth[f[1].id], f[0], -(f[1].cue.start if f[1].cue else 0))
            )
        ]

    def _depth(self, one: Statement) -> int:
        by_id, deep = {s.id: s for s in self.statements}, 0
        while one.inside in by_id and deep < 10:
            one, deep = by_id[one.inside], deep + 1
        return deep

    def draft_of(self, statement: Statement) -> Draft | None:
        """The draft that a statement was made from."""
        cue = statement.cue
        return next((d for d in self.drafts if cue and d.cue == (cue.start, cue.end)), None)
