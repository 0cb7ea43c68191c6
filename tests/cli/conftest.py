"""A coder that needs no model, put in the place of the real one."""

from __future__ import annotations

import pytest

from by_hand import TEXT, ByHand
from detente.cli import commands
from detente.records import Record


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> ByHand:
    coder = ByHand()
    monkeypatch.setattr(commands, "_coder", lambda options: coder)
    return coder


@pytest.fixture
def record() -> Record:
    return ByHand().code(TEXT, published="2023-02-25")
