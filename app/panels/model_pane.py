"""One network: its name and answer, the image with its attention, its layers, its answers."""

from __future__ import annotations

import numpy as np
from jaxtyping import UInt8
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.colouring import overlay, scale_of, shown_map
from app.session import Session, State
from app.values import INPUT, LAYERS, Answers, Model, Reading
from app.widgets.answer_bars import AnswerBars
from app.widgets.filmstrip import Filmstrip, Frame
from app.widgets.image_view import ImageView
from app.widgets.labels import Dot, ElidedLabel, quiet
from app.widgets.sparkline import Sparkline
from pan.tasks import MNIST_REFERENCE


class ModelPane(QWidget):
    """Shows one model of the session; the comparison tells it when."""

    def __init__(self, session: Session, model: Model) -> None:
        super().__init__()
        self._model = model
        self.view = ImageView()
        self.view.setAccessibleName(f"attention of {model.title}")
        self.view.viewport_wanted.connect(session.look_at)
        self.view.pointed.connect(session.point_at)
        self._title = ElidedLabel(model.title, Qt.TextElideMode.ElideMiddle)
        self._title.setProperty("title", True)
        self._title.setToolTip(model.name)
        self._swatch, self._answer, self._verdict = Dot(), ElidedLabel(), quiet()
        self._filmstrip = Filmstrip()
        self._filmstrip.chosen.connect(session.go_to)
        self._tpr = Sparkline("TPR by layer")
        self._bars = AnswerBars()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head())
        column.addWidget(self.view, 1)
        film = QHBoxLayout()
        film.setSpacing(8)
        film.addWidget(self._filmstrip)
        film.addWidget(self._tpr, 1)
        column.addLayout(film)
        column.addWidget(self._bars)
        column.addStretch()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(7)
        row.addWidget(Dot(self._model.colour))
        row.addWidget(self._title, 1)
        row.addWidget(self._swatch)
        row.addWidget(self._answer)
        row.addWidget(self._verdict)
        return row

    def refresh(self, state: State, readings: dict[str, Reading]) -> None:
        """Show what the state says of this model.

        Args:
            state: The session's state, with answers.
            readings: The readings of all panes, by model, for the scales they share.
        """
        assert state.answers is not None
        self.view.show_image(state.answers.picture.fitted.pixels)
        reading = readings.get(self._model.name)
        if reading is None:
            self._show_no_reading(state.answers)
            return
        self._show_answer(reading)
        smooth = state.display.show != "cells"
        self.view.show_overlay(self._overlay(state.layer, state, readings), smooth=smooth)
        absent = state.layer != INPUT and reading.layer(state.layer) is None
        self.view.show_caption("no attention at this layer" if absent else "")
        frames = [self._frame(layer, state, readings) for layer in LAYERS[1:]]
        self._filmstrip.show_frames(frames, state.layer, smooth=smooth)
        layers = [reading.layer(layer) for layer in LAYERS[1:]]
        self._tpr.show_values([layer.accumulated_tpr if layer else None for layer in layers], self._model.colour)
        explanation = reading.explanation
        self._bars.show_values(explanation.answers, explanation.probabilities.tolist(), reading.truth, self._model.colour)

    def _show_no_reading(self, answers: Answers) -> None:
        pane = answers.pane(self._model.name)
        self.view.show_overlay(None, smooth=True)
        self.view.show_caption(pane.error if pane else "asking …")
        self.view.setToolTip(pane.error if pane else "")
        self._swatch.show_colour("")
        self._answer.clear()
        self._verdict.clear()
        image = answers.picture.fitted.pixels
        self._filmstrip.show_frames([Frame(layer, image, None, "–") for layer in LAYERS[1:]], "", smooth=True)
        self._tpr.show_values([], self._model.colour)
        words = MNIST_REFERENCE.answers
        self._bars.show_values(words, [None] * len(words), None, self._model.colour)

    def _show_answer(self, reading: Reading) -> None:
        self.view.setToolTip("")
        self._swatch.show_colour(reading.answer)
        self._answer.setText(f"{reading.answer} {100 * reading.probability:.0f} %")
        self._verdict.setText("" if reading.truth is None else "right" if reading.answer == reading.truth else "wrong")

    def _overlay(self, name: str, state: State, readings: dict[str, Reading]) -> UInt8[np.ndarray, "h w 4"] | None:
        layer = readings[self._model.name].layer(name)
        if layer is None:
            return None
        highest = scale_of(readings, self._model.name, name, state.display)
        return overlay(shown_map(layer, state.display), highest, state.display)

    def _frame(self, name: str, state: State, readings: dict[str, Reading]) -> Frame:
        assert state.answers is not None
        layer = readings[self._model.name].layer(name)
        image = state.answers.picture.fitted.pixels
        if layer is None:
            return Frame(name, image, None, "–", f"{name}: no attention at this layer")
        hint = f"{name}: {layer.kind} over {layer.cells.shape[1]} × {layer.cells.shape[0]} cells"
        if layer.answer is not None and layer.probability is not None:
            hint += f"; the answer here is {layer.answer}, {100 * layer.probability:.0f} %"
        return Frame(name, image, self._overlay(name, state, readings), layer.answer or "–", hint)
