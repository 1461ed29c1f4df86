"""The report on a set: contents, remarks and the score of guesses, as from `pan data check`."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from pan.data.check import Checked
from pan.data.check.summary import Fact, commands, facts, faults, headline
from pan.data.parts import set_of
from pan_explorer.session.browser import WHAT_IS_A_SET
from pan_explorer.session.session import Session
from pan_explorer.widgets.foreign_words import as_title
from pan_explorer.widgets.labels import heading, quiet
from pan_explorer.widgets.layouts import clear_layout
from pan_explorer.widgets.scroll_areas import scrolled
from pan_explorer.widgets.thin_bar import ThinBar

WIDTH, HEIGHT = 640, 340
SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


def show_set(parent: QWidget, session: Session) -> None:
    """Check the opened set, and show the report."""
    folder = session.state.folder
    if folder is None:
        session.failed.emit(WHAT_IS_A_SET)
        return
    _new_page(parent, session, set_of(folder)).look()


def show_checked(parent: QWidget, session: Session, folder: Path, checked: Checked) -> None:
    """Show the report of a set that was checked before; if not all its images were opened, check it again."""
    page = _new_page(parent, session, folder)
    if checked.is_complete:
        page.show_found(checked)
    else:
        page.look()


def _new_page(parent: QWidget, session: Session, folder: Path) -> SetPage:
    for page in parent.findChildren(SetPage):
        page.close()  # only one set is checked at a time
    page = SetPage(parent, session, folder)
    page.show()
    return page


class SetPage(QDialog):
    """Shows the report on a set; the check runs in the background.

    Args:
        parent: The window.
        session: Checks the set.
        folder: The set.
    """

    def __init__(self, parent: QWidget, session: Session, folder: Path) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(as_title(f"The set {folder.name}"))
        self._check, self._folder = session.check, folder
        self._note = quiet(f"Checking every image and mask of {folder} …")
        self._note.setWordWrap(True)
        self._bar = ThinBar(4, "questions looked at")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(self._grid)
        rows.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._note)
        column.addWidget(self._bar)
        column.addWidget(scrolled(inner, along=Qt.Orientation.Vertical), 1)
        self.resize(WIDTH, HEIGHT)

    def look(self) -> None:
        """Check the set and show the report."""
        self._check.progressed.connect(self._bar.show_share)
        self._check.found.connect(self.show_found)
        self._check.failed.connect(self._refuse)
        self.finished.connect(self._check.drop)
        self._check.look(self._folder)

    @Slot(object)
    def show_found(self, checked: Checked) -> None:
        """Show the report."""
        self._bar.hide()
        self._note.setText(headline(checked))
        clear_layout(self._grid)
        self._add_facts(facts(checked))
        odd = faults(checked)
        self._add_row(heading("Remarks"), "\n".join(odd) if odd else "nothing that can be told without a network")
        self._add_facts(commands(checked))

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        self._bar.hide()
        self._note.setText(sentence)

    def _add_facts(self, told: list[Fact]) -> None:
        for fact in told:
            self._add_row(heading(fact.name.capitalize()), fact.text)

    def _add_row(self, name: QLabel, text: str) -> None:
        row = self._grid.rowCount()
        value = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        value.setTextInteractionFlags(SELECTABLE)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1)
