"""What more processes gain: the same stories coded by one process with one thread, then by several.

    python benchmarks/workers.py [FILE …] [--stories 400] [--workers 2] [--rounds 2]

Without files, the examples are repeated. Prints stories a second by the clock, and by the processor's time of all
processes together: on a machine that has other work the clock says little, but if the processor's time per story
stays the same, idle cores would give the gain that is printed last. Loading is left
out: a short run is taken from a long one.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import detente
from detente.pipeline import Coder
from detente.records import Story
from detente.workers import code_stories

EXAMPLES = Path(__file__).parents[1] / "examples" / "stories"


def stories(paths: list[Path], count: int) -> Iterator[Story]:
    """So many stories, again and again the same, under names of their own."""
    found = list(detente.read(*(paths or [EXAMPLES])))
    for number, story in enumerate(islice(cycle(found), count)):
        yield replace(story, id=f"s{number}")


def processor() -> float:
    """Seconds that this process and those that it has ended have computed."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def cost(given: list[Story], workers: int) -> tuple[float, float]:
    """Seconds by the clock and of the processor to code all of these, loading included."""
    clock, computed = time.perf_counter(), processor()
    for _ in code_stories(given, partial(Coder, threads=1), workers=workers):
        pass
    return time.perf_counter() - clock, processor() - computed


def measure(given: list[Story], workers: int) -> tuple[float, float]:
    """The same for one story, without loading: a long run less a short one."""
    short = given[: len(given) // 4]
    more = len(given) - len(short)
    (clock, computed), (clock0, computed0) = cost(given, workers), cost(short, workers)
    return (clock - clock0) / more, (computed - computed0) / more


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("paths", nargs="*", type=Path)
    options.add_argument("--stories", type=int, default=400)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--rounds", type=int, default=2, help="the best of so many counts")
    args = options.parse_args()
    given = list(stories(args.paths, args.stories))
    best: dict[int, tuple[float, float]] = {}
    for number in (1, args.workers):
        rounds = [measure(given, number) for _ in range(args.rounds)]
        best[number] = min(one[0] for one in rounds), min(one[1] for one in rounds)
        clock, computed = best[number]
        print(
            f"{number} process(es)   {1 / clock:6.1f} stories/s   {1000 * computed:6.1f} ms of processor a story"
        )
    one, several = best[1], best[args.workers]
    print(f"gain by the clock            {one[0] / several[0]:5.2f}")
    print(f"gain on as many idle cores   {args.workers * one[1] / several[1]:5.2f}")


if __name__ == "__main__":
    main()
