"""STORE → FILES for other programs: tables, and the layouts of GDELT, ICEWS, Phoenix, POLECAT and PLOVER.

>>> import detente
>>> from detente.export import write
>>> write(detente.open("store/"), "gdelt", "gdelt/", since="2016").rows

What each layout cannot carry stands in `docs/export.md`.
"""

from __future__ import annotations

from detente.export.writing import LAYOUTS, Written, write

__all__ = ["LAYOUTS", "Written", "write"]
