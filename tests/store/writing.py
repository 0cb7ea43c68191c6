"""A process that writes a store, to be killed: `python writing.py DIR FIRST COUNT BATCH`.

It says on stdout when it begins to write, and which stories are committed for good.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from detente.store import Writer
from store.made import CODING, record


def main(folder: str, first: str, count: str, batch: str) -> None:
    with Writer(folder, CODING, batch=int(batch)) as writer:
        print("begun", flush=True)
        for number in range(int(first), int(first) + int(count)):
            one = record(number)
            if writer.done(one.story.id):
                writer.skip(one.story.id)
            else:
                writer.add(one)
            if not writer.waiting:
                print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
