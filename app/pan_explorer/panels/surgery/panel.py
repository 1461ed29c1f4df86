"""The tools of surgery; they replace the display panel during surgery."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from pan_explorer.panels.explore.numbers import AttentionNumbers
from pan_explorer.panels.surgery.changes import Changes
from pan_explorer.panels.surgery.strengths import Strengths
from pan_explorer.session.session import Session
from pan_explorer.state.surgery import SIZES, Brush, SurgeryState
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.labels import heading, quiet
from pan_explorer.widgets.scroll_areas import scrolled
from pan_explorer.widgets.segmented import Segmented

BRUSH_WORDS = (("close", "Close"), ("open", "Open"), ("erase", "Erase"))
HINTS = {
    "close": "Closed cells let nothing through (B for the next brush)",
    "open": "Open cells let everything through (B for the next brush)",
    "erase": "The network's own attention again (B for the next brush)",
}
HOW = "Left paints, right does the opposite, Shift takes the whole map."
MORE = ("Alt with a click acts as the right button; Ctrl drags a zoomed image. "
        "Keys: Tab to a map, arrows to move the brush, Space to paint.")


class SurgeryPanel(QWidget):
    """Brush, strength, list of changes, and reset."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._surgery = session.surgery
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._brush = Segmented(BRUSH_WORDS, name="brush")
        for word, hint in HINTS.items():
            self._brush.button(word).setToolTip(hint)
        self._size, self._cells = QSlider(Qt.Orientation.Horizontal), QLabel()
        self._size.setRange(SIZES[0], SIZES[-1])
        self._size.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._size.setAccessibleName("size of the brush")
        self._size.setToolTip("Cells the brush is wide ([ and ])")
        self._together = QCheckBox("All networks alike")
        self._together.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._together.setToolTip("Paint the same cells in every network whose map has as many")
        self._undo, self._redo = button("Undo", "Ctrl+Z"), button("Redo", "Ctrl+Shift+Z")
        self._reset = button("Reset all", "Remove all changes of all networks; can be undone")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        column.addLayout(self._head(session))
        column.addWidget(self._brush)
        column.addLayout(self._size_row())
        column.addWidget(self._together)
        column.addLayout(self._make_buttons())
        how = quiet(HOW)
        how.setWordWrap(True)
        how.setToolTip(MORE)
        column.addWidget(how)
        column.addSpacing(4)
        column.addWidget(Strengths(session))
        column.addSpacing(4)
        column.addWidget(Changes(session))
        column.addSpacing(4)
        column.addWidget(AttentionNumbers(session))
        column.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(content, along=Qt.Orientation.Vertical))
        self._brush.chosen.connect(self._choose_brush)
        self._size.valueChanged.connect(self._surgery.choose_size)
        self._together.toggled.connect(self._surgery.choose_together)
        self._undo.clicked.connect(self._surgery.undo)
        self._redo.clicked.connect(self._surgery.redo)
        self._reset.clicked.connect(self._surgery.reset_all)
        self._surgery.state_changed.connect(self._show)
        self._show(self._surgery.state)

    def _head(self, session: Session) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(heading("Surgery"))
        row.addStretch()
        done = button("Done", "End painting; the changes stay until they are reset (S)", primary=True)
        done.clicked.connect(session.operate)
        row.addWidget(done)
        return row

    def _size_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for widget in (QLabel("Size"), self._size, self._cells):
            row.addWidget(widget)
        return row

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        for widget in (self._undo, self._redo, self._reset):
            row.addWidget(widget)
        return row

    @Slot(str)
    def _choose_brush(self, brush: str) -> None:
        self._surgery.choose_brush(cast("Brush", brush))

    @Slot(object)
    def _show(self, surgery: SurgeryState) -> None:
        self._brush.choose(surgery.brush)
        self._size.setValue(surgery.size)
        self._cells.setText("1 cell" if surgery.size == 1 else f"{surgery.size} cells")
        self._together.setChecked(surgery.together)
        self._undo.setEnabled(bool(surgery.history.past))
        self._redo.setEnabled(bool(surgery.history.future))
        self._reset.setEnabled(bool(surgery.edits))
