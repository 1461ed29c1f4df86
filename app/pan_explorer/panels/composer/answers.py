"""The networks' answers to the composed scene, and to its selected object by scale."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pan_explorer.panels.composer.card import NARROWEST, ComposerCard
from pan_explorer.panels.explore.surgery_strip import SurgeryStrip
from pan_explorer.session.session import Session
from pan_explorer.state.answers import Answers
from pan_explorer.state.composer import ComposerState
from pan_explorer.state.rendering import Rendering
from pan_explorer.widgets.buttons import toggle
from pan_explorer.widgets.chooser import Chooser
from pan_explorer.widgets.labels import ElidedLabel, heading, quiet
from pan_explorer.widgets.layouts import clear_layout
from pan_explorer.widgets.scroll_areas import scrolled
from pan_explorer.widgets.step_slider import StepSlider
from pan_explorer.widgets.sweep_plot import Line, SweepPlot

GAP, SCROLL_BAR = 16, 10
MEASURES = {
    "probability": ("Answer", "Probability of the right answer by scale, of several their mean"),
    "tpr": ("TPR", "Share of the accumulated attention on the object by scale"),
    "pxap": ("PxAP", "Pixel average precision of the accumulated attention by scale"),
}
"""The measures of a sweep: a word for the switch, and the plot's description."""


class ComposerAnswers(QWidget):
    """A card for each shown model, the layer stepper, and the scale sweep."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._composer = session, session.composer
        self._cards: list[ComposerCard] = []
        self._question = ElidedLabel()
        self._question.setProperty("title", True)
        self._stepper = StepSlider(session.state.layers, name="layer")
        self._stepper.valueChanged.connect(self._go_to)
        self._body = QWidget()
        self._row = QHBoxLayout(self._body)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._area = scrolled(self._body, along=Qt.Orientation.Horizontal)
        self._plot = SweepPlot("×")
        self._plot.setToolTip("Drag the dashed line to scale the object")
        self._plot.scale_changed.connect(self._composer.scale)
        self._plot.released.connect(self._composer.end_stroke)
        self._about = ElidedLabel()
        self._about.setProperty("quiet", True)
        self._measures = Chooser(name="measure of the sweep", hint="The measure that is drawn by scale")
        for key, (word, hint) in MEASURES.items():
            self._measures.addItem(word, key)
            self._measures.setItemData(self._measures.count() - 1, hint, Qt.ItemDataRole.ToolTipRole)
        self._measures.currentIndexChanged.connect(self._show_sweep)
        values = quiet()
        values.setTextFormat(Qt.TextFormat.RichText)  # dots in the networks' colours, and numbers
        self._plot.readout_changed.connect(values.setText)
        self._alone = toggle("Alone", "Sweep the object without the others, which it would cover")
        self._alone.toggled.connect(self._composer.inference.sweep_alone)
        self._composer.alone_changed.connect(self._alone.setChecked)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._question, 1)
        head.addWidget(self._stepper)
        foot.addWidget(heading("Scale sweep, %"))
        foot.addWidget(self._measures)
        foot.addWidget(self._about, 1)
        foot.addWidget(values)
        foot.addWidget(self._alone)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(SurgeryStrip(session, self))
        column.addWidget(self._area, 3)
        column.addLayout(foot)
        column.addWidget(self._plot, 2)
        session.layers_changed.connect(self._stepper.set_words)
        session.models_changed.connect(self._rebuild)
        for changed in (session.layer_changed, session.display_changed, self._composer.answers_changed,
                        self._composer.coming_changed):
            changed.connect(self._refresh)
        for changed in (self._composer.query_changed, self._composer.composed_changed, self._composer.coming_changed):
            changed.connect(self._show_question)
        for changed in (self._composer.sweep_changed, self._composer.composed_changed, self._composer.alone_changed,
                        self._composer.selected_changed):
            changed.connect(self._show_sweep)
        self._rebuild()
        self._show_question()

    @Slot(int)
    def _go_to(self, place: int) -> None:
        self._session.layers.go_to(self._session.state.layers[place])

    @Slot()
    def _rebuild(self) -> None:
        clear_layout(self._row)
        self._cards = [ComposerCard(model) for model in self._session.state.models if model.shown]
        for card in self._cards:
            self._row.addWidget(card, 1)
        if not self._cards:
            self._row.addWidget(quiet("Choose networks above to see their answers."))
        self._refresh()
        self._show_sweep()

    @Slot()
    def _refresh(self) -> None:
        if not self.isVisible():
            return  # done when the page is shown
        state = self._session.state
        self._stepper.setValue(state.layers.index(state.layer))
        scene = self._composer.state
        shown = None if scene.coming else scene.answers  # those are about other objects than the coming ones
        rendering = Rendering(shown or Answers(scene.composed.picture, scene.query), state.layer, state.display,
                              state.layers)
        for card in self._cards:
            card.refresh(rendering, () if scene.coming else scene.kit.answers, scene.coming or "asking …")
        self._limit_cards()

    @Slot()
    def _show_question(self) -> None:
        state = self._composer.state
        self._question.setText("" if self._composer.scene is None or state.coming else _question(state))

    @Slot()
    def _show_sweep(self) -> None:
        state = self._composer.state
        held, sweep = state.object, state.sweep
        self._plot.mark(held.scale if held else None)
        measure = self._measures.currentData()
        of_object = sweep.curves if sweep is not None and sweep.place == state.selected else {}
        curves = {name: curve._asdict()[measure] for name, curve in of_object.items()}
        self._plot.show_lines([
            Line(model.title, model.colour, sweep.scales, curves[model.name])
            for model in self._session.state.models
            if model.shown and sweep and model.name in curves and not np.isnan(curves[model.name]).all()
        ], pale=not state.sweep_holds)  # fmt: skip
        self._plot.setAccessibleName(MEASURES[measure][1])
        self._about.setText("" if held else "select an object to see the answers by its size")

    def _limit_cards(self) -> None:
        """Limit the cards to the height of square pictures; the plot gets the rest."""
        if self._cards:
            width = (self.width() - GAP * (len(self._cards) - 1)) // len(self._cards)
            least = self._cards[0].minimumSizeHint().height()
            self._area.setMinimumHeight(least + SCROLL_BAR)
            scroll_bar = 0 if width >= NARROWEST else SCROLL_BAR
            self._area.setMaximumHeight(max(width, NARROWEST) + self._cards[0].height_beside_picture() + scroll_bar)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Refresh, because another page may have changed the layer or the display."""
        super().showEvent(event)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the cards to the new size."""
        super().resizeEvent(event)
        self._limit_cards()


def _question(state: ComposerState) -> str:
    """The question about a scene, or why it has no answer."""
    if state.composed.lacks(state.query):
        return f"There is no {state.query}: the answers mean nothing"
    return state.kit.question(state.query)
