"""Coding into a store: stories that it has are passed over, the others are coded and kept."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from detente import __version__
from detente.errors import BadRecord, DetenteError, ModelError
from detente.lexicon.tables import DATA
from detente.read import Tally
from detente.records import Story
from detente.store import Coding, Writer
from detente.text.encoder import DEFAULT
from detente.workers.local import Codes, Failure, Outcome, Say, code_stories


def coding_of(
    model: str | Path | None = None,
    lexicon: Sequence[str | Path] = (),
    options: Mapping[str, Any] | None = None,
) -> Coding:
    """Return what decides how stories are coded: the version, the very model and the very lexicon.

    Args:
        model: the model file; None for the built-in one.
        lexicon: your own lexicon files, in their order.
        options: what else changes the records, such as that texts are not cleaned.

    Raises:
        ModelError: the model cannot be read.
        DetenteError: a lexicon file cannot be read.
    """
    path = Path(model or DEFAULT)
    try:
        weights = path.read_bytes()
    except OSError as error:
        raise ModelError(f"the model cannot be read ({error.strerror})", where=str(path)) from None
    return Coding(__version__, sha256(weights).hexdigest(), lexicon_hash(lexicon), options or {})


def lexicon_hash(own: Sequence[str | Path] = ()) -> str:
    """Return the SHA-256 of the built-in lexicon tables and of your own files; DetenteError if one cannot be read."""
    tables = sha256()
    for table in (*sorted(DATA.glob("*.csv")), *map(Path, own)):
        try:
            tables.update(sha256(table.read_bytes()).digest())
        except OSError as error:
            raise DetenteError(f"the lexicon cannot be read ({error.strerror})", where=str(table)) from None
    return tables.hexdigest()


def keep(
    stories: Iterable[Story],
    make_coder: Callable[[], Codes],
    writer: Writer,
    *,
    workers: int = 1,
    say: Say = lambda sentence: None,
    passed: Callable[[Story], None] = lambda story: None,
) -> Generator[Outcome, None, None]:
    """Code the stories that the store does not have yet, keep the records, and yield them as they are kept.

    Args:
        stories: what is to be in the store.
        make_coder: makes the coder, in each process.
        writer: an open writer; it commits batch by batch.
        workers: number of processes.
        say: called with a sentence when a process has died.
        passed: called with each story that is passed over, because this coder has coded it or is about to.
    """
    under_way: set[str] = set()

    def fresh() -> Iterator[Story]:
        for story in stories:
            if writer.done(story.id):
                writer.skip(story.id)
            if story.id in under_way or writer.done(story.id):
                passed(story)
            else:
                under_way.add(story.id)
                yield story

    for outcome in code_stories(fresh(), make_coder, workers=workers, say=say):
        kept = _kept(writer, outcome)
        under_way.discard(outcome.story.id)
        yield kept


def _kept(writer: Writer, outcome: Outcome) -> Outcome:
    if not isinstance(outcome, Failure):
        try:
            writer.add(outcome)
            return outcome
        except BadRecord as error:
            outcome = Failure(outcome.story, error)
    story, fault = outcome
    writer.fail(fault.where or story.id, fault.what, type(fault).__name__, story.id)
    return outcome


class NotedTally(Tally):
    """A tally of reading that the store's run remembers too."""

    def __init__(self) -> None:
        """Make one; reading may begin before there is a store, which need not be made if nothing can be read."""
        super().__init__()
        self._early: list[DetenteError] = []
        self._note = self._early.append

    def note_in(self, writer: Writer) -> None:
        """Tell an open writer what could not be read so far, and from now on."""
        self._note = lambda error: writer.reject(error.where or "input", error.what, type(error).__name__)
        for error in self._early:
            self._note(error)

    def reject(self, error: DetenteError) -> None:
        """Count and list something that could not be read, here and in the store."""
        super().reject(error)
        self._note(error)
