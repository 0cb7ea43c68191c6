"""Opening what is packed: .gz .bz2 .xz .zst, zip and tar, also within one another, without writing anything to disk.

Nothing is ever extracted, so a member cannot climb out of its archive; one whose name tries to is refused all the
same. A file that grows beyond `limits.EXPANSION` times its packed size is refused as a decompression bomb.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from detente.errors import BinaryInput, BrokenArchive, DetenteError, MissingPart, TooLong
from detente.read import limits
from detente.read.tally import Tally

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAGIC = (
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)
SUFFIXES = frozenset({".gz", ".bz2", ".xz", ".zst", ".tgz", ".zstd"})
HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Part:
    """A stream of bytes with its name: a file, or what lies in one."""

    stream: io.BufferedReader
    name: str  # decides the format where the content does not
    source: str
    position: str | None = None  # names of the members that lead to it
    depth: int = 0
    packings: int = 0  # how often it has been compressed over

    @property
    def where(self) -> str:
        """Where it lies, as an error message names it."""
        return ", ".join(part for part in (self.source, self.position) if part)

    def head(self) -> bytes:
        """Return the first bytes, without reading on."""
        return self.stream.peek(HEAD)[:HEAD]


class Counted(io.RawIOBase):
    """A stream that counts what is read from it, and turns damage into one kind of error.

    Args:
        inner: the stream to read from.
        where: what it is called in an error.
        packed: says how many packed bytes have gone into it so far; None where nothing was packed.
    """

    def __init__(self, inner: IO[bytes], where: str, packed: Callable[[], int] | None = None) -> None:
        """Count from nothing."""
        self.inner = inner
        self.where = where
        self.packed = packed
        self.count = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read into the buffer; BrokenArchive for damage, TooLong for a bomb."""
        view = memoryview(buffer).cast("B")
        try:
            data = self.inner.read(len(view))
        except (EOFError, OSError, zlib.error, lzma.LZMAError, tarfile.TarError, RuntimeError) as error:
            raise BrokenArchive(f"damaged or truncated ({error})", where=self.where) from None
        except Exception as error:
            # zstandard has an error class of its own, and is imported only when needed.
            if type(error).__name__ != "ZstdError":
                raise
            raise BrokenArchive(f"damaged or truncated ({error})", where=self.where) from None
        view[: len(data)] = data
        self.count += len(data)
        if self.packed and self.count > limits.FREE and self.count > limits.EXPANSION * max(self.packed(), 1):
            raise TooLong(f"unpacks to more than {limits.EXPANSION} times its size", where=self.where)
        return len(data)


def opened(part: Part, tally: Tally) -> Iterator[Part]:
    """Yield what a part holds once everything packed is opened: itself if nothing is.

    Damage, and members that are refused, are counted in the tally; what comes before the damage is yielded.
    """
    try:
        kind = packing(part)
        if kind is None:
            yield part
        elif kind == "zip":
            yield from _zip(part, tally)
        elif kind == "tar":
            yield from _tar(part, tally)
        else:
            yield from opened(_unpacked(part, kind), tally)
    except DetenteError as error:
        tally.reject(error)


def packing(part: Part) -> str | None:
    """Return how a part is packed, None if it is not."""
    head = part.head()
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    return "tar" if head[257:262] == b"ustar" or PurePosixPath(part.name).suffix.lower() == ".tar" else None


def _unpacked(part: Part, kind: str) -> Part:
    # A file can be made that unpacks to itself, for ever.
    if part.packings >= limits.PACKINGS:
        raise BrokenArchive(f"compressed more than {limits.PACKINGS} times over", where=part.where)
    packed = Counted(part.stream, part.where)
    inner = io.BufferedReader(packed, HEAD)
    unpack: dict[str, Callable[[Any], Any]] = {
        "gz": lambda stream: gzip.GzipFile(fileobj=stream),
        "bz2": bz2.BZ2File,
        "xz": lzma.LZMAFile,
        "zst": _zstandard,
    }
    stream: io.BufferedReader = io.BufferedReader(
        Counted(unpack[kind](inner), part.where, lambda: packed.count), HEAD
    )
    suffix = PurePosixPath(part.name).suffix.lower()
    stem = part.name[: -len(suffix)] if suffix in SUFFIXES else part.name
    name = f"{stem}.tar" if suffix == ".tgz" else stem
    return replace(part, stream=stream, name=name, packings=part.packings + 1)


def _zstandard(stream: IO[bytes]) -> io.RawIOBase:
    try:
        import zstandard
    except ImportError:
        raise MissingPart(
            "reading .zst files needs the package zstandard", advice="Type: pip install zstandard"
        ) from None
    return _Frames(stream, zstandard)


class _Frames(io.RawIOBase):
    """A .zst stream, frame after frame, that tells a truncated one from one that ends.

    zstandard's own stream reader takes a cut for the end. What it unpacks at once must stay small, for four packed
    bytes can hold 128 KiB.
    """

    PIECE = 2048

    def __init__(self, inner: IO[bytes], zstandard: Any) -> None:
        # A frame may ask for a window of gigabytes; nothing that packs text needs more than 128 MiB.
        self.unpacker = zstandard.ZstdDecompressor(max_window_size=1 << 27)
        self.inner = inner
        self.frame: Any = None
        self.packed = self.ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        while not self.ready:
            self.packed = self.packed or self.inner.read(self.PIECE)
            if not self.packed:
                if self.frame:
                    raise EOFError("it ends within a frame")
                return 0
            self.frame = self.frame or self.unpacker.decompressobj()
            self.ready = self.frame.decompress(self.packed)
            self.packed = b""
            if self.frame.eof:
                self.packed, self.frame = self.frame.unused_data, None
        size = min(len(view), len(self.ready))
        view[:size], self.ready = self.ready[:size], self.ready[size:]
        return size


def _deeper(part: Part) -> None:
    if part.depth >= limits.DEPTH:
        raise BrokenArchive(f"more than {limits.DEPTH} archives within one another", where=part.where)


def _zip(part: Part, tally: Tally) -> Iterator[Part]:
    _deeper(part)
    try:
        stream = _seekable(part)
        size = stream.seek(0, io.SEEK_END)
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BrokenArchive(f"not a sound zip file ({error})", where=part.where) from None
    if "[Content_Types].xml" in archive.namelist():
        raise BinaryInput("it is an Office file (docx, xlsx, pptx)", where=part.where)
    unpacked = 0
    with archive:
        for count, info in enumerate(archive.infolist()):
            if count >= limits.MEMBERS:
                raise BrokenArchive(f"more than {limits.MEMBERS:,} members", where=part.where)
            member = _member(part, info.filename)
            if info.is_dir() or not _welcome(member, info.filename, tally):
                continue
            try:
                inner = archive.open(info)
            except (RuntimeError, zipfile.BadZipFile, NotImplementedError, OSError) as error:
                tally.reject(BrokenArchive(f"cannot be unpacked ({error})", where=member.where))
                continue
            with inner:
                counted = Counted(inner, member.where, lambda size=info.compress_size: size)  # type: ignore[misc]
                yield from opened(replace(member, stream=io.BufferedReader(counted, HEAD)), tally)
            # Members may overlap: then each is honest, and all together are a bomb.
            unpacked += counted.count
            if unpacked > limits.FREE and unpacked > limits.EXPANSION * size:
                raise TooLong(f"unpacks to more than {limits.EXPANSION} times its size", where=part.where)


def _tar(part: Part, tally: Tally) -> Iterator[Part]:
    _deeper(part)
    try:
        with tarfile.open(fileobj=part.stream, mode="r|") as archive:
            for count, info in enumerate(archive):
                if count >= limits.MEMBERS:
                    raise BrokenArchive(f"more than {limits.MEMBERS:,} members", where=part.where)
                member = _member(part, info.name)
                # Links and devices are no stories, and a link may point anywhere.
                if not info.isfile() or not _welcome(member, info.name, tally):
                    continue
                stream = archive.extractfile(info)
                if stream:
                    yield from opened(
                        replace(member, stream=io.BufferedReader(Counted(stream, member.where), HEAD)), tally
                    )
                # Members of a stream are small or many: tarfile remembers each unless it is told to forget.
                archive.members.clear()  # type: ignore[attr-defined]
    except tarfile.TarError as error:
        raise BrokenArchive(f"not a sound tar file ({error})", where=part.where) from None


def _member(part: Part, name: str) -> Part:
    """The part that a member will be, its stream still that of the archive."""
    position = f"{part.position}/{name}" if part.position else name
    return replace(part, name=PurePosixPath(name).name, position=position, depth=part.depth + 1)


def _welcome(member: Part, name: str, tally: Tally) -> bool:
    """Whether a member is to be read; hidden files are not, names that climb are refused aloud."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or (path.parts[:1] and path.parts[0].endswith(":")):
        tally.reject(BrokenArchive("the name of a member climbs out of the archive", where=member.where))
        return False
    return not any(piece.startswith((".", "__MACOSX")) for piece in path.parts)


def _seekable(part: Part) -> IO[bytes]:
    """A stream of the part in which one can go back: the file itself, or its bytes in memory."""
    raw = part.stream.raw
    if part.depth == 0 and not isinstance(raw, Counted) and part.stream.seekable():
        return part.stream
    return io.BytesIO(whole(part, limits.WHOLE))


def whole(part: Part, limit: int) -> bytes:
    """Return all bytes of a part; TooLong beyond the limit."""
    data = part.stream.read(limit + 1)
    if len(data) > limit:
        raise TooLong(f"longer than {limit:,} bytes", where=part.where)
    return data
