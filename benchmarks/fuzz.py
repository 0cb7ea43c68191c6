"""Feed the readers damaged files for as long as you like, and keep what breaks them.

    python benchmarks/fuzz.py [--minutes 60] [--only NAME …] [--finds FOLDER]

Every format of `made.py` gets its share of the time. With atheris installed the changes are steered by which lines of
detente they reach; without it, hypothesis makes them. A find is an input on which a reader raises anything but an
honest error, takes longer than ten seconds or more than 2 GB, or makes a story whose spans are not in its text. Finds
are written to the folder; exit code 1 says that there are some.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import sys
import tempfile
import time
from pathlib import Path

import made

SECONDS, MEGABYTES = 10, 2048
PACKED = ("texts.tar", "rows.jsonl.gz")
NAMES = (*made.TEXTS, *PACKED)
WORDS = (
    b"WARC/1.0\r\n", b"Content-Length: ", b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n",
    b"From ", b"Content-Type: multipart/mixed; boundary=x\n", b"\n--x\n", b"Content-Transfer-Encoding: base64\n",
    b"charset=utf-7", b"=?utf-8?b?", b"=?x?q?", b"<!ENTITY a 'b'>", b"<![CDATA[", b"]]>", b"<item>", b"<newsItem>",
    b"<p>", b"<table>", b"<script type=\"application/ld+json\">", b"&#x0;", b"&amp;", b"[[[[", b"{\"a\":", b"1e999",
    b"NaN", b"\\ud800", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\x85", b"\xe2\x80\xa8", b"\"\"", b",", b"\t",
    b"End of Document\n", b"1 of 2 DOCUMENTS\n", b"LENGTH: 2 words\n", b"BODY:\n", b"Body\n", b"LOAD-DATE: x\n",
    b"HD  ", b"LP  ", b"TD  ", b"WC  2 words\n", b"Document ABCDEFGH0000000000\n", b"2016-11-14", b"03/04/2016",
    b"(Reuters) -", b"By ", b"\"bodies\": [", b"\"profile\": \"detente\"", b"\"@type\": \"NewsArticle\"",
    b"\"sdPublisher\": {\"name\": \"detente\"}", b"\"uri\": ", b"null", b"{}", b"[]",
)  # fmt: skip
"""What the formats are made of; the fuzzer puts these in."""


def read(name: str, data: bytes) -> None:
    """Read a file of that name and complain of anything that is no story and no honest refusal."""
    from detente.read import Columns, Tally, archives
    from detente.read.files import Reading, story, texts

    tally = Tally()
    reading = Reading(None, True, Columns(), (), tally, lambda sentence: None)
    part = archives.Part(io.BufferedReader(io.BytesIO(data), archives.HEAD), name, name)
    for inner in archives.opened(part, tally):
        for received in texts(inner, reading, True):
            if found := story(received, reading):
                assert all(span.text == found.text[span.start : span.end] for span in found.paragraphs)
                assert type(found).from_json(found.to_json()) == found
    for reject in tally.rejects:
        assert not reject.why.startswith("could not be read ("), reject


def steered(name: str, seconds: int, finds: Path) -> None:
    """Fuzz one format with atheris; leaves the process."""
    import atheris

    with atheris.instrument_imports(include=["detente.read"]):
        import detente.read.files  # noqa: F401

    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for count in (1, 2):
            (corpus / f"{count}-{name}").write_bytes(made.whole(name, count))
        words = Path(folder) / "words"
        words.write_text("\n".join('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"' for word in WORDS))
        options = [
            *(
                f"-max_total_time={seconds}",
                f"-timeout={SECONDS}",
                f"-rss_limit_mb={MEGABYTES}",
                "-max_len=20000",
            ),
            *(f"-dict={words}", f"-artifact_prefix={finds}/{name}-", "-verbosity=0", "-print_final_stats=1"),
        ]
        atheris.Setup(["fuzz", *options, str(corpus)], lambda data: read(name, data))
        atheris.Fuzz()


def drawn(name: str, seconds: int, finds: Path) -> None:
    """Fuzz one format with pieces that hypothesis puts into a sound file."""
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    sound = made.whole(name, 2)
    change = st.tuples(
        st.integers(0, len(sound)), st.integers(0, 40), st.binary(max_size=40) | st.sampled_from(WORDS)
    )
    until = time.monotonic() + seconds

    @settings(
        max_examples=1000, deadline=SECONDS * 1000, suppress_health_check=list(HealthCheck), database=None
    )
    @given(st.lists(change, max_size=12))
    def run(changes: list[tuple[int, int, bytes]]) -> None:
        data = sound
        for at, cut, put in changes:
            data = data[:at] + put + data[at + cut :]
        (finds / f"{name}-last").write_bytes(data)
        read(name, data)

    while time.monotonic() < until:
        run()
    (finds / f"{name}-last").unlink(missing_ok=True)


def main() -> int:
    """Fuzz each format in a process of its own."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--only", nargs="*", choices=NAMES, default=NAMES)
    options.add_argument("--finds", type=Path, default=Path("fuzz-finds"))
    args = options.parse_args()
    args.finds.mkdir(parents=True, exist_ok=True)
    try:
        import atheris  # noqa: F401

        fuzz = steered
    except ImportError:
        fuzz = drawn
    broken = []
    for name in args.only:
        seconds = max(1, int(args.minutes * 60 / len(args.only)))
        process = multiprocessing.get_context("spawn").Process(target=fuzz, args=(name, seconds, args.finds))
        process.start()
        process.join(seconds + 120)
        if process.is_alive():
            process.kill()
        if process.exitcode:
            broken.append(name)
        print(
            f"{name}: {'something was found' if process.exitcode else 'nothing'} in {seconds} s", flush=True
        )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
