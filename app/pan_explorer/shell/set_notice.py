"""The notice about a user's reference set, when it is opened for the first time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from pan.data.check import Checked
from pan.data.check.summary import notice
from pan_explorer.panels.browser.set_page import show_checked
from pan_explorer.panels.chrome.message_strip import MessageStrip
from pan_explorer.session.session import Session
from pan_explorer.widgets.buttons import button


class SetNotice(QObject):
    """A line above the panes with a button for the full report; removed when another set is opened.

    Args:
        session: Checks the sets.
        strip: Shows the notice.
        window: Owner of the report's window.
    """

    def __init__(self, session: Session, strip: MessageStrip, window: QWidget) -> None:
        super().__init__(strip)
        self._session, self._strip, self._window = session, strip, window
        session.first_look.found.connect(self._show_notice)
        session.first_look.outdated.connect(strip.forget_notice)

    @Slot(object)
    def _show_notice(self, checked: Checked) -> None:
        more = button("Check the set", "Contents of the set, remarks on it, and the score of guesses (i)")
        more.clicked.connect(lambda: self._open(checked))
        self._strip.show_notice(notice(checked), more)

    def _open(self, checked: Checked) -> None:
        self._strip.forget_notice()
        show_checked(self._window, self._session, Path(checked.data), checked)
