"""Output of the commands: results on standard output, messages on standard error."""

from __future__ import annotations

import json
import math
import os
import sys
from contextlib import suppress
from pathlib import Path

from pan.system.files import cannot_write, write_whole
from pan.system.json_file import without_nan

STANDARD_OUTPUT = "-"


def say(text: str) -> None:
    """Print a line of the result.

    Raises:
        InputError: If standard output is a file on a full disk.
    """
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has closed the pipe
        _discard_output()
    except OSError as error:
        _discard_output()
        raise cannot_write(Path("standard output"), error) from error


def note(text: str) -> None:
    """Print a message to standard error; if that is not possible, the work goes on."""
    with suppress(OSError):
        sys.stderr.write(f"{text}\n")


def write_json(target: str, values: object) -> None:
    """Write JSON to a file, or to standard output for `-`; NaN becomes null.

    Raises:
        InputError: If the file cannot be written.
    """
    text = json.dumps(without_nan(values), indent=2, allow_nan=False)
    if target == STANDARD_OUTPUT:
        say(text)
    else:
        write_whole(Path(target), lambda beside: beside.write_text(text + "\n", encoding="utf-8"))


def table(header: list[str], rows: list[list[str]]) -> str:
    """A text table: the first column aligned left, the others right."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    return "\n".join(
        "  ".join([first.ljust(widths[0]), *map(str.rjust, others, widths[1:])]) for first, *others in [header, *rows]
    )


def percent(share: float | None) -> str:
    """A share in percent, a dash if it is undefined."""
    return "–" if share is None or math.isnan(share) else f"{100 * share:.1f}"


def _discard_output() -> None:
    """Redirect standard output to the null device: Python flushes the buffer once more when it exits."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


