"""The encoder: the one door to onnxruntime.

A model is one ONNX file with its label lists in its metadata, and tokenizer.json beside it. A window is a stretch of
one story, at most LIMIT word pieces long. Every window is run by itself at its exact length, on one thread, so what
comes out depends on the window and on nothing else; several windows run side by side on several threads.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import ModelError
from detente.text.pieces import SHAPES, Pieces, shape

LIMIT = 224  # word pieces in a window, the two at its edges not counted
PIECES = 12  # of one word at most: what is longer is an address or noise
WEIGHTS = Path(__file__).parent / "weights"
DEFAULT = WEIGHTS / "reader.onnx"
EDGE = len(SHAPES) - 1
AHEAD = 64  # windows under way at once: enough to keep all threads busy, few enough to keep memory flat
REMAKE = "Make a model for detente with training/export.py, or leave the model out to use the built-in one."

Ints = NDArray[np.int64]
Output = dict[str, NDArray[Any]]
Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Window:
    """What the encoder is asked: words, and what is already known about them."""

    words: Sequence[str]
    pieces: Sequence[tuple[int, ...]]
    paragraphs: frozenset[int]  # words that begin a paragraph
    starts: Ints  # by word: 1 begins a sentence, 0 does not, -1 unknown
    pair: tuple[Offsets | None, Offsets | None] | None = None  # marked source and target, word indices
    predicates: Ints | None = None  # by word, as starts


class Encoder:
    """A loaded model. Thread-safe; loads in well under a second."""

    def __init__(self, path: str | os.PathLike[str] | None = None, threads: int | None = None) -> None:
        """Take the path of an .onnx file and how many windows to run at once (by default one a core, at most 8)."""
        self.path = Path(path) if path is not None else DEFAULT
        if not self.path.is_file():
            raise ModelError(
                "there is no such model file",
                where=str(self.path),
                advice="Give the path of an .onnx file, or leave the model out to use the built-in one.",
            )
        self.threads = threads or min(8, _cores())
        self._session = _session(self.path)
        names = self._session.get_modelmeta().custom_metadata_map
        if "labels" not in names:
            raise ModelError("the file has no label lists in it", where=str(self.path), advice=REMAKE)
        self.labels: dict[str, list[str]] = json.loads(names["labels"])
        self.pieces = Pieces(_tokenizer(self.path))
        self._pool = ThreadPoolExecutor(self.threads, "encoder") if self.threads > 1 else None

    @cached_property
    def fingerprint(self) -> str:
        """The first 16 digits of the SHA-256 of the model file: which model coded a record."""
        return sha256(self.path.read_bytes()).hexdigest()[:16]

    def run(self, windows: Iterable[Window], outputs: Sequence[str] | None = None) -> Iterator[Output]:
        """The reading heads' answers for every window, in order; a few windows are under way at a time.

        With ``outputs`` ("types", "encoded") only these are computed: the reading heads are not.
        """
        if self._pool is None:
            yield from (self._one(window, outputs) for window in windows)
            return
        waiting: deque[Future[Output]] = deque()
        for window in windows:
            waiting.append(self._pool.submit(self._one, window, outputs))
            if len(waiting) >= AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _one(self, window: Window, outputs: Sequence[str] | None) -> Output:
        names = list(outputs) if outputs is not None else list(self._names)
        feed = self._feed(window) | {"read": np.array(outputs is None)}
        return dict(zip(names, self._session.run(names, feed), strict=True))

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self._session.get_outputs() if one.name not in ("encoded", "types"))

    def _feed(self, window: Window) -> dict[str, NDArray[Any]]:
        """The network's inputs: pieces with their kinds, and the place of each word's first and last piece."""
        pieces = [one[:PIECES] for one in window.pieces]
        sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
        ends = sizes.cumsum()
        marks = np.zeros(len(pieces), np.int64)
        marks[list(window.paragraphs)] = 3
        for mark, span in enumerate(window.pair or (), 1):
            if span is not None:
                marks[span[0] : span[1]] = mark
        kinds = np.fromiter(map(shape, window.words), np.int64, len(pieces)) + len(SHAPES) * marks
        flat = np.fromiter((piece for one in pieces for piece in one), np.int64, int(ends[-1]))
        edge = np.array([EDGE])
        unknown = np.full(len(pieces), -1, np.int64)
        return {
            "ids": np.concatenate([[self.pieces.cls], flat, [self.pieces.sep]]),
            "kinds": np.concatenate([edge, np.repeat(kinds, sizes), edge]),
            "first": ends - sizes + 1,
            "last": ends,
            "starts_given": window.starts,
            "predicates_given": unknown if window.predicates is None else window.predicates,
        }


def _cores() -> int:
    count = getattr(os, "process_cpu_count", None)
    if count is not None:
        return int(count() or 1)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.use_deterministic_compute = True
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises many kinds; all mean that the file cannot be used
        raise ModelError(
            f"onnxruntime cannot load it ({str(error)[:200]})", where=str(path), advice=REMAKE
        ) from error


def _tokenizer(path: Path) -> Any:
    import tokenizers

    own = path.with_name("tokenizer.json")
    return tokenizers.Tokenizer.from_file(str(own if own.is_file() else WEIGHTS / "tokenizer.json"))
