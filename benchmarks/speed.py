"""How fast the reader is, and what it costs beside its encoder: both on the same texts, in one run.

    python benchmarks/speed.py [FILE …] [--words 60000] [--threads 2] [--model PATH]

Without files, the examples are repeated. Prints words and word pieces a second of the encoder alone and of the
whole of `parse` (splitting to trees, roles, names and attributions), their ratio, the time to load, and the memory
held after the first and the second half of the texts.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import detente
from detente.text.encoder import Encoder
from detente.text.parse import Parser

EXAMPLES = Path(__file__).parents[1] / "examples" / "stories"


def texts(paths: list[Path], words: int) -> Iterator[str]:
    """Story bodies, again and again, until there are that many words."""
    bodies = [story.text for story in detente.read(*(paths or [EXAMPLES]))]
    for body in cycle(bodies):
        if words <= 0:
            return
        yield body
        words -= len(body.split())


def megabytes() -> float:
    """The most memory held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("paths", nargs="*", type=Path)
    options.add_argument("--words", type=int, default=60_000)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--model")
    args = options.parse_args()
    began = time.perf_counter()
    parser = Parser(Encoder(args.model, args.threads))
    print(f"load              {time.perf_counter() - began:8.2f} s")
    given = list(texts(args.paths, args.words))
    words = sum(len(text.split()) for text in given)
    began = time.perf_counter()
    pieces = sum(len(vectors) for vectors in parser.encode_only(given))
    alone = time.perf_counter() - began
    halves = []
    began = time.perf_counter()
    for half in (given[: len(given) // 2], given[len(given) // 2 :]):
        for _ in parser.parse_many(half):
            pass
        halves.append(megabytes())
    whole = time.perf_counter() - began
    print(f"encoder alone     {words / alone:8.0f} words/s  {pieces / alone:8.0f} pieces/s")
    print(f"parse, whole      {words / whole:8.0f} words/s  {pieces / whole:8.0f} pieces/s")
    print(f"whole / alone     {100 * alone / whole:8.1f} %")
    print(f"memory            {halves[0]:8.0f} MB after half the texts, {halves[1]:.0f} MB after all")


if __name__ == "__main__":
    main()
