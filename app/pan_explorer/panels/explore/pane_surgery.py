"""Surgery in one network's pane: a brush for the cells of the shown layer, and the unchanged answer."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, Slot

from pan_explorer.session.session import Session
from pan_explorer.state.answers import LayerReading, Reading
from pan_explorer.state.rendering import Rendering
from pan_explorer.state.surgery import OPPOSITE
from pan_explorer.values.view import Model
from pan_explorer.widgets.brush import Cell, Grid
from pan_explorer.widgets.cell_canvas import CellCanvas
from pan_explorer.widgets.image_view import ImageView
from pan_explorer.widgets.labels import quiet

COLOURS = {"close": "#f06e14", "open": "#1ec896", "erase": "#ffffff"}
"""Colours of the brushes and of the painted cells."""


class PaneSurgery(QObject):
    """Lays a canvas over a pane's picture during surgery, if the network attends at the shown layer.

    Attributes:
        words: The answer of the unchanged network. The line stays visible during surgery and while any network is
            changed, so that no picture moves under the brush or when the changes are switched off and on.
    """

    def __init__(self, session: Session, model: Model, view: ImageView) -> None:
        super().__init__(view)
        self._session = session
        self._model = model.name
        self.words = quiet()
        self.words.hide()
        self._canvas = CellCanvas(view)
        self._canvas.setAccessibleName(f"cells of {model.title}")
        self._canvas.stroke_begun.connect(session.surgery.begin_stroke)
        self._canvas.stroke_ended.connect(session.surgery.end_stroke)
        self._canvas.painted.connect(self._paint)
        session.surgery.state_changed.connect(self.refresh)

    @Slot(object, bool)
    def _paint(self, cells: frozenset[Cell], opposite: bool) -> None:
        surgery, layer = self._session.surgery, self._session.state.layer
        brush = surgery.state.brush
        for model in self._painted_with(layer) if surgery.state.together else (self._model,):
            surgery.paint(model, layer, cells, OPPOSITE[brush] if opposite else brush)

    def _painted_with(self, layer: str) -> tuple[str, ...]:
        """The shown networks whose map at a layer has the same size as this one's."""
        rendering = Rendering.at(self._session.state)
        shown = [model.name for model in self._session.state.models if model.shown]
        sizes = {name: each.cells.shape for name in shown if rendering and (each := rendering.layer_of(name, layer))}
        return tuple(name for name, size in sizes.items() if size == sizes.get(self._model))

    @Slot()
    def refresh(self) -> None:
        """Show the changes at the shown layer."""
        state, surgery = self._session.state, self._session.surgery.state
        rendering = Rendering.at(state)
        reading = rendering.reading(self._model) if rendering else None
        layer = rendering.layer_of(self._model) if rendering else None
        self.words.setVisible(surgery.operating or surgery.changes(state.models))
        self.words.setText(_before(reading))
        self._canvas.setVisible(surgery.operating and layer is not None)
        if layer is not None:
            edit = surgery.edit(self._model, state.layer)
            rows, columns = layer.cells.shape
            self._canvas.show_cells(Grid(rows, columns), _where(layer), edit.closed, edit.open)
            self._canvas.show_brush(surgery.size, COLOURS[surgery.brush])


def _where(layer: LayerReading) -> QRectF:
    """The area of the layer's cells in the image, as fractions of its side."""
    rows, columns = layer.cells.shape
    (left, right), (top, bottom) = (layer.explained.field.extent(0, cells) for cells in (columns, rows))
    size = len(layer.own)
    return QRectF(QPointF(left, top) / size, QPointF(right, bottom) / size)


def _before(reading: Reading | None) -> str:
    if reading is None:
        return ""
    before = reading.unchanged
    return f"changed: was {before.answer} {100 * before.probabilities.max():.0f} %" if before else "unchanged"
