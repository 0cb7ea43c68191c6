"""Memory stays flat: a file four times as long takes no more of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "memory.py"


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["rows.jsonl.gz", "mails.mbox", "nexis-2.txt", "items.newsml", "pages.warc", "texts.tar"]
)
def test_a_longer_file_takes_no_more_memory(name: str) -> None:
    command = [sys.executable, str(SCRIPT), "--megabytes", "1", "4", "--allowed", "12", "--only", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
