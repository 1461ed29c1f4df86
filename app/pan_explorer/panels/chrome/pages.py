"""The centre of the window: one page of several."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from pan_explorer.session.session import Session
from pan_explorer.values.view import Page
from pan_explorer.widgets.scrolled import FilledArea


class Pages(QStackedWidget):
    """Shows the page that the session is on; each is filled when it is first seen, for which no start-up waits.

    Args:
        session: What the pages are about.
        fillers: Put the panels of a page into its row.
        parent: Owner.
    """

    def __init__(
        self, session: Session, fillers: Mapping[Page, Callable[[Session, QHBoxLayout], None]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._fillers = session, fillers
        self._pages: dict[Page, QWidget] = {}
        session.page_changed.connect(self._show_page)
        self._show_page(session.state.page)

    @Slot(object)
    def _show_page(self, page: Page) -> None:
        if page not in self._pages:
            area = self._pages[page] = FilledArea(self)
            self._fillers[page](self._session, area.row)
            self.addWidget(area)
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self.setFocus()  # Qt would give it to the page's first button, and Space would press that
        self.setCurrentWidget(self._pages[page])
