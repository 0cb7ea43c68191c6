"""Whether reading takes the same memory however long a file is.

    python benchmarks/memory.py [--megabytes 100 400] [--only NAME …] [--notes 1] [--allowed 40]

For every format of `made.py` that can be of any length it makes files of these sizes, reads each in a process of its
own whose memory is bounded, and prints the most memory held. Exit code 1 if one takes more than the allowed megabytes
beyond the shortest. Stories are read without cleaning: what is measured is the reader. `--notes 60` makes the stories
long, so that a file of 5,000 MB is read in minutes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import made

NAMES = (
    *(name for name in made.TEXTS if name not in ("story.txt", "page.html", "mail.eml")),
    *("rows.jsonl.gz", "texts.tar"),
)
BOUND = 1_500
"""Megabytes of address space that a reading process may have."""
READ = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({BOUND} << 20,) * 2)
from detente.read import read
stories = sum(1 for _ in read(sys.argv[1], clean=False, languages=()))
print(stories, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def written(path: Path, megabytes: int) -> None:
    """Write a file of that name until it is so long; the formats are cut off, and what is whole is read."""
    size = 0
    with path.open("wb") as stream:
        for piece in _endless(path.name):
            size += stream.write(piece)
            if size > megabytes << 20:
                return


def _endless(name: str) -> Iterator[bytes]:
    return made.tar(sys.maxsize) if name == "texts.tar" else made.pieces(name, sys.maxsize)


def held(path: Path) -> tuple[int, int]:
    """Read a file in a process of its own; return how many stories it gave and how many megabytes it took."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{path.name}: {done.stderr.strip().splitlines()[-1]}")
    stories, megabytes = done.stdout.split()
    return int(stories), int(megabytes)


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--megabytes", nargs="+", type=int, default=[100, 400])
    options.add_argument("--only", nargs="*", choices=NAMES, default=NAMES)
    options.add_argument("--notes", type=int, default=made.NOTES, help="numbered paragraphs in each story")
    options.add_argument("--allowed", type=int, default=40)
    args = options.parse_args()
    made.NOTES = args.notes
    grown = []
    for name in args.only:
        taken = []
        for megabytes in sorted(args.megabytes):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / name
                written(path, megabytes)
                stories, most = held(path)
            taken.append(most)
            print(f"{name:20} {megabytes:6} MB {stories:9,} stories {most:6} MB held", flush=True)
        if taken[-1] - taken[0] > args.allowed:
            grown.append(name)
    print(f"grown: {', '.join(grown)}" if grown else "none has grown")
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
