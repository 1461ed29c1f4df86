"""The buttons that choose the page of the window."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pan_explorer.session.session import Session
from pan_explorer.values.view import PAGES, Page
from pan_explorer.widgets.folding_choice import FoldingChoice

HINTS: dict[Page, str] = {
    "explore": "Compare the networks' attention in an image (E)",
    "compose": "Compose a scene and see the answers change (C)",
    "paper": "The paper's tables beside your networks (P)",
}


class PageSwitch(QWidget):
    """A button for each page."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.choice = FoldingChoice([(page, page.capitalize(), HINTS[page]) for page in PAGES], name="page")
        self.choice.chosen.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.choice)
        session.page_changed.connect(self._show_page)
        self._show_page(session.state.page)

    @Slot(str)
    def _choose(self, page: str) -> None:
        self._session.pages.show(cast("Page", page))

    @Slot(object)
    def _show_page(self, page: Page) -> None:
        self.choice.choose(page)
