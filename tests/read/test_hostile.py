"""Hostile input: each is refused or survived, in bounded time, and what stands beside it is read."""

from __future__ import annotations

import gzip
import io
import random
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

import pytest
import zstandard

from detente.errors import DetenteError
from detente.read import Tally, limits, read

SECONDS = 10
"""Processor time that one hostile file may take here; the docs state it."""
MEGABYTES = 1000
"""Memory that a process may take which reads all of them; the docs state it."""
GOOD = "Peru recalled its ambassador from Mexico on Friday, the foreign ministry said, and asked its staff to stay. "
WARC = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: "
LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))
RSS = "<rss><channel><item><description>{}</description></item></channel></rss>"
MANY = 300_000
BLANKS = b'{"text": "' + GOOD.encode() + b'"}\n' + b"\n" * 60_000_000


def packed(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def overlapping(count: int) -> bytes:
    """A zip file all of whose members are the same bytes, so that it unpacks to far more than it could hold."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        # Just below the expansion that one member may have.
        archive.writestr("a.jsonl", random.Random(1).randbytes(20_000).hex().encode() + b"\n" * 3_000_000)
        first = archive.infolist()[0]
        for _ in range(1, count):
            twin = zipfile.ZipInfo("a.jsonl")
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type", "flag_bits"):
                setattr(twin, name, getattr(first, name))
            archive.filelist.append(twin)
    return buffer.getvalue()


def climbing() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        member = tarfile.TarInfo("../../etc/cron.txt")
        member.size = len(GOOD)
        archive.addfile(member, io.BytesIO(GOOD.encode()))
    return buffer.getvalue()


def layers(count: int) -> bytes:
    data = GOOD.encode()
    for _ in range(count):
        data = gzip.compress(data, mtime=0)
    return data


HOSTILE = {
    "one-line.html": (lambda: b"<html><body>" + b"<b>" * 7_000_000, "longer than"),
    "many-tags.html": (lambda: b"<html><body>" + b"<p>x" * MANY, "tags"),
    "just-below.html": (lambda: b"<html><body>" + b"<p>x" * (limits.TAGS - 2), None),
    "deep.html": (lambda: b"<html><body>" + b"<div>" * (limits.TAGS - 3) + GOOD.encode(), "no story"),
    "attributes.html": (lambda: b"<html><body><p " + b"a=1 " * MANY + b">" + GOOD.encode(), None),
    "entities.html": (lambda: b"<html><body><p>" + b"&amp;" * MANY, None),
    "wrong-label.html": (lambda: b"<html><meta charset=utf-16><body><p>" + GOOD.encode() * 3, None),
    "no-charset.html": (lambda: b"<html><meta charset=rot13><body><p>\xfa " + GOOD.encode() * 3, None),
    "lines.txt": (lambda: b"a\n" * 2 * MANY, "lines"),
    "many-lines.txt": (lambda: b"a b c d e f of\n" * (limits.LINES - 1), None),
    "one-word.txt": (lambda: b"a" * 4_900_000, None),
    "spaces.txt": (lambda: b"a" + b" " * 4_800_000 + b"b", None),
    "laughs.xml": (lambda: f"<!DOCTYPE r [<!ENTITY l0 'ha'>{LAUGHS}]>{RSS.format('&l11;')}".encode(), "entities"),
    "late-laughs.xml": (
        lambda: f"<!--{' ' * 70_000}--><!DOCTYPE r [<!ENTITY l0 'ha'>{LAUGHS}]>{RSS.format('&l11;')}".encode(),
        "sound XML",
    ),
    "outside.xml": (
        lambda: f"<!--{' ' * 70_000}--><!DOCTYPE r [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
        f"{RSS.format('&f;')}".encode(),
        None,
    ),
    "deep.xml": (lambda: f"<rss><channel><item>{'<a>' * MANY}".encode(), "sound XML"),
    "siblings.xml": (lambda: b"<rss><channel>" + b"<a/>" * MANY + RSS[14:].format(GOOD).encode(), None),
    "minus.warc": (lambda: WARC + b"-5\r\n\r\n", "no length"),
    "huge.warc": (lambda: WARC + b"9" * 4000 + b"\r\n\r\nx", "breaks off"),
    "headers.warc": (lambda: b"WARC/1.0\r\n" + b"a: b\r\n" * MANY, "too many headers"),
    "no-end.warc": (lambda: WARC + b"100\r\n\r\nHTTP/1.1 200 OK\r\n", "breaks off"),
    "deep.json": (lambda: b"[" * 5 * MANY, "nested too deeply"),
    "deep-object.jsonl": (lambda: b'{"text": ' * MANY + b"\n", "not JSON"),
    "digits.jsonl": (lambda: b'{"text": ' + b"9" * MANY + b"}\n", "not JSON"),
    "infinite.jsonl": (lambda: b'{"text": 1e999}\n', "holds no text"),
    "field.csv": (lambda: b'text,url\n"' + b"a" * 25_000_000 + b'",x\n', "longer than"),
    "open.csv": (lambda: b'text,url\n"' + b"a\n" * MANY, None),
    "macintosh.csv": (lambda: f"text,url\r{GOOD},http://a.example/1\r".encode(), None),
    "nul.csv": (lambda: f"text,url\n{GOOD}\0,x\n".encode() + b"\0" * 9000, None),
    "bomb.jsonl.gz": (lambda: gzip.compress(BLANKS), "times its size"),
    "bomb.jsonl.zst": (lambda: zstandard.ZstdCompressor().compress(BLANKS), "times its size"),
    "bomb.zip": (lambda: packed("a.jsonl", BLANKS), "times its size"),
    "overlapping.zip": (lambda: overlapping(40), "unpack"),
    "layers.txt.gz": (lambda: layers(limits.PACKINGS + 1), "times over"),
    "nested.zip": (lambda: packed("a.zip", packed("a.zip", packed("a.zip", packed("a.txt", b"a")))), "one another"),
    "climbing.tar": (climbing, "climbs out"),
    "office.docx.zip": (lambda: packed("[Content_Types].xml", b"<Types/>"), "Office"),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("hostile")
    for name, (data, _) in HOSTILE.items():
        (made / name).write_bytes(data())
    return made


LONG = ("just-below.html", "many-lines.txt", "bomb.jsonl.zst", "bomb.zip", "overlapping.zip")
"""Those that take seconds, left to the slow tests; of the bombs one stays."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in LONG else ()) for name in HOSTILE]
)
def test_a_hostile_file_is_refused_or_survived_in_time(name: str, folder: Path, tmp_path: Path) -> None:
    good = tmp_path / "z.txt"
    good.write_text(GOOD, encoding="utf-8")
    tally = Tally()
    began = time.process_time()
    stories = list(read(folder / name, good, tally=tally, languages=()))
    assert time.process_time() - began < SECONDS
    assert stories[-1].source == str(good)
    words = HOSTILE[name][1]
    assert bool(tally.rejected) or words is None
    if words:
        assert words in " ".join(reject.why for reject in tally.rejects)
    assert not any(reject.why.startswith("could not be read (") for reject in tally.rejects)


@pytest.mark.slow
def test_all_of_them_together_stay_within_a_bound_of_memory(folder: Path) -> None:
    code = (
        "import resource, sys; from detente.read import read\n"
        "print(sum(1 for _ in read(sys.argv[1], languages=())))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True
    )
    stories, megabytes = map(int, done.stdout.split())
    assert stories > 5
    assert megabytes < MEGABYTES


def test_no_secret_of_the_machine_gets_into_a_story(folder: Path) -> None:
    (story,) = read(folder / "outside.xml", languages=())
    assert story.text == "&f;"
    with pytest.raises(DetenteError):
        list(read(folder / "climbing.tar", languages=()))


def test_a_wrong_label_of_the_charset_costs_nothing(folder: Path) -> None:
    (story,) = read(folder / "wrong-label.html")
    assert GOOD.strip() in story.text


def test_the_docs_state_every_limit_and_what_was_measured() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reading.md").read_text("utf-8")
    stated = {name: value for name, value in vars(limits).items() if name.isupper()}
    assert len(stated) > 10
    for name, value in stated.items():
        assert f"| `{name}` | {value:,} | " in page
    assert f"{SECONDS} seconds of processor time" in page
    assert f"{MEGABYTES:,} MB" in page
