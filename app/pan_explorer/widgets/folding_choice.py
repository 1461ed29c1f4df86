"""A row of exclusive buttons that becomes a combo box when it is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from pan_explorer.widgets.chooser import Chooser
from pan_explorer.widgets.segmented import Segmented


class FoldingChoice(QWidget):
    """Chooses one of a few words; `chosen` carries the user's choice."""

    chosen = Signal(str)

    def __init__(self, words: Sequence[tuple[str, str, str]], *, name: str, gap: int = 2) -> None:
        """Args: words with their labels and hints, the accessible name, and pixels between the buttons."""
        super().__init__()
        self._buttons = Segmented([(word, label) for word, label, _ in words], name=name, gap=gap)
        self._list = Chooser(name=name, hint=f"{name[:1].upper()}{name[1:]}")
        for place, (word, label, hint) in enumerate(words):
            self._buttons.button(word).setToolTip(hint)
            self._list.addItem(label, word)
            self._list.setItemData(place, hint, Qt.ItemDataRole.ToolTipRole)
        self._buttons.chosen.connect(self.chosen)
        self._list.activated.connect(self._choose)
        self._list.hide()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        row.addWidget(self._buttons)
        row.addWidget(self._list)

    @property
    def open_width(self) -> int:
        """Width of the buttons in pixels."""
        return self._buttons.sizeHint().width()

    @property
    def folded_width(self) -> int:
        """Width of the combo box in pixels."""
        return self._list.sizeHint().width()

    def button(self, word: str) -> QPushButton:
        """The button of a word."""
        return self._buttons.button(word)

    def choose(self, word: str) -> None:
        """Set the chosen word without a signal."""
        self._buttons.choose(word)
        self._list.setCurrentIndex(self._list.findData(word))

    @Slot(int)
    def _choose(self, place: int) -> None:
        self.chosen.emit(self._list.itemData(place))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Switch between buttons and combo box."""
        super().resizeEvent(event)
        fits = self.width() >= self.open_width
        self._buttons.setVisible(fits)
        self._list.setHidden(fits)

    def sizeHint(self) -> QSize:  # noqa: N802
        """The size of the buttons."""
        return self._buttons.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The size of the combo box."""
        return QSize(self.folded_width, self._buttons.sizeHint().height())
