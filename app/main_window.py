"""The window: it places the panels and knows nothing else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMainWindow, QSplitter, QStatusBar, QVBoxLayout, QWidget

from app import settings
from app.actions import add_commands
from app.closing import Closing
from app.notices import Notices
from app.panels import exchange
from app.panels.browser import Browser
from app.panels.compare import Compare
from app.panels.composer import ComposerPage
from app.panels.image_strip import ImageStrip
from app.panels.message_strip import MessageStrip
from app.panels.pages import Pages
from app.panels.paper import PaperPage
from app.panels.side_column import SideColumn
from app.panels.status import StatusLine
from app.panels.toolbar import Toolbar
from app.panels.training import TrainingPanel
from app.session import Session
from app.theme import Theme


class MainWindow(QMainWindow):
    """All panels about one session."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self.setWindowTitle("PAN Explorer")
        self.setAcceptDrops(True)
        toolbar = Toolbar(session)
        toolbar.set_menu(add_commands(self, session, theme))
        self.message_strip = MessageStrip(session)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(toolbar)
        column.addWidget(self.message_strip)
        column.addWidget(_body(session), 1)
        centre.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # so that no button has the focus at the start
        self.setCentralWidget(centre)
        centre.setFocus()
        status = QStatusBar(sizeGripEnabled=False)
        status.addWidget(StatusLine(session), 1)
        self.setStatusBar(status)
        session.exports.drawn.connect(self._copy_figure)
        self._notices = Notices(session.training, self.message_strip, self)
        self._closing = Closing(session, self.message_strip)
        self._closing.may_close.connect(self.close, Qt.ConnectionType.QueuedConnection)
        self.setMinimumSize(1000, 680)
        self.resize(1280, 800)
        self.restoreGeometry(settings.geometry())

    @Slot(bytes)
    def _copy_figure(self, png: bytes) -> None:
        exchange.put_figure(png)
        self.message_strip.show_success("Copied the figure")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files and images may be dropped anywhere."""
        if exchange.can_take(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Open what was dropped."""
        exchange.take(event.mimeData(), self._session)
        event.acceptProposedAction()

    def event(self, event: QEvent) -> bool:
        """Leave Space to a button that has the focus, though it is a shortcut elsewhere."""
        if (event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
                and event.key() == Qt.Key.Key_Space and isinstance(self.focusWidget(), QAbstractButton)):
            event.accept()
            return True
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Remember where the window was; while a network trains, ask first."""
        if not self._closing.allows():
            event.ignore()
            return
        settings.keep_geometry(self.saveGeometry())
        super().closeEvent(event)


def _body(session: Session) -> QWidget:
    body = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False, handleWidth=1)
    compose, paper = ComposerPage(session), PaperPage(session)
    body.addWidget(Pages(session, {"explore": _explore(session), "compose": compose, "paper": paper}))
    body.addWidget(TrainingPanel(session))  # one line high while it is folded
    body.setStretchFactor(0, 1)
    return body


def _explore(session: Session) -> QWidget:
    explore = QWidget()
    row = QHBoxLayout(explore)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(ImageStrip(session))
    row.addWidget(Browser(session))
    row.addWidget(Compare(session), 1)
    row.addWidget(SideColumn(session))
    return explore
