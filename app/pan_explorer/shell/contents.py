"""The contents of the window: all panels at their places."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QStatusBar, QVBoxLayout, QWidget

from pan_explorer.panels.browser.panel import Browser
from pan_explorer.panels.chrome import exchange
from pan_explorer.panels.chrome.message_strip import MessageStrip
from pan_explorer.panels.chrome.pages import Pages
from pan_explorer.panels.chrome.side_column import SideColumn
from pan_explorer.panels.chrome.status import StatusLine
from pan_explorer.panels.chrome.toolbar import Toolbar
from pan_explorer.panels.chrome.walk import WalkPanel
from pan_explorer.panels.explore.image_strip import ImageStrip
from pan_explorer.panels.explore.panel import Compare
from pan_explorer.panels.training.panel import TrainingPanel
from pan_explorer.session.session import Session
from pan_explorer.shell.actions import add_commands
from pan_explorer.shell.closing import Closing
from pan_explorer.shell.display_memory import DisplayMemory
from pan_explorer.shell.notices import Notices
from pan_explorer.shell.set_notice import SetNotice
from pan_explorer.system.desktop_entry import icon_file
from pan_explorer.theme import Theme


class Contents(QObject):
    """Fills a window with all panels of one session.

    Each container is made before its children and with its parent, because Qt applies the style sheet again to
    every widget that gets a new parent.
    """

    def __init__(self, window: QMainWindow, session: Session, theme: Theme) -> None:
        super().__init__(window)
        self._session = session
        window.setWindowIcon(QIcon(str(icon_file())))
        toolbar = Toolbar(session)
        toolbar.set_menu(add_commands(window, session, theme))
        self.message_strip = MessageStrip(session)
        centre = QWidget(window)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(toolbar)
        column.addWidget(WalkPanel(session))
        column.addWidget(self.message_strip)
        column.addWidget(_body(session, centre), 1)
        centre.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # no button has the focus at the start
        window.setCentralWidget(centre)
        centre.show()  # now, because a hidden widget cannot have the focus
        centre.setFocus()
        status = QStatusBar(sizeGripEnabled=False)
        status.addWidget(StatusLine(session), 1)
        window.setStatusBar(status)
        session.exports.drawn.connect(self._copy_figure)
        self._notices = Notices(session.training, self.message_strip, window)
        self._set_notice = SetNotice(session, self.message_strip, window)
        self.display_memory = DisplayMemory(session, self)
        self.closing = Closing(session, self.message_strip)
        self.closing.may_close.connect(window.close, Qt.ConnectionType.QueuedConnection)

    def show_on_screen(self, pixels_a_point: float) -> None:
        """Show thumbnails at the resolution of the screen."""
        self._session.thumbnails.read_for(pixels_a_point)

    def can_take(self, data: QMimeData) -> bool:
        """Whether the window accepts a drop of this data."""
        return exchange.can_take(data)

    def take(self, data: QMimeData) -> None:
        """Open the dropped file or image."""
        exchange.take(data, self._session)

    @Slot(bytes)
    def _copy_figure(self, png: bytes) -> None:
        if exchange.put_figure(png):
            self.message_strip.show_success("Copied the figure")
        else:
            self._session.failed.emit("The figure has too many pixels for the clipboard; "
                                      "make it narrower or of fewer dots per inch, or save it.")


def _body(session: Session, centre: QWidget) -> QWidget:
    body = QSplitter(Qt.Orientation.Vertical, centre, childrenCollapsible=False, handleWidth=1)
    body.addWidget(Pages(session, {"explore": _explore, "compose": _compose, "paper": _paper}, body))
    training = TrainingPanel(session, body)
    body.addWidget(training)  # one line high when folded
    session.walk.state_changed.connect(training.follow_walk)
    body.setStretchFactor(0, 1)
    return body


def _explore(session: Session, row: QHBoxLayout) -> None:
    row.addWidget(ImageStrip(session))
    row.addWidget(Browser(session))
    row.addWidget(Compare(session), 1)
    row.addWidget(SideColumn(session))


def _compose(session: Session, row: QHBoxLayout) -> None:
    from pan_explorer.panels.composer.panel import (
        ComposerPage,  # imported late: its plots would delay the start
    )

    row.addWidget(ComposerPage(session))


def _paper(session: Session, row: QHBoxLayout) -> None:
    from pan_explorer.panels.paper.panel import PaperPage

    row.addWidget(PaperPage(session))
