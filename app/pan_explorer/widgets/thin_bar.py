"""Progress as a thin line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class ThinBar(QWidget):
    """The share that is done; the words beside it say of what."""

    def __init__(self, height: int, name: str) -> None:
        super().__init__()
        self._share = 0.0
        self._height = height
        self.setAccessibleName(name)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def share(self) -> float:
        """What is shown, 0 to 1."""
        return self._share

    def show_share(self, done: int, total: int) -> None:
        """Show `done` of `total`; nothing of nothing is nothing."""
        share = min(1.0, done / total) if total else 0.0
        if share != self._share:
            self._share = share
            self.setAccessibleDescription(f"{100 * share:.0f} %")
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as there is room."""
        return QSize(120, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """The track, and on it what is done."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self._height / 2
        painter.setBrush(self.palette().button())
        painter.drawRoundedRect(self.rect(), radius, radius)
        if self._share:
            painter.setBrush(self.palette().highlight())
            done = max(self._height, self.width() * self._share)
            painter.drawRoundedRect(QRectF(0, 0, done, self._height), radius, radius)
