"""Web archives (WARC 0.17 to 1.1): the pages in them, and the texts of WET files.

Read record by record; pages that were not served (any status but 200), pictures and scripts are left out without
counting, for every crawl is full of them.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from detente.errors import BrokenArchive, TooLong
from detente.read import charset, limits
from detente.read.archives import Part
from detente.read.stories import Received
from detente.read.tally import Tally

HEADERS = 1000
"""Lines of headers that one record may have."""
PIECE = 1 << 20


class Head(NamedTuple):
    """First line and headers of a WARC record or of an HTTP response."""

    first: str
    fields: dict[str, str]


def pages(part: Part, tally: Tally) -> Iterator[Received]:
    """Yield pages and texts of a web archive.

    Raises:
        BrokenArchive: the archive breaks off or a record is damaged; what came before is yielded.
    """
    number = 0
    while head := _head(part, number):
        number += 1
        length = head.fields.get("content-length", "")
        if not length.isdecimal():
            raise BrokenArchive(f"record {number} has no length", where=part.where)
        kind = head.fields.get("warc-type", "").lower()
        size = int(length)
        if kind not in ("response", "conversion", "resource"):
            _skip(part, size, number)
        elif size > limits.DOCUMENT:
            _skip(part, size, number)
            tally.reject(
                TooLong(f"longer than {limits.DOCUMENT:,} bytes", where=f"{part.where}, record {number}")
            )
        else:
            block = part.stream.read(size)
            if len(block) < size:
                raise BrokenArchive(f"breaks off within record {number}", where=part.where)
            received = _page(head, kind, block)
            if received:
                yield _placed(received, part, number)


def _placed(received: Received, part: Part, number: int) -> Received:
    from dataclasses import replace

    position = ", ".join(piece for piece in (part.position, f"record {number}") if piece)
    return replace(received, source=part.source, position=position)


def _head(part: Part, number: int) -> Head | None:
    """The head of the next record, None at the end."""
    line = b"\r\n"
    blank = 0
    while line in (b"\r\n", b"\n"):
        line = part.stream.readline(PIECE)
        blank += 1
        if blank > HEADERS:
            raise BrokenArchive(f"nothing but empty lines after record {number}", where=part.where)
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise BrokenArchive(f"no record begins after record {number}", where=part.where)
    lines = [line]
    while (line := part.stream.readline(PIECE)) not in (b"\r\n", b"\n", b""):
        lines.append(line)
        if len(lines) > HEADERS:
            raise BrokenArchive(f"record {number + 1} has too many headers", where=part.where)
    return _parsed(lines)


def _parsed(lines: list[bytes]) -> Head:
    texts = [line.decode("utf-8", "replace").strip() for line in lines]
    fields: dict[str, str] = {}
    for text in texts[1:]:
        name, colon, value = text.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return Head(texts[0], fields)


def _skip(part: Part, size: int, number: int) -> None:
    while size:
        data = part.stream.read(min(size, PIECE))
        if not data:
            raise BrokenArchive(f"breaks off within record {number}", where=part.where)
        size -= len(data)


def _page(head: Head, kind: str, block: bytes) -> Received | None:
    """The page or text in a record, None if it holds neither."""
    url = head.fields.get("warc-target-uri", "").strip("<>") or None
    content = head.fields.get("content-type", "").lower()
    if kind == "response" and content.startswith("application/http"):
        top, _, body = block.partition(b"\r\n\r\n")
        http = _parsed(top.split(b"\r\n"))
        if " 200" not in http.first[:20]:
            return None
        content = http.fields.get("content-type", "").lower()
        block = _body(http.fields, body)
    declared = content.partition("charset=")[2].split(";")[0].strip(" \"'") or None
    if not block.strip() or charset.binary(block[:4096]):
        return None
    if content.startswith(("text/html", "application/xhtml")):
        return Received(charset.decoded(block, declared=declared), markup=True, url=url)
    if content.startswith("text/plain"):
        return Received(charset.decoded(block, declared=declared), markup=False, url=url)
    return None


def _body(fields: dict[str, str], body: bytes) -> bytes:
    """A response's body without its transfer and content encodings; as it is where they cannot be undone."""
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    encoding = fields.get("content-encoding", "").lower()
    try:
        if encoding in ("gzip", "x-gzip"):
            with gzip.GzipFile(fileobj=__import__("io").BytesIO(body)) as stream:
                return stream.read(limits.DOCUMENT)
        if encoding == "deflate":
            return zlib.decompressobj(15 if body[:1] == b"\x78" else -15).decompress(body, limits.DOCUMENT)
    except (OSError, EOFError, zlib.error):
        return b""
    return body


def _unchunked(body: bytes) -> bytes:
    """The body put together from its chunks; unchanged if it has none, as crawlers often undo them."""
    pieces: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at, at + 200)
        try:
            size = int(body[at:end].split(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            return b"".join(pieces) if pieces else body
        if size == 0:
            return b"".join(pieces)
        pieces.append(body[end + 2 : end + 2 + size])
        at = end + 4 + size
