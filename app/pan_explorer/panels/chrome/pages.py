"""The centre of the window: one page of several."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from pan_explorer.session.session import Session
from pan_explorer.values.view import Page
from pan_explorer.widgets.scrolled import scrolled_where_short


class Pages(QStackedWidget):
    """Shows the page that the session is on; each is made when it is first seen, for which no start-up waits."""

    def __init__(self, session: Session, makers: Mapping[Page, Callable[[Session], QWidget]]) -> None:
        super().__init__()
        self._session, self._makers = session, makers
        self._pages: dict[Page, QWidget] = {}
        session.page_changed.connect(self._show_page)
        self._show_page(session.state.page)

    @Slot(object)
    def _show_page(self, page: Page) -> None:
        if page not in self._pages:
            self._pages[page] = scrolled_where_short(self._makers[page](self._session))
            self.addWidget(self._pages[page])
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self.setFocus()  # Qt would give it to the page's first button, and Space would press that
        self.setCurrentWidget(self._pages[page])
