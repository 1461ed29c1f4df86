"""The responsiveness of the window while a network trains: the longest gap of a 10 ms timer on the GUI thread.

`python -m pan_explorer.speed.responsiveness` prints it as JSON.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal, Slot

from pan.data.sources import Sources
from pan.recipes.recipe import Recipe
from pan_explorer.session.training import TrainingSession
from pan_explorer.speed.measuring import begin, measured_window
from pan_explorer.state.compared import COMPARED
from pan_explorer.state.training import TrainingState

TIMER_MS = 10


@dataclass(frozen=True)
class Fluidity:
    """Milliseconds between ticks of a 10 ms timer while a network trains.

    Attributes:
        longest_gap: The maximum.
        p99_gap: The 99th percentile.
        gaps: Number of gaps.
        questions_per_second: Throughput of the training.
    """

    longest_gap: float
    p99_gap: float
    gaps: int
    questions_per_second: float


class _Watch(QObject):
    """Measures gaps from the first step on, and ends the run after the given seconds."""

    finished = Signal()

    def __init__(self, training: TrainingSession, seconds: float) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self.speed = 0.0
        self._training, self._seconds = training, seconds
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        training.state_changed.connect(self._follow)

    @Slot()
    def _tick(self) -> None:
        now = perf_counter()
        self.gaps.append(1000 * (now - self._last))
        self._last = now

    @Slot(object)
    def _follow(self, state: TrainingState) -> None:
        if state.seconds:
            self.speed = state.questions / state.seconds
        if state.phase == "training" and state.step and not self._timer.isActive():
            self._last = perf_counter()
            self._timer.start(TIMER_MS)
            QTimer.singleShot(round(1000 * self._seconds), self._training, self._training.cancel)
        if not state.running:
            self._timer.stop()
            self.finished.emit()


def measure_longest_gap(recipe: Recipe, seconds: float = 20.0, device: str = "auto") -> Fluidity:
    """Train in the window and measure the gaps on its thread.

    Args:
        recipe: What to train; its budget should last for as long as is measured.
        seconds: How long to measure, from the first step on.
        device: Where to train.

    Raises:
        RuntimeError: If training ended before its first step, with the sentence that says why.
    """
    with measured_window() as (session, _), TemporaryDirectory() as folder:
        begin(session, [f"mref/{network}" for network in COMPARED])
        watch, loop = _Watch(session.training, seconds), QEventLoop()
        watch.finished.connect(loop.quit)
        session.training.start(recipe, Sources(), device, Path(folder) / "run")
        loop.exec()
        message = session.training.state.message
        session.close()  # before its folder is deleted
    if not watch.gaps:
        raise RuntimeError(message)
    return Fluidity(max(watch.gaps), float(np.percentile(watch.gaps, 99)), len(watch.gaps), watch.speed)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = ArgumentParser("python -m pan_explorer.speed.responsiveness", description=__doc__)
    parser.add_argument("--recipe", default="mref/pan-ctx")
    parser.add_argument("--preset", default="quick")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--seconds", type=float, default=20.0)
    parsed = parser.parse_args(arguments)
    from pan.recipes.by_name import find_recipe  # torch before Qt's event loop: its import is not what is measured

    recipe = find_recipe(parsed.recipe, parsed.preset).with_fields(scenes=1_000, epoch_questions=5_000, start="")
    fluidity = measure_longest_gap(recipe, parsed.seconds, parsed.device)
    sys.stdout.write(json.dumps(asdict(fluidity), indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
