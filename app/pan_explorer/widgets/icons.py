"""Icons from single-colour SVG files, drawn in the text colour."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from pan.system.resources import resources_folder

COLOUR = "currentColor"
"""Stands in the files for the colour."""
Role = QPalette.ColorRole


def icon(name: str, *, on_accent: bool = False) -> QIcon:
    """An icon for a button in the palette's colour.

    Args:
        name: Its file name in the resources, without the suffix.
        on_accent: Whether the button has the accent colour even while it is not checked.
    """
    return QIcon(_Engine(name, Role.HighlightedText if on_accent else Role.ButtonText))


def paint_icon(painter: QPainter, place: QRectF, name: str, colour: str) -> None:
    """Draw an icon into a square, in a colour `#RRGGBB`."""
    _renderer(name, colour).render(painter, place)


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    text = (resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(text.replace(COLOUR, colour).encode())


class _Engine(QIconEngine):
    """Draws the SVG at the requested size in the current colour."""

    def __init__(self, name: str, role: Role) -> None:
        super().__init__()
        self._name, self._role = name, role

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        role = self._role
        if mode == QIcon.Mode.Disabled:
            role = Role.PlaceholderText
        elif state == QIcon.State.On:
            role = Role.HighlightedText
        return QGuiApplication.palette().color(role).name()

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paint the icon into a rectangle."""
        paint_icon(painter, QRectF(rect), self._name, self._colour(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Paint the icon into a pixmap."""
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        with QPainter(made) as painter:
            self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        return made

    def clone(self) -> QIconEngine:
        """A copy. It is kept: PySide would delete it when nobody in Python holds it, while Qt still uses it."""
        _CLONES.append(_Engine(self._name, self._role))
        return _CLONES[-1]


_CLONES: list[_Engine] = []
