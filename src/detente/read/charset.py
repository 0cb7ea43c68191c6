"""Bytes to text: by byte order mark, as UTF-8, as declared, and in the end as Windows-1252, which reads anything."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from detente.errors import TooLong
from detente.read import limits
from detente.read.archives import Part, whole

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
SOME = 0.005
"""Share of bytes that may be broken in a text that is still taken for UTF-8."""


def decoded(data: bytes, *, declared: str | None = None) -> str:
    """Return bytes as text. Broken UTF-8 keeps what is sound, with U+FFFD where it is not."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    named = DECLARED.search(data[:4096])
    told = declared or (named.group(1).decode("ascii") if named else None)
    codec = _codec(told)
    if codec and codec not in ("utf-8", "ascii"):
        return data.decode(codec, "replace")
    lenient = data.decode("utf-8", "replace")
    # Text in an old one-byte code has broken bytes at every accent; damaged UTF-8 has few beside many sound ones.
    high = sum(character > "\x7f" for character in lenient)
    broken = lenient.count("\ufffd")
    if broken <= max(SOME * len(lenient), 1) and broken < 0.5 * high:
        return lenient
    return data.decode("cp1252", "replace")


def _codec(name: str | None) -> str | None:
    try:
        found = codecs.lookup(name or "")
    except (LookupError, ValueError):
        return None
    # The web reads Latin-1 as Windows-1252; codecs that are no charsets (rot13, zip) are not for text.
    if not found._is_text_encoding:
        return None
    return "cp1252" if found.name in ("iso8859-1", "ascii") else found.name


def encoding_of(head: bytes) -> str:
    """Return the encoding of a stream from its first bytes, for reading it line by line."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    try:
        # The head may end within a character.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252" if decoded(head) == head.decode("cp1252", "replace") else "utf-8"
    return "utf-8"


def lines(part: Part) -> Iterator[bytes | TooLong]:
    """Yield the lines of a part as bytes; a TooLong in the place of one that is longer than the limit."""
    number = 0
    while line := part.stream.readline(limits.DOCUMENT + 1):
        number += 1
        if len(line) > limits.DOCUMENT:
            while line and not line.endswith(b"\n"):
                line = part.stream.readline(1 << 20)
            yield TooLong(f"longer than {limits.DOCUMENT:,} bytes", where=f"{part.where}, line {number}")
        else:
            yield line


def text_lines(part: Part) -> Iterator[str]:
    """Yield the lines of a part as text; TooLong ends it, for what comes next cannot be told apart any more."""
    encoding = encoding_of(part.head())
    if encoding in ("utf-16", "utf-32"):
        # In these a line end is more than one byte: such files are small exports, and read whole.
        yield from decoded(whole(part, limits.DOCUMENT)).splitlines(keepends=True)
        return
    for line in lines(part):
        if isinstance(line, TooLong):
            raise line
        # A csv module of the standard library stops at a NUL.
        yield line.decode(encoding, "replace").replace("\x00", "")


def binary(head: bytes) -> bool:
    """Whether the first bytes of a file are not text."""
    if any(head.startswith(mark) for mark, _ in MARKS):
        return False
    if b"\x00" in head:
        return True
    controls = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)
    return controls > 0.02 * max(len(head), 1)
