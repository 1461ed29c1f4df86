"""How long the window takes to be shown, beside what Qt alone takes: processes, from their start to the end of it.

Qt alone is a process that imports QtCore, QtGui and QtWidgets with the names that any program needs of them, makes an
application, and paints a window with nothing in it and nothing done to its looks. The program's process does all that
it does when a user starts it: it sets palette, style sheet and font, brings its place and size back, and ends when the
window is painted, still empty; a second one ends when all panels stand in it and are painted. Networks are loaded
behind that.
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
    """Seconds, medians of turns.

    Attributes:
        shown: From the start of the program until its window is painted, still empty.
        filled: Until its panels are painted too.
        qt: From the start of Python until Qt alone has painted a window.
        ratio: Median of the turns' ratios of `shown` to `qt`.
        filled_ratio: The same of `filled`.
    """

    shown: float
    filled: float
    qt: float
    ratio: float
    filled_ratio: float


def measure_start_up(turns: int) -> StartUp:
    """Start each in turns, once before they count: what was read from disk stays in memory, and is compiled.

    Raises:
        InputError: If the window cannot be shown.
    """
    times = [(_seconds(QT_ALONE), _seconds(SHOWN), _seconds(FILLED)) for _ in range(1 + turns)][1:]
    qt, shown, filled = zip(*times, strict=True)
    return StartUp(median(shown), median(filled), median(qt), median(each / alone for alone, each, _ in times),
                   median(each / alone for alone, _, each in times))  # fmt: skip


def _seconds(arguments: tuple[str, ...]) -> float:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    began = time.perf_counter()
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    seconds = time.perf_counter() - began
    if done.returncode != 0:
        raise InputError(f"{arguments[-1]} could not be measured: {done.stderr.strip().splitlines()[-1:]}")
    return seconds
