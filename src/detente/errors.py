"""Every error that detente raises on purpose, its exit code, and what to do about it.

::

    DetenteError                    1
    ├── UsageError                  2   the command or the call is wrong
    │   └── BadDate                     a date that was given is not one
    ├── InputError                  3   what was to be read cannot be read
    │   ├── NoSuchInput                 the path is not there, or may not be opened
    │   ├── NothingReadable             a folder or archive without a readable file
    │   ├── EmptyInput                  no text in it
    │   ├── BinaryInput                 not text at all
    │   ├── UnknownFormat               a format that detente does not read
    │   ├── BrokenArchive               truncated, damaged, or climbing out of its folder
    │   ├── BrokenMarkup                XML or JSON that cannot be parsed
    │   ├── TooLong                     beyond a stated limit
    │   ├── BadRow                      one row of a table or JSON file
    │   ├── MissingColumns              a table in which the text cannot be found
    │   ├── OtherLanguage               a story in a language that is not coded
    │   └── BadRecord                   a dict or JSON line that is not the record it should be
    ├── StoreError                  4   the store cannot be read or written
    ├── MissingPart                 5   an optional part is not installed
    └── ModelError                  5   the model is missing, damaged or of another version

A message has three parts: where it happened, what is wrong, and what to do next. The command line prints it
and leaves with the exit code; in a batch it is counted and listed, and the batch goes on.
"""

from __future__ import annotations

from types import MappingProxyType

EXIT_CODES = MappingProxyType(
    {
        0: "done",
        1: "an error of detente itself",
        2: "the command or an option is wrong",
        3: "nothing could be read from the input",
        4: "the store cannot be read or written",
        5: "a part or the model is missing",
        6: "finished, but some stories failed; they are listed",
        130: "interrupted",
    }
)


class DetenteError(Exception):
    """The root of all errors raised on purpose.

    Attributes:
        what: what is wrong, in one clause.
        where: path, URL, line or column it concerns, or None.
        advice: what to do next, one sentence, or "" where nothing can be advised.
        exit_code: what the command line leaves with.
    """

    exit_code: int = 1
    advice: str = ""

    def __init__(self, what: str, *, where: str | None = None, advice: str | None = None) -> None:
        """Say what is wrong, where, and, unless the class's own advice fits, what to do next."""
        super().__init__(what)
        self.what = what
        self.where = where
        if advice is not None:
            self.advice = advice

    def __str__(self) -> str:
        """Return place, fault and advice as one line of text."""
        fault = f"{self.where}: {self.what}" if self.where else self.what
        return f"{fault.rstrip('.')}. {self.advice}".strip() if self.advice else fault


class UsageError(DetenteError):
    """The command line or a call was given something it cannot take."""

    exit_code = 2


class BadDate(UsageError):
    """A date that was given by the user is not an ISO date."""

    advice = "Write it as year-month-day, for example 2016-11-14."


class InputError(DetenteError):
    """Something that was to be read cannot be read."""

    exit_code = 3


class NoSuchInput(InputError):
    """A path that does not exist or may not be opened."""

    advice = "Check the path and your right to read it."


class NothingReadable(InputError):
    """A folder, archive or list of paths in which there is nothing to read."""

    advice = "Give a file or folder in one of the formats that docs/reading.md lists."


class EmptyInput(InputError):
    """An input without any text."""

    advice = "Leave it out, or look whether the text was lost when it was saved."


class BinaryInput(InputError):
    """An input that is not text: an image, a program, an office document."""

    advice = "Save it as text or HTML first."


class UnknownFormat(InputError):
    """An input of a kind that detente does not read."""

    advice = "Save it in one of the formats that docs/reading.md lists, such as text, HTML, JSON or CSV."


class BrokenArchive(InputError):
    """A compressed file or archive that is truncated, damaged or unsafe."""

    advice = "Fetch or pack it again; whatever came before the damage was read."


class BrokenMarkup(InputError):
    """XML or JSON that does not parse."""

    advice = "Check that the file was saved completely."


class TooLong(InputError):
    """An input beyond one of the stated limits."""

    advice = "Split it, or read the part that matters."


class BadRow(InputError):
    """One row of a table or JSON lines file that cannot be read; the others are."""

    advice = "Mend or remove that row; the other rows were read."


class MissingColumns(InputError):
    """A table in which the column of the text cannot be told."""


class OtherLanguage(InputError):
    """A story in a language that detente does not code."""

    advice = "Only English stories are coded; the story is passed over."


class BadRecord(InputError):
    """A dict or JSON line that is not the record that it was read as."""

    advice = "Check that it was written by this version of detente."


class StoreError(DetenteError):
    """The store cannot be opened, read or written."""

    exit_code = 4


class MissingPart(DetenteError):
    """An optional part of detente, or a package that it needs, is not installed."""

    exit_code = 5


class ModelError(DetenteError):
    """The model is missing, damaged, or does not fit this version of detente."""

    exit_code = 5
