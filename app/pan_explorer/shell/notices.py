"""Says that training has ended: above the panes, and on the desktop to whoever looks elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QStyle, QSystemTrayIcon, QWidget

from pan_explorer import settings
from pan_explorer.panels.chrome.message_strip import MessageStrip
from pan_explorer.panels.training.words import duration
from pan_explorer.session.training import TrainingSession
from pan_explorer.state.training import TrainingState

WORTH_TELLING = 5.0  # seconds of training; who waited less is still looking
SHOWN_MS = 10_000


class Notices(QObject):
    """Tells once for each run that has ended.

    Args:
        training: Whose runs.
        strip: Where the window says it.
        window: Asks for attention when it is not the active one.
    """

    def __init__(self, training: TrainingSession, strip: MessageStrip, window: QWidget) -> None:
        super().__init__(strip)
        self._strip, self._window = strip, window
        self._was_running = training.state.running
        self._tray: QSystemTrayIcon | None = None
        self._hiding = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._hiding.timeout.connect(self._hide_tray)
        training.state_changed.connect(self._look)

    @Slot(object)
    def _look(self, state: TrainingState) -> None:
        ended, self._was_running = self._was_running and not state.running, state.running
        if not ended or state.phase == "idle":  # idle: it was cancelled by hand
            return
        name = state.recipe.name if state.recipe else "The run"
        if state.phase == "failed":
            self._strip.show_failure(f"{name} failed: {state.message}")
        else:
            self._strip.show_success(f"{name}: {state.message} {duration(state.elapsed)} in all.")
        if state.seconds >= WORTH_TELLING and not self._window.isActiveWindow():
            QApplication.alert(self._window)
            self._tell_desktop(name, state.message)

    def _tell_desktop(self, name: str, message: str) -> None:
        if not settings.notifies() or not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._icon(), self)
        self._tray.show()  # a message needs an icon to come from
        self._tray.showMessage(f"Training has ended: {name}", message, QSystemTrayIcon.MessageIcon.NoIcon, SHOWN_MS)
        self._hiding.start()

    def _icon(self) -> QIcon:
        icon = self._window.windowIcon()
        return icon if not icon.isNull() else self._window.style().standardIcon(QStyle.StandardPixmap.SP_ComputerIcon)

    @Slot()
    def _hide_tray(self) -> None:
        if self._tray:
            self._tray.hide()
