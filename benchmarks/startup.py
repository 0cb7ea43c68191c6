"""How long a user waits before anything happens: `import detente`, and `detente --help`.

    python benchmarks/startup.py [--runs 20]

Metric. For the import, the wall time of a fresh process less that of an empty one (`python -c pass`); for
--help, the wall time of the whole process, since that is what is waited for. The median of the runs counts; the
least and the most stand beside it. Last line: one JSON object, in milliseconds. Aims: 50 and 200.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

AIMS = {"import": 50, "help": 200}  # milliseconds


def wall(arguments: Sequence[str]) -> float:
    """Return the milliseconds that a Python process with these arguments takes."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000


def measure(runs: int) -> dict[str, list[float]]:
    """Return the milliseconds of every run, by what was measured."""
    found: dict[str, list[float]] = {"import": [], "help": []}
    wall(["-m", "detente.cli", "--help"])  # the first run compiles and fills the file cache
    for _ in range(runs):
        empty = wall(["-c", "pass"])
        found["import"].append(wall(["-c", "import detente"]) - empty)
        found["help"].append(wall(["-m", "detente.cli", "--help"]))
    return found


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--runs", type=int, default=20, metavar="N", help="fresh processes of each kind")
    found = measure(options.parse_args().runs)
    for name, times in found.items():
        middle = statistics.median(times)
        print(f"{name:<8} {middle:6.1f} ms   ({min(times):.1f} to {max(times):.1f}; aim {AIMS[name]})")
    print(json.dumps({name: round(statistics.median(times), 1) for name, times in found.items()}))


if __name__ == "__main__":
    main()
