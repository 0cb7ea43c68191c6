"""Start-up times. The aims hold on an idle machine; tests run on busy ones, so the bounds here are wide."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "startup.py"


@pytest.fixture(scope="module")
def startup() -> ModuleType:
    spec = importlib.util.spec_from_file_location("startup", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_start_up_is_quick(startup: ModuleType) -> None:
    found = startup.measure(5)
    assert min(found["import"]) < 4 * startup.AIMS["import"]
    assert min(found["help"]) < 4 * startup.AIMS["help"]
