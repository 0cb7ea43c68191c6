"""The coder: raw text to record, stage by stage.

    read     text, HTML, a feed's item  ->  Story       detente.read
    parse    Story                      ->  Doc         detente.text, one pass of the encoder
    code     Story and Doc              ->  statements and events    detente.coding

A Doc is scratch paper: it lives from the second stage to the third and is never kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.coding import code_doc
from detente.errors import DetenteError, TooLong
from detente.lexicon import Lexicon
from detente.read import read_text
from detente.records import Record, Story
from detente.text.doc import Doc
from detente.text.encoder import Encoder
from detente.text.parse import Parser
from detente.text.relate import Pair, Relation, relate

PathLike = str | os.PathLike[str]
Offsets = tuple[int, int]
LONGEST = 2_000_000  # characters of one text: a long book; longer is not a news story


@dataclass(frozen=True, slots=True)
class Stage:
    """One step from raw text to record: what it needs and what it gives."""

    name: str
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    does: str


STAGES = (
    Stage(
        "read",
        ("raw",),
        ("story",),
        "clean text, headline, date, dateline, credits; what was dropped, and why",
    ),
    Stage(
        "parse",
        ("story",),
        ("doc",),
        "sentences, trees, roles, names and attributions from one pass of the encoder",
    ),
    Stage(
        "code",
        ("story", "doc"),
        ("statements", "events"),
        "who said what; who did what to whom, on whose word",
    ),
)


def check_stages(stages: Sequence[Stage], given: Iterable[str]) -> None:
    """Raise DetenteError unless every stage is given what it needs by the ones before it."""
    there = set(given)
    for stage in stages:
        missing = set(stage.needs) - there
        if missing:
            raise DetenteError(
                f"the stage {stage.name!r} needs {', '.join(sorted(missing))}, which no stage before it gives"
            )
        there |= set(stage.gives)


check_stages(STAGES, ("raw",))


class Coder:
    """Codes stories: who said what, who did what to whom, and on whose word.

    Args:
        model: an ONNX file made by training/export.py, with its tokenizer.json beside it; the built-in one by default.
        lexicon: CSV files of your own rows, laid over the built-in lexicon (`detente.lexicon`).
        threads: windows read at once; by default the processor's cores, at most 8. It changes speed, never results.

    Raises:
        ModelError: the model cannot be read.
        DetenteError: a lexicon file cannot be read.
    """

    def __init__(
        self, model: PathLike | None = None, lexicon: Sequence[PathLike] = (), *, threads: int | None = None
    ) -> None:
        """Load model and lexicon; takes about half a second."""
        self.encoder = Encoder(model, threads)
        self.parser = Parser(self.encoder)
        self.lexicon = Lexicon(tuple(map(Path, lexicon)))

    def code(self, story: Story | str, published: str | None = None, clean: bool = True) -> Record:
        """Code one story. A str is taken as raw text.

        Args:
            story: a Story, or raw text or HTML to make one of.
            published: ISO date of publication, for raw text.
            clean: for raw text, False codes it as it is: ``story.text`` is the text given, furniture and all.
        """
        return next(self.code_many([story], published, clean))

    def code_many(
        self,
        stories: Iterable[Story | str],
        published: str | None = None,
        clean: bool = True,
        batch_size: int | None = None,
        *,
        failed: Callable[[Story | str, DetenteError], None] | None = None,
    ) -> Iterator[Record]:
        """Code many stories lazily, in order, the same to the byte as one at a time.

        Args:
            stories: Story records or raw texts.
            published: ISO date for raw texts.
            clean: whether raw texts are cleaned of their furniture.
            batch_size: how many stories are read ahead; by default as many as keep all threads busy.
            failed: called with a story that cannot be coded and the reason; without it the error is raised.
        """
        waiting: list[Story] = []

        def texts() -> Iterator[str]:
            for story in stories:
                try:
                    one = story if isinstance(story, Story) else read_text(story, published, clean=clean)
                    if len(one.text) > LONGEST:
                        raise TooLong(
                            f"the text has {len(one.text):,} characters, at most {LONGEST:,} are coded",
                            where=one.source,
                        )
                except DetenteError as error:
                    if failed is None:
                        raise
                    failed(story, error)
                    continue
                waiting.append(one)
                yield one.text

        for doc in self.parser.parse_many(texts(), ahead=batch_size):
            story = waiting.pop(0)
            statements, events = code_doc(story, doc, self.lexicon, self.relate_many)
            yield Record(story, statements, events)

    def relate(self, sentence: str, source: Offsets | None, target: Offsets | None) -> Relation:
        """Judge the relation that a sentence states from source to target, as it stands, in PLOVER terms.

        Args:
            sentence: the text.
            source: character offsets of the one who acts, half open; None if the sentence does not name it.
            target: the one acted on, likewise.
        """
        return next(relate(self.encoder, [(sentence, source, target)]))

    def relate_many(self, pairs: Iterable[Pair]) -> list[Relation]:
        """Judge many (sentence, source, target) triples, in order."""
        return list(relate(self.encoder, pairs))

    def parse(self, text: str) -> Doc:
        """Sentences and tokens (Universal Dependencies), frames, names and attributions of a text as it is."""
        return self.parser.parse(text)

    def parse_words(self, sentences: Iterable[Sequence[str]]) -> list[Doc]:
        """Parse sentences that are already cut into words, one Doc each; offsets into the words joined by spaces."""
        return list(self.parser.parse_words(sentences))

    def encoder_only(self, texts: Iterable[str]) -> Iterator[Any]:
        """Put texts through the neural encoder and nothing else, in the windows that `code_many` would make."""
        return self.parser.encode_only(texts)
