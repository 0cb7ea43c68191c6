"""E-mail: press releases, alerts and newsletters, one message a file (.eml) or many in a mailbox (.mbox).

The subject is the headline, the sender the outlet, the date that of the message. The body is the plain text if there
is one, else the HTML; attachments are counted, not read. What a signature or a quoted message holds is furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr
from typing import NamedTuple

from detente.errors import BrokenMarkup, DetenteError, EmptyInput, TooLong, UnknownFormat
from detente.read import charset, limits
from detente.read.archives import Part, whole
from detente.read.stories import Received
from detente.read.tally import Tally
from detente.records import Furniture

NEXT = re.compile(rb"From \S[^\n]{0,200}?\d\d:\d\d")
"""The line before each message of a mailbox: who sent it and when."""
FIELD = re.compile(rb"[!-9;-~]{1,80}:")
USUAL = frozenset(
    (b"from", b"to", b"date", b"subject", b"message-id", b"mime-version", b"received", b"return-path",
     b"delivered-to", b"reply-to", b"content-type", b"sender", b"list-id")
)  # fmt: skip
ANSWER = re.compile(r"(?:(?:re|fwd?|aw|wg)(?:\[\d{1,3}\])?:\s{0,3}){1,10}", re.IGNORECASE)
PIECE = 1 << 16
FEW = 200
"""Characters below which a plain text is taken for a mere pointer to the HTML beside it."""


class Body(NamedTuple):
    """What a message says, and how many attachments lie beside it."""

    raw: str
    markup: bool
    attached: int
    furniture: tuple[Furniture, ...] = ()


def kind(head: bytes) -> str | None:
    """Return "mail" or "mailbox" if these first bytes are those of one, else None."""
    if NEXT.match(head):
        return "mailbox"
    names = set()
    for line in head[:16_384].splitlines()[:60]:
        if not line.strip():
            break
        if line[:1] in b" \t":
            continue
        field = FIELD.match(line)
        if not field:
            return None
        names.add(field.group()[:-1].lower())
    return "mail" if len(names & USUAL) > 2 and {b"from", b"subject"} <= names else None


def message(part: Part, tally: Tally) -> Iterator[Received]:
    """Yield the text of a file that is one message.

    Raises:
        TooLong, BrokenMarkup, EmptyInput: there is none in it, or it is not sound.
    """
    yield _received(whole(part, limits.DOCUMENT), part, part.position, tally)


def mailbox(part: Part, tally: Tally) -> Iterator[Received]:
    """Yield the texts of the messages in a mailbox, one at a time; what is wrong with one is counted."""
    for number, data in enumerate(_messages(part), 1):
        position = ", ".join(piece for piece in (part.position, f"message {number}") if piece)
        try:
            if data is None:
                raise TooLong(f"longer than {limits.DOCUMENT:,} bytes")
            yield _received(data, part, position, tally)
        except DetenteError as error:
            error.where = f"{part.source}, {position}"
            tally.reject(error)


def _messages(part: Part) -> Iterator[bytes | None]:
    """Yield the messages of a mailbox; None in the place of one that is longer than the limit."""
    lines: list[bytes] = []
    size = 0
    begins = True
    while line := part.stream.readline(PIECE):
        if begins and NEXT.match(line):
            if size:
                yield b"".join(lines) if size <= limits.DOCUMENT else None
            lines, size = [], 0
            continue
        size += len(line)
        if size <= limits.DOCUMENT:
            # A line of the text that looks like the start of a message was written with a mark before it.
            lines.append(line[1:] if line.startswith(b">From ") else line)
        else:
            lines.clear()
        begins = line in (b"\n", b"\r\n")
    if size:
        yield b"".join(lines) if size <= limits.DOCUMENT else None


def _received(data: bytes, part: Part, position: str | None, tally: Tally) -> Received:
    """The text of a message."""
    where = ", ".join(piece for piece in (part.source, position) if piece)
    lowered = data.lower()
    if lowered.count(b"multipart/") > limits.NESTED or lowered.count(b"content-type:") > limits.PARTS:
        raise BrokenMarkup("its parts are too many, or nested too deeply", where=where)
    try:
        found = BytesParser().parsebytes(data)
        body = _body(found)
    except (MessageError, RecursionError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise BrokenMarkup(f"not a sound message ({error})", where=where) from None
    if body.attached:
        files = "attachment was" if body.attached == 1 else "attachments were"
        tally.reject(UnknownFormat(f"{body.attached} {files} not read", where=where))
    if not body.raw.strip():
        raise EmptyInput("the message has no text", where=where)
    sender, address = parseaddr(_header(found, "from") or "")
    return Received(
        raw=body.raw,
        markup=body.markup,
        url=_address(found),
        guid=_header(found, "message-id"),
        headline=ANSWER.sub("", _header(found, "subject") or "", count=1) or None,
        published=_header(found, "date"),
        outlet=sender or address.rpartition("@")[2] or None,
        furniture=body.furniture,
        source=part.source,
        position=position,
    )


def _header(found: Message, name: str) -> str | None:
    """A header as text, whatever it was encoded in; None if there is none."""
    value = next((value for key, value in found.raw_items() if key.lower() == name), "")
    text = charset.decoded(str(value)[:4000].encode("utf-8", "surrogateescape"))
    # A header in an encoding that nobody knows is kept as it stands.
    with suppress(MessageError, LookupError, ValueError, TypeError):
        text = str(make_header(decode_header(text)))
    return " ".join(text.split()) or None


def _address(found: Message) -> str | None:
    """Where the message itself can be read on the web (RFC 5064)."""
    address = (_header(found, "archived-at") or "").strip("<>")
    return address if address.startswith(("http://", "https://")) else None


def _body(found: Message) -> Body:
    """The text of a message: plain if that says enough, else HTML."""
    texts: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    attached = 0
    for piece in found.walk():
        if piece.is_multipart():
            continue
        type_ = piece.get_content_type()
        if type_ in texts and not piece.get_filename() and piece.get_content_disposition() != "attachment":
            texts[type_].append(_text(piece))
        elif piece.get_content_disposition() == "attachment":
            attached += 1
    plain, page = ("\n\n".join(filter(str.strip, texts[name])) for name in texts)
    if page.strip() and len(plain.strip()) < FEW:
        return Body(page, True, attached)
    kept, dropped = _own(plain)
    return Body(kept, False, attached, tuple(dropped))


def _text(piece: Message) -> str:
    """A part's text: undone from its transfer encoding, decoded, and put together again where it was wrapped."""
    data = piece.get_payload(decode=True)
    text = charset.decoded(data if isinstance(data, bytes) else b"", declared=piece.get_content_charset())
    text = text.replace("\r\n", "\n")
    return _unwrapped(text) if piece.get_param("format") == "flowed" else text


def _unwrapped(text: str) -> str:
    """Text of format=flowed (RFC 3676): a space at the end of a line says that the next one goes on."""
    lines = [line.removeprefix(" ") for line in text.split("\n")]
    return "".join(
        line if line.endswith(" ") and line != "-- " and line.strip() else f"{line}\n" for line in lines
    )


def _own(text: str) -> tuple[str, list[Furniture]]:
    """What the sender wrote himself, and what he did not: earlier messages that he quotes, and his signature."""
    kept: list[str] = []
    dropped: list[Furniture] = []
    signed = False
    for line in text.split("\n"):
        signed = signed or line == "-- "
        if line.startswith(">"):
            dropped.append(Furniture(line, "quoted from an earlier message"))
        elif signed and line.strip():
            dropped.append(Furniture(line, "in the signature of the message"))
        elif not signed:
            kept.append(line)
    return "\n".join(kept), dropped
