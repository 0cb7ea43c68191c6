"""From raw input to Story: text, HTML, feeds, JSON, tables and web archives, packed or not.

Two doors: `read_text` for one text in hand, `read` for paths. Everything streams; nothing that goes wrong with one
file, row or item stops the rest: it is counted and listed in a `Tally`.

Limits, stated once in `detente.read.limits`: how long one text may be, how far a packed file may expand, how deep
archives may nest.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from detente.read.tally import Columns, Reject, Tally

if TYPE_CHECKING:
    from detente.records import Story

__all__ = ["Columns", "Reject", "Tally", "read", "read_text"]


def read_text(
    raw: str,
    published: str | None = None,
    *,
    clean: bool = True,
    source: str | None = None,
    url: str | None = None,
) -> Story:
    """Return the Story in a pasted text or a page's HTML.

    Args:
        raw: what was received: plain text with or without furniture, or HTML.
        published: ISO date or datetime of publication, if known; it counts before any date in the text.
        clean: False takes the text as it is: ``story.text == raw``, nothing is removed.
        source: where it came from, for the record.
        url: its address, if known; the story's id is then made from it.

    Raises:
        EmptyInput: there is no text in it.
        TooLong: it is longer than `detente.read.limits.TEXT` characters.
        BadDate: `published` is not an ISO date.
    """
    from detente.read.stories import Received, story_of

    return story_of(Received(raw, source=source, url=url), published=published, clean=clean)


def read(
    *paths: str | Path,
    published: str | None = None,
    clean: bool = True,
    columns: Columns | None = None,
    languages: tuple[str, ...] = ("en",),
    tally: Tally | None = None,
    say: Callable[[str], None] | None = None,
) -> Iterator[Story]:
    """Yield the stories in files and folders, in a stable order, one at a time.

    Args:
        paths: files or folders; ``-`` is standard input. Folders are walked in the order of their names.
        published: ISO date or datetime of all these stories; it counts before any that they bear.
        clean: False takes every text as it is.
        columns: which columns of a table hold what; by default they are guessed from their names.
        languages: stories in other languages are passed over and counted; an empty tuple takes all.
        tally: counts what was read and what was not, and why; make one to see it.
        say: called with a sentence whenever something was guessed.

    Raises:
        InputError: nothing at all could be read; the error says why. One bad file among good ones raises nothing.
        BadDate: `published` is not an ISO date.
    """
    from detente.read.files import stories

    return stories(
        paths,
        published=published,
        clean=clean,
        columns=columns or Columns(),
        languages=languages,
        tally=tally or Tally(),
        say=say or (lambda sentence: None),
    )


class _Room(ModuleType):
    """This package as an object that can be called: importing it sets `detente.read`, which is also a function."""

    __call__ = staticmethod(read)


sys.modules[__name__].__class__ = _Room
