"""The comparison of networks, with the layer stepper above it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from pan_explorer.panels.explore.empty import EmptyPlace
from pan_explorer.panels.explore.grid import LayerGrid
from pan_explorer.panels.explore.model_pane import ModelPane
from pan_explorer.panels.explore.query_grid import QueryGrid
from pan_explorer.panels.explore.surgery_strip import SurgeryStrip
from pan_explorer.panels.explore.swipe import SwipePane
from pan_explorer.panels.explore.welcome import Welcome
from pan_explorer.session.session import Session
from pan_explorer.state.rendering import Rendering
from pan_explorer.state.surgery import SurgeryState
from pan_explorer.values.view import Model, Pointer, View, Viewport
from pan_explorer.widgets.buttons import icon_button, show_icon, toggle
from pan_explorer.widgets.folding_choice import FoldingChoice
from pan_explorer.widgets.image_view import ImageView
from pan_explorer.widgets.labels import ElidedLabel
from pan_explorer.widgets.scroll_areas import scrolled
from pan_explorer.widgets.step_slider import StepSlider
from pan_explorer.widgets.wrapping_row import WrappingRow

WAYS: tuple[tuple[View, str, str], ...] = (
    ("panes", "Side by side", "All networks at one layer"),
    ("layers", "Layers", "All layers of all networks at once (G)"),
    ("queries", "Queries", "All queries of the image at once (Q)"),
    ("swipe", "Swipe", "The first two networks over one another, with a line to drag between them (W)"),
    ("flicker", "Flicker", "The first two networks in turns (Shift+W)"),
)
Part = ModelPane | LayerGrid | QueryGrid | SwipePane


class Compare(QWidget):
    """All networks at the same layer, with the same image and query."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._parts: list[Part] = []
        self._play = icon_button("play", "Play the layers (Space)", name="play the layers")
        self._play.setFixedSize(34, 30)
        self._play.clicked.connect(session.layers.toggle_play)
        self._stepper = StepSlider(session.state.layers, name="layer")
        self._stepper.valueChanged.connect(self._go_to)
        self._ways = FoldingChoice(WAYS, name="compare")
        self._ways.chosen.connect(self._choose_way)
        self._note = ElidedLabel()
        self._surgery = toggle("Surgery", "Paint on the attention, and see the answers change (S)")
        self._surgery.clicked.connect(session.operate)
        self._welcome = Welcome(session)
        self._row = WrappingRow(spacing=16)
        self._place = scrolled(self._row, along=Qt.Orientation.Horizontal)
        self._place.resized.connect(self._row.fit)
        self._stack = QStackedLayout()
        self._stack.addWidget(EmptyPlace(session))
        self._stack.addWidget(self._place)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 9, 16, 10)
        column.setSpacing(10)
        column.addLayout(self._head())
        column.addWidget(SurgeryStrip(session, self))
        column.addLayout(self._stack, 1)
        column.addWidget(self._welcome)
        session.layers_changed.connect(self._show_layers)
        for changed in (session.models_changed, session.view_changed):
            changed.connect(self._rebuild)
        for changed in (session.answers_changed, session.layer_changed, session.display_changed):
            changed.connect(self._refresh)
        session.surgery.state_changed.connect(self._show_surgery)
        session.viewport_changed.connect(self._show_viewport)
        session.pointer_changed.connect(self._show_pointer)
        session.playing_changed.connect(self._show_playing)
        self._rebuild()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._play)
        row.addWidget(self._stepper)
        row.addWidget(self._surgery)
        row.addWidget(self._note, 1)
        row.addWidget(self._ways)
        return row

    def _views(self) -> list[ImageView]:
        return [view for part in self._parts for view in part.views()]

    def _made(self, models: list[Model]) -> list[Part]:
        state, session = self._session.state, self._session
        match state.view:
            case "layers":
                return [LayerGrid(session, models, state.layers)]
            case "queries":
                return [QueryGrid(session, models)]
            case "swipe" | "flicker":
                return [SwipePane(session, models, flicker=state.view == "flicker")]
        return [ModelPane(session, model) for model in models]

    @Slot(str)
    def _choose_way(self, view: View) -> None:
        if view != self._session.state.view:
            self._session.view.toggle(view)

    @Slot(int)
    def _go_to(self, place: int) -> None:
        self._session.layers.go_to(self._session.state.layers[place])

    @Slot(object)
    def _show_layers(self, layers: tuple[str, ...]) -> None:
        self._stepper.set_words(layers)
        self._rebuild()

    @Slot()
    def _rebuild(self) -> None:
        state = self._session.state
        self._ways.choose(state.view)
        self._parts = self._made([model for model in state.models if model.shown])
        self._row.show_widgets(self._parts)
        self._refresh()
        self._show_viewport(state.viewport)

    @Slot(object)
    def _show_surgery(self, surgery: SurgeryState) -> None:
        if surgery.operating != self._surgery.isChecked():
            self._surgery.setChecked(surgery.operating)
            self._refresh()

    @Slot()
    def _refresh(self) -> None:
        state = self._session.state
        self._stepper.setValue(state.layers.index(state.layer))
        rendering = Rendering.at(state, native=self._session.surgery.state.operating)
        self._stack.setCurrentIndex(1 if rendering and any(model.shown for model in state.models) else 0)
        if rendering is None:
            return
        for part in self._parts:
            part.refresh(rendering)
        self._place.setMinimumHeight(self._row.least_height() + self._place.horizontalScrollBar().sizeHint().height())
        self._row.fit(self._place.viewport().size())  # more answers need more height
        self._show_marks()
        query, lacking = rendering.answers.query, rendering.answers.picture.lacks(rendering.answers.query)
        self._note.setText(f"No {query} here" if lacking else "")
        self._note.setToolTip(f"There is no {query} in this image: the answers mean nothing" if lacking else "")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Hide the welcome line if the pictures need its room."""
        super().resizeEvent(event)
        self._welcome.fit(self.height())

    @Slot(object)
    def _show_viewport(self, viewport: Viewport) -> None:
        for view in self._views():
            view.show_viewport(viewport)

    @Slot(object)
    def _show_pointer(self, pointer: Pointer | None) -> None:
        for view in self._views():
            view.show_pointer(pointer)
        self._show_marks()

    def _show_marks(self) -> None:
        state = self._session.state
        rendering, pointer = Rendering.at(state, native=self._session.surgery.state.operating), state.pointer
        if rendering is not None:
            for part in self._parts:
                part.show_marks(rendering, pointer)

    @Slot(object)
    def _show_playing(self, playing: bool) -> None:
        show_icon(self._play, "pause" if playing else "play")
