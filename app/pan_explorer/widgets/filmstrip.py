"""A row of thumbnails, each with two lines of text; one of them is current."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from pan_explorer.theme import SMALLEST as SMALLEST_TEXT
from pan_explorer.theme import ui_font
from pan_explorer.widgets.foreign_words import as_tip
from pan_explorer.widgets.pixels import to_image
from pan_explorer.widgets.shortcut_override import HORIZONTAL, override

GAP, EDGE, LEAST_LINE, DOT = 7, 3, 14, 5
SMALLEST, USUAL, LARGEST = 28, 46, 120


@dataclass(frozen=True, eq=False)
class Frame:
    """One thumbnail.

    Attributes:
        name: The value that a click emits; also the first line of text.
        image: The image.
        overlay: RGBA overlay; without one (None) the thumbnail is pale.
        caption: The second line of text.
        hint: The tool tip.
        changed: Whether it has a mark for changed attention.
    """

    name: str
    image: UInt8[np.ndarray, "S S 3"]
    overlay: UInt8[np.ndarray, "h w 4"] | None
    caption: str
    hint: str = ""
    changed: bool = False


class Filmstrip(QWidget):
    """Shows frames; `chosen` carries the name of the clicked one."""

    chosen = Signal(str)

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._frames: Sequence[Frame] = ()
        self._current = ""
        self._smooth = True
        self._side = USUAL
        self._font = ui_font(SMALLEST_TEXT)
        self._line = max(LEAST_LINE, QFontMetrics(self._font).height())
        self.set_side(USUAL)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_frames(self, frames: Sequence[Frame], current: str, *, smooth: bool) -> None:
        """Show these frames, with an outline around the current one."""
        if len(frames) != len(self._frames):
            self.updateGeometry()
        self._frames, self._current, self._smooth = frames, current, smooth
        self.setAccessibleDescription(next((frame.hint or frame.name for frame in frames if frame.name == current), ""))
        self.update()

    @property
    def words_height(self) -> int:
        """Height in pixels of all but the images."""
        return 2 * EDGE + 2 * self._line + 4

    def set_side(self, side: int) -> None:
        """Set the side of the images, within bounds."""
        self._side = min(max(side, SMALLEST), LARGEST)
        self.setFixedHeight(self._side + self.words_height)
        self.updateGeometry()

    def _place(self, number: int) -> QRectF:
        return QRectF(EDGE + number * (self._side + GAP), EDGE, self._side, self._side)

    def _width(self, side: int) -> int:
        return 2 * EDGE + len(self._frames) * (side + GAP) - GAP if self._frames else 0

    def _frame_at(self, x: float) -> Frame | None:
        number = int((x - EDGE) // (self._side + GAP))
        return self._frames[number] if 0 <= number < len(self._frames) else None

    def _paint_picture(self, painter: QPainter, place: QRectF, frame: Frame) -> None:
        clip = QPainterPath()
        clip.addRoundedRect(place, 4, 4)
        painter.save()
        painter.setClipPath(clip)
        painter.setOpacity(1.0 if frame.overlay is not None else 0.3)
        painter.drawImage(place, to_image(frame.image))
        if frame.overlay is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth)
            painter.drawImage(place, to_image(frame.overlay))
        painter.restore()

    def _paint_frame(self, painter: QPainter, place: QRectF, frame: Frame) -> None:
        self._paint_picture(painter, place, frame)
        current = frame.name == self._current
        if current:
            painter.setPen(QPen(self.palette().highlight().color(), 3 if self.hasFocus() else 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(-1.5, -1.5, 1.5, 1.5), 5, 5)
        if frame.changed:
            painter.setPen(QPen(self.palette().window().color(), 2))
            painter.setBrush(self.palette().highlight())
            painter.drawEllipse(place.topRight() + QPointF(-5, 5), DOT, DOT)
        painter.setPen(self.palette().windowText().color() if current else self.palette().placeholderText().color())
        for line, text in enumerate((frame.name, frame.caption)):
            top = place.bottom() + 4 + line * self._line
            box = QRectF(place.left() - GAP / 2, top, place.width() + GAP, self._line)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        """Paint all frames."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(self._font)
        for number, frame in enumerate(self._frames):
            self._paint_frame(painter, self._place(number), frame)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose the clicked frame."""
        if frame := self._frame_at(event.position().x()):
            self.chosen.emit(frame.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Step through the frames."""
        names = [frame.name for frame in self._frames]
        place, last = names.index(self._current) if self._current in names else -1, len(names) - 1
        targets = {Qt.Key.Key_Left: place - 1, Qt.Key.Key_Right: place + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if event.key() not in targets or not names:
            super().keyPressEvent(event)
        elif (target := min(max(targets[Qt.Key(event.key())], 0), last)) != place:
            self.chosen.emit(names[target])

    def event(self, event: QEvent) -> bool:
        """Show the tool tip of the frame under the pointer, and keep the keys that step through the frames."""
        if override(event, HORIZONTAL):
            return True
        if isinstance(event, QHelpEvent) and (frame := self._frame_at(event.x())):
            QToolTip.showText(event.globalPos(), as_tip(frame.hint), self)
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:  # noqa: N802
        """All frames side by side."""
        return QSize(self._width(self._side), self.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The smallest size of all frames; the present size would keep the window from shrinking."""
        return QSize(self._width(SMALLEST), self.height())
