"""Named entities on what was held out: exact spans with their label, F1.

    python training/names.py [--model reader.onnx]

GUM dev (names among its entities, as corpora.py derives them) and the first 80 sentences of CrossNER politics dev.
"""

from __future__ import annotations

import argparse

from corpora import Window, crossner, treebank

from detente.text.encoder import Encoder
from detente.text.parse import Parser


def score(parser: Parser, windows: list[Window]) -> str:
    """Precision, recall, F1."""
    right = given = wanted = 0
    for window, doc in zip(windows, parser.parse_words(window.words for window in windows), strict=True):
        mine = {(one.label, one.start, one.end) for one in doc.entities}
        theirs = set(window.entities or ())
        right, given, wanted = right + len(mine & theirs), given + len(mine), wanted + len(theirs)
    return (
        f"P {100 * right / given:.1f}  R {100 * right / wanted:.1f}  F1 {200 * right / (given + wanted):.1f}"
    )


def main() -> None:
    """Read, compare, print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--model")
    parser = Parser(Encoder(options.parse_args().model))
    print(
        "GUM dev          ",
        score(parser, [one for document in treebank("en_gum-ud-dev") for one in document]),
    )
    print("CrossNER politics", score(parser, crossner("dev")[:80]))


if __name__ == "__main__":
    main()
