"""A line edit for one of many words, with completion from any part of a word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from pan_explorer.widgets.foreign_words import as_tip

WIDTH = 150
MOST_LINES = 12


class WordLine(QLineEdit):
    """`chosen` carries a word confirmed by Return or taken from the list; the shown word stays until it is set."""

    chosen = Signal(str)

    def __init__(self, words: Sequence[str], *, name: str, hint: str) -> None:
        super().__init__()
        self._word = ""
        self._words = {word.casefold(): word for word in words}
        self._hint = hint
        self._model = QStringListModel(words, self)
        completer = QCompleter(self._model, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(MOST_LINES)
        self.setCompleter(completer)
        self.setAccessibleName(name)
        self.setToolTip(hint)
        self.setFixedWidth(WIDTH)
        completer.activated.connect(self._tell)
        self.returnPressed.connect(self._tell_typed)

    def show_word(self, word: str) -> None:
        """Set the chosen word without a signal."""
        self._word = word
        self.setText(word)

    def put_first(self, words: Sequence[str]) -> None:
        """List these words first, because they are in the image."""
        self._model.setStringList([*words, *(word for word in self._words.values() if word not in words)])
        self.setToolTip(as_tip(f"{self._hint}\nIn this image: {', '.join(words)}") if words else self._hint)

    @Slot()
    def _tell_typed(self) -> None:
        self._tell(self.text())

    @Slot(str)
    def _tell(self, text: str) -> None:
        word = self._words.get(text.strip().casefold(), text.strip())
        self.setText(self._word)
        self.chosen.emit(word)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Select the text, so that typing replaces it."""
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Discard unconfirmed text."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # the list takes the focus
            self.setText(self._word)
