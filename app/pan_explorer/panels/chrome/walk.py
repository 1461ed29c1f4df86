"""The panel of a walk above the page: the step's text and task, and the buttons Next, Back and Leave."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QVBoxLayout, QWidget

from pan_explorer.panels.file_dialogs import choose_walk_page
from pan_explorer.session.session import Session
from pan_explorer.state.walk import WalkState
from pan_explorer.widgets.buttons import button, menu_button, show_icon
from pan_explorer.widgets.foreign_words import as_label
from pan_explorer.widgets.labels import heading

LEFT, RIGHT = 6, 4
"""Shares of the width: the text and the task."""
HEAD = 20
"""Height of both headings in pixels, so that both texts start at the same height."""


class WalkPanel(QWidget):
    """Shows the step of the walk; hidden if there is none."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._walk = session, session.walk
        self.setProperty("surface", "walk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("walk")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._title = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._text, self._task = _words(), _words()
        self._title.setProperty("title", True)
        self._heading = heading("Your turn")
        for head in (self._title, self._heading):
            head.setMinimumHeight(HEAD)
        self._steps = menu_button("", "Go to a step, or write the walk as a web page", QMenu(self))
        self._back = button("Back", "The step before (Alt+←)", name="previous step")
        show_icon(self._back, "left")
        self._next = button("Next", "The next step (Alt+→)", name="next step", primary=True)
        self._leave = button("Leave", "Return to the state before the walk (Alt+W)", name="leave the walk")
        self._back.clicked.connect(self._walk.back)
        self._next.clicked.connect(self._go_on)
        self._leave.clicked.connect(self._walk.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(32)
        row.addLayout(_column(self._title, self._text), LEFT)
        row.addLayout(_column(self._heading, self._task), RIGHT)
        row.addLayout(self._buttons())
        self._walk.state_changed.connect(self._show)
        self.hide()

    def _buttons(self) -> QVBoxLayout:
        way, out = QHBoxLayout(), QHBoxLayout()
        for line, widgets in ((way, (self._back, self._next)), (out, (self._steps, self._leave))):
            line.setSpacing(8)
            for widget in widgets:
                line.addWidget(widget, 1)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(way)
        column.addLayout(out)
        column.addStretch()
        return column

    @Slot(object)
    def _show(self, walk: WalkState) -> None:
        step = walk.step
        self.setVisible(step is not None)
        if step is None:
            return
        self._title.setText(step.title)
        self._text.setText(step.text)
        self._task.setText(step.task)
        self._heading.setVisible(bool(step.task))
        self._steps.setText(f"{walk.place + 1} of {len(walk.steps)}")
        self._fill_menu(walk)
        self._back.setEnabled(walk.place > 0)
        self._next.setText("Done" if walk.is_last else "Next")
        show_icon(self._next, "check" if walk.is_last else "right", last=not walk.is_last)
        self._next.setAccessibleName("end the walk" if walk.is_last else "next step")
        spoken = f"Step {walk.place + 1}: {step.title}. {step.text} {step.task}".replace("**", "")
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))

    def _fill_menu(self, walk: WalkState) -> None:
        menu = self._steps.menu()
        menu.clear()
        for place, step in enumerate(walk.steps):
            action = menu.addAction(as_label(f"{place + 1}   {step.title}"))
            action.setCheckable(True)
            action.setChecked(place == walk.place)
            action.triggered.connect(lambda _, place=place: self._walk.go_to(place))
        menu.addSeparator()
        menu.addAction("Web page of the walk …").triggered.connect(self._choose_page)

    @Slot()
    def _go_on(self) -> None:
        if self._walk.state.is_last:
            self._walk.leave()
        else:
            self._walk.next()

    @Slot()
    def _choose_page(self) -> None:
        choose_walk_page(self, self._session)


def _words() -> QLabel:
    """A label for Markdown, with word wrap."""
    label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.MarkdownText)
    label.setProperty("reading", True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return label


def _column(head: QLabel, words: QLabel) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(head)
    column.addWidget(words, 1)
    return column
