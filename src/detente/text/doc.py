"""The parsed text: scratch paper that never leaves the coding rooms.

A Doc holds what one pass of the encoder found in one story: sentences of Universal Dependencies tokens,
PropBank-style frames, named entities and attributions. Token indices run through the whole document unless a
field says otherwise; character offsets are into ``Doc.text``, half open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple


class Token(NamedTuple):
    """One syntactic word of a sentence (Universal Dependencies v2, English)."""

    text: str
    start: int  # character offset in the text
    end: int
    lemma: str
    upos: str  # universal part of speech
    feats: Mapping[str, str]  # morphological features, e.g. {"Tense": "Past"}
    head: int  # index of the head token within the sentence, -1 for the root
    deprel: str  # relation to the head, subtype included ("nsubj:pass")
    i: int = 0  # index in the whole document
    sent: int = 0  # number of the sentence


@dataclass(frozen=True, slots=True)
class Argument:
    """A labelled stretch of tokens that plays a role in a frame (PropBank roles: ARG0, ARG1, ARGM-TMP …)."""

    role: str
    start: int  # token index in the whole document
    end: int  # half open


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate with its arguments."""

    predicate: int  # token index in the whole document
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: PER, ORG, LOC, PARTY, EVENT or MISC."""

    label: str
    start: int  # token index in the whole document
    end: int  # half open


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words given to somebody: source, cue and content as character spans (PolNeAR's scheme)."""

    cue: tuple[tuple[int, int], ...]
    source: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    score: float = 1.0


@dataclass(frozen=True)
class Doc:
    """A text with everything that one pass of the encoder found in it."""

    text: str
    sentences: tuple[tuple[Token, ...], ...]
    frames: tuple[Frame, ...] = ()
    entities: tuple[Entity, ...] = ()
    attributions: tuple[Attribution, ...] = field(default=())

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """All tokens in order."""
        return tuple(token for sentence in self.sentences for token in sentence)

    def head(self, token: Token) -> Token | None:
        """The token's head, or None for the root of a sentence."""
        return self.sentences[token.sent][token.head] if token.head >= 0 else None
