"""`pan` in a process of its own that may be killed: forked from one that has imported everything, so in no time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest

IMPORTED = ["pan.cli", "pan.cli.data_build", "pan.cli.data_import", "pan.cli.data_visual_genome", "pan.cli.evaluate",
            "pan.cli.explain", "pan.cli.explain_page", "pan.cli.report", "pan.cli.train", "pan.figures.explanation",
            "pan.report.digits.writing", "pan.training.loop", "pytest", "torch._dynamo"]  # fmt: skip
FORKING = multiprocessing.get_context("forkserver") if os.name != "nt" else multiprocessing.get_context()
if os.name != "nt":
    FORKING.set_forkserver_preload(IMPORTED)
SHARED = pytest.mark.xdist_group("own process")
"""For tests: all are forked from one."""

TIMED = (
    "e.json", "networks.csv", "networks.md", "report.md", "report.html", "state.safetensors", "log.txt", "metrics.csv",
)  # fmt: skip
"""Files that tell how long something took."""


class Ended(NamedTuple):
    """How a command ended.

    Attributes:
        code: Its exit code; minus the signal's number if it was killed.
        told: What it wrote to standard output and standard error.
    """

    code: int
    told: str


class OwnProcess:
    """A command that has begun.

    Args:
        words: The command without `pan`.
        told: The file that takes what it says.
        before: What is done in the process before the command.
        environment: Variables of its own.
    """

    def __init__(
        self, words: tuple[object, ...], told: Path, before: Callable[[], None] | None = None,
        environment: dict[str, str] | None = None,
    ) -> None:  # fmt: skip
        told.write_bytes(b"")
        self._told = told
        self._process = FORKING.Process(target=_run, args=(tuple(map(str, words)), told, before, environment or {}))
        self._process.start()

    def wait_for(self, is_there: Callable[[], bool]) -> None:
        """Until something is there, or the command has ended."""
        while self._process.is_alive() and not is_there():
            time.sleep(0.005)

    def has_said(self, words: str) -> bool:
        """Whether it has."""
        return words in self._told.read_text(encoding="utf-8", errors="replace")

    def tell(self, number: int) -> None:
        """Send it a signal."""
        assert self._process.pid is not None
        os.kill(self._process.pid, number)

    def kill_after(self, seconds: float) -> Ended:
        """Kill it unless it ends before."""
        self._process.join(seconds)
        with suppress(OSError):
            self._process.kill()
        return self.end()

    def end(self) -> Ended:
        """Wait until it ends."""
        self._process.join()
        code = self._process.exitcode
        assert code is not None
        return Ended(code, self._told.read_text(encoding="utf-8", errors="replace"))


def _run(words: tuple[str, ...], told: Path, before: Callable[[], None] | None, environment: dict[str, str]) -> None:
    os.environ.update({"SOURCE_DATE_EPOCH": "0", **environment})  # the date in a PDF
    with told.open("wb") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    if before is not None:
        before()
    from pan.cli import main

    sys.exit(main(words))


def die_after(seconds: float) -> None:
    """Let this process be killed when it has worked so long, however busy the machine is."""
    end = time.process_time() + seconds

    def watch() -> None:
        while time.process_time() < end:
            time.sleep(0.001)
        os.kill(os.getpid(), signal.SIGKILL)

    Thread(target=watch, daemon=True).start()


def die_at_move(number: int) -> None:
    """Let this process be killed when it would move a file to its place as its so many-th."""
    left, replace = number, os.replace

    def dying(*places: Path) -> None:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        replace(*places)

    os.replace = dying  # type: ignore[assignment]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def untimed(folder: Path) -> dict[str, bytes]:
    """Every finished file below a folder; of those that tell how long something took, the name alone."""
    return {name: b"" if name.endswith(TIMED) else data
            for name, data in contents(folder).items() if ".pan-" not in name}  # fmt: skip


def hidden(folder: Path) -> list[Path]:
    """What is unfinished below a folder."""
    return list(folder.rglob(".pan-*"))
