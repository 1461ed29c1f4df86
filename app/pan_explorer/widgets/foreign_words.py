"""Words of others, such as names of files and networks: neither shortcuts nor markup nor marks."""

from __future__ import annotations

from PySide6.QtGui import Qt  # with the functions on rich text, which `QtCore` lacks


def as_label(words: str) -> str:
    """Text of a button or an action: `&` is a sign, and underlines no letter."""
    return words.replace("&", "&&")


def as_tip(words: str) -> str:
    """Text of a tool tip: what looks like HTML is shown as it is written."""
    return Qt.convertFromPlainText(words) if Qt.mightBeRichText(words) else words


def as_title(words: str) -> str:
    """Title of a window: `[*]` is written, and is no place for the mark of unsaved changes."""
    return words.replace("[*]", "[*][*]")
