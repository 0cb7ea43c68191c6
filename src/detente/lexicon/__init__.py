"""Known beforehand: who acts in politics and under which names, and which words name acts and sayings."""

from __future__ import annotations

from detente.lexicon.check import check
from detente.lexicon.load import AgentRow, Lexicon, TitleRow
from detente.lexicon.match import Match, Matcher

__all__ = ["AgentRow", "Lexicon", "Match", "Matcher", "TitleRow", "check"]
