"""A segmented control: a row of exclusive buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QWidget

from pan_explorer.widgets.buttons import toggle
from pan_explorer.widgets.foreign_words import as_label, as_tip


class Segmented(QWidget):
    """Chooses one of a few words; `chosen` carries the user's choice."""

    chosen = Signal(str)

    def __init__(self, words: Sequence[tuple[str, str]], *, name: str, gap: int = 2) -> None:
        """Args: words with their labels, the accessible name, and pixels between the buttons."""
        super().__init__()
        self.setAccessibleName(name)
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap)
        for word, label in words:
            made = toggle(as_label(label))
            made.setAccessibleName(f"{name} {label}")
            made.setToolTip(as_tip(f"{name[:1].upper()}{name[1:]}: {label}"))
            self._buttons[word] = made
            self._group.addButton(made)
            row.addWidget(made)
        self._group.buttonClicked.connect(self._tell)

    @property
    def chosen_word(self) -> str:
        """The chosen word; empty before the first choice."""
        return next((word for word, each in self._buttons.items() if each.isChecked()), "")

    def button(self, word: str) -> QPushButton:
        """The button of a word."""
        return self._buttons[word]

    def choose(self, word: str) -> None:
        """Set the chosen word without a signal."""
        self._buttons[word].setChecked(True)

    @Slot(QAbstractButton)
    def _tell(self, button: QAbstractButton) -> None:
        self.chosen.emit(next(word for word, each in self._buttons.items() if each is button))
