"""How long each preset takes, below its button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pan_explorer.panels.training.words import about
from pan_explorer.widgets.labels import quiet


class PresetTimes(QWidget):
    """A row of times, each as wide as a segment of the switch above it."""

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
        """Tell the times that are known; of the others, dots say that they are awaited."""
        for preset, label in self._labels.items():
            known = seconds.get(preset)
            label.setText(about(known) if known else "…" if preset in seconds and awaited else "")

    def texts(self) -> list[str]:
        """What is told, from the left to the right."""
        return [label.text() for label in self._labels.values()]
