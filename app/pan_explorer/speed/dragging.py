"""The number of answers per second that the window shows while a digit is dragged in the composer.

`python -m pan_explorer.speed.dragging` prints it as JSON.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from time import perf_counter

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPointF, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from pan_explorer.pictures.picture import Picture
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.speed.measuring import begin, measured_window
from pan_explorer.speed.program import print_measured
from pan_explorer.state.answers import Answers
from pan_explorer.state.compared import COMPARED
from pan_explorer.state.scene_edits import cleared
from pan_explorer.widgets.scene_canvas import SceneCanvas

MOUSE_MS = 8
"""Milliseconds between mouse events: a mouse reports its position 125 times a second."""
ROUND_S = 2.0
RADIUS = 20.0
WARM_UP_S = 2.0


@dataclass(frozen=True)
class DragSpeed:
    """The speed of answers while a digit is dragged in circles.

    Attributes:
        answers_per_second: How often the whole window was painted with new answers of all networks.
        median: Median milliseconds from a scene to the window painted with its answers.
        p95: The 95th percentile.
        moves_per_second: Mouse events per second during the drag.
        networks: Number of networks that answered each scene.
    """

    answers_per_second: float
    median: float
    p95: float
    moves_per_second: float
    networks: int


class _Drag(QObject):
    """Drags a digit by mouse events, and times the answers that the window shows."""

    def __init__(self, session: Session, window: MainWindow, seconds: float) -> None:
        super().__init__()
        self.milliseconds: list[float] = []
        self.moves = self.networks = 0
        self._composer, self._window, self._seconds = session.composer, window, seconds
        self._canvas = window.findChildren(SceneCanvas)[0]
        self._began: dict[Picture, float] = {}  # pictures compare by identity
        self._start = 0.0
        self._loop = QEventLoop()
        self._timer = QTimer(self, interval=MOUSE_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._move)
        self._composer.answers_changed.connect(self._on_answers)  # after the page's own connections

    def run(self) -> None:
        """Drag for the given seconds."""
        self._loop.exec()

    def _send(self, kind: QEvent.Type, x: float, y: float) -> None:
        place = self._canvas.from_scene(QPointF(x, y))
        button = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, place, self._canvas.mapToGlobal(place), button, button,
                            Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self._canvas, event)

    @Slot()
    def _move(self) -> None:
        now = perf_counter() - self._start
        angle = 2 * pi * now / ROUND_S
        self._send(QEvent.Type.MouseMove, 50 + RADIUS * cos(angle), 50 + RADIUS * sin(angle))
        self._began[self._composer.state.composed.picture] = perf_counter()
        self.moves += now > WARM_UP_S
        if now > WARM_UP_S + self._seconds:
            self._timer.stop()
            self._send(QEvent.Type.MouseButtonRelease, 50, 50)
            self._loop.quit()

    @Slot(object)
    def _on_answers(self, answers: Answers) -> None:
        self._window.repaint()
        if not self._start:  # the networks are loaded, the drag may begin
            self._composer.edit(cleared)
            self._composer.place(self._composer.state.kit.objects[7], 50.0, 50.0)
            self._composer.draw_background("mbg")
            self._send(QEvent.Type.MouseButtonPress, 50, 50)
            self._start = perf_counter()
            self._timer.start()
        elif perf_counter() - self._start > WARM_UP_S and (began := self._began.get(answers.picture)):
            self.milliseconds.append(1000 * (perf_counter() - began))
            self.networks = sum(pane.reading is not None for pane in answers.panes)


def measure_drag_speed(seconds: float = 10.0) -> DragSpeed:
    """Drag a digit with the three default networks, in a window of 1280 × 800.

    Args:
        seconds: How long, after two seconds to warm up.
    """
    with measured_window() as (session, window):
        begin(session, [f"mref/{network}" for network in COMPARED])
        session.pages.show("compose")
        drag = _Drag(session, window, seconds)
        drag.run()
    times = drag.milliseconds
    return DragSpeed(len(times) / seconds, float(np.median(times)), float(np.percentile(times, 95)),
                     drag.moves / seconds, drag.networks)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    return print_measured("dragging", __doc__, "seconds", measure_drag_speed, 10.0, arguments)


if __name__ == "__main__":
    sys.exit(main())
