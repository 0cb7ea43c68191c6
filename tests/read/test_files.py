"""Paths to stories: walking, formats, archives, and everything that can be wrong with a file."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.errors import (
    BinaryInput,
    BrokenArchive,
    DetenteError,
    EmptyInput,
    NoSuchInput,
    NothingReadable,
    OtherLanguage,
    TooLong,
)
from detente.read import Tally, limits, read
from detente.records import Story

TEXT = (
    "LIMA — Peru recalled its ambassador from Mexico on Friday over remarks about the removal of its president, the "
    "foreign ministry said, and asked the embassy's staff to stay at their posts."
)
FRENCH = (
    "Le Pérou a rappelé vendredi son ambassadeur au Mexique, a annoncé le ministère des Affaires étrangères, qui a "
    "demandé aux employés de l'ambassade de rester à leur poste."
)


def read_all(*paths: Path, **options: object) -> tuple[list[Story], Tally]:
    tally = Tally()
    return list(read(*paths, tally=tally, **options)), tally  # type: ignore[arg-type]


def refusal(path: Path) -> DetenteError:
    with pytest.raises(DetenteError) as caught:
        list(read(path))
    return caught.value


def write(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_folders_are_walked_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/1.txt", "c.txt", ".hidden.txt", ".git/x.txt"):
        write(tmp_path / name, f"{TEXT} {name}")
    stories, tally = read_all(tmp_path)
    assert [Path(story.source or "").relative_to(tmp_path).as_posix() for story in stories] == [
        "a.txt",
        "b/1.txt",
        "b/2.txt",
        "c.txt",
    ]
    assert (tally.stories, tally.rejected) == (4, 0)


def test_a_link_to_a_folder_above_is_not_walked_for_ever(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert len(read_all(tmp_path)[0]) == 1


def test_unknown_endings_are_left_out_of_folders_and_read_when_named(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    odd = write(tmp_path / "b.story", TEXT)
    stories, tally = read_all(tmp_path)
    assert len(stories) == 1
    assert tally.counts["UnknownFormat"] == 1
    assert len(read_all(odd)[0]) == 1


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("suffix", PACKERS)
def test_packed_files_are_read_like_plain_ones(suffix: str, tmp_path: Path) -> None:
    rows = "".join(json.dumps({"text": f"{TEXT} {at}"}) + "\n" for at in range(3))
    stories, _ = read_all(write(tmp_path / f"rows.jsonl{suffix}", PACKERS[suffix](rows.encode())))
    assert [story.position for story in stories] == ["line 1", "line 2", "line 3"]


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_truncated_file_gives_what_comes_before_the_damage(suffix: str, tmp_path: Path) -> None:
    # Lines that do not pack well, so that some of them are whole before the cut.
    rows = "".join(json.dumps({"text": TEXT, "guid": os.urandom(2000).hex()}) + "\n" for _ in range(60))
    data = PACKERS[suffix](rows.encode())
    stories, tally = read_all(
        write(tmp_path / "good.txt", TEXT),
        write(tmp_path / f"rows.jsonl{suffix}", data[: len(data) * 2 // 3]),
    )
    assert len(stories) >= 1
    assert tally.counts["BrokenArchive"] == 1
    assert "truncated" in tally.rejects[0].why


def packed_zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def packed_tar(members: dict[str, bytes], mode: str = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.zip", packed_zip),
        ("a.tar", packed_tar),
        ("a.tar.gz", lambda members: packed_tar(members, "w:gz")),
        ("a.tgz", lambda members: packed_tar(members, "w:gz")),
    ],
)
def test_archives_are_read_member_by_member(
    name: str, pack: Callable[[dict[str, bytes]], bytes], tmp_path: Path
) -> None:
    members = {"x/1.txt": TEXT.encode(), "x/2.jsonl.gz": gzip.compress(json.dumps({"text": TEXT}).encode())}
    stories, tally = read_all(write(tmp_path / name, pack(members)))
    assert [story.position for story in stories] == ["x/1.txt", "x/2.jsonl.gz, line 1"]
    assert tally.rejected == 0


@pytest.mark.parametrize("pack", [packed_zip, packed_tar])
@pytest.mark.parametrize("name", ["../up.txt", "/root.txt", "a/../../up.txt", "..\\up.txt", "C:\\up.txt"])
def test_members_that_climb_out_are_refused(
    pack: Callable[[dict[str, bytes]], bytes], name: str, tmp_path: Path
) -> None:
    stories, tally = read_all(
        write(tmp_path / "a.zip", pack({name: TEXT.encode(), "good.txt": TEXT.encode()}))
    )
    assert len(stories) == 1
    assert "climbs out" in tally.rejects[0].why


def test_archives_within_archives_have_a_limit(tmp_path: Path) -> None:
    data = TEXT.encode()
    for depth in range(limits.DEPTH):
        data = packed_zip({"inner.zip" if depth else "a.txt": data})
    assert len(read_all(write(tmp_path / "deep.zip", data))[0]) == 1
    error = refusal(write(tmp_path / "deeper.zip", packed_zip({"inner.zip": data})))
    assert isinstance(error, BrokenArchive)
    assert "within one another" in error.what


def test_a_decompression_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE", 1_000_000)
    bomb = json.dumps({"text": TEXT}).encode() + b"\n" * 20_000_000
    for name, data in (("a.jsonl.gz", gzip.compress(bomb)), ("b.zip", packed_zip({"a.jsonl": bomb}))):
        stories, tally = read_all(write(tmp_path / name, data))
        assert len(stories) == 1
        assert tally.counts == {"TooLong": 1}
        assert "times its size" in tally.rejects[0].why


@pytest.mark.parametrize(
    ("name", "data", "error", "words"),
    [
        ("empty.txt", b"", EmptyInput, "empty"),
        ("blank.txt", b" \n\n ", EmptyInput, "white space"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), BinaryInput, "not text"),
        ("paper.pdf", b"%PDF-1.7 \n", BinaryInput, "PDF"),
        ("cut.txt.gz", gzip.compress(TEXT.encode())[:-9], BrokenArchive, "truncated"),
        ("no.gz", b"\x1f\x8b\x08 nothing of the kind", BrokenArchive, "damaged"),
        ("no.zip", b"PK\x03\x04 nothing of the kind", BrokenArchive, "zip"),
        ("french.txt", FRENCH.encode(), OtherLanguage, "'fr'"),
    ],
)
def test_each_bad_file_has_its_own_error(
    name: str, data: bytes, error: type[DetenteError], words: str, tmp_path: Path
) -> None:
    path = write(tmp_path / name, data)
    found = refusal(path)
    assert type(found) is error
    assert words in found.what
    assert str(path) in str(found)
    stories, tally = read_all(write(tmp_path / "a.txt", TEXT), path)
    assert len(stories) == 1
    assert tally.counts[error.__name__] == 1


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    error = refusal(tmp_path / "nowhere.txt")
    assert isinstance(error, NoSuchInput)
    assert "nowhere.txt" in str(error)


def test_a_folder_with_nothing_readable_says_so(tmp_path: Path) -> None:
    assert isinstance(refusal(tmp_path), NothingReadable)
    write(tmp_path / "a.bin", bytes(300))
    write(tmp_path / "b.txt", "")
    error = refusal(tmp_path)
    assert isinstance(error, NothingReadable)
    assert "none of 2 files" in error.what


def test_a_line_of_fifty_megabytes_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    long = b'{"text": "' + b"a" * 50_000_000 + b'"}\n' + json.dumps({"text": TEXT}).encode()
    stories, tally = read_all(write(tmp_path / "a.jsonl", long))
    assert [story.position for story in stories] == ["line 2"]
    assert tally.rejects[0].kind == "TooLong"
    assert "line 1" in tally.rejects[0].where
    assert isinstance(refusal(write(tmp_path / "a.txt", b"a" * 50_000_000)), TooLong)


def test_languages_can_be_chosen(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / "b.txt", FRENCH)
    assert [story.language for story in read_all(tmp_path)[0]] == ["en"]
    assert [story.language for story in read_all(tmp_path, languages=("fr",))[0]] == ["fr"]
    assert [story.language for story in read_all(tmp_path, languages=())[0]] == ["en", "fr"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_texts_are_read_in_every_usual_encoding(encoding: str, tmp_path: Path) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    raw = f"{TEXT} “Señor Nuñez”, she said, had not come to the talks."
    stories, _ = read_all(write(tmp_path / "a.txt", (mark + raw).encode(encoding)))
    assert "“Señor Nuñez”" in stories[0].text


def test_a_broken_byte_costs_a_character_not_the_text(tmp_path: Path) -> None:
    raw = (f"{TEXT} “Señor Nuñez”, she said. " * 5).encode().replace(b"Friday", b"Fri\xffday", 1)
    (story,) = read_all(write(tmp_path / "a.txt", raw))[0]
    assert "Fri\ufffdday" in story.text
    assert "“Señor Nuñez”" in story.text


def test_the_content_decides_before_the_name(tmp_path: Path) -> None:
    page = f"<!DOCTYPE html><html><body><h1>Peru recalls envoy</h1><p>{TEXT}</p><p>{TEXT}</p></body></html>"
    (story,) = read_all(write(tmp_path / "page.txt", page))[0]
    assert "<p>" not in story.text


def test_stories_that_detente_wrote_are_read_back_as_they_were(tmp_path: Path) -> None:
    (story,) = read_all(write(tmp_path / "a.txt", f"Advertisement\n\n{TEXT}"))[0]
    lines = [story.to_json(), json.dumps({"story": story.to_dict(), "statements": [], "events": []})]
    assert read_all(write(tmp_path / "b.jsonl", "\n".join(lines)))[0] == [story, story]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [
            "",
            "\x1f\x8b\x08",
            "PK\x03\x04",
            "PAR1",
            "WARC/1.0\r\n",
            "<?xml ?><rss>",
            "[{",
            "{",
            "text,url\n",
            "(\xb5/\xfd",
        ]
    ),
    st.sampled_from(
        [
            "a.txt",
            "a.gz",
            "a.zip",
            "a.tar",
            "a.xml",
            "a.json",
            "a.jsonl",
            "a.csv",
            "a.warc",
            "a.parquet",
            "a.html",
        ]
    ),
)
def test_any_bytes_at_all_are_stories_or_honest_refusals(
    tmp_path: Path, data: bytes, start: str, name: str
) -> None:
    path = write(tmp_path / name, start.encode("latin-1") + data)
    try:
        list(read(path))
    except DetenteError as error:
        assert str(error)


def test_importing_the_reading_room_is_quick_and_loads_no_guest() -> None:
    guests = "lxml trafilatura pyarrow zstandard numpy"
    code = f"import sys, detente.read; print([name for name in {guests.split()!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_detente_read_is_a_function_whatever_was_imported_before() -> None:
    code = "import detente.read; from detente.read import Tally; import detente; print(list(detente.read('nowhere')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "NoSuchInput" in done.stderr
