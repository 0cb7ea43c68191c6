"""The command line: one function per command, and one place that turns errors into exit codes.

Nothing heavy is imported here: `detente --help` has to answer at once.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        argv: the words after the program's name; None for those of this process.
    """
    from detente.cli.parser import parse
    from detente.errors import DetenteError

    try:
        options = parse(sys.argv[1:] if argv is None else argv)
        code: int = options.does(options)
        sys.stdout.flush()
        return code
    except DetenteError as error:
        return _tell(f"detente: {error}", error.exit_code)
    except SystemExit as stop:  # argparse leaves this way after --help and --version
        return stop.code if isinstance(stop.code, int) else 0
    except BrokenPipeError:
        # Whoever read our output has seen enough. Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _tell("detente: interrupted; what was printed so far is complete.", 130)
    except Exception as error:
        return _tell(_fault(error), 1)


def _fault(error: Exception) -> str:
    """One sentence about an error that nobody raised on purpose, with the place where it arose."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    ours = __file__.removesuffix(os.path.join("cli", "__init__.py"))  # noqa: PTH118 - pathlib is not loaded here
    # Our last line says more than the line of the library below it.
    frame = next((frame for frame in reversed(frames) if frame.filename.startswith(ours)), frames[-1])
    place = f"{os.path.basename(frame.filename)}, line {frame.lineno}"  # noqa: PTH119 - likewise
    return (
        f"detente: this is a fault in detente, not in your input: {type(error).__name__} in {place}: "
        f"{error}. Please report it together with the command and the story."
    )


def _tell(sentence: str, code: int) -> int:
    with contextlib.suppress(OSError):  # stderr may be closed too, and there is nobody left to tell
        print(sentence, file=sys.stderr)
    return code
