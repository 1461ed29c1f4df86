"""The time from a changed query to the redrawn window.

`python -m pan_explorer.speed.redraw_time` prints it as JSON.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from PySide6.QtCore import QEventLoop, QObject, Slot

from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.speed.measuring import begin, measured_window
from pan_explorer.speed.program import print_measured
from pan_explorer.state.answers import Answers

WARM_UP = 10
NETWORKS = ("mref/pan-ctx", "mref/san", "mref/han", "mdist/pan-ctx", "mdist/san")
"""Five networks that answer the same questions."""


@dataclass(frozen=True)
class RedrawTime:
    """Milliseconds from a changed query until the whole window is painted with the answers.

    Attributes:
        median: The median.
        p95: The 95th percentile.
        queries: Number of queries.
        networks: Number of networks that answered each query.
    """

    median: float
    p95: float
    queries: int
    networks: int


class _Asker(QObject):
    """Asks one query after another, each when the window is painted with the answers to the one before."""

    def __init__(self, session: Session, window: MainWindow, queries: int) -> None:
        super().__init__()
        self.milliseconds: list[float] = []
        self.networks = 0
        self._session, self._window, self._left = session, window, queries + WARM_UP
        self._asked = 0.0
        self._loop = QEventLoop()
        session.answers_changed.connect(self._on_answers)  # after the panels' own connections, so they are up to date

    def run(self) -> None:
        """Ask all queries."""
        begin(self._session, NETWORKS)
        self._loop.exec()

    @Slot(object)
    def _on_answers(self, answers: Answers) -> None:
        if not answers.panes or any(pane.reading is None for pane in answers.panes):
            return
        self._window.repaint()
        if self._asked:
            self.milliseconds.append(1000 * (perf_counter() - self._asked))
        self.networks = len(answers.panes)
        if self._left == 0:
            self._loop.quit()
            return
        self._left -= 1
        words = self._session.state.queries
        self._asked = perf_counter()
        self._session.ask(words[(words.index(answers.query) + 1) % len(words)])


def measure_redraw_time(queries: int = 100) -> RedrawTime:
    """Ask five shipped networks about the first sample, in a window of 1920 × 1080 that shows all of them.

    Args:
        queries: How many times to ask.
    """
    with measured_window(1920, 1080) as (session, window):
        asker = _Asker(session, window, queries)
        asker.run()
    times = asker.milliseconds[WARM_UP:]
    return RedrawTime(float(np.median(times)), float(np.percentile(times, 95)), len(times), asker.networks)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    return print_measured("redraw_time", __doc__, "queries", measure_redraw_time, 100, arguments)


if __name__ == "__main__":
    sys.exit(main())
