"""When two names are the same name, by the words that they are made of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_SMALL = frozenset(("the", "a", "an", "of", "and", "in", "for", "to"))


def words(text: str | None) -> Counter[str]:
    """Return the words in lower case, "U.S." as one word and possessive endings cut off."""
    plain = re.sub(r"['’]s\b", "", (text or "").lower().replace(".", ""))
    return Counter(re.findall(r"\w+", plain))


def share(one: Counter[str], other: Counter[str]) -> float:
    """Return how much two bags of words have in common: intersection over union."""
    union = (one | other).total()
    return (one & other).total() / union if union else 0.0


def same_name(one: str | None, other: str | None) -> bool:
    """Tell whether more than half the words of the shorter name stand in the longer, small words aside."""
    mine, theirs = words(one).keys() - _SMALL, words(other).keys() - _SMALL
    return len(mine & theirs) > min(len(mine), len(theirs)) / 2


def goes_by(known: Iterable[str], name: str) -> float:
    """Return how well something known under some names goes by another one: 1 to 2, or 0 if it does not."""
    return max((1 + share(words(one), words(name)) for one in known if same_name(one, name)), default=0.0)
