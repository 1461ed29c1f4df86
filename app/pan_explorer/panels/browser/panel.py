"""The browser of a reference set: filter and sort its questions, and show one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from pan.data.parts import set_of
from pan.evaluation.answer_selection import Order, Selection
from pan_explorer.panels.browser.filters import BrowserFilters
from pan_explorer.panels.browser.question_rows import GAP, QuestionRows
from pan_explorer.panels.browser.set_page import show_set
from pan_explorer.panels.browser.summary import BrowserSummary
from pan_explorer.session.session import Session
from pan_explorer.state.browser import BrowserState
from pan_explorer.state.browser_presets import Preset, presets
from pan_explorer.values.view import Model
from pan_explorer.widgets.buttons import button, menu_button
from pan_explorer.widgets.foreign_words import as_label, as_tip
from pan_explorer.widgets.labels import ElidedLabel, quiet
from pan_explorer.widgets.long_list import LongList
from pan_explorer.widgets.scroll_areas import scrolled
from pan_explorer.widgets.thin_bar import ThinBar

WIDTH = 264


class Browser(QWidget):
    """The left column in place of the image list, while questions are browsed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._listed: tuple[object, object] = (None, None)
        self.setFixedWidth(WIDTH)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = ElidedLabel("", Qt.TextElideMode.ElideLeft)
        self._title.setProperty("title", True)
        images = button("Images", "List the images of the set instead (L)")
        images.clicked.connect(session.browser.hide)
        self._presets = QMenu(self)
        self._presets.aboutToShow.connect(self._fill_presets)
        self._presets.triggered.connect(self._take_preset)
        self._evaluate = button("Evaluate", "Ask the networks all questions of the set", primary=True)
        self._evaluate.clicked.connect(self._act)
        self._bar = ThinBar(4, "progress of the evaluation")
        self._summary = BrowserSummary(session)
        self._filters = BrowserFilters(session)
        self._count = ElidedLabel()
        self._count.setProperty("quiet", True)
        self._clear = button("Clear", "List all questions as they are stored")
        self._clear.clicked.connect(self._list_all)
        self._list = LongList(name="questions", hint="↑ and ↓ go from question to question", gap=GAP)
        self._list.chosen.connect(session.browser.choose)
        self._empty = quiet()
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        content = QWidget()
        whole, column = QVBoxLayout(self), QVBoxLayout(content)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(content, along=Qt.Orientation.Vertical))  # a low page scrolls this column alone
        column.setContentsMargins(12, 8, 6, 0)
        column.setSpacing(8)
        look = button("i", "Contents of the set, and remarks on it", name="check the set")
        look.setProperty("narrow", True)
        look.clicked.connect(lambda: show_set(self.window(), session))
        head = _row(self._title, look)
        head.addWidget(images)
        column.addLayout(head)
        column.addLayout(self._work())
        column.addWidget(self._bar)
        column.addWidget(self._summary)
        column.addWidget(self._filters)
        column.addLayout(_row(self._count, self._clear))
        column.addLayout(self._stack, 1)
        session.thumbnails.thumbnail_ready.connect(self._list.viewport().update)
        session.browser.state_changed.connect(self._refresh)
        session.models_changed.connect(self._refresh)
        self._refresh()

    def _work(self) -> QHBoxLayout:
        find = menu_button("Find", "Common searches", self._presets)
        find.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._evaluate, 1)
        row.addWidget(find, 1)
        return row

    def _models(self) -> list[Model]:
        return [model for model in self._session.state.models if model.shown]

    @Slot()
    def _refresh(self) -> None:
        state, models = self._session.browser.state, self._models()
        self.setVisible(state.open)
        if not state.open:
            return
        self._title.setText(set_of(state.folder).name if state.folder else "")
        self._title.setToolTip(str(state.folder))
        self._summary.show_state(state, models)
        self._filters.show_state(state, [model for model in self._session.state.models
                                         if model.shown or model.name in state.named])
        self._show_work(state, models)
        self._show_list(state, models)

    def _show_work(self, state: BrowserState, models: list[Model]) -> None:
        progress, unknown = state.progress, state.unknown(model.name for model in models)
        self._bar.setVisible(progress is not None)
        self._evaluate.setVisible(bool(unknown) or progress is not None)
        if progress is None:
            self._evaluate.setText("Evaluate 1 network" if len(unknown) == 1 else f"Evaluate {len(unknown)} networks")
            names = self._titles(unknown)
            self._evaluate.setToolTip(as_tip(f"Ask {names} all questions of the set, to filter and sort by answers"))
            return
        self._bar.show_share(progress.done, progress.total)
        self._evaluate.setText("Cancel")
        self._evaluate.setToolTip(as_tip(f"{progress.what}: {progress.done:,} of {progress.total:,}"))

    def _show_list(self, state: BrowserState, models: list[Model]) -> None:
        known = tuple(model for model in models if model.name in state.evaluated)
        if self._listed[0] is not state.rows or self._listed[1] != known:
            show = self._list.renew if self._listed[0] is state.rows else self._list.show_rows
            self._listed = state.rows, known
            show(QuestionRows(state, models, self._session.thumbnails))
        if self._list.current != state.current:
            self._list.show_current(state.current)
        total = len(state.questions) if state.questions is not None else 0
        progress = state.progress
        self._count.setText(f"{len(state.rows):,} of {total:,} questions" if progress is None
                            else f"{progress.what} · {progress.done:,} of {progress.total:,}")
        self._clear.setEnabled((state.selection, state.order) != (Selection(), Order()))
        self._stack.setCurrentIndex(0 if len(state.rows) else 1)
        self._empty.setText(self._why_empty(state))

    def _why_empty(self, state: BrowserState) -> str:
        if state.missing:
            return f"{self._titles(sorted(state.missing))} must answer all questions first.\n" + (
                "They are listed as soon as that is done." if state.progress else "Press Evaluate.")
        return "No question matches.\nChange a filter, or press Clear for all of them."

    def _titles(self, names: Iterable[str]) -> str:
        titles = {model.name: model.title for model in self._session.state.models}
        return ", ".join(titles.get(name, name) for name in names)

    @Slot()
    def _act(self) -> None:
        if self._session.browser.state.progress is None:
            self._session.browser.evaluate(self._session.state.asked)
        else:
            self._session.browser.cancel()

    @Slot()
    def _list_all(self) -> None:
        self._session.browser.list_questions(Selection(), Order())

    @Slot()
    def _fill_presets(self) -> None:
        self._presets.clear()
        for preset in presets(self._models()):
            self._presets.addAction(as_label(preset.title)).setData(preset)

    @Slot(QAction)
    def _take_preset(self, action: QAction) -> None:
        preset: Preset = action.data()
        self._session.browser.list_questions(preset.selection, preset.order)
        if self._session.browser.state.missing:
            self._session.browser.evaluate(self._session.state.asked)


def _row(stretched: QWidget, fixed: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(stretched, 1)
    row.addWidget(fixed)
    return row
