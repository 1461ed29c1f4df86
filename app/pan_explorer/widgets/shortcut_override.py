"""Keys that a focused widget keeps although they are shortcuts of the window (`ShortcutOverride`)."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTextEdit, QWidget

HORIZONTAL = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End})
VERTICAL = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End})
ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
WITH_OTHERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def override(event: QEvent, keys: Collection[Qt.Key]) -> bool:
    """Accept a `ShortcutOverride` event for one of these keys, so that no shortcut runs.

    Returns:
        Whether the event was accepted.
    """
    asks = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in keys
    if asks:
        event.accept()
    return asks


def override_typing(event: QEvent) -> bool:
    """Likewise for all keys that type text: without Ctrl, Alt and Meta, and except F1 to F35."""
    asks = (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
            and not event.modifiers() & WITH_OTHERS and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35)
    if asks:
        event.accept()
    return asks


def override_copying(event: QEvent, focus: QWidget | None) -> bool:
    """Likewise for Ctrl+C, if the focused widget is a text, or a label with selected words."""
    has_words = isinstance(focus, QPlainTextEdit | QTextEdit) or (isinstance(focus, QLabel) and focus.hasSelectedText())
    asks = (has_words and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Copy))
    if asks:
        event.accept()
    return asks
