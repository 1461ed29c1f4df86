"""The choice of the query: buttons, a list, or a line to type in; queries present in the image stand out."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pan_explorer.session.session import Session
from pan_explorer.widgets.chooser import Chooser
from pan_explorer.widgets.folding_choice import FoldingChoice
from pan_explorer.widgets.foreign_words import as_tip
from pan_explorer.widgets.labels import quiet
from pan_explorer.widgets.word_line import WordLine

MOST_LETTERS = 20
"""The number of letters that fit on buttons side by side."""
MOST_WORDS = 12
"""The longest list of queries; with more, typing is quicker."""


class QueryBar(QWidget):
    """Chooses the query for the networks."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._buttons: FoldingChoice | None = None
        self._list: Chooser | None = None
        self._line: WordLine | None = None
        self._known: dict[str, tuple[bool, bool]] = {}
        self._words: tuple[str, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.title = quiet("Query")
        self._row.addWidget(self.title)
        session.queries_changed.connect(self._build)
        session.query_changed.connect(self._show_query)
        for changed in (session.picture_changed, session.page_changed, session.composer.composed_changed):
            changed.connect(self._show_what_is_there)
        self._build()

    @property
    def choice(self) -> FoldingChoice | None:
        """The buttons, which may fold into a list; None for many or long queries."""
        return self._buttons

    @property
    def open_width(self) -> int:
        """Width of the choice with all buttons side by side, in pixels."""
        asking = self._list or self._line
        return self._buttons.open_width if self._buttons else asking.sizeHint().width() if asking else 0

    @Slot()
    def _build(self) -> None:
        for old in (self._buttons, self._list, self._line):
            if old is not None:
                self._row.removeWidget(old)
                old.hide()
                old.deleteLater()
        self._buttons = self._list = self._line = None
        self._known.clear()
        self._words = words = self._session.state.queries
        if sum(map(len, words)) <= MOST_LETTERS:
            self._buttons = FoldingChoice([(word, word, "") for word in words], name="query", gap=3)
            self._buttons.chosen.connect(self._session.ask)
            for word in words:
                self._buttons.button(word).setProperty("narrow", True)
            self._buttons.ensurePolished()
            self._row.addWidget(self._buttons)
        elif len(words) <= MOST_WORDS:
            self._list = Chooser(name="query")
            self._list.addItems(words)
            self._list.textActivated.connect(self._session.ask)
            self._row.addWidget(self._list)
        else:
            self._line = WordLine(words, name="query", hint=f"One of {len(words):,} words: type a part of it")
            self._line.chosen.connect(self._session.ask)
            self._row.addWidget(self._line)
        self._show_query()
        self._show_what_is_there()

    def _is_built(self) -> bool:
        """Whether the shown queries are the current ones; after several changes at once, they are built last."""
        return self._words == self._session.state.queries

    @Slot()
    def _show_query(self) -> None:
        if not self._is_built():
            return
        query = self._session.state.query
        if self._buttons is not None:
            self._buttons.choose(query)
        if self._list is not None:
            self._list.setCurrentText(query)
        if self._line is not None:
            self._line.show_word(query)

    @Slot()
    def _show_what_is_there(self) -> None:
        picture = self._session.asked_picture
        if not self._is_built():
            return
        if self._line is not None:
            self._line.put_first([word for word in self._words if picture is not None and word in picture.truths])
            return
        for word in self._words:
            there = picture is not None and word in picture.truths
            absent = picture is not None and picture.lacks(word)
            if self._known.get(word) == (there, absent):
                continue  # a dragged scene changes often, its objects seldom
            self._known[word] = (there, absent)
            known = ", which is in this image" if there else ", which is not in this image" if absent else ""
            hint = f"Ask about the {word}{known}"
            if self._list is not None:
                self._list.mark(word, strong=there, faint=absent, hint=hint)
            elif self._buttons is not None:
                button = self._buttons.button(word)
                button.setProperty("there", there)
                button.setProperty("absent", absent)
                button.style().polish(button)
                button.setToolTip(as_tip(hint))
