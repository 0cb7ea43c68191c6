"""Doc to record: who is who, who says what, what happened, to whom, whether it did, and on whose word."""

from __future__ import annotations

from detente.coding.accounts import Account, Accounts, accounts
from detente.coding.events import code_doc

__all__ = ["Account", "Accounts", "accounts", "code_doc"]
