"""Scale: many stories coded side by side, in the order of the input and the same to the byte as one at a time."""

from __future__ import annotations

from detente.workers.local import Failure, Outcome, code_stories

__all__ = ["Failure", "Outcome", "code_stories"]
