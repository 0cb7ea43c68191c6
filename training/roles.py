"""Semantic roles on the EWT dev half with gold predicates, CoNLL-2005 style: F1 of labelled argument spans.

    python training/roles.py [--model reader.onnx]

A span counts if its words and its role are right; the predicate itself is not scored; continued and referring
arguments (C-, R-) are spans of their own. Sentences are read one by one with gold words.
"""

from __future__ import annotations

import argparse
from collections import Counter

import numpy as np
from corpora import treebank

from detente.text.doc import Token
from detente.text.encoder import LIMIT, PIECES, Encoder, Window
from detente.text.parse import Parser, frames
from detente.text.split import Word


def main() -> None:
    """Read, compare, print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--model")
    encoder = Encoder(options.parse_args().model)
    whole = [one for document in treebank("en_ewt-ud-dev", "ewt_dev") for one in document]
    kept = [one for one in whole if sum(min(len(p), PIECES) for p in encoder.pieces(one.words)) <= LIMIT]
    totals: Counter[str] = Counter()
    by_role: dict[str, Counter[str]] = {}
    parser = Parser(encoder)
    for one, output in zip(kept, encoder.run(window(encoder, one) for one in kept), strict=True):
        sentences: list[tuple[Token, ...]] = []
        parser._sentences([Word(word, 0, 0, 0) for word in one.words], output, 0, sentences)
        given = {
            (frame.predicate, part.role, part.start, part.end)
            for frame in frames(output, encoder.labels["roles"], 0, sentences)
            for part in frame.arguments
        }
        wanted = {(at, *part) for at, parts in one.frames or () for part in parts}
        for name, found in (("right", given & wanted), ("given", given), ("wanted", wanted)):
            totals[name] += len(found)
            for _, role, _, _ in found:
                by_role.setdefault(role, Counter())[name] += 1
    for role, count in sorted(by_role.items(), key=lambda item: -item[1]["wanted"])[:16]:
        print(f"{role:10} {score(count):5.1f}  of {count['wanted']}")
    skipped = len(whole) - len(kept)
    precision, recall = 100 * totals["right"] / totals["given"], 100 * totals["right"] / totals["wanted"]
    print(
        f"all  P {precision:.2f}  R {recall:.2f}  F1 {score(totals):.2f}  ({skipped} sentences too long for one window)"
    )


def score(count: Counter[str]) -> float:
    """F1 in percent."""
    return 200 * count["right"] / (count["given"] + count["wanted"])


def window(encoder: Encoder, one: object) -> Window:
    """A sentence with its gold predicates."""
    size = len(one.words)
    starts, predicates = np.zeros(size, np.int64), np.zeros(size, np.int64)
    starts[0] = 1
    predicates[[at for at, _ in one.frames or ()]] = 1
    return Window(one.words, encoder.pieces(one.words), frozenset((0,)), starts, None, predicates)


if __name__ == "__main__":
    main()
