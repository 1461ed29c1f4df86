"""Numbers about what the panes show: the scale, the attention, and what is under the pointer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pan_explorer.session.session import Session
from pan_explorer.state.rendering import Rendering
from pan_explorer.values.view import Model, Pointer
from pan_explorer.widgets.labels import heading
from pan_explorer.widgets.table import Row, Table

NONE = "–"


def _shown(session: Session) -> Iterator[Model]:
    return (model for model in session.state.models if model.shown)


class ScaleNumbers(QWidget):
    """The values at the ends of the colour bar, for each model."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._table = Table()
        _stack(self, self._table)
        _refresh_on_change(session, self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        if rendering := Rendering.at(self._session.state):
            self._table.show_rows([_scale(model, rendering) for model in _shown(self._session)])


class AttentionNumbers(QWidget):
    """TPR, pixel average precision and entropy of the attention, and the rank of the right answer."""

    HEADS = (
        ("TPR", "Share of the attention on the queried object; of the accumulated map, if that is shown"),
        ("PxAP", "Pixel average precision of that map: 100 % if the object's pixels rank above all others"),
        ("bits", "Entropy of the layer's own map over its cells: 0 if one cell has all of it"),
        ("rank", "Rank of the right answer among the network's answers"),
    )

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._table = Table(self.HEADS)
        _stack(self, heading("Attention on the queried object"), self._table)
        _refresh_on_change(session, self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        if rendering := Rendering.at(self._session.state):
            self._table.show_rows([_attention(model, rendering) for model in _shown(self._session)])


class PointerNumbers(QWidget):
    """The pixel under the pointer, each model's attention there, and its cell's receptive field."""

    HINT = "Each network's value and its receptive field's side; after the dot, that of its attention"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._title = heading("")
        self._table = Table()
        self._table.setToolTip(self.HINT)
        _stack(self, self._title, self._table)
        session.pointer_changed.connect(self._refresh)
        _refresh_on_change(session, self._refresh)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        pointer, rendering = self._session.state.pointer, Rendering.at(self._session.state)
        self._title.setText(f"Under the pointer · x {pointer.x} y {pointer.y}" if pointer else "Under the pointer")
        here = pointer and rendering and rendering.holds(pointer)
        rgb = " ".join(map(str, rendering.image[pointer.y, pointer.x])) if here and pointer and rendering else NONE
        rows = [Row(model.colour, model.title, _under(model, rendering, pointer)) for model in _shown(self._session)]
        self._table.show_rows([Row("", "RGB", ("", rgb)), *rows])


def _scale(model: Model, rendering: Rendering) -> Row:
    kind, (lowest, highest) = rendering.kind_in_words(model.name), rendering.bounds(model.name)
    return Row(model.colour, kind or NONE, (f"{_value(lowest)} – {_value(highest)}" if kind else "",))


def _attention(model: Model, rendering: Rendering) -> Row:
    reading, layer = rendering.reading(model.name), rendering.layer_of(model.name)
    lying = rendering.on_object(model.name)
    return Row(model.colour, model.title, (
        NONE if lying is None else f"{100 * lying.tpr:.0f} %",
        NONE if lying is None else f"{100 * lying.pxap:.0f} %",
        NONE if layer is None else f"{layer.bits:.1f}",
        NONE if reading is None or reading.rank is None else str(reading.rank),
    ))  # fmt: skip


def _under(model: Model, rendering: Rendering | None, pointer: Pointer | None) -> tuple[str, str]:
    if rendering is None or pointer is None:
        return NONE, ""
    seen = dict.fromkeys(field.size for field in rendering.seen_at(model.name, pointer) or ())
    return _value(rendering.value_at(model.name, pointer)), f"{' · '.join(map(str, seen))} px" if seen else ""


def _value(value: float | None) -> str:
    """The value with at most three decimals; smaller ones are "< 0.001"."""
    if value is None:
        return NONE
    return f"{value:.2f}" if value >= 0.095 else f"{value:.3f}" if value >= 0.0005 else "0" if value == 0 else "< 0.001"


def _refresh_on_change(session: Session, refresh: Callable[[], None]) -> None:
    """Refresh when the answers, the layer or the display change."""
    for changed in (session.answers_changed, session.layer_changed, session.display_changed):
        changed.connect(refresh)


def _stack(panel: QWidget, *widgets: QWidget) -> None:
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(5)
    for widget in widgets:
        column.addWidget(widget)
