"""Choosing among drafts: what the trees show and what the model read become one list of sayings.

Both are right about most sayings. The model sees whole paragraphs, so that it knows better how far content goes and
where the next saying begins; the trees know layouts, accusations, denials and refusals, and reporting words that the
model passed over. Which of the two decides what, and the thresholds, were measured on the development half of PolNeAR.
"""

from __future__ import annotations

from detente.coding.cues import Cues
from detente.coding.draft import PERFORMED, Draft, from_model
from detente.coding.quotes import Range
from detente.coding.tree import Tree

FLOOR = 0.3  # below this the model's own attributions are not believed
SURE, SURER = 0.5, 0.7  # up to this they are believed if a clause is reported; for verbs that name acts
_SAME = 0.5  # share of common characters from which two contents are one saying
_HOLE = 30  # characters left out in the midst of a content that the model may have overlooked
_NOMINAL = ("NOUN", "PROPN", "PRON", "ADJ", "NUM")


class Choice:
    """Makes one list of the drafts of a text."""

    def __init__(self, tree: Tree, cues: Cues) -> None:
        self.tree, self.cues, self.text = tree, cues, tree.doc.text

    def among(self, drafts: list[Draft]) -> list[Draft]:
        """Drafts read off the trees, with the model's content, and the model's own where trees show none."""
        kept = self._clean(drafts)
        seen: set[int] = set()
        for attribution in self.tree.doc.attributions:
            found = from_model(attribution)
            if found is None or found.score < FLOOR:
                continue
            self._heads(found)
            if not found.content:
                continue
            rivals = [one for one in kept if self._same(found, one)]
            seen |= {id(one) for one in rivals}
            for one in rivals:
                self._lend_speaker(found, one)
            if rivals:
                self._lend_content(found, rivals[0])
            elif self._wanted(found):
                kept.append(found)
        kept = [one for one in kept if one.by != "quotation" or id(one) in seen or self._speaks(one)]
        self._continue(kept)
        for draft in kept:
            draft.content = self._whole(draft)
        self._part(kept)
        return sorted(kept, key=lambda d: (d.cue, d.content))

    def quoted(self, draft: Draft) -> bool:
        """Whether a draft's content holds a quotation."""
        return any(_within(quote, draft.content) for quote in self.cues.quotes)

    # --- what the trees show ------------------------------------------------------------------------------------

    def _clean(self, drafts: list[Draft]) -> list[Draft]:
        """Drafts with content whose cue stands outside it, and loose quoted words that no other saying covers."""
        for draft in drafts:
            draft.content = [(a, b) for a, b in draft.content if a < b]
        # "held by the authorities" inside a quotation reports nothing: no cue stands within its own content
        kept = [
            draft
            for draft in drafts
            if not any(a <= draft.cue[0] and draft.cue[1] <= b for a, b in draft.content)
            and (draft.content or draft.stance == "declines")
        ]
        return [d for d in kept if d.by != "quotation" or not any(_covers(o, d) for o in kept if o is not d)]

    def _speaks(self, draft: Draft) -> bool:
        """Whether a verb that no list of reporting words has may say what is quoted beside it: an act of speech."""
        frames, lemma = self.cues.lexicon.frames, self.tree.lemma[draft.verb]
        return any(row.type in PERFORMED for row in frames.get((lemma, "VERB"), ()))

    # --- what the model read ------------------------------------------------------------------------------------

    def _heads(self, draft: Draft) -> None:
        """Find the head of the speaker that the model marked, and make its content whole."""
        draft.content = self._mended(draft)
        draft.verb = self._token_in(draft.cue)
        if draft.speaker_range:
            draft.speaker = self.cues.head_in(*draft.speaker_range)
            if draft.speaker >= 0:
                draft.speaker_range = self.cues.phrase(draft.speaker, draft.verb)

    def _mended(self, draft: Draft) -> list[Range]:
        """The model's content with the holes filled that neither a cue, a speaker nor a paragraph's end makes."""
        between = [draft.cue, *([draft.speaker_range] if draft.speaker_range else ())]
        found: list[Range] = []
        for start, end in sorted(draft.content):
            low = found[-1][1] if found else start
            beside = max(end - start, low - found[-1][0]) if found else 0
            close = found and start - low <= min(_HOLE, beside) and "\n" not in self.text[low:start]
            if close and not any(_touch((low, start), span) for span in between):
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
        trimmed = [(a, b) for a, b in (self.cues.trim(*span) for span in found) if a < b]
        return [(a, b) for a, b in trimmed if b - a > 6] or trimmed

    def _same(self, found: Draft, other: Draft) -> bool:
        """Whether the model and the trees mean one saying: one cue, or mostly the same content."""
        if _touch(found.cue, other.cue):
            return True
        whole = min(found.content)[0], max(b for _, b in found.content)
        return (
            any(_touch(whole, span) for span in other.content)
            and common(found.content, other.content) >= _SAME
        )

    def _lend_speaker(self, found: Draft, draft: Draft) -> None:
        """Take the model's speaker where the tree shows none."""
        bad = draft.speaker < 0 or self.tree.upos[draft.speaker] not in _NOMINAL
        if bad and found.speaker_range and _touch(draft.cue, found.cue):
            draft.speaker, draft.speaker_range = found.speaker, found.speaker_range

    def _lend_content(self, found: Draft, draft: Draft) -> None:
        """Take the model's content, unless it is a mere part of a clause that the tree shows whole."""
        if draft.by not in ("cue", "naming", "quotation") or not _touch(draft.cue, found.cue):
            return
        part = all(_within(span, draft.content) for span in found.content)
        if draft.by != "cue" or not part or self.quoted(found):
            draft.content = list(found.content)

    def _wanted(self, draft: Draft) -> bool:
        """Whether what the model alone found is a saying: quoted, or claimed.

        Asking, promising or condemning without quotation is an act, not a statement (codebook, section 10). So verbs
        of acts must be surer than others, and no noun of an act may head the content: "issued an ultimatum".
        """
        if draft.verb < 0 or self.quoted(draft):
            return draft.verb >= 0
        tree, frames = self.tree, self.cues.lexicon.frames
        heads = [head for span in draft.content if (head := self.cues.head_in(*span)) >= 0]
        if any(tree.rel[k].startswith(("nsubj", "csubj")) for head in heads for k in tree.below[head]):
            return True
        lemma = tree.lemma[draft.verb]
        act = (lemma, "VERB") in frames or (lemma, "NOUN") in frames
        named = any((tree.lemma[head], "NOUN") in frames for head in heads[:1])
        return not named and draft.score > (SURER if act else SURE)

    def _token_in(self, span: Range) -> int:
        """The reporting word of a cue span: its verb, else its first token."""
        inside = self.cues.tokens_in(*span)
        return next((i for i in inside if self.tree.upos[i] == "VERB"), inside[0] if inside else -1)

    # --- how far content goes -----------------------------------------------------------------------------------

    def _whole(self, draft: Draft) -> list[Range]:
        """Content inside a quotation that the cue stands outside of is all of that quotation, however long it is."""
        found: list[Range] = []
        for start, end in draft.content:
            around = next((q for q in self.cues.quotes if q[0] <= start and end <= q[1]), None)
            if around and not around[0] <= draft.cue[0] < around[1]:
                start, end = around
            if (start, end) not in found:
                found.append((start, end))
        return found

    def _part(self, drafts: list[Draft]) -> None:
        """End a content where its own speaker says the next thing: "said that … and called it …"."""
        for draft in drafts:
            spoken = [
                one.cue[0] for one in drafts
                if one.cue[0] > draft.cue[1] and one.speaker_range and one.speaker_range == draft.speaker_range
            ]  # fmt: skip
            for at, (start, end) in enumerate(draft.content):
                cut = min((cue for cue in spoken if start < cue < end), default=end)
                words = self.cues.tokens_in(start, cut) if cut < end else range(0)
                if words and self.tree.lower[words[-1]] in ("and", "but", ","):
                    draft.content[at] = self.cues.trim(start, self.tree.tokens[words[-1]].start)

    def _continue(self, drafts: list[Draft]) -> None:
        """A sentence that opens with quoted words and names no speaker goes on with the one before it."""
        covered = sorted(span for draft in drafts for span in draft.content)
        for quote in self.cues.quotes:
            if any(a < quote[1] and quote[0] < b for a, b in covered):
                continue
            sentence = next(
                (s for s in self.tree.doc.sentences if s and s[0].start <= quote[0] < s[-1].end), None
            )
            if sentence is None or quote[0] - sentence[0].start > 2:
                continue
            if any(a < sentence[-1].end and sentence[0].start < b for d in drafts for a, b in (d.cue,)):
                continue
            before = [d for d in drafts if d.cue[0] < quote[0] and d.content and self.quoted(d)]
            gap = self.text[max(before[-1].cue[1], before[-1].content[-1][1]) : quote[0]] if before else ""
            if before and len(gap) < 80 and gap.count("\n\n") <= 1:
                end = quote[1] if quote[1] >= sentence[-1].end - 1 else sentence[-1].end
                before[-1].content.append(self.cues.trim(sentence[0].start, end))


def common(one: list[Range], other: list[Range]) -> float:
    """Common characters over all characters of two contents."""
    mine, theirs = _joined(one), _joined(other)
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in mine for c, d in theirs)
    return both / ((sum(b - a for a, b in (*mine, *theirs)) - both) or 1)


def _joined(ranges: list[Range]) -> list[Range]:
    """Ranges in order, overlapping ones joined."""
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _covers(outer: Draft, inner: Draft) -> bool:
    return _within(inner.cue, outer.content)


def _touch(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _within(span: Range, content: list[Range]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in content)
