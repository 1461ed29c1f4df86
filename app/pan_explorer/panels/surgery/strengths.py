"""The strength of the shown layer's whole map, for each network."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from pan.attention.surgery import STRONGEST
from pan_explorer.session.session import Session
from pan_explorer.state.rendering import Rendering
from pan_explorer.values.view import Model
from pan_explorer.widgets.foreign_words import as_tip
from pan_explorer.widgets.labels import Dot, ElidedLabel, heading, quiet

STEPS = 20
"""Slider steps for each unit of strength."""
GATE = "This multiplies the gate's values, which stay at most 1."
LAST = "0 makes attention uniform, above 1 favours the strongest cells."


class Strength(QWidget):
    """A network's name, and a slider from 0 to 4 at 1."""

    slider_pressed = Signal()
    chosen = Signal(float)
    ended = Signal()

    def __init__(self, model: Model) -> None:
        super().__init__()
        name = ElidedLabel(model.title)
        self._value = QLabel()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, round(STRONGEST * STEPS))
        self._slider.setPageStep(STEPS // 2)
        self._slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._slider.setAccessibleName(f"strength of {model.title}")
        self._slider.setToolTip(as_tip(f"Strength of the whole map of {model.title}"))
        self._slider.valueChanged.connect(self._emit_strength)
        self._slider.sliderPressed.connect(self.slider_pressed)
        self._slider.sliderReleased.connect(self.ended)
        words = QHBoxLayout()
        words.setSpacing(7)
        for widget in (Dot(model.colour), name):
            words.addWidget(widget)
        words.addStretch()
        words.addWidget(self._value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(words)
        column.addWidget(self._slider)

    def show_value(self, strength: float) -> None:
        """Set the slider without emitting a signal."""
        with QSignalBlocker(self._slider):
            self._slider.setValue(round(strength * STEPS))
        self._value.setText(f"× {strength:.2f}")

    @Slot(int)
    def _emit_strength(self, step: int) -> None:
        self.chosen.emit(step / STEPS)


class Strengths(QWidget):
    """A slider for each network that attends at the shown layer."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._title, self._hint = heading(""), quiet()
        self._hint.setWordWrap(True)
        self._sliders: dict[Model, Strength] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self._title)
        column.addLayout(self._rows)
        column.addWidget(self._hint)
        for changed in (session.surgery.state_changed, session.layer_changed, session.answers_changed,
                        session.models_changed):
            changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        state, surgery = self._session.state, self._session.surgery.state
        rendering = Rendering.at(state)
        layers = {model: layer for model in state.models
                  if model.shown and rendering and (layer := rendering.layer_of(model.name))}
        if tuple(layers) != tuple(self._sliders):
            self._rebuild(tuple(layers))
        for model, slider in self._sliders.items():
            slider.show_value(surgery.edit(model.name, state.layer).strength)
        self._title.setText(f"Strength of {state.layer}")
        kinds = {layer.kind for layer in layers.values()}
        self._hint.setText(GATE if kinds == {"sigmoid"} else LAST if kinds else "No network attends at this layer.")

    def _rebuild(self, models: tuple[Model, ...]) -> None:
        for slider in self._sliders.values():
            slider.hide()
            slider.deleteLater()
        self._sliders = {model: self._slider(model) for model in models}
        for slider in self._sliders.values():
            self._rows.addWidget(slider)

    def _slider(self, model: Model) -> Strength:
        surgery, made = self._session.surgery, Strength(model)
        made.slider_pressed.connect(surgery.begin_stroke)
        made.ended.connect(surgery.end_stroke)
        made.chosen.connect(lambda strength: surgery.strengthen(model.name, self._session.state.layer, strength))
        return made
