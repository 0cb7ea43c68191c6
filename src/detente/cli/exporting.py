"""What `detente export` does."""

from __future__ import annotations

import sys
from argparse import Namespace

from detente.cli.listings import opened
from detente.cli.options import chosen


def export(options: Namespace) -> int:
    """Write events in a layout, and tell on stderr what was written and what was left out."""
    from detente.export import write

    done = write(opened(options), options.layout, options.out, **chosen(options))
    print(
        f"{done.events:,} {_events(done.events)} in {done.rows:,} rows: {', '.join(done.files)} in {done.folder}",
        file=sys.stderr,
    )
    for left, why, how in (
        (done.unreal, "planned, sought, possible or denied, which this layout cannot say", "--status"),
        (done.background, "background, which this layout cannot say", "--background"),
    ):
        if left:
            print(
                f"Left out: {left:,} {_events(left)}, {why}; {how} chooses them all the same.",
                file=sys.stderr,
            )
    if done.undated:
        undated = f"{done.undated:,} {_events(done.undated)}"
        print(f"Left out: {undated} without a date of their own or of their story.", file=sys.stderr)
    return 0


def _events(count: int) -> str:
    return "event" if count == 1 else "events"
