"""Notices of the end of a training, above the panes and on the desktop."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QStyle, QSystemTrayIcon, QWidget

from pan_explorer import settings
from pan_explorer.panels.chrome.message_strip import MessageStrip
from pan_explorer.panels.training.words import duration
from pan_explorer.session.training import TrainingSession
from pan_explorer.state.training import TrainingState

WORTH_TELLING = 5.0  # seconds of training; after less, the user still looks at the window
SHOWN_MS = 10_000


class Notices(QObject):
    """Shows one notice for each run that has ended.

    Args:
        training: The session of the runs.
        strip: Shows the notice in the window.
        window: Asks for attention if it is not the active window.
    """

    def __init__(self, training: TrainingSession, strip: MessageStrip, window: QWidget) -> None:
        super().__init__(strip)
        self._strip, self._window = strip, window
        self._was_running = training.state.running
        self._tray: QSystemTrayIcon | None = None
        self._hiding = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._hiding.timeout.connect(self._hide_tray)
        training.state_changed.connect(self._notify)

    @Slot(object)
    def _notify(self, state: TrainingState) -> None:
        ended, self._was_running = self._was_running and not state.running, state.running
        if not ended or state.phase == "idle":  # idle: the user cancelled it
            return
        name = state.recipe.name if state.recipe else "The run"
        if state.phase == "failed":
            self._strip.show_failure(f"{name} failed: {state.message}")
        else:
            self._strip.show_success(f"{name}: {state.message} {duration(state.elapsed)} in all.")
        if state.seconds >= WORTH_TELLING and not self._window.isActiveWindow():
            QApplication.alert(self._window)
            self._notify_desktop(name, state.message)

    def _notify_desktop(self, name: str, message: str) -> None:
        if not settings.notifies() or not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._icon(), self)
        self._tray.show()  # Qt shows messages only with a visible icon
        self._tray.showMessage(f"Training has ended: {name}", message, QSystemTrayIcon.MessageIcon.NoIcon, SHOWN_MS)
        self._hiding.start()

    def _icon(self) -> QIcon:
        icon = self._window.windowIcon()
        return icon if not icon.isNull() else self._window.style().standardIcon(QStyle.StandardPixmap.SP_ComputerIcon)

    @Slot()
    def _hide_tray(self) -> None:
        if self._tray:
            self._tray.hide()
