"""A button for each query; those the image is known to have stand out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.session import Session
from app.widgets.labels import quiet
from app.widgets.segmented import Segmented


class QueryBar(QWidget):
    """Asks the networks."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._buttons = Segmented([(word, word) for word in session.state.queries], name="query", gap=3)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(quiet("Query"))
        row.addWidget(self._buttons)
        for word in session.state.queries:
            self._buttons.button(word).setFixedWidth(24)
            self._buttons.button(word).setStyleSheet("padding: 4px 0;")
        self._buttons.chosen.connect(session.ask)
        session.query_changed.connect(self._buttons.choose)
        session.picture_changed.connect(self._show_what_is_there)
        self._buttons.choose(session.state.query)
        self._show_what_is_there()

    @Slot()
    def _show_what_is_there(self) -> None:
        picture = self._session.state.picture
        for word in self._session.state.queries:
            button = self._buttons.button(word)
            there = picture is not None and word in picture.truths
            absent = picture is not None and picture.lacks(word)
            font = button.font()
            font.setBold(there)
            button.setFont(font)
            button.setProperty("absent", absent)
            button.style().polish(button)
            button.setToolTip(f"There is no {word} in this image" if absent else
                              f"Ask about the {word}, which is in this image" if there else f"Ask about the {word}")
        self.setCursor(Qt.CursorShape.ArrowCursor)
