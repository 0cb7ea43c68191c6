"""detente's own labelled sentences: the examples on the rows of the frame lexicon.

Each example names who acts and on whom, and its row names the type, so it is a marked pair for `relate`; the two
parties are the first two names that the lexicon knows in it. A passive with "by" turns them round.
"""

from __future__ import annotations

import csv
from pathlib import Path

from corpora import CONFLICT, Window

from detente.lexicon import Lexicon
from detente.text.split import words as split_words

FRAMES = Path(__file__).parent.parent / "src" / "detente" / "lexicon" / "data" / "frames.csv"


def own_pairs() -> list[Window]:
    """The examples in which two parties are known."""
    lexicon = Lexicon()
    found = []
    with FRAMES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            words = [word.text for word in split_words(row["example"])]
            names = [(match.start, match.end) for match in lexicon.match(words)]
            if len(names) < 2:
                continue
            between = words[names[0][1] : names[1][0]]
            pair = (
                (names[1], names[0])
                if "by" in between and {"was", "were", "been"} & set(between)
                else (names[0], names[1])
            )
            kind = row["type"]
            conflict = kind in CONFLICT
            found.append(Window(words=words, paragraphs=[0], pair=pair, relation=kind, conflict=conflict))
    return found


if __name__ == "__main__":
    pairs = own_pairs()
    print(len(pairs))
    for window in pairs[::40]:
        print(
            window.relation,
            *(" ".join(window.words[a:b]) for a, b in window.pair),
            " ".join(window.words),
            sep=" | ",
        )
