"""Whether a person may be "he" or "she": by the word before the name, else by the forename (genders.csv).

Only forenames that news gives to one sex nearly always are listed; for all others, and where the family name comes
first, nothing is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from detente.lexicon.frames import table
from detente.lexicon.tables import DATA

Gender = Literal["female", "male"]
_GENDERS: Mapping[str, Gender] = MappingProxyType({"female": "female", "male": "male"})


def gender(name: str, before: str = "") -> Gender | None:
    """Return a person's gender; None where neither word tells it.

    Args:
        name: the name, forename first.
        before: the word that is printed before it: a title, an honorific, an office.
    """
    forename = name.split(maxsplit=1)[0] if name.strip() else ""
    known = words()
    return known.get(("before", before.rstrip(".").lower())) or known.get(("forename", forename.lower()))


@cache
def words() -> Mapping[tuple[str, str], Gender]:
    """Return the gender that a word tells, by kind (`forename`, `before`) and word in lower case."""
    rows = table(DATA / "genders.csv", ("word", "kind", "gender"))
    return MappingProxyType({(row["kind"], row["word"].lower()): _GENDERS[row["gender"]] for _, row in rows})
