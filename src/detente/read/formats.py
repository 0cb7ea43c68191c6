"""Which format a file has: its content decides, and its name where the content allows several."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from detente.errors import BinaryInput, EmptyInput, UnknownFormat
from detente.read import charset, databases, mail
from detente.read.archives import Part
from detente.read.stories import is_markup

ENDINGS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".nitf": "newsml",
    ".newsml": "newsml",
    ".json": "json",
    ".jsonld": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".warc": "warc",
    ".wet": "warc",
    ".eml": "mail",
    ".mbox": "mailbox",
    ".mbx": "mailbox",
}
OFFICE = {b"%PDF": "a PDF file", b"\xd0\xcf\x11\xe0": "an old Office file", b"{\\rtf": "an RTF file"}
FEED = re.compile(rb"<(?:\w{1,40}:)?(?:rss|feed|rdf:RDF|RDF)[\s>]", re.IGNORECASE)
NEWSML = re.compile(rb"<(?:\w{1,40}:)?(?:newsItem|newsMessage|packageItem|nitf)[\s>]")


def format_of(part: Part, named: bool) -> str:
    """Return the format of a part from its content and its name.

    Args:
        part: what was opened.
        named: whether the user named the file; in a folder, files with unknown endings are left out.

    Raises:
        EmptyInput, BinaryInput, UnknownFormat: it cannot be read, and why.
    """
    head = part.head()
    suffix = PurePosixPath(part.name).suffix.lower()
    if not head.strip():
        raise EmptyInput(
            "the file is empty" if not head else "there is nothing but white space", where=part.where
        )
    if head.startswith(b"PAR1"):
        return "parquet"
    for magic, kind in OFFICE.items():
        if head.startswith(magic):
            raise BinaryInput(f"it is {kind}", where=part.where)
    if head.startswith(b"WARC/"):
        return "warc"
    if charset.binary(head[:8192]):
        raise BinaryInput("it is not text", where=part.where)
    known = ENDINGS.get(suffix)
    if suffix and known is None and not named:
        raise UnknownFormat(f"files that end in {suffix} are not read from folders", where=part.where)
    return _seen(head, known)


def _seen(head: bytes, known: str | None) -> str:
    """The format that the content shows, or the name where the content allows several."""
    if known in ("csv", "jsonl", "mail", "mailbox"):
        return known
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"<" and (markup := _markup(start[:4096], known)):
        return markup
    if known == "html" or is_markup(charset.decoded(head[:20_000])):
        return "html"
    if start[:1] == b"{" and known in (None, "json"):
        first, _, rest = start.partition(b"\n")
        return "jsonl" if first.rstrip().endswith(b"}") and rest.lstrip()[:1] == b"{" else "json"
    if start[:1] == b"[" and (known == "json" or start[1:].lstrip()[:1] == b"{"):
        return "json"
    if known in (None, "text"):
        return mail.kind(head) or databases.layout(charset.decoded(head)) or "text"
    return "text" if known in ("parquet", "warc", "feed", "newsml") else known


def _markup(start: bytes, known: str | None) -> str | None:
    """Which XML a file is, None for HTML and for what only the name can tell."""
    if NEWSML.search(start):
        return "newsml"
    if FEED.search(start):
        return "feed"
    return known if known in ("feed", "newsml") and b"<html" not in start.lower() else None
