"""How much detente takes in at once. Beyond these it refuses and says so, so that time and memory stay bounded."""

from __future__ import annotations

TEXT = 5_000_000
"""Characters of one plain text; the longest novels have three million."""

DOCUMENT = 20_000_000
"""Bytes of one document, row or item: an HTML page, a line of JSONL, a feed item."""

WHOLE = 256_000_000
"""Bytes of a packed Parquet or zip file, which must be unpacked whole before it can be read."""

EXPANSION = 200
"""How many times longer than its packed form a file may become; text packs three- to tenfold."""

FREE = 10_000_000
"""Unpacked bytes below which the expansion is not looked at."""

DEPTH = 3
"""How many archives may lie within one another, compression not counted."""

MEMBERS = 1_000_000
"""Members of one archive."""

LISTED = 1_000
"""Problems that a tally lists one by one; the others are only counted."""

PARTS = 1_000
"""Parts of one e-mail message."""

NESTED = 100
"""Parts of one e-mail message that hold parts themselves."""

LINES = 100_000
"""Lines of one plain text."""

TAGS = 100_000
"""Signs that open a tag in one page; long ones have ten thousand."""

PACKINGS = 4
"""How often a file may be compressed over: a .gz in a .gz in a .zst."""
