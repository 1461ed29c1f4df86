"""The start-up time of the window, compared with that of a bare Qt program; each is the time of a whole process.

The bare program imports QtCore, QtGui and QtWidgets, makes an application, and paints an empty window in the default
style. The first process of PAN Explorer starts as for a user: it sets palette, style sheet and font, restores the
window's geometry, and ends when the empty window is painted. The second one ends when all panels are painted. Networks
are loaded later.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import median

from pan.system.errors import InputError

QT_ALONE = ("-c", """
import os, sys
if sys.platform == "win32":
    import torch  # as the program does, for its libraries do not load after Qt's
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QMainWindow
application, window = QApplication([]), QMainWindow()
window.show()
window.repaint()
os._exit(0)
""")  # fmt: skip
SHOWN = ("-m", "pan_explorer.speed.start_time", "shown")
FILLED = ("-m", "pan_explorer.speed.start_time", "filled")


@dataclass(frozen=True)
class StartUp:
    """Seconds, medians over the turns.

    Attributes:
        shown: From the start of the program until its empty window is painted.
        filled: Until its panels are painted too.
        qt: From the start of Python until the bare Qt program has painted its window.
        ratio: Median of the turns' ratios of `shown` to `qt`.
        filled_ratio: Median of the turns' ratios of `filled` to `qt`.
    """

    shown: float
    filled: float
    qt: float
    ratio: float
    filled_ratio: float


def measure_start_up(turns: int) -> StartUp:
    """Start the programs in turns. The first turn is not counted: it fills the disk cache and compiles the modules.

    Raises:
        InputError: If the window cannot be shown.
    """
    times = [(_seconds(QT_ALONE), _seconds(SHOWN), _seconds(FILLED)) for _ in range(1 + turns)][1:]
    qt, shown, filled = zip(*times, strict=True)
    return StartUp(median(shown), median(filled), median(qt), median(each / alone for alone, each, _ in times),
                   median(each / alone for alone, _, each in times))  # fmt: skip


def _seconds(arguments: tuple[str, ...]) -> float:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has compiled modules
    began = time.perf_counter()
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    seconds = time.perf_counter() - began
    if done.returncode != 0:
        raise InputError(f"{arguments[-1]} could not be measured: {done.stderr.strip().splitlines()[-1:]}")
    return seconds
