"""What a store holds: the manifest that names its parts, and how it is replaced and read.

::

    DIR/manifest.json             which runs there were, and which parts count
    DIR/<table>/<number>.parquet  the parts, never changed once written
    DIR/held/<number>.json        earlier manifests, until no reader uses them any more
    DIR/lock                      held by the one who writes

A part that no manifest names does not exist: it is left over from a writer that was killed, and is swept away by
the next. A commit writes new parts, then a new manifest beside the old one, and renames it over the old one:
a reader sees all of a commit or nothing of it.

A reader keeps a shared lock on the very file that it read its manifest from. Whoever replaces a manifest keeps the
old one under a second name; parts are only deleted when nobody holds a manifest that names them. So readers never
wait, and what they look at stays.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import IO, Any
from weakref import finalize

from detente.errors import BadRecord, StoreError
from detente.store.engine import failure
from detente.store.runs import Run
from detente.store.schema import STORED

fcntl: Any
try:
    fcntl = import_module("fcntl")
except ImportError:  # Windows
    fcntl = None

FORMAT = 1
NAME = "manifest.json"
HELD = "held"


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file of one table."""

    file: str  # relative to the store
    rows: int
    bytes: int
    run: str | None = None  # None: rows of several runs


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which runs there were and which parts count.

    Attributes:
        number: grows with every commit; parts written for a commit bear its number.
        runs: all runs, in the order in which they began.
        parts: by table.
    """

    number: int = 0
    runs: tuple[Run, ...] = ()
    parts: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)

    def of(self, table: str) -> tuple[Part, ...]:
        """Return the parts of a table."""
        return self.parts.get(table, ())

    def files(self) -> set[str]:
        """Return the names of all parts."""
        return {part.file for parts in self.parts.values() for part in parts}

    def numbered(self, number: int) -> Manifest:
        """Return the manifest with another number."""
        return replace(self, number=number)

    def with_run(self, run: Run) -> Manifest:
        """Return the manifest with this run in it, in place of an earlier state of it."""
        if any(known.id == run.id for known in self.runs):
            runs = tuple(run if known.id == run.id else known for known in self.runs)
        else:
            runs = (*self.runs, run)
        return replace(self, runs=runs)

    def with_parts(self, added: Mapping[str, Iterable[Part]]) -> Manifest:
        """Return the manifest with these parts besides its own."""
        return replace(self, parts={table: (*self.of(table), *added.get(table, ())) for table in STORED})

    def to_json(self) -> str:
        """Return the text of the file."""
        parts = {
            table: [
                {key: getattr(part, key) for key in ("file", "rows", "bytes", "run")}
                for part in self.of(table)
            ]
            for table in STORED
        }
        data = {
            "format": FORMAT,
            "number": self.number,
            "runs": [run.to_dict() for run in self.runs],
            "parts": parts,
        }
        return json.dumps(data, ensure_ascii=False)


class Held:
    """A manifest in use: as long as this lives and is not closed, none of its parts is deleted."""

    def __init__(self, folder: Path) -> None:
        """Read the manifest of a store and hold on to it; StoreError if there is none or it is damaged."""
        handle = _hold(folder)
        # Not a file object: Python would warn about one that was never closed, and nobody has to close a Store.
        self.close = finalize(self, os.close, handle)
        self.id = _inode(os.fstat(handle))
        self.manifest = parsed(_text(handle), str(folder / NAME))


def _text(handle: int) -> str:
    with os.fdopen(handle, encoding="utf-8", closefd=False) as file:
        return file.read()


def current(folder: Path) -> tuple[int, int, int] | None:
    """Return what tells one manifest from the next without reading it; None where there is none."""
    try:
        return _inode((folder / NAME).stat())
    except OSError:
        return None


def _inode(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_dev, found.st_ino, found.st_mtime_ns


def _hold(folder: Path) -> int:
    path = folder / NAME
    while True:
        try:
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        except (FileNotFoundError, NotADirectoryError):
            raise StoreError("there is no store here", where=str(folder), advice=_no_store(folder)) from None
        except OSError as error:
            raise failure(error.strerror or str(error), str(path), error.errno) from error
        if fcntl is None:
            return handle
        # Locks on a network drive that has none are done without: then parts may go while they are read.
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if _inode(os.fstat(handle)) == current(folder):
            return handle
        os.close(handle)  # replaced between opening and locking: whoever replaced it did not see our lock


def _no_store(folder: Path) -> str:
    if not folder.exists():
        return "Check the path, or make one with `detente code PATH --store DIR`."
    return "Give the folder that `detente code PATH --store DIR` wrote."


def parsed(text: str, where: str) -> Manifest:
    """Return the manifest that a file's text describes; StoreError if it describes none."""
    try:
        data = json.loads(text)
        if data["format"] > FORMAT:
            raise StoreError(
                f"the store has format {data['format']}, this version of detente reads up to {FORMAT}",
                where=where,
                advice="Install a newer detente.",
            )
        parts = {table: tuple(Part(**part) for part in data["parts"].get(table, ())) for table in STORED}
        return Manifest(data["number"], tuple(map(Run.from_dict, data["runs"])), parts)
    except (ValueError, KeyError, TypeError, AttributeError, BadRecord) as error:
        advice = "Put a copy of it back from a backup; the Parquet files beside it are still readable by themselves."
        raise StoreError(f"the manifest is damaged ({error})", where=where, advice=advice) from error


def commit(folder: Path, manifest: Manifest) -> None:
    """Make a manifest the one that counts, by one rename.

    Raises:
        OSError: the disk is full, or the folder may not be written; the old manifest still counts.
    """
    path, fresh = folder / NAME, folder / (NAME + ".new")
    try:
        with fresh.open("w", encoding="utf-8") as file:
            file.write(manifest.to_json())
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            held = folder / HELD
            held.mkdir(exist_ok=True)
            _keep(path, held / f"{manifest.number:08d}.json")
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    sync(folder)


def _keep(path: Path, name: Path) -> None:
    """Give a manifest a second name, so that it can be asked later whether somebody still reads it."""
    try:
        os.link(path, name)
    except FileExistsError:
        pass  # by a writer that was killed at this very point
    except OSError as error:
        # Some network drives know no second names: there, parts may go while they are read.
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):
            raise


def sync(path: Path) -> None:
    """Have the operating system put a file or folder on the disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(folder: Path, manifest: Manifest) -> None:
    """Delete the parts that neither this manifest nor any that a reader still holds names.

    Only for whoever holds the writer's lock.
    """
    wanted = manifest.files()
    for old in sorted((folder / HELD).glob("*.json")):
        if _in_use(old):
            wanted |= parsed(old.read_text(encoding="utf-8"), str(old)).files()
        else:
            old.unlink(missing_ok=True)
    for part in _parts(folder):
        if part.relative_to(folder).as_posix() not in wanted:
            part.unlink(missing_ok=True)


def _parts(folder: Path) -> Iterator[Path]:
    for table in STORED:
        yield from (folder / table).glob("*.parquet*")


def _in_use(path: Path) -> bool:
    with path.open(encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


class Lock:
    """The writer's lock: one process at a time may write a store."""

    def __init__(self, folder: Path) -> None:
        """Take the lock; StoreError if somebody else has it. It ends with the process, however that ends."""
        if fcntl is None:
            raise StoreError("stores can be written on Linux and macOS only", where=str(folder))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file: IO[Any] = (folder / "lock").open("a+", encoding="utf-8")
        except OSError as error:
            raise failure(error.strerror or str(error), str(folder), error.errno) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.seek(0)
            holder = self._file.read().strip() or "unknown"
            self._file.close()
            raise StoreError(
                f"another process is writing this store (process {holder})",
                where=str(folder),
                advice="Wait until it has finished, or write to another folder. Reading is possible at any time.",
            ) from None
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        with suppress(OSError):  # the number is for the message only; a full disk must not keep us out
            self._file.flush()

    def close(self) -> None:
        """Let others write."""
        with suppress(OSError):
            self._file.close()
