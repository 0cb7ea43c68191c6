"""Processes on this machine: chunks of stories go out, outcomes come back in the order of the input.

Every process is started afresh (spawned, never forked: onnxruntime's threads do not survive a fork) and has a coder of
its own. A thread of the parent stands beside each process, hands it a chunk and waits for the answer. So the
processes stay busy while whoever takes the records is busy with them, and a process that dies is seen at once.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple, Protocol

from detente.errors import DetenteError, MissingPart, ModelError
from detente.records import Event, Record, Statement, Story

CHUNK = 64  # stories for a coder in this process: enough to keep all its threads busy, few enough for memory
SMALL_CHUNK = 16  # stories sent to another process: the end of a run waits for the last chunk
AHEAD = 4  # chunks a process that are read ahead: what comes after a slow chunk has to wait somewhere


class Failure(NamedTuple):
    """A story that could not be coded, and why."""

    story: Story
    error: DetenteError


class Codes(Protocol):
    """What is asked of a coder; `detente.Coder` is one."""

    def code(self, story: Story, /) -> Record:
        """Code one story."""

    def code_many(self, stories: Iterable[Story], /) -> Iterator[Record]:
        """Code stories in their order."""


Outcome = Record | Failure
Coded = (
    tuple[tuple[Statement, ...], tuple[Event, ...]] | DetenteError
)  # what is sent for a story, which is there
Say = Callable[[str], None]


def code_stories(
    stories: Iterable[Story],
    make_coder: Callable[[], Codes],
    *,
    workers: int = 1,
    say: Say = lambda sentence: None,
) -> Generator[Outcome, None, None]:
    """Yield a Record, or a Failure, for each story, in order. How many workers there are changes only the speed.

    Args:
        stories: they are read in this process, a few chunks ahead of the coding.
        make_coder: called once in each process; with more than one worker it has to be picklable, and a script that
            calls this needs the usual ``if __name__ == "__main__":``.
        workers: number of processes; 1 codes in this one.
        say: called with a sentence when a process has died.

    Raises:
        ModelError: the model cannot be loaded, or two processes ended before they had loaded it.
        MissingPart: a package is missing.
    """
    if workers <= 1:
        coder, waiting = make_coder(), iter(stories)
        while chunk := list(islice(waiting, CHUNK)):
            yield from code_chunk(coder, chunk)
        return
    crew = _Crew(make_coder, say)
    with ThreadPoolExecutor(workers, "worker", initializer=_hold_interrupts) as pool:
        try:
            yield from _in_order(pool, crew, iter(stories), workers * AHEAD)
        finally:  # also when the reader has had enough, or Ctrl-C was pressed
            pool.shutdown(wait=False, cancel_futures=True)
            crew.dismiss()


def code_chunk(coder: Codes, stories: Sequence[Story]) -> Iterator[Outcome]:
    """Yield the outcome for each story; one that makes the coder fail costs only itself."""
    done = 0
    try:
        for record in coder.code_many(stories):
            done += 1
            yield record
    except (ModelError, MissingPart):
        raise
    except Exception:  # one of them cannot be coded: those from here on are tried singly
        yield from (_code(coder, story) for story in stories[done:])


def _code(coder: Codes, story: Story) -> Outcome:
    try:
        return coder.code(story)
    except (ModelError, MissingPart):
        raise
    except DetenteError as error:
        return Failure(story, error)
    except Exception as error:
        return _failure(story, f"could not be coded ({type(error).__name__}: {error})")


def _failure(story: Story, what: str) -> Failure:
    where = " ".join(part for part in (story.source, story.position) if part) or story.id
    return Failure(story, DetenteError(what, where=where))


def _in_order(
    pool: ThreadPoolExecutor, crew: _Crew, stories: Iterator[Story], ahead: int
) -> Iterator[Outcome]:
    under_way: deque[Future[list[Outcome]]] = deque()
    while True:
        while len(under_way) < ahead and (chunk := list(islice(stories, SMALL_CHUNK))):
            under_way.append(pool.submit(crew.code, chunk))
        if not under_way:
            return
        yield from under_way.popleft().result()


class _Crew:
    """The processes of one run: as many as threads ask at a time, each lent to one thread."""

    def __init__(self, make_coder: Callable[[], Codes], say: Say) -> None:
        self.make_coder = make_coder
        self.say = say
        self.idle: SimpleQueue[_Worker] = SimpleQueue()
        self.all: list[_Worker] = []
        self.dismissed = False

    def code(self, stories: Sequence[Story]) -> list[Outcome]:
        """Have a chunk coded; if its process dies over it, its stories are tried once more, one by one."""
        try:
            return self._code(stories)
        except _Died as death:
            if self.dismissed:
                return []  # nobody waits for it
            again = f"its {len(stories)} stories are" if len(stories) > 1 else "its story is"
            self.say(f"A worker process died ({death}); {again} tried again in another one.")
        return [self._singly(story) for story in stories]

    def _singly(self, story: Story) -> Outcome:
        try:
            (outcome,) = self._code([story])
            return outcome
        except _Died as death:
            if death.loading:
                raise ModelError(
                    f"two worker processes ended while they loaded the model ({death})",
                    advice="Give fewer --workers if memory is short.",
                ) from None
            return _failure(story, f"could not be coded: the worker process died over it twice ({death})")

    def _code(self, stories: Sequence[Story]) -> list[Outcome]:
        worker = self._worker()
        found = worker.code(stories)
        self.idle.put(worker)
        return found

    def _worker(self) -> _Worker:
        try:
            return self.idle.get_nowait()
        except Empty:
            worker = _Worker(self.make_coder)
            self.all.append(worker)
        if self.dismissed:  # meanwhile; whoever dismissed may not have seen this one
            worker.end()
        worker.begin()
        return worker

    def dismiss(self) -> None:
        """End all processes now, whatever they are doing."""
        self.dismissed = True
        for worker in self.all:
            worker.end()


class _Died(Exception):
    """A process ended without an answer; the text says how."""

    loading = False  # before it could be asked anything


class _Worker:
    """One process, and our end of the pipe to it."""

    def __init__(self, make_coder: Callable[[], Codes]) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, make_coder), daemon=True)
        self.process.start()
        theirs.close()  # so that reading from ours ends when the process does

    def begin(self) -> None:
        """Wait until its coder is loaded."""
        try:
            error = self._answer()
        except _Died as death:
            death.loading = True
            raise
        if isinstance(error, DetenteError):
            raise error

    def code(self, stories: Sequence[Story]) -> list[Outcome]:
        """Send a chunk and wait for its outcomes."""
        try:
            self.pipe.send(stories)
        except OSError:
            raise self._death() from None
        answer = self._answer()
        if isinstance(answer, DetenteError):
            raise answer
        return [
            Failure(story, coded) if isinstance(coded, DetenteError) else Record(story, *coded)
            for story, coded in zip(stories, answer, strict=True)
        ]

    def end(self) -> None:
        """End the process; it holds nothing that could be lost."""
        self.process.kill()
        self.process.join()

    def _answer(self) -> Any:
        try:
            return self.pipe.recv()
        except (EOFError, OSError):
            raise self._death() from None

    def _death(self) -> _Died:
        self.process.join()
        code = self.process.exitcode or 0
        return _Died(signal.Signals(-code).name if code < 0 else f"exit code {code}")


def _work(pipe: Connection, make_coder: Callable[[], Codes]) -> None:
    """What a process does: load a coder, then answer chunk after chunk until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when it is over
    try:
        try:
            coder = make_coder()
            pipe.send(None)
            while True:
                pipe.send([_slim(outcome) for outcome in code_chunk(coder, pipe.recv())])
        except DetenteError as error:
            pipe.send(error)
    except (EOFError, OSError):
        return  # the parent has gone


def _slim(outcome: Outcome) -> Coded:
    """Without the story: the parent has it."""
    return outcome.error if isinstance(outcome, Failure) else (outcome.statements, outcome.events)


def _hold_interrupts() -> None:
    """Let processes that this thread starts ignore Ctrl-C, which reaches every process of a terminal.

    They inherit what the thread blocks, so that not even one that is just starting prints a traceback of its own
    before the parent ends it.
    """
    if hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # the first process starts it, and that would lift the block again
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
