"""A timeline of images: the chosen one large, the others as thumbnails, and a scrubber."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import UInt8
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from pan_explorer.widgets.pixels import to_image

GAP = 6
RING = 2  # around the chosen thumbnail
SCRUBBER = 10
SMALLEST, LARGEST = 36, 80


class Frame(NamedTuple):
    """One frame.

    Attributes:
        label: The text below its thumbnail.
        picture: RGB image, preferably square.
    """

    label: str
    picture: UInt8[np.ndarray, "H W 3"]


class ProbeStrip(QWidget):
    """Shows as many frames as fit; the last one is chosen until the user scrubs back.

    The mouse, the arrow keys, Home and End choose a frame.
    """

    chosen_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._labels: list[str] = []
        self._images: list[QImage] = []
        self._chosen = -1
        self._label = self.fontMetrics().height() + 3  # below a thumbnail
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Pictures in time")

    @property
    def chosen(self) -> int:
        """Index of the large image, -1 without frames."""
        return self._chosen

    def count(self) -> int:
        """The number of frames."""
        return len(self._images)

    def set_frames(self, frames: Sequence[Frame]) -> None:
        """Replace the frames; if an earlier one is chosen, it stays."""
        follows = self._chosen in (-1, len(self._images) - 1) or self._chosen >= len(frames)
        self._labels = [frame.label for frame in frames]
        self._images = [to_image(frame.picture) for frame in frames]
        self.update()
        if follows:
            self.choose(len(frames) - 1)

    def choose(self, number: int) -> None:
        """Choose a frame and show it large."""
        number = min(max(number, 0), len(self._images) - 1)
        if number != self._chosen:
            self._chosen = number
            self.update()
            self.chosen_changed.emit(number)

    def _side(self) -> int:
        return max(SMALLEST, min(LARGEST, self.height() - RING - self._label - SCRUBBER))

    def _large(self) -> QRectF:
        side = min(self.height(), self.width() / 3)
        return QRectF(0, 0, side, side)

    def _shown(self) -> list[int]:
        """Indices of frames with a thumbnail: the first, the last, and evenly spaced ones between."""
        room = self.width() - self._large().right() - 2 * GAP
        fit = max(2, int((room + GAP) // (self._side() + GAP)))
        count = len(self._images)
        if count <= fit:
            return list(range(count))
        return sorted({round(place * (count - 1) / (fit - 1)) for place in range(fit)})

    def _thumbnail(self, place: int) -> QRectF:
        left = self._large().right() + 2 * GAP
        return QRectF(left + place * (self._side() + GAP), RING, self._side(), self._side())

    def _track(self) -> tuple[float, float]:
        """The ends of the scrubber: the centres of the first and last thumbnail."""
        last = max(1, len(self._shown()) - 1)
        return self._thumbnail(0).center().x(), self._thumbnail(last).center().x()

    def _scrub(self, x: float) -> None:
        begin, end = self._track()
        self.choose(round((x - begin) / (end - begin) * (len(self._images) - 1)))

    def sizeHint(self) -> QSize:  # noqa: N802
        """The width of the large image and six thumbnails."""
        return QSize(420, 108)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The width of two thumbnails."""
        return QSize(260, SMALLEST + self._label + SCRUBBER)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose the frame under the pointer."""
        if len(self._images) > 1 and event.position().x() > self._large().right():
            self._scrub(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose the frame under the pointer while dragging."""
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Step through the frames."""
        targets = {
            Qt.Key.Key_Left: self._chosen - 1, Qt.Key.Key_Right: self._chosen + 1,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._images) - 1,
        }  # fmt: skip
        if self._images and event.key() in targets:
            self.choose(targets[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint the large image, the thumbnails and the scrubber."""
        if not self._images:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        _draw(painter, self._large(), self._images[self._chosen])
        accent = self.palette().color(QPalette.ColorRole.Highlight)
        quiet = QColor(self.palette().color(QPalette.ColorRole.Text))
        quiet.setAlpha(150)
        for place, number in enumerate(self._shown()):
            rect = self._thumbnail(place)
            _draw(painter, rect, self._images[number])
            if number == self._chosen:
                painter.setPen(QPen(accent, RING))
                painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), 4, 4)
            painter.setPen(self.palette().color(QPalette.ColorRole.Text) if number == self._chosen else quiet)
            painter.drawText(QRectF(rect.left(), rect.bottom(), rect.width(), self._label),
                             Qt.AlignmentFlag.AlignCenter, self._labels[number])  # fmt: skip
        if len(self._images) > 1:
            self._draw_scrubber(painter, accent, quiet)

    def _draw_scrubber(self, painter: QPainter, accent: QColor, quiet: QColor) -> None:
        begin, end = self._track()
        y = RING + self._side() + self._label + SCRUBBER / 2
        x = begin + (end - begin) * self._chosen / (len(self._images) - 1)
        quiet.setAlpha(50)
        painter.setPen(QPen(quiet, 2))
        painter.drawLine(int(begin), int(y), int(end), int(y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(QRectF(x - 4, y - 4, 8, 8))


def _draw(painter: QPainter, rect: QRectF, image: QImage) -> None:
    path = QPainterPath()
    path.addRoundedRect(rect, 4, 4)
    painter.save()
    painter.setClipPath(path)
    painter.drawImage(rect, image)
    painter.restore()
