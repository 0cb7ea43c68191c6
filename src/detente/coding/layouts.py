"""Speech shown by layout alone: the turns of a transcript ("MS. HALE: …"), and quotations signed after a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from detente.coding.draft import Draft
from detente.coding.quotes import Range
from detente.coding.stretches import Stretches
from detente.coding.titles import HEADS, HONORIFICS
from detente.coding.tree import Tree
from detente.coding.wordsets import words
from detente.lexicon import Lexicon
from detente.lexicon.who import FORMER
from detente.records import Actor

_LABEL = r"(?P<label>(?:[A-Z][\w.'’-]{0,20})(?: [A-Z][\w.'’-]{0,20}){0,5})"
_TURN = re.compile(rf"^[ \t“\"]{{0,4}}{_LABEL}(?: ?\([^()\n]{{1,60}}\))?(?P<colon>:)[ \t]+(?=\S)|"
                   r"^(?P<asked>Q)(?:[ \t]+)(?=[A-Z“\"])", re.M)  # fmt: skip
_PARAGRAPH = re.compile(r"[^\n]+")
_SIGNED = re.compile(r"\s{0,3}(?P<dash>—|–|―|--?)\s?(?P<name>[A-Z][^\n—–―:;!?]{1,80}?)\s*$", re.M)
_TURNS = 2  # one label alone may be a heading
_LONG = 4  # paragraphs of a speech that nobody else takes up
_PRESS = words("q question reporter press media journalist")
_STAFF = words("official spokesperson spokesman spokeswoman administration department secretary")
_ASKING = words(
    "q a question answer moderator operator participant speaker audience host interviewer reporter press"
)


class Layouts(Stretches):
    """Finds drafts that no reporting word introduces."""

    def __init__(self, tree: Tree, lexicon: Lexicon, on: str | None) -> None:
        super().__init__(tree)
        self.lexicon, self.on = lexicon, on

    def drafts(self) -> Iterator[Draft]:
        """Turns and signed quotations, in no particular order."""
        for draft in (*self._turns(), *self._signed()):
            draft.speaker = self.head_in(*draft.speaker_range) if draft.speaker_range else -1
            yield draft

    def _turns(self) -> Iterator[Draft]:
        """One draft for each turn of a dialogue; a paragraph without a label goes on with the turn before it."""
        labels = {match.start(): match for match in _TURN.finditer(self.text) if self._speaks(match)}
        if len(labels) < _TURNS and not any(map(self._speech, labels.values())):
            return
        turn: Draft | None = None
        for paragraph in _PARAGRAPH.finditer(self.text):
            start = paragraph.start()
            if label := labels.get(start):
                turn = self._opened(label)
                start = label.end()
                yield turn
            if turn is not None:
                span = self.trim(start, paragraph.end())
                turn.content += [span] if span[0] < span[1] else []

    def _speech(self, label: re.Match[str]) -> bool:
        """Whether a whole speech stands under a label in capitals: "THE PRESIDENT: Good afternoon. …"."""
        name = label["label"] or ""
        return name.isupper() and len(_PARAGRAPH.findall(self.text, label.end())) >= _LONG

    def _opened(self, label: re.Match[str]) -> Draft:
        name, cue = ("asked", "asked") if label["asked"] else ("label", "colon")
        return Draft(
            label.span(cue),
            [],
            speaker_range=label.span(name),
            by="turn",
            why="turn in a dialogue",
            verbatim=True,
        )

    def _speaks(self, match: re.Match[str]) -> bool:
        """Whether a label names somebody who can speak: a title, an office, a known name, a name met in the text."""
        if match["asked"]:
            return True
        label = match["label"]
        if not label.isupper() and not self.text[: match.start()].strip():
            return False  # the headline of a story: "Pence: No deal"
        parts = label.split()
        if any(part.lower().rstrip(".") in _ASKING or self._styled(part) for part in parts):
            return True
        spoken = label.title() if label.isupper() else label
        return bool(self.lexicon.who(spoken, self.on)) or parts[-1].lower() in self._people()

    def _styled(self, word: str) -> bool:
        """Whether a word of a label is a title or calls a person: MR, SECRETARY, OFFICIAL."""
        plain = word.rstrip(".")
        if plain.lower() in HONORIFICS:
            return True
        return plain.capitalize() in self.lexicon.titles or self.lexicon.agent(plain.lower()) is not None

    def _people(self) -> set[str]:
        """The last words of the persons' names that the encoder found."""
        tree = self.tree
        return {tree.lower[one.end - 1] for one in tree.doc.entities if one.label == "PER"}

    def _signed(self) -> Iterator[Draft]:
        """ "…" — Name: a quotation that opens its paragraph, and at the paragraph's end a dash and who said it."""
        for start, end in self.quotes:
            if start and self.text[start - 1] not in "\n\r":
                continue
            match = _SIGNED.match(self.text, end)
            if match and len(match["name"].split()) <= 12:
                yield Draft(
                    match.span("dash"),
                    [self.trim(start, end)],
                    speaker_range=self._name(match),
                    by="signed",
                    why="signed",
                )

    def _name(self, match: re.Match[str]) -> Range:
        start, end = match.span("name")
        return start, start + len(self.text[start:end].rstrip(" .,"))


def labelled(label: str, lexicon: Lexicon, on: str | None, issuer: Actor | None) -> Actor | None:
    """Return who bears the label of a turn; None if that cannot be told.

    A name that the lexicon knows; the holder of an office of the issuer ("THE PRESIDENT"); whoever asks is of the
    press; an official with a plain title ("MR. HALE") is the issuer's; under another rank the lexicon has to know him.
    """
    shown = label.title() if label.isupper() else label
    parts = [part for part in shown.split() if part.lower().rstrip(".") not in HONORIFICS | {"the"}]
    name = " ".join(parts)
    if len(parts) == 1 and parts[0].lower() in _PRESS:
        return Actor("press", None, "JRN", kind="group")
    found = [actor for actor in lexicon.who(name, on) if actor.kind == "person"]
    if found:
        return found[0]
    if issuer is None or not issuer.country:
        return None
    role = HEADS.get(name.lower())
    if role:
        return lexicon.holder(issuer.country, role, on)
    plain = label.split()[0].lower().rstrip(".") in HONORIFICS or bool(
        _STAFF & {part.lower() for part in parts}
    )
    if plain:
        return Actor(name, issuer.country, issuer.sector, kind="person")
    return _officer(parts[-1], issuer.country, lexicon, on) if len(parts) > 1 else None


def _officer(surname: str, country: str, lexicon: Lexicon, on: str | None) -> Actor | None:
    """The one officer of a state with a surname that news would not use alone: "AMBASSADOR THOMAS-GREENFIELD"."""
    found = [
        actor
        for name in _by_surname(lexicon, country).get(surname.lower(), ())
        for actor in lexicon.who(name, on)
        if actor.office and not actor.office.startswith(FORMER)
    ]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=16)
def _by_surname(lexicon: Lexicon, country: str) -> Mapping[str, tuple[str, ...]]:
    """The persons of a state by the last word of their names, in lower case."""
    found: dict[str, tuple[str, ...]] = {}
    for name, person in lexicon.persons.items():
        if person.country == country:
            last = name.split()[-1].lower()
            found[last] = (*found.get(last, ()), name)
    return found
