"""Two networks over one another, with a line to drag between them, or in turns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pan_explorer.session.session import Session
from pan_explorer.state.rendering import Rendering
from pan_explorer.values.view import Model, Pointer
from pan_explorer.widgets.image_view import ImageView
from pan_explorer.widgets.labels import Dot, ElidedLabel
from pan_explorer.widgets.swipe_view import SwipeView
from pan_explorer.widgets.verdict import Verdict


class SwipePane(QWidget):
    """The first two of the shown networks, in the order of their chips."""

    def __init__(self, session: Session, models: Sequence[Model], *, flicker: bool) -> None:
        super().__init__()
        self._models = models[:2]
        self._swipe = SwipeView()
        self._titles, self._verdicts = [ElidedLabel() for _ in self._models], [Verdict() for _ in self._models]
        for title in self._titles:
            title.setProperty("title", True)
        self._swipe.turned.connect(self._show_turn)
        for view in self.views():
            view.viewport_wanted.connect(session.view.set_viewport)
            view.pointed.connect(session.view.set_pointer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._head())
        if len(self._models) == 2:
            column.addWidget(self._swipe, 1)
            self._swipe.flicker(flicker)
        else:
            self._swipe.setParent(self)
            self._swipe.hide()
            missing = QLabel("Show two networks with their chips above to see them here.")
            missing.setProperty("quiet", True)
            column.addWidget(missing, 1, Qt.AlignmentFlag.AlignCenter)

    def _head(self) -> QHBoxLayout:
        """The names and answers: the first network's at the left, the second's at the right."""
        head = QHBoxLayout()
        head.setSpacing(7)
        for model, title, verdict in zip(self._models, self._titles, self._verdicts, strict=True):
            if head.count():
                head.addStretch()
            head.addWidget(Dot(model.colour))
            head.addWidget(title)
            head.addWidget(verdict)
        return head

    @Slot(bool)
    def _show_turn(self, second: bool) -> None:
        """While they alternate, the name of the network that is not seen is pale."""
        for title, seen in zip(self._titles, (not second, second), strict=True):
            title.setProperty("quiet", not seen)
            title.style().polish(title)

    def views(self) -> Sequence[ImageView]:
        """Both pictures."""
        return self._swipe.first, self._swipe.second

    def refresh(self, rendering: Rendering) -> None:
        """Show both networks at the chosen layer."""
        shown = zip(self._models, self._titles, self._verdicts, self.views(), strict=False)
        for model, title, verdict, view in shown:
            reading, pane = rendering.reading(model.name), rendering.answers.pane(model.name)
            view.setAccessibleName(f"attention of {model.title}")
            view.show_image(rendering.image_of(model.name), len(rendering.image))
            view.show_overlay(rendering.overlay(model.name), smooth=rendering.smooth)
            view.show_caption(rendering.note(model.name) if reading else pane.error if pane else "asking …")
            answer = f"  {reading.answer} {100 * reading.probability:.0f} %" if reading else ""
            title.setText(f"{model.title}{answer}")
            verdict.show_right(reading.right if reading else None)

    def show_marks(self, rendering: Rendering, pointer: Pointer | None) -> None:
        """Outline the queried object and the receptive fields of the cells under the pointer."""
        for model, view in zip(self._models, self.views(), strict=False):
            view.show_marks(rendering.marks(model.name, pointer))
