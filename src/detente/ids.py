"""Names made from content: the same story has the same id on every machine and in every later version.

An id is a letter and sixteen characters of base32: ``s`` for a story, ``w`` for a statement (somebody's
*word*), ``e`` for an event. They hold 80 bits of BLAKE2b, so that two of a thousand million stories share one
with a probability below one in a million. What goes into an id may never change: tests hold some ids fast.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Iterable

BITS = 80
Ends = tuple[int, int]


def named(letter: str, *parts: str) -> str:
    """Return the id of a sequence of parts; no two sequences are hashed as the same bytes."""
    digest = hashlib.blake2b(digest_size=BITS // 8, person=b"detente")
    for part in parts:
        # Surrogates stand in text that was decoded leniently: they must be hashed, not refused.
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return letter + b32encode(digest.digest()).decode("ascii").lower()


def story_id(raw: str, *, url: str | None = None, guid: str | None = None) -> str:
    """Return the id of a story from its URL, else its guid, else its raw text, before any cleaning.

    Line ends are read as one character, so that a file that passed through another system keeps its id.
    """
    for kind, key in (("url", url), ("guid", guid)):
        if key and key.strip():
            return named("s", kind, key.strip())
    return named("s", "raw", raw.replace("\r\n", "\n").replace("\r", "\n"))


def statement_id(story: str, speaker: Ends | None, cue: Ends | None, content: Iterable[Ends]) -> str:
    """Return the id of a statement from its story's id and the offsets of its speaker, cue and content."""
    return named("w", story, ends(speaker), ends(cue), *map(ends, content))


def event_id(
    story: str, trigger: Ends, type_: str, source: Iterable[Ends], target: Iterable[Ends], word: str | None
) -> str:
    """Return the id of an event from story id, trigger, type, parties and the statement it rests on."""
    parties = ["source", *map(ends, sorted(source)), "target", *map(ends, sorted(target))]
    return named("e", story, ends(trigger), type_, word or "", *parties)


def ends(span: Ends | None) -> str:
    """Return two offsets as text, "" where there is no span."""
    return f"{span[0]}:{span[1]}" if span else ""
