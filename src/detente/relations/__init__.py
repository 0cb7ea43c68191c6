"""STORE → RELATIONS: who does what to whom over time, and who says so.

>>> import detente
>>> store = detente.open("store/")
>>> store.timeline("USA", "RUS", by="month").total.all.events

Definitions and the sources of scores stand in `docs/relations.md`.
"""

from __future__ import annotations

from detente.relations.dyads import pairs, timeline
from detente.relations.shapes import Account, Flow, Pair, Period, Timeline, Ways
from detente.relations.store import Store, open

__all__ = ["Account", "Flow", "Pair", "Period", "Store", "Timeline", "Ways", "open", "pairs", "timeline"]
