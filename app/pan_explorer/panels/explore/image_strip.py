"""The image list: recently opened images, then the samples or a reference set."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pan_explorer.panels.file_dialogs import choose_image
from pan_explorer.pictures.picture import Picture
from pan_explorer.pictures.thumbnails import Thumbnails
from pan_explorer.session.session import Session
from pan_explorer.state.browser import BrowserState
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.long_list import EDGE, LongList
from pan_explorer.widgets.thumbnail import paint_thumbnail

SIDE, GAP = 92, 8


class ImageStrip(QWidget):
    """A column of thumbnails at the left."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._list = LongList(name="images", hint="↑ and ↓ go from image to image", gap=GAP)
        self.setFixedWidth(SIDE + 2 * EDGE + 18)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        opening = button("Open …", "Open an image (Ctrl+O), drop one or paste one")
        opening.clicked.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 6, 0)
        questions = button("Questions", "Browse the questions of the set: evaluate, filter, sort (L)")
        questions.clicked.connect(self._list_questions)
        column.addWidget(opening)
        column.addWidget(questions)
        column.addWidget(self._list)
        self._list.chosen.connect(self._choose)
        session.thumbnails.thumbnail_ready.connect(self._list.viewport().update)
        session.pictures_changed.connect(self._show_pictures)
        session.picture_changed.connect(self._show_picture)
        session.browser.state_changed.connect(self._hide_while_browsing)
        self._show_pictures(session.state.pictures)

    @Slot(object)
    def _hide_while_browsing(self, browser: BrowserState) -> None:
        self.setHidden(browser.open)

    @Slot()
    def _open(self) -> None:
        choose_image(self, self._session)

    @Slot()
    def _list_questions(self) -> None:
        self._session.browser.show(self._session.state.asked)

    @Slot(int)
    def _choose(self, place: int) -> None:
        self._session.strip.choose(self._session.state.pictures[place])

    @Slot(object)
    def _show_pictures(self, pictures: tuple[Picture, ...]) -> None:
        self._list.show_rows(_Images(pictures, self._session.thumbnails))
        self._show_picture(self._session.state.picture)

    @Slot(object)
    def _show_picture(self, picture: Picture | None) -> None:
        pictures = self._session.state.pictures
        self._list.show_current(next((number for number, each in enumerate(pictures) if each is picture), -1))


class _Images:
    """One picture in each row."""

    height = SIDE + GAP

    def __init__(self, pictures: Sequence[Picture], thumbnails: Thumbnails) -> None:
        self._pictures = pictures
        self._thumbnails = thumbnails

    def __len__(self) -> int:
        return len(self._pictures)

    def hint(self, number: int) -> str:
        """The picture's name."""
        return self._pictures[number].name

    def paint(self, painter: QPainter, place: QRectF, number: int, palette: QPalette) -> None:
        """The picture; its file is read when the row becomes visible."""
        pixels = self._thumbnails.of(self._pictures[number])
        paint_thumbnail(painter, QRectF(place.left(), place.top(), SIDE, SIDE), pixels, palette)
