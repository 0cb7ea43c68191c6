from __future__ import annotations

import re

import pytest

from detente import errors
from detente.errors import DetenteError


def tree(root: type[DetenteError]) -> list[type[DetenteError]]:
    return [root, *(found for child in root.__subclasses__() for found in tree(child))]


OWN = [error for error in tree(DetenteError) if error.__module__ == "detente.errors"]


@pytest.mark.parametrize("error", OWN, ids=lambda error: error.__name__)
def test_every_error_stands_in_the_drawn_tree_and_has_a_documented_exit_code(
    error: type[DetenteError],
) -> None:
    assert re.search(rf"\b{error.__name__}\b", errors.__doc__ or "")
    assert error.exit_code in errors.EXIT_CODES
    assert error.exit_code != 0
    assert error.__doc__


def test_the_drawn_tree_names_no_error_that_is_not_there() -> None:
    drawn = set(re.findall(r"── (\w+)", errors.__doc__ or ""))
    assert drawn == {error.__name__ for error in OWN} - {"DetenteError"}


def test_a_message_says_where_what_and_what_to_do() -> None:
    error = errors.BadRow("not JSON", where="news.jsonl, line 7")
    assert str(error) == f"news.jsonl, line 7: not JSON. {errors.BadRow.advice}"
    assert error.exit_code == 3


def test_advice_can_be_given_for_one_case() -> None:
    assert (
        str(errors.UsageError("no command cod", advice="Did you mean code?"))
        == "no command cod. Did you mean code?"
    )


def test_without_advice_the_message_stands_alone() -> None:
    assert str(DetenteError("it is wrong")) == "it is wrong"
