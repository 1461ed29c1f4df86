"""The images at hand: those opened lately, then the samples."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.panels.dialogs import choose_image
from app.session import Session
from app.values import Picture
from app.widgets.buttons import button
from app.widgets.thumbnails import EDGE, GAP, SIDE, Thumbnails


class ImageStrip(QWidget):
    """A column of thumbnails at the left."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._thumbnails = Thumbnails()
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._thumbnails)
        self.setFixedWidth(SIDE + 2 * EDGE + 12)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        opening = button("Open …", "Open an image (Ctrl+O); or drop one, or paste one")
        opening.clicked.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 6, 0)
        column.addWidget(opening)
        column.addWidget(self._scroll)
        self._thumbnails.chosen.connect(self._choose)
        session.pictures_changed.connect(self._show_pictures)
        session.picture_changed.connect(self._show_picture)
        self._show_pictures(session.state.pictures)

    @Slot()
    def _open(self) -> None:
        choose_image(self, self._session)

    @Slot(int)
    def _choose(self, place: int) -> None:
        self._session.choose_picture(self._session.state.pictures[place])

    @Slot(object)
    def _show_pictures(self, pictures: tuple[Picture, ...]) -> None:
        self._thumbnails.show_images([each.fitted.pixels for each in pictures], [each.name for each in pictures])
        self._show_picture(self._session.state.picture)

    @Slot(object)
    def _show_picture(self, picture: Picture | None) -> None:
        pictures = self._session.state.pictures
        place = next((number for number, each in enumerate(pictures) if each is picture), -1)
        self._thumbnails.show_current(place)
        if place >= 0:
            middle = self._thumbnails.place(place).center().toPoint()
            self._scroll.ensureVisible(middle.x(), middle.y(), 0, SIDE // 2 + GAP)
