"""Closed sets of English words, written as one line of text."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a line as a set."""
    return frozenset(text.split())
