"""Made files of every format that detente reads, of any length, for measuring and for fuzzing.

    python benchmarks/made.py FORMAT STORIES > FILE

The stories are a few sentences about one event, numbered so that no two are the same.
"""

# ruff: noqa: E501 - documents are easier to compare with the formats on one line

from __future__ import annotations

import gzip
import io
import json
import sys
import tarfile
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

SENTENCES = (
    "LIMA — Peru recalled its ambassador to Mexico on Friday, President Dina Boluarte said in a televised address.",
    "The two governments have been at odds since Congress removed Pedro Castillo from office in December 2022.",
    "Mexico's foreign ministry said that it regretted the decision and that consular work would go on.",
)
DAY = "2023-02-24"
BATCH = 500
"""Documents that a news database puts into one export; longer files are exports one after the other."""
NOTES = 1
"""Numbered paragraphs that each story has: sixty make it as long as a long one in a newspaper, some 4,500 characters."""


def text(number: int) -> str:
    """The text of one story: three short paragraphs and the numbered ones."""
    told = f"Lawmakers were told of note number {number} in the afternoon."
    return "\n\n".join((*SENTENCES, *[told] * NOTES))


def headline(number: int) -> str:
    """Its headline."""
    return f"Peru recalls envoy from Mexico, note {number}"


def _html(number: int) -> str:
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in text(number).split("\n\n"))
    return f"<html><head><title>{headline(number)}</title></head><body><article><h1>{headline(number)}</h1>{paragraphs}</article></body></html>"


def _row(number: int) -> dict[str, str]:
    return {
        "headline": headline(number),
        "published": DAY,
        "url": f"https://a.example/{number}",
        "text": text(number),
    }


def _jsonl(count: int) -> Iterator[str]:
    return (json.dumps(_row(number)) + "\n" for number in range(count))


def _json(count: int) -> Iterator[str]:
    yield "["
    yield from ((",\n" if number else "") + json.dumps(_row(number)) for number in range(count))
    yield "]"


def _csv(count: int) -> Iterator[str]:
    yield "headline,published,url,text\n"
    yield from (",".join(f'"{value}"' for value in _row(number).values()) + "\n" for number in range(count))


def _tsv(count: int) -> Iterator[str]:
    yield "headline\tpublished\turl\ttext\n"
    yield from ("\t".join(f'"{value}"' for value in _row(number).values()) + "\n" for number in range(count))


def _rss(count: int) -> Iterator[str]:
    yield '<?xml version="1.0"?><rss version="2.0"><channel><title>The Example</title>\n'
    for number in range(count):
        yield f"<item><title>{headline(number)}</title><link>https://a.example/{number}</link><pubDate>Fri, 24 Feb 2023 18:00:00 +0000</pubDate>"
        yield f"<description>{escape(_html(number))}</description></item>\n"
    yield "</channel></rss>"


def _atom(count: int) -> Iterator[str]:
    yield '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Example</title>\n'
    for number in range(count):
        yield f'<entry><title>{headline(number)}</title><id>tag:{number}</id><updated>{DAY}T18:00:00Z</updated><content type="html">{escape(_html(number))}</content></entry>\n'
    yield "</feed>"


def _newsml(count: int) -> Iterator[str]:
    yield '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>\n'
    for number in range(count):
        yield f'<newsItem guid="urn:a:{number}" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/><provider literal="The Example"/><versionCreated>{DAY}T18:00:00Z</versionCreated></itemMeta>'
        yield f"<contentMeta><headline>{headline(number)}</headline><by>By Jane Roe</by></contentMeta><contentSet><inlineXML><nitf><body><body.content>"
        yield "".join(f"<p>{escape(part)}</p>" for part in text(number).split("\n\n"))
        yield "</body.content></body></nitf></inlineXML></contentSet></newsItem>\n"
    yield "</itemSet></newsMessage>"


def _ninjs(count: int) -> Iterator[str]:
    for number in range(count):
        item = {
            "uri": f"urn:a:{number}",
            "versionCreated": f"{DAY}T18:00:00Z",
            "headlines": [{"role": "main", "value": headline(number)}],
            "bodies": [{"role": "main", "contentType": "text/plain", "value": text(number)}],
        }
        yield json.dumps(item) + "\n"


def _jsonld(count: int) -> Iterator[str]:
    for number in range(count):
        article = {
            "@type": "NewsArticle",
            "headline": headline(number),
            "datePublished": DAY,
            "articleBody": text(number),
        }
        yield json.dumps(article) + "\n"


def _mail(number: int) -> str:
    return (
        f"From: The Example <news@a.example>\nSubject: {headline(number)}\nDate: Fri, 24 Feb 2023 18:00:00 +0000\n"
        f"Message-ID: <{number}@a.example>\nContent-Type: text/plain; charset=utf-8\n\n{text(number)}\n"
    )


def _mbox(count: int) -> Iterator[str]:
    return (f"From a@a.example Fri Feb 24 18:00:00 2023\n{_mail(number)}\n" for number in range(count))


def _nexis_1(count: int) -> Iterator[str]:
    for number in range(count):
        yield f"Document {number % BATCH + 1} of {min(count, BATCH)} DOCUMENTS\n\nCopyright 2003 The Example Company\nThe Example\n\nMarch 7, 2003, Friday, Late Edition - Final\n\nSECTION: Section A; Page 8; Foreign Desk\n\nLENGTH: 52 words\n\nHEADLINE: {headline(number)}\n\nBYLINE: By JANE ROE\n\nBODY:\n{text(number)}\n\nLOAD-DATE: March 7, 2003\n\n"


def _nexis_2(count: int) -> Iterator[str]:
    for number in range(count):
        yield f"\n                    {number % BATCH + 1} of {min(count, BATCH)} DOCUMENTS\n\n                    The Example\n\n              February 24, 2023 Friday\n                Late Edition - Final\n\n{headline(number)}\n\nBYLINE: By JANE ROE\n\nSECTION: Section A; Foreign Desk; Pg. 8\n\nLENGTH: 52 words\n\n{text(number)}\n\nLOAD-DATE: February 24, 2023\n\nLANGUAGE: ENGLISH\n\n"


def _nexis_3(count: int) -> Iterator[str]:
    for number in range(count):
        yield f"{headline(number)}\n\nThe Example\nFebruary 24, 2023 Friday\n\nCopyright 2023 The Example Company\nSection: WORLD; Pg. 8\nLength: 52 words\nByline: By Jane Roe\n\nBody\n\n{text(number)}\n\nLoad-Date: February 24, 2023\n\n\nEnd of Document\n\n"


def _factiva_codes(count: int) -> Iterator[str]:
    for number in range(count):
        first, _, rest = text(number).partition("\n\n")
        yield f"HD  {headline(number)}\nBY  By Jane Roe\nWC  52 words\nPD  24 February 2023\nSN  The Example\nSC  EXAMPL\nLA  English\nCY  Copyright 2023 The Example\n\nLP  \n{first}\n\nTD  \n{rest}\n\nNS  gdip : International Relations\nAN  Document EXAMPL{number:020d}\n\n"


def _factiva(count: int) -> Iterator[str]:
    for number in range(count):
        yield f"{headline(number)}\nBy Jane Roe\n52 words\n24 February 2023\nThe Example\nEXAMPL\nEnglish\nCopyright 2023 The Example. All Rights Reserved.\n\n{text(number)}\n\nDocument EXAMPL{number:020d}\n\n"


def _warc(count: int) -> Iterator[str]:
    for number in range(count):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{_html(number)}".encode()
        yield f"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nWARC-Target-URI: https://a.example/{number}\r\nContent-Length: {len(http)}\r\n\r\n"
        yield http.decode() + "\r\n\r\n"


TEXTS: dict[str, Callable[[int], Iterator[str]]] = {
    "story.txt": lambda count: iter([f"{headline(1)}\n\n{text(1)}\n" * count]),
    "page.html": lambda count: iter([_html(1) * count]),
    "mail.eml": lambda count: iter([_mail(1) * count]),
    "rows.jsonl": _jsonl,
    "rows.json": _json,
    "rows.csv": _csv,
    "rows.tsv": _tsv,
    "feed.rss": _rss,
    "feed.atom": _atom,
    "items.newsml": _newsml,
    "ninjs.jsonl": _ninjs,
    "jsonld.jsonl": _jsonld,
    "mails.mbox": _mbox,
    "nexis-1.txt": _nexis_1,
    "nexis-2.txt": _nexis_2,
    "nexis-3.txt": _nexis_3,
    "factiva-codes.txt": _factiva_codes,
    "factiva.txt": _factiva,
    "pages.warc": _warc,
}


def pieces(name: str, count: int) -> Iterator[bytes]:
    """Yield a file of that name with so many stories, piece by piece; ``.gz`` behind the name packs it."""
    bare = name.removesuffix(".gz")
    if bare == name:
        yield from (piece.encode() for piece in TEXTS[name](count))
        return
    # Packed in members of some megabytes, as crawlers do: so a long file need not be held to be made.
    waiting: list[bytes] = []
    for piece in pieces(bare, count):
        waiting.append(piece)
        if len(waiting) > 2000:
            yield gzip.compress(b"".join(waiting), 1)
            waiting.clear()
    yield gzip.compress(b"".join(waiting), 1)


def tar(count: int) -> Iterator[bytes]:
    """Yield a tar file with so many texts, piece by piece."""
    for number in range(count):
        data = f"{headline(number)}\n\n{text(number)}\n".encode()
        info = tarfile.TarInfo(f"{number:09d}.txt")
        info.size = len(data)
        yield info.tobuf() + data + b"\0" * (-len(data) % 512)
    yield b"\0" * 1024


def whole(name: str, count: int) -> bytes:
    """Return such a file at once."""
    buffer = io.BytesIO()
    buffer.writelines(tar(count) if name == "texts.tar" else pieces(name, count))
    return buffer.getvalue()


if __name__ == "__main__":
    for data in (
        tar(int(sys.argv[2])) if sys.argv[1] == "texts.tar" else pieces(sys.argv[1], int(sys.argv[2]))
    ):
        sys.stdout.buffer.write(data)
