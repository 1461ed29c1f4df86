"""All queries about an image at once: a row for each query, a column for each network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pan_explorer.pictures.picture import MOST_ASKED, Truth
from pan_explorer.session.session import Session
from pan_explorer.state.answers import Answers
from pan_explorer.state.rendering import Rendering
from pan_explorer.values.view import Model, Pointer
from pan_explorer.widgets.foreign_words import as_tip
from pan_explorer.widgets.image_view import ImageView
from pan_explorer.widgets.labels import Dot, ElidedLabel, quiet
from pan_explorer.widgets.layouts import clear_layout
from pan_explorer.widgets.scroll_areas import scrolled
from pan_explorer.widgets.segmented import Segmented
from pan_explorer.widgets.verdict import Verdict

SMALLEST, LARGEST, GAP = 64, 150, 6
WORDS = 106
"""Smallest width of a shortened answer, in pixels."""
WHICH = (("there", "In the image"), ("all", "All"))


class QueryGrid(QWidget):
    """Each picture shows a network's attention for one query at the chosen layer; a click asks that query."""

    def __init__(self, session: Session, models: Sequence[Model]) -> None:
        super().__init__()
        self._session = session
        self._models = models
        self._views: dict[tuple[str, str], ImageView] = {}
        self._answers: dict[tuple[str, str], ElidedLabel] = {}
        self._verdicts: dict[tuple[str, str], Verdict] = {}
        self._names: dict[str, QLabel] = {}
        self._which = Segmented(WHICH, name="queries")
        self._which.choose("all" if session.table.complete else "there")
        self._which.chosen.connect(self._choose_which)
        self._note = quiet()
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._which)
        head.addWidget(self._note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(scrolled(self._body, along=Qt.Orientation.Vertical), 1)
        session.table.rows_changed.connect(self._show_rows)
        session.table.complete_changed.connect(self._show_which)
        session.query_changed.connect(self._show_query)
        self._show_rows()

    def views(self) -> Sequence[ImageView]:
        """All pictures."""
        return list(self._views.values())

    def refresh(self, rendering: Rendering) -> None:
        """Show the answers of all networks to all queries at the chosen layer."""
        for answers in self._session.table.rows:
            row = replace(rendering, answers=answers)
            for model in self._models:
                view, text = self._views[answers.query, model.name], self._answers[answers.query, model.name]
                view.show_image(row.image_of(model.name), len(row.image))
                view.show_overlay(row.overlay(model.name), smooth=rendering.smooth)
                reading, pane = row.reading(model.name), answers.pane(model.name)
                text.setText(f"{reading.answer} {100 * reading.probability:.0f} %" if reading else "–")
                self._verdicts[answers.query, model.name].show_right(reading.right if reading else None)
                text.setToolTip(as_tip(pane.error) if pane else "")

    def show_marks(self, rendering: Rendering, pointer: Pointer | None) -> None:
        """Outline the queried objects and the receptive fields of the cells under the pointer."""
        for answers in self._session.table.rows:
            row = replace(rendering, answers=answers)
            for model in self._models:
                self._views[answers.query, model.name].show_marks(row.marks(model.name, pointer))

    @Slot(str)
    def _choose_which(self, which: str) -> None:
        self._session.table.show_complete(which == "all")

    @Slot(bool)
    def _show_which(self, complete: bool) -> None:
        self._which.choose("all" if complete else "there")

    @Slot()
    def _show_rows(self) -> None:
        rows = self._session.table.rows
        if [answers.query for answers in rows] != list(self._names):
            self._build(rows)
        for answers in rows:
            truth = answers.picture.truths.get(answers.query)
            self._names[answers.query].setToolTip(as_tip(_known_of(truth)))
        known = any(answers.picture.truths for answers in rows)
        self._which.setVisible(known)
        words = len(self._session.state.queries)
        self._note.setText(f"the first {MOST_ASKED} of {words:,} words" if len(rows) == MOST_ASKED < words else "")
        if rendering := Rendering.at(self._session.state):
            self.refresh(rendering)
            self.show_marks(rendering, self._session.state.pointer)

    def _build(self, rows: Sequence[Answers]) -> None:
        clear_layout(self._grid)
        self._views, self._answers, self._verdicts, self._names = {}, {}, {}, {}
        for column, model in enumerate(self._models):
            self._grid.addWidget(_head(model), 0, 2 * column + 1, 1, 2)
            self._grid.setColumnStretch(2 * column + 2, 1)
        for number, answers in enumerate(rows, start=1):
            name = self._names[answers.query] = QLabel(answers.query, textFormat=Qt.TextFormat.PlainText)
            self._grid.addWidget(name, number, 0)
            for column, model in enumerate(self._models):
                self._grid.addWidget(self._add_view(answers.query, model), number, 2 * column + 1)
                self._grid.addLayout(self._add_words(answers.query, model), number, 2 * column + 2)
        self._grid.setRowStretch(len(rows) + 1, 1)
        self._fit()
        self._show_query()

    def _add_view(self, query: str, model: Model) -> ImageView:
        view = ImageView(smallest=SMALLEST)
        view.setAccessibleName(f"{model.title}, query {query}")
        view.viewport_wanted.connect(self._session.view.set_viewport)
        view.show_viewport(self._session.state.viewport)
        view.pointed.connect(self._session.view.set_pointer)
        view.clicked.connect(self._ask(query))
        self._views[query, model.name] = view
        return view

    def _add_words(self, query: str, model: Model) -> QHBoxLayout:
        text = self._answers[query, model.name] = ElidedLabel()
        text.set_room(WORDS)
        verdict = self._verdicts[query, model.name] = Verdict()
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(verdict)
        row.addWidget(text, 1)
        return row

    def _ask(self, query: str) -> Callable[[], None]:
        def ask() -> None:
            self._session.view.close_table()
            self._session.ask(query)

        return ask

    @Slot()
    def _show_query(self) -> None:
        for query, name in self._names.items():
            name.setProperty("title", query == self._session.state.query)
            name.setProperty("quiet", query != self._session.state.query)
            name.style().polish(name)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Make the pictures as large as all rows have room for, within limits."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        rows = max(1, len(self._names))
        side = min(max((self.height() - 70) // rows - GAP, SMALLEST), LARGEST)
        for view in self._views.values():
            view.setFixedSize(QSize(side, side))


def _known_of(truth: Truth | None) -> str:
    """What the set says about a query."""
    if truth is None:
        return "not known to be in this image"
    return f"right: {', '.join(truth.answers)}" if truth.answers else "in this image; no right answer is known"


def _head(model: Model) -> QWidget:
    head = QWidget()
    row = QHBoxLayout(head)
    row.setContentsMargins(0, 0, 0, 0)
    title = ElidedLabel(model.title, Qt.TextElideMode.ElideMiddle)
    title.setProperty("title", True)
    row.addWidget(Dot(model.colour))
    row.addWidget(title, 1)
    return head
