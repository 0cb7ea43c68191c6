"""No regular expression of the reader takes more than linear time, whatever it is given."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import detente.read

SHORT, LENGTH = 5_000, 200_000
SUSPECT, SECONDS = 0.005, 0.5
FILLERS = (
    *(
        " ",
        "\n",
        " \n",
        "a",
        "A ",
        "A-",
        "a,",
        "1",
        "1/1/",
        "20161114",
        ": ",
        "(",
        "((a",
        "<a ",
        "Jan. ",
        "By A ",
        "a@",
    ),
    *("photo by ", "updated ", "(photo/", "The post ", "From a", "a of ", '"'),
)
MODULES = tuple(
    importlib.import_module(f"detente.read.{module.name}")
    for module in pkgutil.iter_modules(detente.read.__path__)
)


def compiled(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Every pattern that a module holds, also in its tuples and dicts."""
    waiting = list(vars(module).items())
    for name, value in waiting:
        if isinstance(value, re.Pattern):
            yield name, value
        elif isinstance(value, tuple | list):
            waiting += [(f"{name}[{at}]", part) for at, part in enumerate(value)]
        elif isinstance(value, dict):
            waiting += [(f"{name}[{at}]", part) for at, part in value.items()]


def written(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern that stands within a function, as in ``re.sub("…", …)``."""
    for node in ast.walk(ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            named = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
            first = node.args[0]
            if named and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield f"line {node.lineno}", re.compile(first.value)


PATTERNS = {
    (pattern.pattern, pattern.flags): pytest.param(pattern, id=f"{module.__name__.rpartition('.')[2]}.{name}")
    for module in MODULES
    for name, pattern in (*compiled(module), *written(module))
}


def seconds(pattern: re.Pattern[str] | re.Pattern[bytes], filler: str, length: int) -> float:
    """How long a pattern searches such a text; it ends in a sign that no pattern expects."""
    text = (filler * (length // len(filler) + 1))[:length] + "\x01"
    began = time.process_time()
    pattern.search(text if isinstance(pattern.pattern, str) else text.encode())  # type: ignore[arg-type]
    return time.process_time() - began


@pytest.mark.parametrize("pattern", PATTERNS.values())
def test_time_is_linear(pattern: re.Pattern[str] | re.Pattern[bytes]) -> None:
    for filler in FILLERS:
        # Whatever grows with the square takes several times `SUSPECT` for a text as short as that.
        if seconds(pattern, filler, SHORT) > SUSPECT:
            assert seconds(pattern, filler, LENGTH) < SECONDS, f"{pattern.pattern[:60]!r} on {filler!r}"


def test_the_patterns_were_found() -> None:
    assert len(PATTERNS) > 80
