"""The progress of the commands, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Generator
from time import monotonic
from typing import TypeVar

from tqdm import tqdm

from pan.cli.terminal import note
from pan.system.steps import Preparing, run_to_end

Result = TypeVar("Result")

SECONDS = 60
"""Time between two lines where there is no terminal, as in the log of a job."""


class ProgressBar:
    """The progress of one stage at a time: a bar on a terminal, and elsewhere a line every minute."""

    def __init__(self) -> None:
        self._bar: tqdm | None = None
        self._what = ""
        self._told = monotonic()

    def show(self, what: str, done: int, total: int) -> None:
        """Show the progress of the stage `what`; a total of 0 is not known."""
        if not sys.stderr.isatty():
            self._tell(what, done, total)
            return
        if self._bar is None or what != self._what:
            self.close()
            self._what = what
            self._bar = tqdm(total=total, desc=what, initial=done, file=sys.stderr, leave=False)
        self._bar.update(done - self._bar.n)

    def run(self, work: Generator[Preparing, None, Result]) -> Result:
        """Run work to its end, showing its progress, and return its result."""
        return run_to_end(work, lambda step: self.show(*step))

    def close(self) -> None:
        """Remove the bar."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _tell(self, what: str, done: int, total: int) -> None:
        if (now := monotonic()) - self._told >= SECONDS:
            self._told = now
            note(f"{what}: {done:,} of {total:,}" if total else f"{what}: {done:,}")
