"""A combo box that shows a short word for the chosen item, and full titles in its list."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStyleOptionComboBox

from pan_explorer.widgets.chooser import Chooser
from pan_explorer.widgets.foreign_words import as_tip

ARROW = 40
"""Pixels that the frame and the arrow take."""


class ShortChooser(Chooser):
    """For narrow places; the tool tip has the title too."""

    def __init__(self, *, name: str, hint: str) -> None:
        super().__init__(name=name)
        self._hint = hint
        self._short: dict[str, str] = {}
        self.currentTextChanged.connect(self._name)

    def add(self, title: str, short: str, data: str) -> None:
        """Add an item."""
        self._short[title] = short
        self.addItem(title, data)
        widest = max(self.fontMetrics().horizontalAdvance(self.itemText(place)) for place in range(self.count()))
        self.view().setMinimumWidth(widest + ARROW)
        self.updateGeometry()

    def remove(self, data: str) -> None:
        """Remove an item if it exists."""
        if (place := self.findData(data)) >= 0:
            del self._short[self.itemText(place)]
            self.removeItem(place)
            self.updateGeometry()

    def _name(self, title: str) -> None:
        self.setToolTip(as_tip(f"{title}. {self._hint}"))

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802
        """Use the short word instead of the title."""
        super().initStyleOption(option)
        option.currentText = self._short.get(self.currentText(), "")

    def sizeHint(self) -> QSize:  # noqa: N802
        """The width of the longest short word."""
        widest = max(map(self.fontMetrics().horizontalAdvance, self._short.values()), default=0)
        return QSize(widest + ARROW, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The same, because it cannot shrink."""
        return self.sizeHint()
