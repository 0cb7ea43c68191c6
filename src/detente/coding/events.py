"""From a parsed story to its record: the coding stages in order.

Who is who, who says what, which predicates name political acts, between whom, how real, how old, on whose word,
when and where; then one event once per word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from detente import ids
from detente.coding.act import Act
from detente.coding.actors import Cast
from detente.coding.acts import Acts
from detente.coding.background import Background
from detente.coding.confidence import confidence
from detente.coding.contexts import Contexts
from detente.coding.cues import Cues
from detente.coding.dates import Dates, When, shift
from detente.coding.governors import GOVERNING
from detente.coding.judging import Judge, judge, verdict
from detente.coding.merge import merge
from detente.coding.parties import Mentions, same_actor
from detente.coding.places import BARE, NEAR, Places
from detente.coding.roles import HAPPEN, LIGHT, Arguments
from detente.coding.statements import Said
from detente.coding.status import UNREAL, Statuses
from detente.coding.tree import Tree
from detente.coding.word import Version, Words
from detente.lexicon import Lexicon
from detente.lexicon.ontology import cameo_root, goldstein
from detente.records import QUAD, Event, Mention, Place, Span, Statement, Story
from detente.text.doc import Doc

_SPOKEN = frozenset(("AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"))
_MEETING = 2  # sentences behind a dated meeting that still tell of it


def code_doc(
    story: Story, doc: Doc, lexicon: Lexicon, asked: Judge
) -> tuple[tuple[Statement, ...], tuple[Event, ...]]:
    """Return the statements and events of a parsed story, in the order of the text.

    Args:
        story: the story; `doc` must be the parse of `story.text`.
        doc: trees, semantic roles, entities and attributions.
        lexicon: names, agent nouns, event words and reporting words.
        asked: tells what a sentence says between two of its parties (`detente.text.relate`).
    """
    if not doc.tokens:
        return (), ()
    return Coding(story, doc, lexicon).record(asked)


@lru_cache(maxsize=8)
def vocabulary(lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """Return the verbs and nouns in dictionary form that the lexicon and the rules know."""
    verbs = (
        {lemma for lemma, upos in lexicon.frames if upos == "VERB"}
        | LIGHT
        | HAPPEN
        | set(lexicon.cues)
        | GOVERNING
    )
    nouns = {lemma for lemma, upos in lexicon.frames if upos == "NOUN"} | {
        n for n in lexicon.agents if " " not in n
    }
    for rows in lexicon.frames.values():
        for row in rows:
            for constraint in row.constraints:
                if constraint.negated:
                    continue
                if constraint.kind in ("xcomp", "verb"):
                    verbs |= constraint.words
                elif constraint.kind in ("obj", "subj", "pobj"):
                    nouns |= constraint.words
    return frozenset(verbs), frozenset(nouns)


@lru_cache(maxsize=8)
def light_verbs(lexicon: Lexicon) -> Mapping[str, frozenset[str]]:
    """Return, for each noun that names an act, the verbs that its rows ask for: they leave the act to the noun."""
    found: dict[str, frozenset[str]] = {}
    for (lemma, upos), rows in lexicon.frames.items():
        verbs = (c.words for row in rows for c in row.constraints if c.kind == "verb" and not c.negated)
        if upos == "NOUN":
            found[lemma] = frozenset().union(*verbs)
    return found


_TOPICS = frozenset(("ACCUSE", "REQUEST", "CONSULT", "REJECT", "THREATEN"))  # their objects lie elsewhere


class Coding:
    """The stages of one story, built once and asked for their result."""

    def __init__(self, story: Story, doc: Doc, lexicon: Lexicon) -> None:
        self.story = story
        self.tree = Tree(doc, *vocabulary(lexicon))
        self.cast = Cast(story, self.tree, lexicon)
        self.arguments = Arguments(self.tree, doc.frames, self.cast.is_party, light_verbs(lexicon))
        cues = Cues(self.tree, self.arguments, lexicon)
        self.arguments.body = self.cast.body = cues.body
        self.said = Said(story, self.tree, self.cast, cues)
        self.statuses = Statuses(self.tree)
        self.dates = Dates(self.tree, doc.frames, story.published, self.cast.at)
        self.places = Places(self.tree, self.cast, self.dates)
        self.words = Words(self.tree, self.said, self.cast)
        self.lexicon = lexicon
        self._last_place: tuple[Place | None, int] = None, 0

    def record(self, asked: Judge) -> tuple[tuple[Statement, ...], tuple[Event, ...]]:
        """Statements and events."""
        acts = Acts(self.tree, self.arguments, self.cast, self.lexicon, self.statuses).found()
        acts = [act for act in acts if not self.said.only_said(act.i, act.row.type)]
        acts.sort(key=lambda act: act.i)
        self.said.drop(acts)
        self.contexts = Contexts(self.tree, {act.i for act in acts})
        when = self._dated(acts)
        Background(self.tree, self.dates, self._indirect).decide(acts, when)
        judge(acts, self.tree, asked)
        events = [
            self._event(act, version, when.get(act.i)) for act in acts for version in self._versions(act)
        ]
        statements = tuple(sorted((*self.said.statements, *self.words.hedged), key=_order))
        return statements, merge(events, statements)

    def _versions(self, act: Act) -> list[Version]:
        carrier = act.carrier
        found = self.words.versions(act)
        if carrier is None or carrier.row.type == "ACCUSE" or len(found) > 1:
            return found
        outer = self.words.versions(carrier)
        inner = found[0].word
        own = (
            inner is not None
            and inner.cue is not None
            and inner.cue.start > self.tree.tokens[carrier.i].start
        )
        return found if own else [Version(outer[0].word, found[0].status)]

    # --- dates -----------------------------------------------------------------------------------------------------

    def _dated(self, acts: Sequence[Act]) -> dict[int, When]:
        """The date of every act that has one: its own words', another act's that it is counted from, or its scene's."""
        found: dict[int, When] = {}
        for act in acts:
            if act.status == "occurred" and not self._past(act) and self.dates.coming(act.i):
                act.status, act.decided = "planned", "date ahead"
            ahead = act.status in UNREAL - {"denied"} and not self._perfect(act.i)
            within = self._within(act.i)
            own = self.dates.of(act.i, ahead, within) or self._light(act, ahead, within)
            own = own or self._antecedent(act.i)
            if own:
                found[act.i] = own
        self._counted(acts, found)
        for act in acts:
            if act.i not in found and (scene := self._scene(act, acts, found) or self._meanwhile(act)):
                found[act.i] = scene
        self._counted(acts, found)
        return found

    def _past(self, act: Act) -> bool:
        """Whether the act, or its light verb, stands in the past tense."""
        verb = act.i if self.tree.upos[act.i] == "VERB" else self.statuses.light_verb(act.i)
        return verb >= 0 and (self.tree.feat(verb, "Tense") == "Past" or self._perfect(verb))

    def _perfect(self, i: int) -> bool:
        return any(self.tree.lemma[k] == "have" for k in self.tree.kids(i, "aux"))

    def _antecedent(self, i: int) -> When | None:
        """The date of what a relative clause tells about: "the 2011 raid that killed him"."""
        tree, noun = self.tree, self.tree.above[i]
        if (
            not tree.rel[i].endswith("relcl")
            or tree.upos[noun] != "NOUN"
            or noun not in self.arguments.of(i).subj
        ):
            return None
        return self.dates.of(noun, ahead=False)

    def _indirect(self, i: int) -> bool:
        token = self.tree.tokens[i]
        return any(s.kind != "direct" for s in self.said.around(token.start, token.end))

    def _within(self, i: int) -> tuple[int, int] | None:
        """Characters of the innermost statement that a token stands in."""
        token = self.tree.tokens[i]
        for statement in self.said.around(token.start, token.end)[:1]:
            return next((s.start, s.end) for s in statement.content if s.start <= token.start < s.end)
        return None

    def _meanwhile(self, act: Act) -> When | None:
        """The date of the main clause for what happens as it happens: "turning down …", "as talks opened"."""
        tree, i = self.tree, act.i
        verb = i if tree.upos[i] == "VERB" else tree.above[i] if tree.rel[i] == "nsubj" else -1
        if verb < 0 or tree.rel[verb] != "advcl" or act.status in UNREAL or act.carrier is not None:
            return None
        mark = tree.mark(verb)
        aside = not mark and tree.lower[verb].endswith("ing")
        if aside or (mark in ("as", "while") and tree.lemma[verb] != "go"):
            return self.dates.of(tree.above[verb], ahead=False)
        return None

    def _light(self, act: Act, ahead: bool, within: tuple[int, int] | None) -> When | None:
        """The date beside the verb that a noun's act depends on."""
        verb = self.statuses.light_verb(act.i) if self.tree.upos[act.i] != "VERB" else -1
        if verb < 0:
            head = self.tree.above[act.i]
            governed = (
                self.tree.rel[act.i] in ("obj", "nsubj", "nsubj:pass")
                and head >= 0
                and self.tree.lemma[head] in LIGHT
            )
            verb = head if governed else -1
        return self.dates.of(verb, ahead, within) if verb >= 0 else None

    def _counted(self, acts: Sequence[Act], found: dict[int, When]) -> None:
        by_token = {act.i: act for act in acts}
        for act in acts:
            if act.i in found:
                continue
            counted = self.dates.before_clause(act.i)
            anchor = found.get(counted[0]) or self.dates.of(counted[0], False) if counted else None
            if counted and anchor is None and "years" in counted[1] and self.dates.published:
                anchor = When(self.dates.published.isoformat(), "day", "published")
            if counted and anchor:
                moved = shift(anchor, counted[1], counted[2])
                if moved:
                    found[act.i] = moved
                    continue
            anchor = next((found[a.i] for a in reversed(acts) if a.i < act.i and a.i in found), None)
            if anchor and (moved := self.dates.shifted(act.i, anchor)) and act.i in by_token:
                found[act.i] = moved

    def _scene(self, act: Act, acts: Sequence[Act], found: Mapping[int, When]) -> When | None:
        """The date of the scene: acts of the same doer told in one breath with a dated act."""
        tree = self.tree
        if act.status in UNREAL or act.carrier is not None or not act.source:
            return None
        if self._perfect(act.i):
            return None
        within = self._within(act.i) is not None
        for other in reversed([a for a in acts if a.i < act.i]):
            when = found.get(other.i)
            gap = tree.tokens[act.i].sent - tree.tokens[other.i].sent
            met = (
                other.row.type == "CONSULT" and act.row.type in _SPOKEN and not within
            )  # what is said at a meeting is of its day
            near = gap <= (_MEETING if met else 1)
            if when is None or when.precision != "day" or not near or other.status in UNREAL or other.carrier:
                continue
            shared = any(same_actor(act.source[0], m) for m in other.parties())
            joined = (
                gap == 0
                and tree.leader(act.i) in (tree.leader(other.i), other.i)
                and tree.rel[act.i] == "conj"
            )
            pronoun = gap == 1 and (act.source[0].why or "").startswith("pronoun")
            if shared and (joined or pronoun or met):
                return when
        return None

    # --- the record --------------------------------------------------------------------------------------------------

    def _event(self, act: Act, version: Version, when: When | None) -> Event:
        trigger = self._trigger(act)
        word = version.word.id if version.word else None
        words = self.tree.doc.sentences[self.tree.tokens[act.i].sent]
        sentence = self._span(words[0].start, words[-1].end)
        source, target = act.source, act.target
        objects = tuple(o for o in act.roles.obj) + tuple(
            p for p in (self.statuses.light_verb(act.i),) if p >= 0
        )
        made = ids.event_id(
            self.story.id, (trigger.start, trigger.end), act.row.type, _ends(source), _ends(target), word
        )
        return Event(
            id=made, story_id=self.story.id, sentence=sentence, trigger=trigger,
            type=act.row.type, mode=act.row.mode or None, contexts=self.contexts.of(act), quad=QUAD[act.row.type],
            cameo=act.row.cameo or None,
            cameo_root=cameo_root(act.row.cameo) if act.row.cameo else None,
            goldstein=goldstein(act.row.cameo) if act.row.cameo else None,
            source=source, target=target, reciprocal=act.reciprocal, status=version.status or act.status,
            background=act.background, word=word, date=when.date if when else None,
            date_precision=when.precision if when else "unknown", date_from="text" if when else None,
            place=self._place(act, objects), confidence=confidence(act, sentence), why=self._why(act, when),
        )  # fmt: skip

    def _place(self, act: Act, objects: tuple[int, ...]) -> Place | None:
        """Where the act takes place; "there" and "the area" point back to the last place named."""
        roles = act.roles
        objects += tuple(h for case in ("of", "to", "with", "against", "on") for h in roles.obl.get(case, []))
        objects += tuple(roles.subj) if act.row.type == "PROTEST" else ()
        named = [k for o in objects for k in (o, *self.tree.kids(o, "appos", "flat"))]
        far = self.arguments.role(act.i, "ARGM-LOC")
        spoken = QUAD[act.row.type] in (1, 3) and act.row.mode != "visit"
        if act.row.type in _TOPICS and self.tree.upos[act.i] == "VERB":  # "discussed the fighting in Aleppo"
            named = [k for k in named if act.row.type == "CONSULT" and self.cast.is_party(k)]
        found = self.places.of(act.i, act.parties(), tuple(named), far, spoken)
        pointing = any(
            self.tree.lower[k] == "there" and self.tree.rel[k].startswith("advmod")
            for k in self.tree.below[act.i]
        )
        sent = self.tree.tokens[act.i].sent
        if pointing or (found and found.name.lower() in BARE):
            last, told = self._last_place
            found = last if sent - told <= NEAR else None
        if found is not None:
            self._last_place = found, sent
        return found

    def _span(self, start: int, end: int) -> Span:
        return Span(start, end, self.tree.doc.text[start:end])

    def _trigger(self, act: Act) -> Span:
        """The predicate, with its particle where that stands beside it."""
        token = self.tree.tokens[act.i]
        particle = self.tree.particle(act.i)
        if particle == act.i + 1:
            return self._span(token.start, self.tree.tokens[particle].end)
        return self._span(token.start, token.end)

    def _why(self, act: Act, when: When | None) -> str:
        parts = [f"lexicon row {act.row.id}"]
        if act.roles.how:
            parts.append(f"doer by {act.roles.how}")
        if act.carrier is not None:
            parts.append(f"inside {act.carrier.row.id}")
        parts.append(f"status by {act.decided}")
        if judged := verdict(act):
            parts.append(judged)
        if when:
            parts.append(f"date from “{when.words}”")
        return "; ".join(parts)


def _ends(mentions: Mentions) -> list[tuple[int, int]]:
    return [(m.start, m.end) for m in mentions]


def _order(statement: Statement) -> tuple[int, int]:
    cue: Span | Mention | None = statement.cue or statement.speaker
    first = min([s.start for s in statement.content] + ([cue.start] if cue else []))
    return first, cue.start if cue else -1
