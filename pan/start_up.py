"""How long the window takes to be shown, beside importing Qt alone: processes, from their start to the end of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median

from pan.errors import InputError

QT_ALONE = ("-c", "import PySide6.QtWidgets")
WINDOW = ("-m", "app.start_time")


@dataclass(frozen=True)
class StartUp:
    """Seconds, medians of turns.

    Attributes:
        window: From the start of the program until its window is painted.
        qt: From the start of Python until Qt is imported.
        ratio: Median of the turns' ratios.
    """

    window: float
    qt: float
    ratio: float


def measure_start_up(turns: int) -> StartUp:
    """Start both in turns, once before they count: what was read from disk stays in memory.

    Raises:
        InputError: If the window cannot be shown.
    """
    pairs = [(_seconds(WINDOW), _seconds(QT_ALONE)) for _ in range(1 + turns)][1:]
    return StartUp(median(window for window, _ in pairs), median(qt for _, qt in pairs),
                   median(window / qt for window, qt in pairs))  # fmt: skip


def _seconds(arguments: tuple[str, ...]) -> float:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    began = time.perf_counter()
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    seconds = time.perf_counter() - began
    if done.returncode != 0:
        raise InputError(f"{arguments[-1]} could not be measured: {done.stderr.strip().splitlines()[-1:]}")
    return seconds
