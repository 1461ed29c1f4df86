"""The main window: shown empty at once, filled when its panels are imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QMainWindow, QWidget

from pan_explorer import settings
from pan_explorer.widgets.shortcut_override import HORIZONTAL, VERTICAL, override, override_copying
from pan_explorer.widgets.window_size import resize_within_screen

if TYPE_CHECKING:
    from pan_explorer.session.session import Session
    from pan_explorer.shell.contents import Contents
    from pan_explorer.theme import Theme

WIDTH, HEIGHT = 1280, 800
LEAST = QSize(800, 440)
"""Fits a screen of 1280 × 800 pixels at 150 %, less a task bar and a title bar."""
OWN_KEYS: tuple[tuple[type[QWidget], frozenset[Qt.Key]], ...] = (
    (QAbstractButton, frozenset({Qt.Key.Key_Space})),
    (QAbstractItemView, VERTICAL | {Qt.Key.Key_Space}),
    (QAbstractSlider, HORIZONTAL),
    (QComboBox, VERTICAL | {Qt.Key.Key_Space}),
)
LONGEST_MS = 500
"""The longest wait for the first paint; a window on another desktop is never painted."""


class MainWindow(QMainWindow):
    """The window's position and size, its key, drop and close events.

    Attributes:
        contents: Its panels; None until it is filled.
    """

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.contents: Contents | None = None
        self.setWindowTitle("PAN Explorer")
        self.setMinimumSize(LEAST)
        resize_within_screen(self, WIDTH, HEIGHT)
        self.restoreGeometry(settings.geometry())

    def show_empty(self) -> None:
        """Show the window, and return when it has been painted."""
        loop = QEventLoop()
        self.painted.connect(loop.quit)
        QTimer.singleShot(LONGEST_MS, loop, loop.quit)
        self.show()
        loop.exec()

    def fill(self, session: Session, theme: Theme) -> None:
        """Add all panels of one session."""
        from pan_explorer.shell.contents import (
            Contents,  # imported late: takes a second
        )

        self.contents = Contents(self, session, theme)
        self.contents.show_on_screen(self.devicePixelRatioF())
        self.setAcceptDrops(True)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the window, and emit `painted`."""
        super().paintEvent(event)
        self.painted.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Accept a drop of files and images anywhere."""
        if self.contents is not None and self.contents.can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Open the dropped file or image."""
        if self.contents is not None:
            self.contents.take(event.mimeData())
            event.acceptProposedAction()

    def event(self, event: QEvent) -> bool:
        """Leave its own keys to the focused widget, and fit thumbnails to the screen's resolution."""
        if event.type() == QEvent.Type.DevicePixelRatioChange and self.contents is not None:
            self.contents.show_on_screen(self.devicePixelRatioF())
        focus = self.focusWidget()
        own = next((keys for kind, keys in OWN_KEYS if isinstance(focus, kind)), frozenset())
        return override(event, own) or override_copying(event, focus) or super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Save the window's geometry; ask first about unsaved work and a running training."""
        if self.contents is not None and not self.contents.closing.allows():
            event.ignore()
            return
        if self.contents is not None:
            self.contents.display_memory.write_now()
        settings.keep_geometry(self.saveGeometry())
        super().closeEvent(event)
