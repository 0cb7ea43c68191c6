"""Words to the encoder's input: word pieces, and the kind of each piece.

The encoder is uncased; what case and shape tell comes back as the *kind* of a piece (its row in what BERT calls the
token-type table): the shape of the word, and whether it begins a paragraph or stands in a marked source or target.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

SHAPES = ("lower", "title", "upper", "initial", "mixed", "digits", "sign", "edge")
MARKS = ("plain", "source", "target", "paragraph")
KINDS = len(SHAPES) * len(MARKS)
TYPED = {
    "''": '"',
    "``": '"',
}  # quotation marks made of two strokes, as typewriters and some archives have them
MAX_PIECES = 24  # of one word: a longer one is an address or noise, its head says enough


@lru_cache(maxsize=1 << 16)
def shape(word: str) -> int:
    """The number of a word's shape in SHAPES."""
    if any(map(str.isdigit, word)):
        return 5
    if not any(map(str.isalpha, word)):
        return 6
    if word.islower():
        return 0
    if word[0].isupper():
        if len(word) == 1 or (len(word) == 2 and word[1] == "."):
            return 3
        if word.isupper():
            return 2
        if word[1:].islower():
            return 1
    return 4


class Pieces:
    """Cuts words into word pieces, remembering what it has cut."""

    def __init__(self, tokenizer: Any) -> None:
        """Take a tokenizers.Tokenizer."""
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[int, ...]] = {}
        self.cls = tokenizer.token_to_id("[CLS]")
        self.sep = tokenizer.token_to_id("[SEP]")
        self.unknown = tokenizer.token_to_id("[UNK]")

    @property
    def vocabulary(self) -> frozenset[str]:
        """The whole words among the pieces, in lower case."""
        return frozenset(word for word in self._tokenizer.get_vocab() if word.isalpha() and len(word) > 2)

    def __call__(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """The pieces of each word; a word that leaves none is the unknown piece."""
        self._learn(word for word in words if word not in self._known)
        return [self._known[word] for word in words]

    def _learn(self, words: Iterable[str]) -> None:
        new = list(dict.fromkeys(words))
        if not new:
            return
        if len(self._known) > 1 << 17:  # memory stays flat however long the archive
            self._known.clear()
            # the words of the present call are all needed again
        shown = [TYPED.get(word, word) for word in new]
        for word, coded in zip(
            new, self._tokenizer.encode_batch_fast(shown, add_special_tokens=False), strict=True
        ):
            self._known[word] = tuple(coded.ids[:MAX_PIECES]) or (self.unknown,)
