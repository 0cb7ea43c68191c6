from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from detente.errors import BrokenArchive
from detente.read import Tally, limits, read
from detente.records import Story

TEXT = "Peru recalled its ambassador from Mexico on Friday over remarks about the removal of its president."
PAGE = (
    f"<!DOCTYPE html><html><head><title>Envoy recalled</title></head><body><h1>Envoy recalled</h1><p>{TEXT}</p>"
    f"<p>{TEXT} The embassy's staff stay at their posts, the ministry said.</p></body></html>"
).encode()


def record(
    kind: str,
    block: bytes,
    url: str = "https://a.example/1",
    content: str = "application/http; msgtype=response",
) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {content}\r\n"
    head += f"Content-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def response(
    body: bytes, *headers: str, status: str = "200 OK", content: str = "text/html; charset=utf-8"
) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def read_all(folder: Path, data: bytes, name: str = "a.warc") -> tuple[list[Story], Tally]:
    (folder / name).write_bytes(data)
    tally = Tally()
    return list(read(folder / name, tally=tally)), tally


INFO = record("warcinfo", b"software: x\r\n", content="application/warc-fields")


def test_served_pages_are_read_and_all_else_is_left_out(tmp_path: Path) -> None:
    data = INFO + record("request", b"GET / HTTP/1.1\r\n\r\n") + record("response", response(PAGE))
    data += record("response", response(PAGE, status="404 Not Found"))
    data += record("response", response(b"\x89PNG" + bytes(99), content="image/png"))
    stories, tally = read_all(tmp_path, data)
    assert [(story.url, story.headline, story.position) for story in stories] == [
        ("https://a.example/1", "Envoy recalled", "record 3")
    ]
    assert TEXT in stories[0].text
    assert tally.rejected == 0


def test_packed_record_by_record_and_encoded_bodies(tmp_path: Path) -> None:
    chunked = b"%x\r\n%s\r\n%x;x=y\r\n%s\r\n0\r\n\r\n" % (50, PAGE[:50], len(PAGE) - 50, PAGE[50:])
    blocks = [
        response(gzip.compress(PAGE), "Content-Encoding: gzip"),
        response(chunked, "Transfer-Encoding: chunked"),
        # Many crawlers undo the chunks and leave the header.
        response(PAGE, "Transfer-Encoding: chunked"),
    ]
    records = [record("response", block, f"https://a.example/{at}") for at, block in enumerate(blocks)]
    stories, _ = read_all(tmp_path, b"".join(map(gzip.compress, [INFO, *records])), "a.warc.gz")
    assert [story.url for story in stories] == [f"https://a.example/{at}" for at in range(3)]
    assert len({story.text for story in stories}) == 1


def test_texts_of_a_wet_file_are_read(tmp_path: Path) -> None:
    stories, _ = read_all(tmp_path, INFO + record("conversion", TEXT.encode(), content="text/plain"), "a.wet")
    assert [story.text for story in stories] == [TEXT]


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_an_archive_that_breaks_off_gives_what_came_before(keep: float, tmp_path: Path) -> None:
    one = record("response", response(PAGE))
    stories, tally = read_all(tmp_path, one + one[: int(len(one) * keep)])
    assert len(stories) == 1
    assert tally.counts == {"BrokenArchive": 1}


def test_a_record_without_a_length_ends_the_reading(tmp_path: Path) -> None:
    with pytest.raises(BrokenArchive, match="record 1 has no length"):
        read_all(tmp_path, b"WARC/1.0\r\nWARC-Type: response\r\n\r\nx")


def test_a_record_beyond_the_limit_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DOCUMENT", 2000)
    data = record("response", response(PAGE + b" " * 3000)) + record(
        "response", response(PAGE), "https://a.example/2"
    )
    stories, tally = read_all(tmp_path, data)
    assert [story.url for story in stories] == ["https://a.example/2"]
    assert tally.counts == {"TooLong": 1}


def test_a_bomb_in_a_response_unpacks_to_the_limit_and_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DOCUMENT", 100_000)
    bomb = gzip.compress(b"<html>" + b"<p>a" * 1_000_000)
    stories, _ = read_all(
        tmp_path,
        record("response", response(bomb, "Content-Encoding: gzip")) + record("response", response(PAGE)),
    )
    assert sum(len(story.text) for story in stories) < 500_000
