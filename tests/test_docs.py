"""The docs cannot lie: what can be typed or imported is documented, and what is documented exists."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

import detente
from detente.cli import main
from detente.cli.columns import EVENT_COLUMNS, STORY_COLUMNS
from detente.cli.parser import build
from detente.errors import EXIT_CODES

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "src" / "detente" / "text" / "weights"
CLI = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
PYTHON = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
TOP, COMMANDS = build()
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "examples").glob("*.md")])


def options_of(command: str) -> set[str]:
    """The long options of a command; those of the program itself under the empty name."""
    parser = COMMANDS.get(command, TOP)
    return {name for name in parser.options() if name.startswith("--")}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"\n## {command}\n" in CLI
    assert re.search(rf"^    detente {command} ", CLI, re.MULTILINE) or f"    detente {command}\n" in CLI


def documented_options(command: str) -> set[str]:
    """From the table of options: those of a command; the program itself is called detente there."""
    rows = re.findall(r"^\| `(--[a-z-]+)[^|]*\| ([^|]+) \|", CLI, re.MULTILINE)
    found = set()
    for option, names in rows:
        everywhere, *others = names.strip().split(" but ")
        listed = set((others or [names])[0].split())
        if (command in listed) is not (everywhere == "all"):
            found.add(option)
    return found


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_table_of_options_is_that_of_the_parser(command: str) -> None:
    assert documented_options(command or "detente") == options_of(command)


@pytest.mark.parametrize("code", EXIT_CODES)
def test_every_exit_code_is_documented(code: int) -> None:
    assert f"| {code} | {EXIT_CODES[code]} |" in CLI


@pytest.mark.parametrize("column", (*EVENT_COLUMNS, *STORY_COLUMNS), ids=lambda column: column.name)
def test_every_column_is_documented_with_its_meaning(column: object) -> None:
    assert f"| `{column.name}` | {column.meaning} |" in CLI  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", detente.__all__)
def test_every_public_name_exists_and_is_documented(name: str) -> None:
    assert callable(getattr(detente, name))
    assert re.search(rf"`(coder\.)?{re.escape(name)}\b", PYTHON), f"{name} is missing in docs/python.md"


def test_every_public_method_of_the_coder_is_documented() -> None:
    methods = {name for name in vars(detente.Coder) if not name.startswith("_")}
    documented = set(re.findall(r"`coder\.(\w+)\(", PYTHON))
    assert documented == {name for name in methods if callable(getattr(detente.Coder, name))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_example_is_described_and_sourced() -> None:
    folder = ROOT / "examples"
    shipped = {path.name for path in (folder / "stories").iterdir()}
    for page in ("README.md", "SOURCES.md"):
        named = set(re.findall(r"^\| `([^`]+)`", (folder / page).read_text(encoding="utf-8"), re.MULTILINE))
        assert named == shipped


@pytest.mark.skipif(not list(WEIGHTS.glob("*.onnx")), reason="this copy was built without a model")
def test_the_readme_shows_what_its_commands_print(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(ROOT)
    for block in re.findall(r"```text\n\$ detente (.*?)```", readme, re.DOTALL):
        for given in block.split("\n$ detente "):
            command, _, shown = given.partition("\n")
            words = [str(tmp_path / word) if word == "store" else word for word in shlex.split(command)]
            assert main(words) == 0
            printed = capsys.readouterr().out
            assert printed.strip() == shown.strip(), f"README.md: detente {command} prints something else now"


def test_version_is_told_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert detente.__version__ == project["version"]
    assert f"\nversion: {project['version']}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_changelog_tells_what_changes_in_coded_data() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    releases = text.split("\n## ")[1:]
    assert releases
    assert all("\n### Changes to coded data\n" in release for release in releases)
