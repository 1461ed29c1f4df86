"""What a person reads of a text that Qt may take for more than words."""

from __future__ import annotations

import re

from PySide6.QtGui import Qt, QTextDocument


def label_words(text: str) -> str:
    """The words on a button or an action: `&` underlines the next letter, and is itself written twice."""
    return re.sub("&(.)", r"\1", text)


def tip_words(tip: str) -> str:
    """The words of a tool tip, which may be HTML."""
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText() if Qt.mightBeRichText(tip) else tip
