"""What can be done with the selected digit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from pan.data.composer.composition import COLOUR_WORDS
from pan.data.digits.glyphs import COLOURS
from pan_explorer.session.session import Session
from pan_explorer.state.scene_edits import Edit, deleted, duplicated, in_front, rewritten
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.labels import quiet
from pan_explorer.widgets.swatch import Swatch


class DigitTools(QWidget):
    """Five colours, which are also the next digit's, the scale, and what changes or removes the digit."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._composer = session.composer
        self._swatches = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for place, (word, colour) in enumerate(zip(COLOUR_WORDS, COLOURS, strict=True)):
            swatch = Swatch(word, tuple(int(each) for each in colour))
            swatch.setToolTip(f"Make the digit {word}, and the next one too")
            self._swatches.addButton(swatch, place)
            row.addWidget(swatch)
        self._swatches.idClicked.connect(self._recolour)
        self._scale = quiet()
        self._scale.setMinimumWidth(48)
        row.addSpacing(4)
        row.addWidget(self._scale)
        row.addStretch()
        composer = self._composer
        self._buttons: list[QPushButton] = []
        for text, hint, edit in (
            ("Rewrite", "Write the digit in another hand", rewritten),
            ("Duplicate", "Put the digit there once more (Ctrl+D)", duplicated),
            ("Front", "Put the digit above the others", in_front),
            ("Delete", "Take the digit away (Del)", deleted),
        ):
            made = button(text, hint)
            made.clicked.connect(self._editing(edit))
            self._buttons.append(made)
            row.addWidget(made)
        for changed in (composer.composed_changed, composer.selected_changed, composer.brush_changed):
            changed.connect(self._show)
        self._show()

    @Slot(int)
    def _recolour(self, place: int) -> None:
        self._composer.recolour(COLOUR_WORDS[place])

    def _editing(self, edit: Edit) -> Callable[[], None]:
        stroke = "rewrite" if edit is rewritten else ""  # a hand is looked for by several clicks
        return lambda: self._composer.edit(edit, stroke)

    @Slot()
    def _show(self) -> None:
        digit, brush = self._composer.state.digit, self._composer.state.brush
        shown = digit or brush
        self._swatches.button(COLOUR_WORDS.index(shown.colour)).setChecked(True)
        self._scale.setText(f"{shown.scale:.2f} ×")
        self._scale.setToolTip("Scale of the digit, 0.5 to 3.0: wheel, corners, or the dashed line of the sweep")
        for each in self._buttons:
            each.setEnabled(digit is not None)
