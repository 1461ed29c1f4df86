"""The estimated time of each preset, below its button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pan_explorer.panels.training.words import about
from pan_explorer.widgets.labels import quiet


class PresetTimes(QWidget):
    """A row of times, each as wide as the button above it."""

    def __init__(self, presets: Sequence[str]) -> None:
        super().__init__()
        self._labels = {preset: quiet() for preset in presets}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for label in self._labels.values():
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMinimumWidth(0)
            row.addWidget(label, 1)

    def show_seconds(self, seconds: Mapping[str, float | None], *, awaited: bool) -> None:
        """Show the known times; dots stand for those being measured."""
        for preset, label in self._labels.items():
            known = seconds.get(preset)
            label.setText(about(known) if known else "…" if preset in seconds and awaited else "")

    def texts(self) -> list[str]:
        """The shown texts, from left to right."""
        return [label.text() for label in self._labels.values()]
