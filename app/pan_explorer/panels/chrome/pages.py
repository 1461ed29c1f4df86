"""The centre of the window: the shown page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from pan_explorer.session.session import Session
from pan_explorer.values.view import Page
from pan_explorer.widgets.scroll_areas import FilledArea


class Pages(QStackedWidget):
    """Shows the session's page; each page is filled when first shown, so that the start stays quick.

    Args:
        session: The session whose page is shown.
        fillers: For each page, the function that adds its panels to a row.
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
            self.setFocus()  # else Qt focuses the page's first button, and Space presses it
        self.setCurrentWidget(self._pages[page])
