"""The centre of the window: one page of several."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.session import Session
from app.values import Page


class Pages(QStackedWidget):
    """Shows the page that the session is on."""

    def __init__(self, session: Session, pages: Mapping[Page, QWidget]) -> None:
        super().__init__()
        self._pages = pages
        for page in pages.values():
            self.addWidget(page)
        session.page_changed.connect(self._show_page)
        self._show_page(session.state.page)

    @Slot(object)
    def _show_page(self, page: Page) -> None:
        self.setCurrentWidget(self._pages[page])
