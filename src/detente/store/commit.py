"""Writing a store: batches become visible one by one, each by a single rename."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from detente.errors import BadRecord, StoreError
from detente.records import Record
from detente.store import engine, manifest, merge, parts
from detente.store.manifest import Lock, Manifest, Part
from detente.store.runs import LISTED, Coding, Problem, Run, new_run
from detente.store.schema import STORED

BATCH = 500  # records in one commit: what a power cut costs at most
PATIENCE = 30.0  # seconds after which a smaller batch is committed: slow coders lose little too


class Writer:
    """Adds what one coder codes to a store, in a run of its own. Use it in a ``with``.

    Whatever was committed stays, whatever happens to the process. An open run of the same coder, one that was
    killed or interrupted, is taken up again under its id.

    Args:
        path: the folder; made if it is not there.
        coding: what decides how stories are coded.
        options: what else should be remembered of the run, such as its input.
        batch: how many records are committed together.

    Raises:
        StoreError: somebody else is writing it, it is no store, or it cannot be written.
    """

    def __init__(
        self,
        path: str | Path,
        coding: Coding,
        options: Mapping[str, Any] | None = None,
        *,
        batch: int = BATCH,
    ) -> None:
        """Take the lock, sweep up what a killed writer left, and begin or continue a run."""
        self.folder = Path(path).absolute()
        self.batch = batch
        _check_no_strangers(self.folder)
        self._lock = Lock(self.folder)
        try:
            self._connection = engine.writer(self.folder / "scratch")
            self.manifest = self._found()
            self._by = {run.id: run.fingerprint for run in self.manifest.runs}
            self.run = self._begin(coding, options or {})
            self._by[self.run.id] = self.run.fingerprint
            with engine.translated(str(self.folder)):
                shutil.rmtree(self.folder / "scratch", ignore_errors=True)
                manifest.sweep(self.folder, self.manifest)
                self._coded: dict[str, str] = dict(
                    self._connection.execute(
                        f"SELECT id, run FROM ({parts.shown(self.folder, self.manifest, 'story')})"
                    ).fetchall()
                )
            self.waiting: dict[str, str] = {}  # story id -> record as JSON
            self._rejects: list[Problem] = []
            self._failures: list[Problem] = []
            self._since = self._committed = time.monotonic()
            self._earlier = self.run.seconds
            self._replace(self.manifest.with_run(self.run))
        except BaseException:
            self._lock.close()
            raise

    def _found(self) -> Manifest:
        if manifest.current(self.folder) is None:
            return Manifest()
        held = manifest.Held(self.folder)
        held.close()  # we hold the writer's lock: nobody else deletes parts
        return held.manifest

    def _begin(self, coding: Coding, options: Mapping[str, Any]) -> Run:
        last = next(
            (run for run in reversed(self.manifest.runs) if run.fingerprint == coding.fingerprint), None
        )
        fresh = new_run(len(self.manifest.runs) + 1, coding, options, _now())
        if last is None or last.state == "done":
            return fresh
        # The whole input is read again, so what was wrong with it is met and counted again.
        return replace(last, state="open", options=fresh.options, ended=None, skipped=0, rejected=0, failed=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self.finish()
            else:
                with suppress(StoreError):  # the error that ends the run is the one to be told
                    self.finish("interrupted")
        finally:
            self.close()

    def done(self, story_id: str) -> bool:
        """Return whether the store's coding of a story is by this same coder, so that it need not be coded again."""
        run = self._coded.get(story_id)
        return story_id in self.waiting or (run is not None and self._by[run] == self.run.fingerprint)

    def skip(self, story_id: str) -> None:
        """Count a story that is passed over because it is `done`; those of this run itself are counted already."""
        if self._coded.get(story_id) != self.run.id and story_id not in self.waiting:
            self.run = replace(self.run, skipped=self.run.skipped + 1)

    def add(self, record: Record) -> None:
        """Take a record; it is committed with its batch. A story that is `done` is skipped.

        Raises:
            BadRecord: the record holds characters that no file can (lone surrogates).
            StoreError: the batch could not be committed; its records are kept for another try.
        """
        if self.done(record.story.id):
            self.skip(record.story.id)
            return
        line = record.to_json()
        try:
            line.encode("utf-8")
        except UnicodeEncodeError as error:
            raise BadRecord(
                f"the story {record.story.id} holds half a character (a lone surrogate)",
                where=record.story.source,
                advice="Save the story as UTF-8.",
            ) from error
        self.waiting[record.story.id] = line
        self.run = replace(
            self.run,
            stories=self.run.stories + 1,
            statements=self.run.statements + len(record.statements),
            events=self.run.events + len(record.events),
        )
        if len(self.waiting) >= self.batch or time.monotonic() - self._committed > PATIENCE:
            self.commit()

    def reject(self, where: str, why: str, kind: str) -> None:
        """Keep something that could not be read."""
        self.run = replace(self.run, rejected=self.run.rejected + 1)
        if len(self._rejects) < LISTED:
            self._rejects.append(Problem(where, why, kind))

    def fail(self, where: str, why: str, kind: str, story_id: str | None = None) -> None:
        """Keep a story that could not be coded."""
        self.run = replace(self.run, failed=self.run.failed + 1)
        if len(self._failures) < LISTED:
            self._failures.append(Problem(where, why, kind, story_id))

    def commit(self) -> None:
        """Make everything that was added visible.

        Raises:
            StoreError: it could not be written, for instance because the disk is full. What was committed before
                stays; what was added stays with the writer, which can be asked again.
        """
        if not self.waiting:
            return
        written: dict[str, list[Part]] = {}
        number, run = self.manifest.number + 1, self.run.id
        try:
            with engine.translated(str(self.folder)):
                parts.load(self._connection, self.waiting.values())
                for table, query in parts.queries(run).items():
                    written[table] = self._write(table, number, query, run)
                written["superseded"] = self._supersede(number)
            self._replace(merge.without_sums(self.manifest).with_parts(written))
        except BaseException:
            self._discard(written)
            raise
        self._coded.update(dict.fromkeys(self.waiting, run))
        self.waiting.clear()
        self._committed = time.monotonic()
        if merge.due(self.manifest):
            self._merge()

    def _supersede(self, number: int) -> list[Part]:
        """Write which earlier codings of the waiting stories are no longer shown."""
        gone = [
            {"story_id": story, "run": self._coded[story]} for story in self.waiting if story in self._coded
        ]
        if not gone:
            return []
        shape = engine.quoted('[{"story_id": "VARCHAR", "run": "VARCHAR"}]')
        query = f"SELECT unnest(from_json_strict({engine.quoted(json.dumps(gone))}, {shape}), max_depth := 2)"
        return self._write("superseded", number, query, self.run.id)

    def _write(self, table: str, number: int, query: str, run: str | None) -> list[Part]:
        return parts.write(self._connection, self.folder, table, number, query, run)

    def _discard(self, written: Mapping[str, list[Part]]) -> None:
        for found in written.values():
            for part in found:
                with suppress(OSError):
                    (self.folder / part.file).unlink(missing_ok=True)

    def _replace(self, fresh: Manifest) -> None:
        """Commit a manifest, with this run as it now is."""
        self.run = self._stamped()
        fresh = fresh.with_run(self.run).numbered(self.manifest.number + 1)
        with engine.translated(str(self.folder)):
            manifest.commit(self.folder, fresh)
        self.manifest = fresh

    def _stamped(self) -> Run:
        """The run with its time and problems up to now."""
        seconds = round(self._earlier + time.monotonic() - self._since, 3)
        return replace(
            self.run, seconds=seconds, rejects=tuple(self._rejects), failures=tuple(self._failures)
        )

    def _merge(self) -> None:
        fresh = merge.merged(self._connection, self.folder, self.manifest)
        try:
            self._replace(fresh)
        except BaseException:
            manifest.sweep(self.folder, self.manifest)
            raise
        manifest.sweep(self.folder, self.manifest)

    def finish(self, state: str = "done") -> None:
        """Commit what is left and end the run."""
        self.commit()
        self.run = replace(self._stamped(), state=state, ended=_now())
        self._replace(merge.with_sums(self._connection, self.folder, self.manifest.with_run(self.run)))
        with engine.translated(str(self.folder)):
            manifest.sweep(self.folder, self.manifest)

    def close(self) -> None:
        """Let go of the store. What was added and not committed is lost."""
        with suppress(Exception):
            self._connection.close()
        shutil.rmtree(self.folder / "scratch", ignore_errors=True)
        self._lock.close()


_OURS = (*STORED, "lock", "held", "scratch", "manifest.json.new")


def _check_no_strangers(folder: Path) -> None:
    """Raise StoreError if a folder holds something else; said before anything is made in it."""
    if manifest.current(folder) is not None or not folder.exists():
        return
    with engine.translated(str(folder)):
        strangers = {path.name for path in folder.iterdir()} - {*_OURS}
    if strangers:
        raise StoreError(
            f"this folder is no store and is not empty ({min(strangers)})",
            where=str(folder),
            advice="Give the name of a new folder.",
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
