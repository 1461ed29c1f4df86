"""All layers of all networks at once: a row for each network, a column for each layer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pan_explorer.session.session import Session
from pan_explorer.state.rendering import Rendering
from pan_explorer.values.view import INPUT, Model, Pointer
from pan_explorer.widgets.image_view import ImageView
from pan_explorer.widgets.labels import Dot, ElidedLabel, quiet
from pan_explorer.widgets.scroll_areas import scrolled

NARROW, WIDE = 96, 150
"""Smallest and largest width of a network's name, in pixels."""
SMALLEST, GAP = 60, 6
"""Smallest side of a picture, and the space around it, in pixels."""


class LayerGrid(QWidget):
    """The layout of the exported figure; a click on a picture shows its layer large."""

    def __init__(self, session: Session, models: Sequence[Model], layers: Sequence[str]) -> None:
        super().__init__()
        self._models, self._layers = models, layers
        self._names_width = 0
        self._views: dict[tuple[str, str], ImageView] = {}
        self._captions: dict[tuple[str, str], QLabel] = {}
        content = QWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(content, along=Qt.Orientation.Vertical))
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        for column, layer in enumerate(layers):
            head = quiet(layer)
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(head, 0, column + 1)
            grid.setColumnStretch(column + 1, 1)
        for row, model in enumerate(models):
            name = _name(model)
            grid.addLayout(name, 2 * row + 1, 0)
            self._names_width = max(self._names_width, name.sizeHint().width())
            for column, layer in enumerate(layers):
                grid.addWidget(self._add_view(session, model, layer), 2 * row + 1, column + 1)
                grid.addWidget(self._captions[model.name, layer], 2 * row + 2, column + 1)
        grid.setRowStretch(2 * len(models) + 1, 1)

    def _add_view(self, session: Session, model: Model, layer: str) -> ImageView:
        view = ImageView(smallest=SMALLEST)
        view.setAccessibleName(f"{model.title}, {layer}")
        view.viewport_wanted.connect(session.view.set_viewport)
        view.pointed.connect(session.view.set_pointer)
        view.clicked.connect(lambda: session.view.open_layer(layer))
        caption = quiet()
        caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._views[model.name, layer], self._captions[model.name, layer] = view, caption
        return view

    def views(self) -> Sequence[ImageView]:
        """All pictures."""
        return list(self._views.values())

    def refresh(self, rendering: Rendering) -> None:
        """Show the answers of all models at all layers."""
        for (model, name), view in self._views.items():
            layer = rendering.layer_of(model, name)
            view.show_image(rendering.image_of(model), len(rendering.image))
            view.show_overlay(rendering.overlay(model, name), smooth=rendering.smooth)
            turned = rendering.view_of(model, name)
            view.show_inset(turned.picture if turned else None)
            absent = "no attention" if rendering.reading(model) and name != INPUT else ""
            if turned is not None:
                absent = rendering.view_answer(model, turned) or "–"
            answer, change = (layer.answer or "–") if layer else absent, rendering.change(model, name)
            self._captions[model, name].setText(f"{answer} · changed" if change else answer)
            self._captions[model, name].setToolTip(change)

    def show_marks(self, rendering: Rendering, pointer: Pointer | None) -> None:
        """Draw the receptive fields of the cells under the pointer, layer by layer."""
        for (model, name), view in self._views.items():
            view.show_marks(rendering.marks(model, pointer, name))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Make the pictures as large as all of them have room for, with their captions right below."""
        super().resizeEvent(event)
        rows, columns = max(1, len(self._models)), max(1, len(self._layers))
        words = quiet(" ").sizeHint().height() + GAP
        side = min((self.height() - words) // rows - words - GAP, (self.width() - self._names_width) // columns - GAP)
        for view in self._views.values():
            view.setFixedHeight(max(side, SMALLEST))


def _name(model: Model) -> QVBoxLayout:
    column, row = QVBoxLayout(), QHBoxLayout()
    title = ElidedLabel(model.title, Qt.TextElideMode.ElideMiddle)
    title.setProperty("title", True)
    title.setFixedWidth(min(max(NARROW, title.sizeHint().width()), WIDE))
    row.addWidget(Dot(model.colour))
    row.addWidget(title)
    column.addStretch()
    column.addLayout(row)
    column.addStretch()
    return column
