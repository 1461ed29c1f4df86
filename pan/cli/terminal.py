"""What a command tells: results on standard output, all else on standard error, progress on a terminal only."""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from pan.system.errors import InputError
from pan.system.files import cannot_write, check_place, write_whole
from pan.system.json_file import without_nan
from pan.system.steps import follow

Result = TypeVar("Result")

STANDARD_OUTPUT = "-"


def say(text: str) -> None:
    """A line of the result.

    Raises:
        InputError: If standard output is a full disk.
    """
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read it has read enough
        _discard_output()
    except OSError as error:
        _discard_output()
        raise cannot_write(Path("standard output"), error) from error


def note(text: str) -> None:
    """A line about the work, kept apart from its result; where nobody can be told, the work goes on."""
    with suppress(OSError):
        sys.stderr.write(f"{text}\n")


def write_json(target: str, values: object) -> None:
    """Values as JSON to a file, or to standard output for `-`; a NaN becomes null.

    Raises:
        InputError: If the file cannot be written.
    """
    text = json.dumps(without_nan(values), indent=2, allow_nan=False)
    if target == STANDARD_OUTPUT:
        say(text)
    else:
        write_whole(Path(target), lambda beside: beside.write_text(text + "\n", encoding="utf-8"))


def check_output(path: Path) -> None:
    """Refuse a file that cannot be written before the work for it is done.

    Raises:
        InputError: If the path is a folder or a device, or lies below a file or in a folder that may not be changed.
    """
    check_place(path)
    above = next(parent for parent in path.absolute().parents if parent.exists())
    if not above.is_dir():
        raise InputError(f"{path} cannot be written: {above} is a file; choose another place.")
    if not os.access(above, os.W_OK | os.X_OK):
        raise InputError(f"{path} cannot be written: {above} may not be changed; choose another place.")


def table(header: list[str], rows: list[list[str]]) -> str:
    """Rows below a header, the first column to the left and the others to the right."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    return "\n".join(
        "  ".join([first.ljust(widths[0]), *map(str.rjust, others, widths[1:])]) for first, *others in [header, *rows]
    )


def percent(share: float | None) -> str:
    """A share as a number of percent, a dash where it has no meaning."""
    return "–" if share is None or math.isnan(share) else f"{100 * share:.1f}"


class Progress:
    """One bar at a time on a terminal, and nothing where there is none."""

    def __init__(self) -> None:
        self._bar: tqdm | None = None
        self._what = ""

    def show(self, what: str, done: int, total: int) -> None:
        """Draw how far `what` has come."""
        if self._bar is None or what != self._what:
            self.close()
            self._what = what
            self._bar = tqdm(total=total, desc=what, initial=done, file=sys.stderr, disable=None, leave=False)
        self._bar.update(done - self._bar.n)

    def follow(self, what: str, work: Generator[int, None, Result], total: int) -> Result:
        """Draw how far work has come that yields what it has done, and return what it returns."""
        return follow(work, lambda done: self.show(what, done, total))

    def follow_steps(self, work: Generator[tuple[str, int, int], None, Result]) -> Result:
        """The same for work that says what it does, how much of it is done, and how much there is."""
        return follow(work, lambda step: self.show(*step))

    def close(self) -> None:
        """Take the bar away, to make room for a line."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def _discard_output() -> None:
    """Send what is left in the buffer nowhere; Python would try to write it once more when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


