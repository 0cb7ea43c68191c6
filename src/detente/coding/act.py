"""An act on its way from the tree to the record."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.coding.control import Roles
from detente.coding.parties import Mentions
from detente.lexicon.frames import FrameRow
from detente.records import Statement
from detente.text.relate import Relation


@dataclass(slots=True)
class Act:
    """An act as the coding rooms pass it on; it becomes an Event."""

    i: int
    row: FrameRow
    roles: Roles
    source: Mentions
    target: Mentions
    reciprocal: bool
    status: str = "occurred"
    decided: str = ""  # the word or form that decided the status
    carrier: Act | None = None
    given: bool = False  # told as a fact inside its carrier: "urged them to free the tourists held there"
    background: bool = False
    word: Statement | None = None
    judged: Relation | None = None  # what the model reads between its parties; None: not asked
    why: list[str] = field(default_factory=list)

    def parties(self) -> Mentions:
        """Everybody in it."""
        return (*self.source, *self.target)
