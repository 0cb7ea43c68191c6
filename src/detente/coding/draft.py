"""A reported saying before it is a record, and the words by which sayings are known."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from detente.coding.quotes import Range
from detente.coding.wordsets import words
from detente.text.doc import Attribution

DATELINE = re.compile(
    r"\A\s*(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’ \-/]+(?:, ?[A-Z][\w. ]*)?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"(?: ?\([A-Z][\w /]+\))?)\s?(?:—|–|--|-)\s"
)
# Acts that are done by saying so.
PERFORMED = frozenset(("AGREE", "REQUEST", "REJECT", "ACCUSE", "THREATEN", "SUPPORT", "CONCEDE"))
DENY = frozenset(("deny", "refute", "dispute", "reject", "dismiss", "rebut", "contradict", "disavow"))
CLAIMS = words("claim allegation accusation charge report suggestion rumor rumour assertion statement idea")
UNTRUE = words(
    "baseless false untrue unfounded groundless fabricated fabrication nonsense lie propaganda absurd wrong ridiculous "
    "ludicrous fiction slander slanderous fake invention invented rubbish provocation"
)
DECLINE = frozenset(("decline", "refuse"))
SPEAKING = frozenset(("comment", "confirm", "say", "discuss", "answer", "respond", "elaborate", "speak", "disclose",
                      "identify", "reveal", "provide", "give", "name", "specify"))  # fmt: skip
ACCUSING = frozenset(("accuse", "suspect"))
NAMING = words("call describe term dub label characterize characterise portray acknowledge depict brand")
CHANNEL_NOUNS = words(
    "statement interview speech tweet letter report email e-mail post release press conference briefing address note "
    "message broadcast communique communiqué article video twitter facebook telegram television tv radio parliament "
    "testimony memo readout declaration call telephone website blog"
)
TIMELY = words("later now recently then earlier today yesterday tomorrow previously once already soon when how why "
               "where as tonight immediately")  # fmt: skip
TEXTS = words("statement report document letter briefing memo readout transcript communique communiqué study "
                  "survey poll release filing account cable email dispatch")  # fmt: skip


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
    by: str = "cue"  # what shows it: cue quotation naming noun source relay accusation denial refusal turn signed model
    why: str = ""
    score: float = 1.0
    verbatim: bool = False  # the words themselves, though no marks stand around them: a transcript
    tokens: list[Range] = field(default_factory=list)


def from_model(attribution: Attribution) -> Draft | None:
    """A draft from an attribution that the model found; None if it has no cue and no source."""
    if not attribution.content or not attribution.cue:
        return None
    cue = (attribution.cue[0][0], attribution.cue[0][1])
    source = (attribution.source[0][0], attribution.source[-1][1]) if attribution.source else None
    return Draft(
        cue, list(attribution.content), speaker_range=source, by="model", why="model", score=attribution.score
    )
