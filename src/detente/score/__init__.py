"""What a coder gets right, measured against a gold of one's own: `evaluate` (docs/evaluate.md).

The rooms above and beside are not needed: whatever has a method ``code`` like `Coder.code` can be measured.
"""

from __future__ import annotations

from detente.score.gold import Item, read_gold
from detente.score.judge import Finding
from detente.score.measure import Codes, Evaluation, evaluate
from detente.score.tally import Figure

__all__ = ["Codes", "Evaluation", "Figure", "Finding", "Item", "evaluate", "read_gold"]
