"""E-mail: sound messages, and everything that mailboxes are full of besides."""

from __future__ import annotations

import email.mime.application
import email.mime.multipart
import email.mime.text
import time
from pathlib import Path

import pytest

from detente.errors import BrokenMarkup, DetenteError, EmptyInput
from detente.read import Tally, limits, read
from detente.records import Story

FIRST = "Peru recalled its ambassador from Mexico on Friday over remarks about the removal of its president."
SECOND = "Mexico's foreign ministry said that it regretted the decision and that consular work would go on."
HEAD = (
    "From: The Example <news@a.example>\nTo: list@b.example\nSubject: Fwd: Peru recalls its envoy\n"
    "Date: Fri, 24 Feb 2023 18:00:00 -0500\nMessage-ID: <1@a.example>\n"
)
FROM = "From news@a.example Fri Feb 24 18:00:00 2023\n"


def read_all(folder: Path, data: str | bytes, name: str = "a.eml") -> tuple[list[Story], Tally]:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    tally = Tally()
    return list(read(path, tally=tally)), tally


@pytest.mark.parametrize("name", ["a.eml", "a.txt", "a"])
def test_a_message_becomes_a_story_whatever_its_name(name: str, tmp_path: Path) -> None:
    (story,), tally = read_all(tmp_path, f"{HEAD}\n{FIRST}\n\n{SECOND}\n", name)
    assert story.text == f"{FIRST}\n\n{SECOND}"
    assert story.headline == "Peru recalls its envoy"
    assert (story.published, story.published_from) == ("2023-02-24T18:00:00-05:00", "meta")
    assert story.outlet == "The Example"
    assert tally.rejected == 0


def test_a_page_that_quotes_a_mail_is_no_mail(tmp_path: Path) -> None:
    (story,), _ = read_all(tmp_path, f"{FIRST}\n\nFrom: the ministry\nSubject: recall\n\n{SECOND}", "a.txt")
    assert FIRST in story.text


@pytest.mark.parametrize("long", [True, False])
def test_the_plain_text_counts_before_the_html_if_it_says_enough(long: bool, tmp_path: Path) -> None:
    message = email.mime.multipart.MIMEMultipart("alternative")
    message["From"], message["Subject"] = "news@a.example", "=?iso-8859-1?q?Espa=F1a_recalls_its_envoy?="
    message["Date"] = "Fri, 24 Feb 2023 18:00:00 +0000"
    plain = f"{FIRST}\n\n{SECOND} It was plain." if long else "View this in your browser."
    message.attach(email.mime.text.MIMEText(plain, "plain", "utf-8"))
    page = f"<html><body><p>{FIRST}</p><p>{SECOND}</p><p>It was “marked up”.</p></body></html>"
    message.attach(email.mime.text.MIMEText(page, "html", "utf-16"))
    (story,), _ = read_all(tmp_path, message.as_bytes())
    assert ("It was plain." in story.text) is long
    assert ("“marked up”" in story.text) is not long
    assert story.headline == "España recalls its envoy"
    assert story.outlet == "a.example"


def test_attachments_are_counted_and_not_read(tmp_path: Path) -> None:
    message = email.mime.multipart.MIMEMultipart()
    message["From"], message["Subject"] = "news@a.example", "Peru recalls its envoy"
    message.attach(email.mime.text.MIMEText(f"{FIRST}\n\n{SECOND}"))
    paper = email.mime.application.MIMEApplication(b"%PDF-1.7")
    paper.add_header("Content-Disposition", "attachment", filename="note.pdf")
    message.attach(paper)
    (story,), tally = read_all(tmp_path, message.as_bytes())
    assert SECOND in story.text
    assert (dict(tally.counts), tally.failed) == ({"UnknownFormat": 1}, 0)


def test_wrapped_lines_are_joined_and_signatures_and_quotes_dropped_aloud(tmp_path: Path) -> None:
    body = (
        f"{FIRST[:50].rstrip()} \n{FIRST[50:].lstrip()}\n\n{SECOND}\n\n> What did Peru say?\n-- \nThe desk\n"
    )
    (story,), _ = read_all(tmp_path, f"{HEAD}Content-Type: text/plain; format=flowed\n\n{body}")
    assert story.text == f"{FIRST}\n\n{SECOND}"
    reasons = {piece.text: piece.why for piece in story.furniture}
    assert reasons["> What did Peru say?"] == "quoted from an earlier message"
    assert reasons["The desk"] == "in the signature of the message"


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_mailbox_gives_its_messages_in_order(ends: str, tmp_path: Path) -> None:
    one = f"{FROM}{HEAD}\n{FIRST}\n\n>From Lima the minister wrote of a misunderstanding between the two.\n\n"
    two = f"{FROM}{HEAD.replace('<1@', '<2@')}\n{SECOND}\n\n"
    stories, tally = read_all(tmp_path, (one + two).replace("\n", ends), "a.mbox")
    assert [story.position for story in stories] == ["message 1", "message 2"]
    assert "From Lima the minister wrote" in stories[0].text
    assert stories[0].id != stories[1].id
    assert tally.rejected == 0


def test_a_message_of_a_mailbox_that_is_too_long_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "DOCUMENT", 5000)
    long = f"{FROM}{HEAD}\n" + "a" * 400_000 + "\n\n"
    stories, tally = read_all(tmp_path, f"{long}{FROM}{HEAD}\n{FIRST}\n", "a.mbox")
    assert [story.position for story in stories] == ["message 2"]
    assert (tally.rejects[0].kind, tally.rejects[0].where.rpartition(", ")[2]) == ("TooLong", "message 1")


BROKEN = {
    "no header": f"{FROM}\n\n{FIRST}\n\n{SECOND}\n",
    "a header without a colon": f"{FROM}This is no header\n{HEAD}\n{FIRST}\n\n{SECOND}\n",
    "bytes in headers": FROM.encode()
    + b"Subject: Per\xfa\nFrom: \xff\xfe\n\n"
    + f"{FIRST}\n\n{SECOND}\n".encode(),
    "an unknown charset": f"{FROM}{HEAD}Content-Type: text/plain; charset=klingon\n\n{FIRST}\n\n{SECOND}\n",
    "a charset of another kind": f"{FROM}{HEAD}Content-Type: text/plain; charset=rot13\n\n{FIRST}\n\n{SECOND}\n",
    "an unknown encoding": f"{FROM}{HEAD}Content-Transfer-Encoding: x-uuencode\n\n{FIRST}\n\n{SECOND}\n",
    "a broken word": f"{FROM}{HEAD}Subject: =?utf-8?b?###?= =?x?q?\n\n{FIRST}\n\n{SECOND}\n",
    "no end of parts": f"{FROM}{HEAD}Content-Type: multipart/mixed; boundary=x\n\n--x\n\n{FIRST}\n\n{SECOND}\n",
    "a wrong length": f"{FROM}{HEAD}Content-Length: 99999999\n\n{FIRST}\n\n{SECOND}\n",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_messages_are_read_as_far_as_they_can_be(kind: str, tmp_path: Path) -> None:
    (story,), _ = read_all(tmp_path, BROKEN[kind], "a.mbox")
    assert SECOND in story.text


def test_a_message_without_a_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(DetenteError) as caught:
        read_all(tmp_path, f"{HEAD}\n\n")
    assert type(caught.value) is EmptyInput


@pytest.mark.parametrize(
    "many", ["Content-Type: multipart/mixed; boundary=x\n\n--x\n", "Content-Type: text/plain\n\n--x\n"]
)
def test_parts_without_end_are_refused_at_once(many: str, tmp_path: Path) -> None:
    began = time.process_time()
    with pytest.raises(DetenteError) as caught:
        read_all(tmp_path, f"{HEAD}Content-Type: multipart/mixed; boundary=x\n\n--x\n" + many * 100_000)
    assert type(caught.value) is BrokenMarkup
    assert time.process_time() - began < 3
