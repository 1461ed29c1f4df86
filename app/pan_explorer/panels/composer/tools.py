"""The tools for the selected object."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from pan.data.composer.digit import COLOUR_WORDS, PlacedDigit
from pan.data.digits.glyphs import COLOURS
from pan_explorer.session.session import Session
from pan_explorer.state.kit import DigitKit
from pan_explorer.state.scene_edits import Edit, deleted, duplicated, in_front, rewritten
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.labels import quiet
from pan_explorer.widgets.swatch import Swatch


class DigitTools(QWidget):
    """The tools for digits alone: five colours, also used for the next digit, and other handwriting."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)  # a visible widget without a parent would be a window
        self._composer = composer = session.composer
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
        self._rewrite = button("Rewrite", "Use another handwriting")
        self._rewrite.clicked.connect(self._write_again)
        row.addWidget(self._rewrite)
        for changed in (composer.composed_changed, composer.selected_changed, composer.kit_changed,
                        composer.coming_changed):
            changed.connect(self._show)
        self._show()

    @Slot(int)
    def _recolour(self, place: int) -> None:
        self._composer.recolour(COLOUR_WORDS[place])

    @Slot()
    def _write_again(self) -> None:
        self._composer.edit(rewritten, "rewrite")  # users click several times to find a handwriting

    @Slot()
    def _show(self) -> None:
        held, kit = self._composer.state.object, self._composer.state.kit
        self.setVisible(isinstance(kit, DigitKit) and not self._composer.state.coming)
        self._rewrite.setEnabled(isinstance(held, PlacedDigit))
        shown = held if isinstance(held, PlacedDigit) else kit if isinstance(kit, DigitKit) else DigitKit()
        self._swatches.button(COLOUR_WORDS.index(shown.colour)).setChecked(True)


class ObjectTools(QWidget):
    """The scale of an object, and buttons to copy, raise or delete it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._composer = composer = session.composer
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._scale = quiet()
        self._scale.setMinimumWidth(48)
        self._scale.setToolTip("Scale of the object, up to 3.0: wheel, corners, or the dashed line of the sweep")
        row.addWidget(self._scale)
        row.addStretch()
        self._buttons: list[QPushButton] = []
        for text, hint, edit in (
            ("Duplicate", "Duplicate the object (Ctrl+D)", duplicated),
            ("Front", "Bring the object to the front", in_front),
            ("Delete", "Delete the object (Del)", deleted),
        ):
            made = button(text, hint)
            made.clicked.connect(self._editing(edit))
            self._buttons.append(made)
            row.addWidget(made)
        for changed in (composer.composed_changed, composer.selected_changed):
            changed.connect(self._show)
        self._show()

    def _editing(self, edit: Edit) -> Callable[[], None]:
        return lambda: self._composer.edit(edit)

    @Slot()
    def _show(self) -> None:
        held = self._composer.state.object
        self._scale.setText("" if held is None else f"{held.scale:.2f} ×")
        for each in self._buttons:
            each.setEnabled(held is not None)
