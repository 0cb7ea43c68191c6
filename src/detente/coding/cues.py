"""Where the text says that somebody says something: drafts of statements, read off trees, quotation marks and the model.

A draft holds token and character ranges only; `statements` turns drafts into records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from detente.coding.dates import WEEKDAYS
from detente.coding.roles import Arguments
from detente.coding.tree import Tree
from detente.lexicon import Lexicon
from detente.text.doc import Attribution

Range = tuple[int, int]
OPEN, CLOSE = "“\"", "”\""
QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|“[^”\n]*$", re.M)
DATELINE = re.compile(
    r"\A\s*(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’ \-/]+(?:, ?[A-Z][\w. ]*)?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?(?: ?\([A-Z][\w /]+\))?)\s?(?:—|–|--|-)\s"
)
DENY = frozenset(("deny", "refute", "dispute", "reject", "dismiss", "rebut", "contradict", "disavow"))
CLAIMS = frozenset("claim allegation accusation charge report suggestion rumor rumour assertion statement idea".split())
DECLINE = frozenset(("decline", "refuse"))
SPEAKING = frozenset(("comment", "confirm", "say", "discuss", "answer", "respond", "elaborate", "speak", "disclose",
                      "identify", "reveal", "provide", "give", "name", "specify"))  # fmt: skip
ACCUSING = frozenset(("accuse", "suspect"))
NAMING = frozenset("call describe term dub label characterize characterise portray acknowledge depict brand".split())
CHANNEL_NOUNS = frozenset(
    "statement interview speech tweet letter report email e-mail post release press conference briefing address note "
    "message broadcast communique communiqué article video twitter facebook telegram television tv radio parliament "
    "testimony memo readout declaration call telephone website blog".split()
)
TEXTS = frozenset("statement report document letter briefing memo readout transcript communique communiqué study "
                  "survey poll release filing account cable email dispatch".split())  # fmt: skip


@dataclass(slots=True)
class Draft:
    """One reported saying, before it is a record."""

    cue: Range  # characters
    content: list[Range]
    speaker: int = -1  # head token, -1 if nobody is named
    speaker_range: Range | None = None
    stance: str = "asserts"
    verb: int = -1  # token of the reporting word
    channel: str | None = None
    addressee: int = -1
    why: str = ""
    score: float = 1.0
    tokens: list[Range] = field(default_factory=list)


class Cues:
    """Finds drafts."""

    def __init__(self, tree: Tree, arguments: Arguments, lexicon: Lexicon) -> None:
        self.tree, self.arguments, self.lexicon = tree, arguments, lexicon
        self.text = tree.doc.text
        self.quotes: list[Range] = [m.span() for m in QUOTED.finditer(self.text) if m.end() - m.start() > 2]
        dateline = DATELINE.match(self.text)
        self.body = dateline.end() if dateline else 0

    def drafts(self) -> list[Draft]:
        """Every saying that the trees show, in order of their cues."""
        found: list[Draft] = []
        for i, upos in enumerate(self.tree.upos):
            if self.tree.lower[i] == "according":
                found += self._according(i)
            elif upos == "VERB":
                found += self._verb(i)
            elif upos in ("NOUN", "PROPN"):
                found += self._noun(i)
        return sorted(found, key=lambda d: d.cue)

    def is_cue(self, i: int) -> bool:
        """Whether a token is a word that reports speech or thought with a clause."""
        return self.tree.lemma[i] in self.lexicon.cues

    # --- verbs ---------------------------------------------------------------------------------------------------

    def _verb(self, i: int) -> Iterator[Draft]:
        tree = self.tree
        lemma = tree.lemma[i]
        if lemma == "accord" and tree.lower[i] == "according":
            return
        if lemma == "cite" and tree.rel[i] in ("advcl", "parataxis", "conj", "acl"):
            yield from self._citing(i)
        elif lemma in DECLINE or (lemma in ("comment", "confirm") and self._negated(i)):
            yield from self._declined(i)
        elif lemma in DENY:
            yield from self._denied(i)
        elif lemma in ACCUSING:
            yield from self._accused(i)
        elif lemma in NAMING and (named := self._named_as(i)):
            yield self._draft(i, [named], "asserts", f"naming {lemma}")
        elif self.is_cue(i) and tree.particle(i) < 0:
            yield from self._said(i)
        else:
            yield from self._quoting(i)

    def _negated(self, i: int) -> bool:
        return any(self.tree.lower[k] in ("not", "n't", "n’t", "never") for k in self.tree.kids(i, "advmod"))

    def _said(self, i: int) -> Iterator[Draft]:
        tree = self.tree
        content = self._before(i) or self._content(i)
        if not content:
            yield from self._quoting(i)
            return
        row = self.lexicon.cues[tree.lemma[i]]
        quoted = any(a < end and start < b for a, b in self.quotes for start, end in content)
        if self._unreal(i) or (row is not None and row.get("strength") == "quote" and not quoted):
            return
        yield self._draft(i, content, "asserts", f"cue {tree.lemma[i]}")

    def _before(self, i: int) -> list[Range]:
        """"…, Bonn said.": all that stands before the comma, where the reporting words end the sentence."""
        tree = self.tree
        sentence = tree.doc.sentences[tree.tokens[i].sent]
        subjects = tree.kids(i, "nsubj")
        if not subjects or tree.lemma[i] not in ("say", "tell", "add", "report", "announce"):
            return []
        low = min(i, tree.reach[subjects[0]][0])
        commas = [k for k in range(max(sentence[0].i, low - 3), min(low + 1, i)) if tree.lower[k] in (",", "”", '"')]
        rest = range(max(i, subjects[0]) + 1, sentence[-1].i + 1)
        if not commas or any(tree.upos[k] in ("VERB", "AUX", "SCONJ") or tree.lower[k] in (",", '"', "“") for k in rest):
            return []
        if commas[0] - sentence[0].i < 3 or tree.lower[sentence[0].i] in ("in", "on", "at", "after", "as"):
            return []
        return [self.trim(sentence[0].start, tree.tokens[commas[-1]].end if tree.lower[commas[-1]] != "," else tree.tokens[commas[-1]].start)]

    def _unreal(self, i: int) -> bool:
        """A saying that is asked for, possible or denied is no statement."""
        tree = self.tree
        helpers = {tree.lemma[k] for k in tree.kids(i, "aux")}
        return bool(helpers & {"may", "might", "could", "should", "must", "can", "to"}) or self._negated(i) or (
            tree.rel[i] in ("xcomp", "acl") and tree.mark(i) == "to"
        )

    def _draft(self, i: int, content: list[Range], stance: str, why: str) -> Draft:
        draft = Draft(self._cue(i), content, stance=stance, verb=i, why=why)
        self._who(draft, i)
        self._hearer(draft, i)
        return draft

    def _who(self, draft: Draft, i: int) -> None:
        subjects = self.arguments.of(i).subj
        direct = self.tree.kids(i, "nsubj")
        head = direct[0] if direct and self.tree.rel[direct[0]] == "nsubj" else subjects[0] if subjects else -1
        if head >= 0:
            draft.speaker = head
            start, end = self.phrase(head, i)
            for kid in self.tree.kids(i, "obl"):  # "police in Jammu said", its place read as the verb's
                first, last = self.tree.reach[kid]
                near = head < first and last <= i and self.text[end : self.tree.tokens[first].start].strip() == ""
                if near and self.tree.case(kid) in ("in", "of", "from", "at") and self.tree.lower[kid] not in WEEKDAYS:
                    end = self.tree.tokens[last - 1].end
            draft.speaker_range = (start, end)

    def phrase(self, head: int, verb: int = -1) -> Range:
        """Characters of a whole noun phrase as it is printed, without loose relative clauses and times."""
        tree = self.tree
        low, high = tree.full_reach(head)
        for kid in tree.below[head]:
            first, last = tree.reach[kid]
            loose = tree.rel[kid].endswith("relcl") and first > 0 and tree.lower[max(first - 1, 0)] in (",", "—")
            inner_comma = tree.rel[kid].endswith("relcl") and tree.lower[first] == ","
            timely = tree.rel[kid].startswith(("nmod", "obl")) and tree.lower[kid] in WEEKDAYS
            if (loose or inner_comma or timely) and kid > head:
                high = min(high, first - 1 if loose else first)
            elif first <= verb < last and kid > head:
                high = min(high, first)
        if low <= verb < high:
            low, high = tree.name_reach(head)
        if low > 0 and tree.lower[low - 1] in ("the", "a", "an") and tree.tokens[low - 1].sent == tree.tokens[low].sent:
            low -= 1
        return tree.chars(low, max(high, head + 1))

    def _content(self, i: int) -> list[Range]:
        """What a reporting verb reports: its clause, else the sentence that it is slipped into, else quoted words."""
        tree = self.tree
        for kid in tree.below[i]:
            if tree.rel[kid] == "ccomp" and not self._asks(kid):
                return self._stretch(kid, i)
        if tree.rel[i] == "parataxis" and tree.above[i] >= 0:
            return self._around(tree.above[i], i)
        own = tree.reach[i]
        quotes = self._quotes_in(*tree.chars(*own)) or self._quotes_in(*self._sentence(i))
        if quotes and not tree.kids(i, "obj") and tree.lemma[i] not in ("call",):
            return quotes
        return []

    def _named_as(self, i: int) -> Range | None:
        """"called the trip a private mission", "described the talks as useful"."""
        tree = self.tree
        objects = [k for k in tree.kids(i, "obj") if k > i]
        pair = [k for k in tree.kids(i, "xcomp") if not tree.mark(k) and tree.upos[k] != "VERB"]
        pair += [k for k in tree.kids(i, "obl", "advcl") if tree.case(k) == "as" or tree.mark(k) == "as"]
        if not pair or not objects or tree.particle(i) >= 0 or pair[-1] < objects[0] or self._unreal(i):
            return None
        return self.trim(*tree.chars(tree.reach[objects[0]][0], tree.reach[pair[-1]][1]))

    def _asks(self, kid: int) -> bool:
        tree = self.tree
        return tree.mark(kid) == "to" and not tree.kids(kid, "nsubj")

    def _sentence(self, i: int) -> Range:
        sentence = self.tree.doc.sentences[self.tree.tokens[i].sent]
        return sentence[0].start, sentence[-1].end

    def _quotes_in(self, start: int, end: int) -> list[Range]:
        return [(a, b) for a, b in self.quotes if start - 2 <= a and b <= end + 2]

    def _stretch(self, kid: int, verb: int) -> list[Range]:
        """Characters of a reported clause, without the reporting clause if that is slipped into it."""
        tree = self.tree
        low, high = tree.reach[kid]
        if low <= verb < high:
            return self._around(kid, verb)
        if verb > kid:
            first = tree.doc.sentences[tree.tokens[kid].sent][0].i
            if tree.rel[verb] == "root":
                low = first
        return [self.trim(*tree.chars(low, high))]

    def _around(self, top: int, verb: int) -> list[Range]:
        """A clause minus the reporting words that interrupt or follow it."""
        tree = self.tree
        low, high = tree.reach[top]
        out_low, out_high = self._own_reach(verb, top)
        pieces = [(low, out_low), (out_high, high)]
        found = [self.trim(*tree.chars(a, b)) for a, b in pieces if b > a]
        return [(a, b) for a, b in found if b - a > 3 and re.search(r"\w", self.text[a:b])]

    def _own_reach(self, verb: int, top: int) -> Range:
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

    def _cue(self, i: int) -> Range:
        """Characters of the verb group, with "in a statement" where it follows at once."""
        tree = self.tree
        low = high = i
        for kid in tree.below[i]:
            rel = tree.rel[kid].partition(":")[0]
            if rel in ("aux", "compound") and (kid < i or tree.rel[kid] == "compound:prt") and abs(kid - i) <= 4:
                if not any(tree.rel[k].startswith("nsubj") for k in tree.below[i] if min(kid, i) < k < max(kid, i)):
                    low, high = min(low, kid), max(high, kid)
        for kid in tree.kids(i, "obl"):
            if tree.lemma[kid] in CHANNEL_NOUNS and tree.reach[kid][0] == high + 1:
                high = kid
        return tree.chars(low, high + 1)

    def _hearer(self, draft: Draft, i: int) -> None:
        tree = self.tree
        for kid in tree.kids(i, "iobj", "obj"):
            if tree.lemma[i] in ("tell", "inform", "assure", "remind", "warn", "ask"):
                draft.addressee = kid
        for kid in tree.kids(i, "obl"):
            if tree.lemma[kid] in CHANNEL_NOUNS and tree.case(kid) in ("in", "on", "at", "via", "to", "by", "through"):
                start, end = tree.chars(tree.reach[kid][0], kid + 1)
                draft.channel = self.text[start:end]
            elif tree.case(kid) == "to" and draft.addressee < 0 and tree.lemma[i] in ("say", "explain", "announce"):
                draft.addressee = kid

    # --- stance, accusation, quotation without a reporting verb ---------------------------------------------------------

    def _denied(self, i: int) -> Iterator[Draft]:
        tree = self.tree
        clauses = tree.kids(i, "ccomp", "xcomp", "advcl")
        clauses = [k for k in clauses if k > i and (tree.lower[k].endswith("ing") or tree.rel[k] != "advcl")]
        objects = [k for k in self.arguments.of(i).obj if k > i]
        deny = tree.lemma[i] in ("deny", "refute", "disavow")
        if clauses and (deny or tree.rel[clauses[0]] == "ccomp"):
            yield self._draft(i, self._stretch(clauses[0], i), "denies", f"denial {tree.lemma[i]}")
        elif objects and (deny or tree.lemma[objects[0]] in CLAIMS) and not self._negated(i):
            content = [self.trim(*tree.chars(*tree.reach[objects[0]]))]
            yield self._draft(i, content, "denies", f"denial {tree.lemma[i]}")
        else:
            yield from self._quoting(i)

    def _declined(self, i: int) -> Iterator[Draft]:
        tree = self.tree
        inner = next((k for k in tree.kids(i, "xcomp") if tree.lemma[k] in SPEAKING), -1)
        verb = i if tree.lemma[i] not in DECLINE else inner
        if verb < 0 or (tree.lemma[i] in DECLINE and inner < 0):
            yield from self._quoting(i)
            return
        objects = tree.kids(verb, "obj", "ccomp")
        if tree.lemma[verb] in ("provide", "give") and not (objects and tree.lemma[objects[0]] in ("detail", "comment")):
            return
        if tree.lemma[verb] in ("discuss", "speak", "name", "identify") and tree.lemma[i] not in DECLINE:
            return
        content = [self.trim(*tree.chars(*tree.reach[objects[0]]))] if objects else []
        draft = self._draft(i, content, "declines", "refusal to say")
        start, end = self._cue(i)
        draft.cue = (start, max(end, tree.tokens[verb].end))
        yield draft

    def _accused(self, i: int) -> Iterator[Draft]:
        tree = self.tree
        roles = self.arguments.of(i)
        inside = [k for o in roles.obj for k in tree.kids(o, "acl", "nmod")]
        deeds = [k for k in (*tree.kids(i, "advcl", "obl", "xcomp"), *inside) if tree.mark(k) == "of" or tree.case(k) == "of"]
        if not deeds or not roles.obj:
            yield from self._quoting(i)
            return
        accused, deed = roles.obj[0], deeds[0]
        if accused > i and accused < deed:
            content = [self.trim(*tree.chars(tree.full_reach(accused)[0], tree.reach[deed][1]))]
        else:
            low, high = tree.name_reach(accused)
            content = [tree.chars(low, high), self.trim(*tree.chars(*tree.reach[deed]))]
        yield self._draft(i, content, "asserts", f"accusation {tree.lemma[i]}")

    def _quoting(self, i: int) -> Iterator[Draft]:
        """Quoted words inside what another verb governs: 'welcomed the pledge as "historic"'."""
        tree = self.tree
        if not self.quotes or not tree.kids(i, "nsubj") or self.is_cue(i):
            return
        low, high = tree.reach[i]
        start, end = tree.chars(min(i + 1, high - 1), high)
        inside = [q for q in self._quotes_in(start, end) if self._belongs(q, i) and q[0] > tree.tokens[i].end]
        if not inside:
            return
        first = min((tree.reach[k][0] for k in tree.kids(i, "obj", "obl") if k > i), default=i + 1)
        stop = max(inside)[1]
        last = next((t.i for t in tree.doc.sentences[tree.tokens[i].sent] if t.end >= stop), high - 1)
        holder = next((k for k in tree.below[i] if tree.reach[k][0] <= last < tree.reach[k][1]), -1)
        ends = min(tree.chars(*tree.reach[holder])[1] if holder >= 0 else stop, end)
        yield self._draft(i, [self.trim(tree.tokens[first].start, max(stop, ends))], "asserts", "quoted words")

    def _belongs(self, quote: Range, i: int) -> bool:
        """Whether i is the nearest verb with a subject above the quoted words."""
        tree = self.tree
        token = next((t.i for t in tree.doc.sentences[tree.tokens[i].sent] if t.start >= quote[0]), -1)
        if token < 0:
            return False
        nearest = next((p for p in tree.path(token) if tree.upos[p] == "VERB" and tree.kids(p, "nsubj")), -1)
        return nearest == i

    # --- nouns: "according to", "citing", "a charge that" -----------------------------------------------------------

    def _noun(self, i: int) -> Iterator[Draft]:
        tree = self.tree
        if tree.lemma[i] in CLAIMS:
            clauses = [k for k in tree.kids(i, "acl", "ccomp") if tree.mark(k) == "that" and not tree.rel[k].endswith("relcl")]
            owners = [k for k in tree.below[i] if tree.case(k) in ("by", "from") or tree.rel[k] == "nmod:poss"]
            owners += [k for k in self.arguments.of(i).amod if self.arguments.is_party(k)]
            if clauses and owners:
                content = [self.trim(*tree.chars(*tree.reach[clauses[0]]))]
                token = tree.tokens[i]
                yield Draft((token.start, token.end), content, owners[0], self.phrase(owners[0]), verb=i, why=f"noun {token.lemma}")

    def _according(self, case: int) -> Iterator[Draft]:
        """"according to X": X is the head of "according" or of "to", or hangs on either."""
        tree = self.tree
        to = case + 1
        if to >= len(tree.tokens) or tree.lower[to] != "to":
            return
        options = [tree.above[case], tree.above[to], *tree.kids(case, "obl", "obj", "nmod"), *tree.kids(to, "obl", "obj")]
        i = next((k for k in options if k > to and tree.upos[k] in ("NOUN", "PROPN", "PRON", "NUM")), -1)
        if i < 0:
            return
        start, end = tree.tokens[case].start, tree.tokens[to].end
        speaker, cue_end = i, end
        if tree.lemma[i] in TEXTS:
            maker = self._maker(i)
            if maker >= 0:
                speaker, cue_end = maker, tree.tokens[tree.full_reach(maker)[0]].start
        clause = tree.above[case] if tree.above[case] != i else tree.above[i]
        content = self._around_phrase(clause, case, max(tree.reach[i][1], to + 1)) if clause >= 0 else []
        yield Draft((start, len(self.text[:cue_end].rstrip())), content, speaker, self.phrase(speaker), verb=i, why="according to")

    def _maker(self, i: int) -> int:
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

    def _around_phrase(self, clause: int, low: int, high: int) -> list[Range]:
        """The clause that an "according to" phrase hangs on, without that phrase."""
        tree = self.tree
        top = clause
        while tree.above[top] >= 0 and tree.rel[top] not in ("ccomp", "root", "parataxis") and not (
            tree.rel[top] == "conj" and tree.kids(top, "nsubj") and low < top
        ):
            top = tree.above[top]
        first, last = tree.reach[top]
        first = next((k + 1 for k in tree.below[top] if tree.rel[k] == "mark" and tree.lower[k] == "that"), first)
        found = [self.trim(*tree.chars(a, b)) for a, b in ((first, low), (high, last)) if b > a]
        return [(a, b) for a, b in found if b - a > 3 and re.search(r"\w", self.text[a:b])]

    def _citing(self, i: int) -> Iterator[Draft]:
        tree = self.tree
        objects = tree.kids(i, "obj")
        head = tree.above[i]
        if not objects or head < 0:
            return
        maker = self._maker(objects[0]) if tree.lemma[objects[0]] in TEXTS else -1
        speaker = maker if maker >= 0 else objects[0]
        content = self._content(head) if self.is_cue(head) else self._around_phrase(head, *tree.reach[i])
        end = len(self.text[: tree.tokens[tree.full_reach(speaker)[0]].start].rstrip())
        yield Draft((tree.tokens[i].start, end), content, speaker, self.phrase(speaker), verb=i, why="citing")


def from_model(attribution: Attribution) -> Draft | None:
    """A draft from an attribution that the model found; None if it has no cue and no source."""
    if not attribution.content or not attribution.cue:
        return None
    cue = (attribution.cue[0][0], attribution.cue[0][1])
    source = (attribution.source[0][0], attribution.source[-1][1]) if attribution.source else None
    return Draft(cue, list(attribution.content), speaker_range=source, why="model", score=attribution.score)
