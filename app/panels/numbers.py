"""Numbers about what the panes show: the scale, the attention, and what is under the pointer."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.colouring import map_in_words, scale_of, shown_map
from app.session import Session
from app.values import LayerReading, Model, Pointer, Reading
from app.widgets.labels import heading
from app.widgets.table import Row, Table

NONE = "–"


def _readings(session: Session) -> dict[str, Reading]:
    answers = session.state.answers
    return {pane.model: pane.reading for pane in answers.panes if pane.reading} if answers else {}


def _shown(session: Session) -> Iterator[tuple[Model, Reading | None, LayerReading | None]]:
    """Each shown model with its reading and its layer."""
    readings = _readings(session)
    for model in session.state.models:
        if model.shown:
            reading = readings.get(model.name)
            yield model, reading, reading.layer(session.state.layer) if reading else None


class ScaleNumbers(QWidget):
    """What the ends of the colour bar mean for each model."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._table = Table()
        _fill(self, self._table)
        for changed in (session.answers_changed, session.layer_changed, session.display_changed, session.models_changed):
            changed.connect(self._refresh)

    @Slot()
    def _refresh(self) -> None:
        state, readings = self._session.state, _readings(self._session)
        rows = []
        for model, reading, layer in _shown(self._session):
            if reading is None or layer is None:
                rows.append(Row(model.colour, NONE, ("",)))
                continue
            highest = scale_of(readings, model.name, layer.name, state.display)
            rows.append(Row(model.colour, map_in_words(layer, reading, state.display), (f"0 – {_value(highest)}",)))
        self._table.show_rows(rows)


class AttentionNumbers(QWidget):
    """How much of the attention is on the queried object, how spread it is, and the rank of the right answer."""

    HEADS = (
        ("TPR %", "Share of the shown attention that lies on the queried digit's ink"),
        ("bits", "Entropy of the layer's own map over its cells: 0 when all of it is on one cell"),
        ("rank", "Place of the right answer among the network's answers"),
    )

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._table = Table(self.HEADS)
        _fill(self, heading("Attention on the queried digit"), self._table)
        for changed in (session.answers_changed, session.layer_changed, session.display_changed, session.models_changed):
            changed.connect(self._refresh)

    @Slot()
    def _refresh(self) -> None:
        display = self._session.state.display
        own = display.show == "cells" or not display.accumulated
        rows = []
        for model, reading, layer in _shown(self._session):
            tpr = (layer.tpr if own else layer.accumulated_tpr) if layer else None
            rank = reading.rank if reading else None
            rows.append(Row(model.colour, model.title, (
                NONE if tpr is None else f"{100 * tpr:.1f}",
                NONE if layer is None else f"{layer.bits:.2f}",
                NONE if rank is None else str(rank),
            )))  # fmt: skip
        self._table.show_rows(rows)


class PointerNumbers(QWidget):
    """The pixel under the pointer, and each model's attention there."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._title = heading("Under the pointer")
        self._table = Table()
        _fill(self, self._title, self._table)
        for changed in (session.pointer_changed, session.answers_changed, session.layer_changed,
                        session.display_changed, session.models_changed):
            changed.connect(self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        state = self._session.state
        pointer, answers = state.pointer, state.answers
        self._title.setText(f"Under the pointer · x {pointer.x} y {pointer.y}" if pointer else "Under the pointer")
        colour = " ".join(map(str, answers.picture.fitted.pixels[pointer.y, pointer.x])) if pointer and answers else NONE
        rows = [Row("", "RGB", (colour,))]
        for model, _, layer in _shown(self._session):
            text = NONE
            if layer is not None and pointer is not None:
                values = shown_map(layer, state.display)
                size = layer.own.shape[0]
                at = values[pointer.y * values.shape[0] // size, pointer.x * values.shape[1] // size]
                text = _value(float(at))
            rows.append(Row(model.colour, model.title, (text,)))
        self._table.show_rows(rows)


def _value(value: float) -> str:
    """Two figures that mean something, however small."""
    return f"{value:.2f}" if value >= 0.095 else f"{value:.3f}" if value >= 0.0005 else "0" if value == 0 else f"{value:.0e}"


def _fill(panel: QWidget, *widgets: QLabel | Table) -> None:
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(5)
    for widget in widgets:
        column.addWidget(widget)
