"""Closed sets of English words, written as one line of text."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a line as a set."""
    return frozenset(text.split())


# Heads that only count what an "of" phrase names.
COUNTERS = words(
    "thousand hundred dozen score ten million number majority some many most all several both part half handful "
    "rest lot group crowd thousands hundreds dozens scores tens couple pair batch bulk"
)
# Texts whose participles tell what their authors do ("a letter threatening …"), and the verbs besides the light ones
# with which they come out.
DOCUMENTS = words(
    "statement report document letter memo communique communiqué declaration resolution message video tweet post "
    "petition appeal decree order law ruling article note cable email e-mail speech"
)
ISSUING = words("adopt pass release publish write circulate post approve submit address send sign deliver")
