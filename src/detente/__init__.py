"""detente: a sourced record of international relations from news text.

>>> import detente
>>> coder = detente.Coder()
>>> record = coder.code("Oslo agreed to host the talks, Norway's foreign minister said.", published="2024-05-02")

A story becomes statements (who said what, on whose behalf) and events (who did what to whom, with type, status,
background, date, place, and on whose word), each with the exact words it rests on.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.coding.accounts import accounts
    from detente.errors import DetenteError
    from detente.lexicon import Lexicon
    from detente.pipeline import Coder
    from detente.read import Columns, Tally, read, read_text
    from detente.records import Actor, Event, Mention, Record, Span, Statement, Story
    from detente.relations import open
    from detente.score import evaluate

__version__ = "0.1.0"

_HOMES = {
    "Coder": "pipeline",
    "read_text": "read",
    "read": "read",
    "Tally": "read",
    "Columns": "read",
    "Lexicon": "lexicon",
    "accounts": "coding",
    "evaluate": "score",
    "open": "relations",
    "DetenteError": "errors",
    **dict.fromkeys(("Story", "Statement", "Event", "Record", "Actor", "Mention", "Span"), "records"),
}

__all__ = [
    "Actor",
    "Coder",
    "Columns",
    "DetenteError",
    "Event",
    "Lexicon",
    "Mention",
    "Record",
    "Span",
    "Statement",
    "Story",
    "Tally",
    "accounts",
    "evaluate",
    "open",
    "read",
    "read_text",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that ``import detente`` costs next to nothing."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'detente' has no attribute {name!r}")
    value = getattr(import_module(f"detente.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*__all__, "__version__"})
