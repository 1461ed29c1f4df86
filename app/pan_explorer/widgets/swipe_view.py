"""Comparison of two images: by a swipe line that can be dragged, or alternating."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from pan_explorer.widgets.image_view import ImageView
from pan_explorer.widgets.shortcut_override import override

TURN_MS = 250
"""Each image is seen for so long: two changes there and back a second."""
GRIP, KEY_STEP = 16, 0.02


class SwipeView(QWidget):
    """Shows the first image left of the line and the second right of it, both at the same place."""

    turned = Signal(bool)  # while alternating: whether the second image is seen now

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = ImageView(), ImageView()
        self._share = 0.5
        self._flickers = False
        for view in (self.first, self.second):
            view.setParent(self)
        self._line = _Line(self)
        self._line.dragged.connect(self._drag)
        self._line.stepped.connect(self._step)
        self._turns = QTimer(self, interval=TURN_MS)
        self._turns.timeout.connect(self._take_turns)

    @property
    def share(self) -> float:
        """Position of the line, from 0 at the left to 1 at the right."""
        return self._share

    def flicker(self, on: bool) -> None:
        """Alternate the images, or show the line between them."""
        self._flickers = on
        self._line.setVisible(not on)
        self.second.setVisible(True)
        self._place()
        if on:
            self.second.clearMask()
        if on and self.isVisible():
            self._turns.start()
        else:
            self._turns.stop()

    def showEvent(self, event: QEvent) -> None:  # noqa: N802
        """Resume alternating."""
        super().showEvent(event)  # type: ignore[arg-type]  # it is a QShowEvent
        if self._flickers:
            self._turns.start()

    def hideEvent(self, event: QEvent) -> None:  # noqa: N802
        """Stop alternating while hidden."""
        self._turns.stop()
        super().hideEvent(event)  # type: ignore[arg-type]  # it is a QHideEvent

    @Slot()
    def _take_turns(self) -> None:
        self.second.setVisible(self.second.isHidden())
        self.turned.emit(not self.second.isHidden())

    @Slot(float)
    def _drag(self, x: float) -> None:
        self._share = min(max((x - self._frame().left()) / max(1, self._frame().width()), 0.0), 1.0)
        self._place()

    @Slot(float)
    def _step(self, step: float) -> None:
        self._share = min(max(self._share + step, 0.0), 1.0)
        self._place()

    def _frame(self) -> QRect:
        side = min(self.width(), self.height())
        return QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def _place(self) -> None:
        frame = self._frame()
        x = round(self._share * frame.width())
        for view in (self.first, self.second):
            view.setGeometry(frame)
        if not self._flickers:
            self.second.setMask(QRegion(x, 0, frame.width() - x + 1, frame.height()))
        self._line.setGeometry(frame.left() + x - GRIP // 2, frame.top(), GRIP, frame.height())
        self._line.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Resize the images to the widget."""
        super().resizeEvent(event)
        self._place()


class _Line(QWidget):
    dragged = Signal(float)  # x in the parent
    stepped = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("line between two networks")
        self.setToolTip("Drag it, or move it by ← and → while it has the focus")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, colour = self.width() / 2, self.palette().highlight().color() if self.hasFocus() else QColor(255, 255, 255)
        for shade, width in ((QColor(0, 0, 0, 190), 4.0), (colour, 2.0)):
            painter.setPen(QPen(shade, width))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.setPen(QPen(QColor(0, 0, 0, 190), 1))
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(x, self.height() / 2), GRIP / 2 - 2, GRIP / 2 - 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(self.mapToParent(event.position()).x())

    def event(self, event: QEvent) -> bool:
        return override(event, STEPS) or super().event(event)  # these step through the layers elsewhere

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in STEPS:
            self.stepped.emit(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


STEPS = {Qt.Key.Key_Left: -KEY_STEP, Qt.Key.Key_Right: KEY_STEP}
