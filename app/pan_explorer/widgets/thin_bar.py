"""A thin progress bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy

STEPS = 1000
"""The bar counts in whole numbers; a share is told to a thousandth."""


class ThinBar(QProgressBar):
    """A progress bar without text."""

    def __init__(self, height: int, name: str) -> None:
        super().__init__()
        self._height = height
        self.setRange(0, STEPS)
        self.setValue(0)
        self.setAccessibleName(name)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def share(self) -> float:
        """The shown progress, from 0 to 1."""
        return self.value() / STEPS

    def show_share(self, done: int, total: int) -> None:
        """Show `done` of `total`; a total of 0 shows 0."""
        self.setValue(round(STEPS * min(1.0, done / total)) if total else 0)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Take all available width."""
        return QSize(120, self._height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """A small width; that of `QProgressBar` has room for text."""
        return QSize(0, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint track and progress; the frame of `QProgressBar` needs more than six pixels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self._height / 2
        painter.setBrush(self.palette().button())
        painter.drawRoundedRect(self.rect(), radius, radius)
        if self.share:
            painter.setBrush(self.palette().highlight())
            done = max(self._height, self.width() * self.share)
            painter.drawRoundedRect(QRectF(0, 0, done, self._height), radius, radius)
