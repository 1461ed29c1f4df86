"""A label for work that is mostly over before anyone could read about it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot

from pan_explorer.widgets.labels import ElidedLabel

LATE_MS = 300


class LateLabel(ElidedLabel):
    """A label whose words appear after a moment, and disappear at once."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._late = QTimer(self, singleShot=True, interval=LATE_MS)
        self._late.timeout.connect(self._show)
        self.setProperty("quiet", True)
        self.hide()

    @Slot(str)
    def say(self, words: str) -> None:
        """Show other words; empty ones hide the label."""
        if words and not self._words:
            self._late.start()
        self._words = words
        if not words or self.text():
            self._show()

    @Slot()
    def _show(self) -> None:
        self.setText(self._words)
        self.setVisible(bool(self._words))
