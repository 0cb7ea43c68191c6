"""Where the text says that somebody says something: drafts read off trees and quotation marks.

A draft holds token and character ranges only; `statements` turns drafts into records.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.coding.dates import WEEKDAYS
from detente.coding.draft import (
    ACCUSING,
    CHANNEL_NOUNS,
    CLAIMS,
    DECLINE,
    DENY,
    NAMING,
    SPEAKING,
    TIMELY,
    UNTRUE,
    Draft,
)
from detente.coding.quotes import Range
from detente.coding.sources import NamedSources

_WHY = {"refusal": "refusal to say", "quotation": "quoted words"}


class Cues(NamedSources):
    """Finds drafts."""

    def drafts(self) -> list[Draft]:
        """Every saying that the trees show, in order of their cues."""
        found: list[Draft] = []
        for i, upos in enumerate(self.tree.upos):
            if self.tree.lower[i] == "according":
                found += self.according(i)
            elif upos == "VERB":
                found += self._verb(i)
            elif upos in ("NOUN", "PROPN"):
                found += self.noun(i)
        return sorted(found, key=lambda d: d.cue)

    # --- verbs ---------------------------------------------------------------------------------------------------

    def _verb(self, i: int) -> Iterator[Draft]:
        tree = self.tree
        lemma = tree.lemma[i]
        if tree.lower[i] == "saying" and tree.above[i] >= 0 and self._as_saying(tree.above[i]) == i:
            return  # read with "quoted"
        if lemma == "cite" and tree.rel[i] in ("advcl", "parataxis", "conj", "acl"):
            head = tree.above[i]
            yield from self.citing(i, self.content(head) if head >= 0 and self.is_cue(head) else [])
        elif lemma in DECLINE or (lemma in ("comment", "confirm") and self._negated(i)):
            yield from self._declined(i)
        elif lemma in DENY:
            yield from self._denied(i)
        elif lemma in ACCUSING:
            yield from self._accused(i)
        elif lemma == "quote" and (saying := self._as_saying(i)) >= 0:
            yield from self._quoted_as(i, saying)
        elif lemma in NAMING and (named := self._named_as(i)):
            denies = self._untrue(i)
            yield self._draft(i, [named], "naming", "denies" if denies else "asserts")
        elif self.is_cue(i) and tree.particle(i) < 0:
            yield from self._said(i)
        else:
            yield from self._quoting(i)

    def _as_saying(self, i: int) -> int:
        """The saying in "quoted X as saying that …"; -1 if there is none."""
        tree = self.tree
        inner = [k for k in tree.kids(i, "advcl", "xcomp", "obl", "acl") if tree.lower[k] == "saying"]
        inner += [
            k for o in tree.kids(i, "obj") for k in tree.kids(o, "acl", "advcl") if tree.lower[k] == "saying"
        ]
        return inner[0] if inner else -1

    def _quoted_as(self, i: int, saying: int) -> Iterator[Draft]:
        """A relay: who is quoted speaks, whoever quotes is the channel."""
        tree, roles = self.tree, self.arguments.of(i)
        clause = next(iter(tree.kids(saying, "ccomp")), -1)
        content = (
            self.stretch(clause, saying)
            if clause >= 0
            else self.quotes_in(*tree.chars(saying, tree.reach[saying][1]))
        )
        if not content or not roles.obj:
            return
        start = self._cue(i)[0] if roles.passive else tree.tokens[saying].start
        draft = Draft(
            (start, tree.tokens[saying].end),
            content,
            roles.obj[0],
            self.phrase(roles.obj[0], i),
            verb=saying,
            by="relay",
            why="quoted as saying",
        )
        if roles.subj:
            draft.channel = self.text[slice(*self.phrase(roles.subj[0], i))]
        yield draft

    def _negated(self, i: int) -> bool:
        return any(self.tree.lower[k] in ("not", "n't", "n’t", "never") for k in self.tree.kids(i, "advmod"))

    def _said(self, i: int) -> Iterator[Draft]:
        tree = self.tree
        content = self._before(i) or self.content(i)
        if not content:
            yield from self._quoting(i)
            return
        row = self.lexicon.cues[tree.lemma[i]]
        quoted = any(a < end and start < b for a, b in self.quotes for start, end in content)
        if self._unreal(i) or (row is not None and row.get("strength") == "quote" and not quoted):
            return
        yield self._draft(i, content, "cue")

    def _before(self, i: int) -> list[Range]:
        """ "…, Bonn said.": all that stands before the comma, where the reporting words end the sentence."""
        tree = self.tree
        sentence = tree.doc.sentences[tree.tokens[i].sent]
        subjects = tree.kids(i, "nsubj")
        if not subjects or tree.lemma[i] not in ("say", "tell", "add", "report", "announce"):
            return []
        low = min(i, tree.reach[subjects[0]][0])
        commas = [
            k
            for k in range(max(sentence[0].i, low - 3), min(low + 1, i))
            if tree.lower[k] in (",", "”", '"', "''")
        ]
        rest = range(max(i, subjects[0]) + 1, sentence[-1].i + 1)
        if not commas or any(
            tree.upos[k] in ("VERB", "AUX", "SCONJ") or tree.lower[k] in (",", '"', "“", "''", "``")
            for k in rest
        ):
            return []
        if commas[0] - sentence[0].i < 3 or tree.lower[sentence[0].i] in ("in", "on", "at", "after", "as"):
            return []
        return [
            self.trim(
                sentence[0].start,
                tree.tokens[commas[-1]].end
                if tree.lower[commas[-1]] != ","
                else tree.tokens[commas[-1]].start,
            )
        ]

    def _unreal(self, i: int) -> bool:
        """A saying that is asked for, possible or denied is no statement."""
        tree = self.tree
        helpers = {tree.lemma[k] for k in tree.kids(i, "aux")}
        return (
            bool(helpers & {"may", "might", "could", "should", "must", "can", "to"})
            or self._negated(i)
            or (tree.rel[i] in ("xcomp", "acl") and tree.mark(i) == "to")
        )

    def _draft(self, i: int, content: list[Range], by: str, stance: str = "asserts") -> Draft:
        why = _WHY.get(by) or f"{by} {self.tree.lemma[i]}"
        draft = Draft(self._cue(i), content, stance=stance, verb=i, by=by, why=why)
        self._who(draft, i)
        self._hearer(draft, i)
        return draft

    def _who(self, draft: Draft, i: int) -> None:
        subjects = self.arguments.of(i).subj
        direct = self.tree.kids(i, "nsubj")
        head = (
            direct[0] if direct and self.tree.rel[direct[0]] == "nsubj" else subjects[0] if subjects else -1
        )
        if head >= 0:
            draft.speaker = head
            start, end = self.phrase(head, i)
            for kid in self.tree.kids(i, "obl"):  # "police in Jammu said", its place read as the verb's
                first, last = self.tree.reach[kid]
                near = (
                    head < first
                    and last <= i
                    and self.text[end : self.tree.tokens[first].start].strip() == ""
                )
                if (
                    near
                    and self.tree.case(kid) in ("in", "of", "from", "at")
                    and self.tree.lower[kid] not in WEEKDAYS
                ):
                    end = self.tree.tokens[last - 1].end
            draft.speaker_range = (start, end)

    def content(self, i: int) -> list[Range]:
        """What a reporting verb reports: its clause, else the sentence that it is slipped into, else quoted words."""
        tree = self.tree
        for kid in tree.below[i]:
            if tree.rel[kid] == "ccomp" and not self._asks(kid):
                return self.stretch(kid, i)
        if tree.rel[i] == "parataxis" and tree.above[i] >= 0:
            return self.around(tree.above[i], i)
        own = tree.reach[i]
        quotes = self.quotes_in(*tree.chars(*own)) or self.quotes_in(*self.sentence(i))
        if quotes and not tree.kids(i, "obj") and tree.lemma[i] not in ("call",):
            return quotes
        return []

    def _named_as(self, i: int) -> Range | None:
        """ "called the trip a private mission", "described the talks as useful"."""
        tree = self.tree
        objects = [k for k in tree.kids(i, "obj") if k > i]
        pair = [k for k in tree.kids(i, "xcomp") if not tree.mark(k) and tree.upos[k] != "VERB"]
        pair += [k for k in tree.kids(i, "obl", "advcl") if tree.case(k) == "as" or tree.mark(k) == "as"]
        if not pair or not objects or tree.particle(i) >= 0 or pair[-1] < objects[0] or self._unreal(i):
            return None
        return self.trim(*tree.chars(tree.reach[objects[0]][0], tree.reach[pair[-1]][1]))

    def _untrue(self, i: int) -> bool:
        """ "called the charge baseless": to name a claim untrue is to deny it."""
        tree = self.tree
        claimed = any(tree.lemma[k] in CLAIMS for k in tree.kids(i, "obj"))
        return claimed and any(tree.lemma[k] in UNTRUE for k in tree.kids(i, "xcomp", "obl", "advcl"))

    def _asks(self, kid: int) -> bool:
        tree = self.tree
        return tree.mark(kid) == "to" and not tree.kids(kid, "nsubj")

    def _cue(self, i: int) -> Range:
        """Characters of the verb group, with "in a statement" where it follows at once."""
        tree = self.tree
        low = high = i
        for kid in tree.below[i]:
            near = (kid < i or tree.rel[kid] == "compound:prt") and abs(kid - i) <= 4
            between = range(min(kid, i) + 1, max(kid, i))
            if self._in_group(kid) and near and not any(tree.rel[k].startswith("nsubj") for k in between):
                low, high = min(low, kid), max(high, kid)
        for kid in tree.kids(i, "obl"):
            if tree.lemma[kid] in CHANNEL_NOUNS and tree.reach[kid][0] == high + 1:
                high = kid
        if high + 1 < len(tree.tokens) and tree.lower[high + 1] == ":":
            high += 1
        return tree.chars(low, high + 1)

    def _in_group(self, kid: int) -> bool:
        """Whether a word below a verb is of its group: an auxiliary, a particle, an adverb that tells no time."""
        tree = self.tree
        rel = tree.rel[kid].partition(":")[0]
        return rel in ("aux", "compound") or (
            rel == "advmod" and not tree.below[kid] and tree.lower[kid] not in TIMELY
        )

    def _hearer(self, draft: Draft, i: int) -> None:
        tree = self.tree
        for kid in tree.kids(i, "iobj", "obj"):
            if tree.lemma[i] in ("tell", "inform", "assure", "remind", "warn", "ask"):
                draft.addressee = kid
        for kid in tree.kids(i, "obl"):
            if tree.lemma[kid] in CHANNEL_NOUNS and tree.case(kid) in (
                "in",
                "on",
                "at",
                "via",
                "to",
                "by",
                "through",
            ):
                start, end = tree.chars(tree.reach[kid][0], kid + 1)
                draft.channel = self.text[start:end]
            elif (
                tree.case(kid) == "to"
                and draft.addressee < 0
                and tree.lemma[i] in ("say", "explain", "announce")
            ):
                draft.addressee = kid

    # --- stance, accusation, quotation without a reporting verb ------------------------

    def _denied(self, i: int) -> Iterator[Draft]:
        tree = self.tree
        clauses = tree.kids(i, "ccomp", "xcomp", "advcl")
        clauses = [k for k in clauses if k > i and (tree.lower[k].endswith("ing") or tree.rel[k] != "advcl")]
        objects = [k for k in self.arguments.of(i).obj if k > i]
        deny = tree.lemma[i] in ("deny", "refute", "disavow")
        if clauses and (deny or tree.rel[clauses[0]] == "ccomp"):
            yield self._draft(i, self.stretch(clauses[0], i), "denial", "denies")
        elif objects and deny and self._refused(i, objects[0]):
            return
        elif objects and (deny or tree.lemma[objects[0]] in CLAIMS) and not self._negated(i):
            content = [self.trim(*tree.chars(*tree.reach[objects[0]]))]
            yield self._draft(i, content, "denial", "denies")
        else:
            yield from self._quoting(i)

    def _refused(self, i: int, thing: int) -> bool:
        """Whether what is denied is something asked for (a visa, entry), by the frame lexicon: then it is an act."""
        rows = self.lexicon.frames.get((self.tree.lemma[i], "VERB"), ())
        return any(
            self.tree.lemma[thing] in condition.words
            for row in rows
            if row.type == "REJECT"
            for condition in row.constraints
            if condition.kind == "obj" and not condition.negated
        )

    def _declined(self, i: int) -> Iterator[Draft]:
        tree = self.tree
        inner = next((k for k in tree.kids(i, "xcomp") if tree.lemma[k] in SPEAKING), -1)
        verb = i if tree.lemma[i] not in DECLINE else inner
        if verb < 0 or (tree.lemma[i] in DECLINE and inner < 0):
            yield from self._quoting(i)
            return
        objects = tree.kids(verb, "obj", "ccomp")
        if tree.lemma[verb] in ("provide", "give") and not (
            objects and tree.lemma[objects[0]] in ("detail", "comment")
        ):
            return
        if tree.lemma[verb] in ("discuss", "speak", "name", "identify") and tree.lemma[i] not in DECLINE:
            return
        content = [self.trim(*tree.chars(*tree.reach[objects[0]]))] if objects else []
        draft = self._draft(i, content, "refusal", "declines")
        start, end = self._cue(i)
        draft.cue = (start, max(end, tree.tokens[verb].end))
        yield draft

    def _accused(self, i: int) -> Iterator[Draft]:
        tree = self.tree
        roles = self.arguments.of(i)
        inside = [k for o in roles.obj for k in tree.kids(o, "acl", "nmod")]
        deeds = [
            k
            for k in (*tree.kids(i, "advcl", "obl", "xcomp"), *inside)
            if tree.mark(k) == "of" or tree.case(k) == "of"
        ]
        if not deeds or not roles.obj:
            yield from self._quoting(i)
            return
        accused, deed = roles.obj[0], deeds[0]
        if accused > i and accused < deed:
            content = [self.trim(*tree.chars(tree.full_reach(accused)[0], tree.reach[deed][1]))]
        else:
            low, high = tree.name_reach(accused)
            content = [tree.chars(low, high), self.trim(*tree.chars(*tree.reach[deed]))]
        yield self._draft(i, content, "accusation")

    def _quoting(self, i: int) -> Iterator[Draft]:
        """Quoted words inside what another verb governs: 'welcomed the pledge as "historic"'."""
        tree = self.tree
        if not self.quotes or not tree.kids(i, "nsubj") or self.is_cue(i):
            return
        high = tree.reach[i][1]
        start, end = tree.chars(min(i + 1, high - 1), high)
        inside = [q for q in self.quotes_in(start, end) if self._belongs(q, i) and q[0] > tree.tokens[i].end]
        if not inside:
            return
        first = min((tree.reach[k][0] for k in tree.kids(i, "obj", "obl") if k > i), default=i + 1)
        stop = max(inside)[1]
        last = next((t.i for t in tree.doc.sentences[tree.tokens[i].sent] if t.end >= stop), high - 1)
        holder = next((k for k in tree.below[i] if tree.reach[k][0] <= last < tree.reach[k][1]), -1)
        ends = min(tree.chars(*tree.reach[holder])[1] if holder >= 0 else stop, end)
        yield self._draft(i, [self.trim(tree.tokens[first].start, max(stop, ends))], "quotation")

    def _belongs(self, quote: Range, i: int) -> bool:
        """Whether i is the nearest verb with a subject above the quoted words."""
        tree = self.tree
        token = next((t.i for t in tree.doc.sentences[tree.tokens[i].sent] if t.start >= quote[0]), -1)
        if token < 0:
            return False
        nearest = next((p for p in tree.path(token) if tree.upos[p] == "VERB" and tree.kids(p, "nsubj")), -1)
        return nearest == i
