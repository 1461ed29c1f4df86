"""The card of one network beside the scene: its answer, attention and probabilities."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pan_explorer.state.rendering import Rendering
from pan_explorer.values.view import Model
from pan_explorer.widgets.answer_bars import AnswerBars
from pan_explorer.widgets.image_view import ImageView
from pan_explorer.widgets.labels import Dot, ElidedLabel, quiet

SPACING = 6
SMALLEST, NARROWEST = 96, 128
"""Smallest side of the picture, and smallest readable width of the bars."""


class ComposerCard(QWidget):
    """Shows one model; the page refreshes it."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self._model = model
        self._title = ElidedLabel(model.title, Qt.TextElideMode.ElideMiddle)
        self._title.setProperty("title", True)
        self._title.setToolTip(model.name)
        self._swatch, self._answer, self._verdict = Dot(), ElidedLabel(), quiet()
        self._view = ImageView(smallest=SMALLEST)
        self._view.setAccessibleName(f"attention of {model.title}")
        self._bars = AnswerBars()
        self.setMinimumWidth(NARROWEST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        head, line = QHBoxLayout(), QHBoxLayout()
        for row in (head, line):
            row.setSpacing(7)
            column.addLayout(row)
        head.addWidget(Dot(model.colour))
        head.addWidget(self._title, 1)
        line.addWidget(self._swatch)
        line.addWidget(self._answer, 1)
        line.addWidget(self._verdict)
        column.addWidget(self._view, 1)
        column.addWidget(self._bars)
        column.addStretch()

    def height_beside_picture(self) -> int:
        """The height without the picture, in pixels."""
        parts = (self._title, self._answer, self._bars)
        return sum(part.sizeHint().height() for part in parts) + len(parts) * SPACING

    def refresh(self, rendering: Rendering, words: Sequence[str], awaited: str) -> None:
        """Show the model's attention and answers; before it has answered, the possible answers and what is awaited."""
        name, colour = self._model.name, self._model.colour
        self._view.show_image(rendering.image_of(name))
        self._view.show_overlay(rendering.overlay(name), smooth=rendering.smooth)
        reading = rendering.reading(name)
        if reading is None:
            pane = rendering.answers.pane(name)
            self._view.show_caption(pane.error if pane else awaited)
            self._swatch.show_colour("")
            self._answer.clear()
            self._verdict.clear()
            self._bars.show_values(words, [None] * len(words), (), colour)
            return
        lying = rendering.on_object(name)
        measured = f"TPR {100 * lying.tpr:.0f} % · PxAP {100 * lying.pxap:.0f} %" if lying else ""
        self._view.show_caption(rendering.note(name) or measured)
        self._swatch.show_colour(reading.answer)
        self._answer.setText(f"{reading.answer} {100 * reading.probability:.0f} %")
        self._verdict.setText("" if reading.right is None else "right" if reading.right else "wrong")
        explanation = reading.explanation
        self._bars.show_values(explanation.answers, explanation.probabilities.tolist(), reading.truths, colour)
