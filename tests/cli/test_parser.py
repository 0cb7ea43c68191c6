from __future__ import annotations

import re

import pytest

from detente.cli import main
from detente.cli.parser import build, parse
from detente.errors import EXIT_CODES, UsageError

COMMANDS = (
    *("try", "read", "code", "info"),
    *("events", "statements", "stories", "actors", "sql", "explain", "status", "diff", "compact"),
    *("relations", "export", "evaluate", "lexicon"),
)
TOP, PARSERS = build()


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_opens_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Examples:\n  ")
    assert f"detente {command}".strip() in shown.splitlines()[1]


@pytest.mark.parametrize(
    "line",
    [
        line.strip().split(" | ")[-1]
        for parser in (TOP, *PARSERS.values())
        for line in parser.examples.splitlines()
        if "detente" in line
    ],
)
def test_every_example_is_a_command_that_can_be_typed(line: str) -> None:
    import shlex

    assert parse(shlex.split(line)[1:]).command in COMMANDS


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["cod", "x"], "detente code"),
        (["READ", "x"], "detente read"),
        (["tyr", "x"], "detente try"),
        (["code", "x", "--jsonnl"], "--jsonl"),
        (["code", "x", "--min-confidance=0.5"], "--min-confidence"),
        (["read", "x", "--publishd", "2020-01-01"], "--published"),
        (["--versoin"], "--version"),
    ],
)
def test_a_misspelt_word_is_answered_with_the_nearest(
    typed: list[str], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(typed) == 2
    told = capsys.readouterr()
    assert f"Did you mean: {meant}" in told.err
    assert told.out == ""


def test_a_word_like_no_command_gets_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["photosynthesis"]) == 2
    assert "try, read, code, info" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["code", "x", "--published", "yesterday"], "2016-11-14"),
        (["code", "x", "--limit", "0"], "whole number"),
        (["code", "x", "--min-confidence", "7"], "from 0 to 1"),
        (["code", "x", "--json", "--csv"], "not allowed with"),
        (["code"], "PATH"),
        (["try", "two", "texts"], "quotation marks"),
        (["code", "x", "--limit"], "expected one argument"),
    ],
)
def test_wrong_values_are_explained(typed: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(typed) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told


def test_nothing_typed_shows_the_help_and_is_a_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "Examples:" in capsys.readouterr().err


def test_the_help_has_a_command_and_its_summary_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    for name, parser in PARSERS.items():
        assert re.search(rf"^    {name} +{parser.description[:20]}", shown, re.MULTILINE)


def test_options_are_never_abbreviated() -> None:
    with pytest.raises(UsageError, match="--json"):
        parse(["info", "--jso"])


def test_commands_of_later_versions_are_absent() -> None:
    assert tuple(PARSERS) == COMMANDS


def test_help_lists_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    shown = capsys.readouterr().out
    for code, meaning in EXIT_CODES.items():
        assert f"  {code:<4} {meaning}" in shown
