"""A combo box in the style of the buttons."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QBrush, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox

from pan_explorer.widgets.foreign_words import as_tip


class Chooser(QComboBox):
    """Draws its own arrow, because a style sheet needs an image file for one."""

    def __init__(self, *, name: str, hint: str = "") -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setToolTip(hint)

    def mark(self, word: str, *, strong: bool, faint: bool, hint: str) -> None:
        """Mark a word of the list as bold or faint."""
        place, font = self.findText(word), self.font()
        font.setBold(strong)
        self.setItemData(place, font, Qt.ItemDataRole.FontRole)
        self.setItemData(place, _faint() if faint else None, Qt.ItemDataRole.ForegroundRole)
        self.setItemData(place, as_tip(hint), Qt.ItemDataRole.ToolTipRole)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Update the colour of the faint words when the palette changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            role = Qt.ItemDataRole.ForegroundRole
            for place in range(self.count()):
                if self.itemData(place, role) is not None:
                    self.setItemData(place, _faint(), role)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the box and its text, and a chevron at the right."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = (self.palette().text() if self.isEnabled() else self.palette().placeholderText()).color()
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        x, y = self.width() - 13.0, self.height() / 2
        painter.drawPolyline([QPointF(x - 3.5, y - 1.5), QPointF(x, y + 2), QPointF(x + 3.5, y - 1.5)])


def _faint() -> QBrush:
    """The colour of faint words; in the box's own palette, the style sheet replaces it."""
    return QGuiApplication.palette().placeholderText()
