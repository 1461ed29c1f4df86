"""One network: its name and answer, the image with its attention, its layers, its answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pan_explorer.panels.explore.pane_fit import (
    ASIDE,
    FILM_EDGE,
    GAP,
    LEAST_PICTURE,
    PaneFit,
    TextHeights,
    fit_pane,
    least_height,
)
from pan_explorer.panels.explore.pane_surgery import PaneSurgery
from pan_explorer.session.session import Session
from pan_explorer.state.answers import Reading
from pan_explorer.state.rendering import Rendering
from pan_explorer.values.view import Model, Pointer
from pan_explorer.widgets.answer_bars import AnswerBars
from pan_explorer.widgets.drag import DragStarter, name_in
from pan_explorer.widgets.filmstrip import Filmstrip, Frame
from pan_explorer.widgets.foreign_words import as_tip
from pan_explorer.widgets.image_view import ImageView
from pan_explorer.widgets.labels import Dot, ElidedLabel
from pan_explorer.widgets.sparkline import UNBOUNDED, Sparkline
from pan_explorer.widgets.verdict import Verdict

NOTHING = np.zeros((1, 1, 4), np.uint8)
MOST_ANSWERS = 10
"""Of a longer list, only the most probable answers are shown."""
LEAST_WIDTH = 212
"""Four of them fit a window 1280 pixels wide: three networks, and one that was trained beside them."""
NAME, ANSWER = 64, 80
"""Smallest widths of the name and of the answer in the heading, in pixels."""


class ModelPane(QWidget):
    """Shows one model of the session; `Compare` refreshes it."""

    def __init__(self, session: Session, model: Model) -> None:
        super().__init__()
        self._session = session
        self._model = model
        self._drag_starter = DragStarter(self, model.name)
        self.setAcceptDrops(True)
        self._layers = len(session.state.layers) - 1
        self.view = ImageView(smallest=LEAST_PICTURE)
        self.view.setAccessibleName(f"attention of {model.title}")
        self.view.viewport_wanted.connect(session.view.set_viewport)
        self.view.pointed.connect(session.view.set_pointer)
        self._title = ElidedLabel(model.title, Qt.TextElideMode.ElideMiddle)
        self._title.setProperty("title", True)
        self._title.set_room(NAME)
        self._title.setToolTip(model.name)
        self._swatch, self._answer, self._verdict = Dot(), ElidedLabel(), Verdict()
        self._answer.set_room(ANSWER)
        self._surgery = PaneSurgery(session, model, self.view)
        self._filmstrip = Filmstrip(name=f"layers of {model.title}")
        self._filmstrip.chosen.connect(session.layers.go_to)
        self._lines = Sparkline("by layer")
        self._bars = AnswerBars()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(self._head())
        column.addWidget(self._surgery.words)
        self._film = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._film.setSpacing(GAP)
        self._film.addWidget(self._filmstrip)
        self._film.addWidget(self._lines, 1)
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(GAP)
        below.addLayout(self._film)
        below.addWidget(self._bars)
        below.addStretch()
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setSpacing(GAP)
        self._body.addWidget(self.view, 1)
        self._body.addWidget(self._below)
        column.addLayout(self._body, 1)
        self._fitted: PaneFit | None = None

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(7)
        row.addWidget(Dot(self._model.colour))
        row.addWidget(self._title, 1)
        row.addWidget(self._swatch)
        row.addWidget(self._answer)
        row.addWidget(self._verdict)
        return row

    def views(self) -> Sequence[ImageView]:
        """Its large picture."""
        return (self.view,)

    def refresh(self, rendering: Rendering) -> None:
        """Show the model's attention and answers."""
        name, colour = self._model.name, self._model.colour
        self._surgery.refresh()
        self.view.show_image(rendering.image_of(name), len(rendering.image))
        self._layers = len(rendering.layers) - 1
        reading = rendering.reading(name)
        if reading is None:
            self._show_no_reading(rendering)
            return
        self._show_answer(reading)
        before = reading.unchanged
        self._bars.show_before(
            dict(zip(before.answers, before.probabilities.tolist(), strict=True)) if before else {})
        self.view.show_overlay(rendering.overlay(name), smooth=rendering.smooth)
        self.view.show_caption(rendering.note(name))
        turned = rendering.view_of(name)
        self.view.show_inset(turned.picture if turned else None)
        frames = [self._frame(layer, rendering) for layer in rendering.layers[1:]]
        self._filmstrip.show_frames(frames, rendering.layer, smooth=rendering.smooth)
        layers = [rendering.layer_of(name, layer) for layer in rendering.layers[1:]]
        lying = [layer.accumulated_on_object if layer else None for layer in layers]
        self._lines.show_lines({"TPR": [each and each.tpr for each in lying],
                                "PxAP": [each and each.pxap for each in lying]}, colour)  # fmt: skip
        words, values = _shown_answers(reading)
        self._bars.show_values(words, values, reading.truths, colour)
        self._fit()

    def show_marks(self, rendering: Rendering, pointer: Pointer | None) -> None:
        """Outline the queried object and the receptive field of the cell under the pointer."""
        self.view.show_marks(rendering.marks(self._model.name, pointer))

    def _show_no_reading(self, rendering: Rendering) -> None:
        pane = rendering.answers.pane(self._model.name)
        self.view.show_overlay(None, smooth=True)
        self.view.show_inset(None)
        self.view.show_caption(pane.error if pane else "asking …")
        self.view.setToolTip(as_tip(pane.error) if pane else "")
        self._swatch.show_colour("")
        self._answer.clear()
        self._verdict.show_right(None)
        self._bars.show_before({})
        frames = [Frame(layer, rendering.image, None, "–") for layer in rendering.layers[1:]]
        self._filmstrip.show_frames(frames, "", smooth=True)
        self._lines.show_lines({}, self._model.colour)
        words = rendering.answer_words[:MOST_ANSWERS]
        self._bars.show_values(words, [None] * len(words), (), self._model.colour)

    def _show_answer(self, reading: Reading) -> None:
        self.view.setToolTip("")
        self._swatch.show_colour(reading.answer)
        self._answer.setText(f"{reading.answer} {100 * reading.probability:.0f} %")
        self._verdict.show_right(reading.right)

    def _frame(self, name: str, rendering: Rendering) -> Frame:
        layer, view = rendering.layer_of(self._model.name, name), rendering.view_of(self._model.name, name)
        if view is not None:
            return Frame(name, view.picture, NOTHING, rendering.view_answer(self._model.name, view) or "–",
                         f"{name}: the part of the image that is sampled from here on")
        if layer is None:
            return Frame(name, rendering.image, None, "–", f"{name}: no attention at this layer")
        hint = f"{name}: {layer.kind} over {layer.cells.shape[1]} × {layer.cells.shape[0]} cells"
        if layer.answer is not None and layer.probability is not None:
            hint += f"; the answer here is {layer.answer}, {100 * layer.probability:.0f} %"
        change = rendering.change(self._model.name, name)
        hint += f"; changed: {change}" if change else ""
        overlay = rendering.overlay(self._model.name, name)
        return Frame(name, rendering.image, overlay, layer.answer or "–", hint, changed=bool(change))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Start a drag of the pane outside the picture."""
        self._drag_starter.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Continue the drag."""
        self._drag_starter.move(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Accept the drop of another network."""
        if name_in(event.mimeData()) not in ("", self._model.name):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Move the dropped network to this pane's place."""
        place = [model.name for model in self._session.state.models].index(self._model.name)
        self._session.comparison.move(name_in(event.mimeData()), place)
        event.acceptProposedAction()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """The same size for every layout, because the layout depends on the size."""
        return QSize(LEAST_WIDTH, self._heads() + least_height(self._bars.rows, self._text_heights()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Choose the layout with the largest picture."""
        super().resizeEvent(event)
        self._fit()

    def _text_heights(self) -> TextHeights:
        return TextHeights(self._title.sizeHint().height() + 8, self._filmstrip.words_height, self._bars.least_row)

    def _heads(self) -> int:
        words = self._surgery.words
        return self._text_heights().head + GAP + (0 if words.isHidden() else words.sizeHint().height() + GAP)

    def _fit(self) -> None:
        fit = fit_pane(self.width(), self.height() - self._heads(), self._layers, self._bars.rows, self._text_heights())
        if fit == self._fitted:
            return
        self._fitted = fit
        direction = QBoxLayout.Direction
        self._body.setDirection(direction.LeftToRight if fit.aside else direction.TopToBottom)
        self._body.setSpacing(2 * GAP if fit.aside else GAP)
        self._below.setMaximumWidth(ASIDE if fit.aside else UNBOUNDED)
        self._below.setMinimumWidth(ASIDE if fit.aside else 0)
        self._filmstrip.set_side(fit.film)
        self._film.setDirection(direction.TopToBottom if fit.line else direction.LeftToRight)
        self._lines.stand(fit.line, fit.film_width(self._layers), FILM_EDGE + fit.film // 2)
        self._bars.set_row(fit.row)


def _shown_answers(reading: Reading) -> tuple[Sequence[str], Sequence[float]]:
    """All answers in the network's order; of a long list, the most probable ones, best first."""
    words, values = reading.explanation.answers, reading.explanation.probabilities.tolist()
    if len(words) <= MOST_ANSWERS:
        return words, values
    best = sorted(zip(values, words, strict=True), key=lambda pair: -pair[0])[:MOST_ANSWERS]
    return [word for _, word in best], [value for value, _ in best]
