"""Two networks over one another, with a line to drag between them, or in turns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pan_explorer.session.session import Session
from pan_explorer.state.rendering import Rendering
from pan_explorer.values.view import Model, Pointer
from pan_explorer.widgets.image_view import ImageView
from pan_explorer.widgets.labels import ElidedLabel
from pan_explorer.widgets.swipe_view import SwipeView


class SwipePane(QWidget):
    """The first two of the shown networks, in the order of their chips."""

    def __init__(self, session: Session, models: Sequence[Model], *, flicker: bool) -> None:
        super().__init__()
        self._models = models[:2]
        self._swipe = SwipeView()
        self._titles = []
        head = QHBoxLayout()
        head.setSpacing(12)
        for model, side in zip(self._models, (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight), strict=False):
            title = ElidedLabel()
            title.setProperty("title", True)
            title.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            palette = title.palette()
            palette.setColor(QPalette.ColorRole.WindowText, model.colour)
            title.setPalette(palette)
            head.addWidget(title, 1)
            self._titles.append(title)
        for view in self.views():
            view.viewport_wanted.connect(session.view.set_viewport)
            view.pointed.connect(session.view.set_pointer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        if len(self._models) == 2:
            column.addWidget(self._swipe, 1)
            self._swipe.flicker(flicker)
        else:
            self._swipe.setParent(self)
            self._swipe.hide()
            missing = QLabel("Show two networks with their chips above to see them here.")
            missing.setProperty("quiet", True)
            column.addWidget(missing, 1, Qt.AlignmentFlag.AlignCenter)

    def views(self) -> Sequence[ImageView]:
        """Both pictures."""
        return self._swipe.first, self._swipe.second

    def refresh(self, rendering: Rendering) -> None:
        """Show both networks at the chosen layer."""
        for model, title, view in zip(self._models, self._titles, self.views(), strict=False):
            reading, pane = rendering.reading(model.name), rendering.answers.pane(model.name)
            view.setAccessibleName(f"attention of {model.title}")
            view.show_image(rendering.image_of(model.name), len(rendering.image))
            view.show_overlay(rendering.overlay(model.name), smooth=rendering.smooth)
            view.show_caption(rendering.note(model.name) if reading else pane.error if pane else "asking …")
            answer = f"  {reading.answer} {100 * reading.probability:.0f} %" if reading else ""
            title.setText(f"{model.title}{answer}")

    def show_marks(self, rendering: Rendering, pointer: Pointer | None) -> None:
        """Outline the queried object and the receptive fields of the cells under the pointer."""
        for model, view in zip(self._models, self.views(), strict=False):
            view.show_marks(rendering.marks(model.name, pointer))
