"""Keys that a focused widget keeps although they are shortcuts of the window (`ShortcutOverride`)."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

ACROSS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End})
DOWN = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End})
ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
WITH_OTHERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def keep(event: QEvent, keys: Collection[Qt.Key]) -> bool:
    """Accept the `ShortcutOverride` event of one of these keys; whether it was one."""
    asks = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in keys
    if asks:
        event.accept()
    return asks


def keep_plain(event: QEvent) -> bool:
    """The same for all keys without Ctrl, Alt or Meta, except F1 to F35."""
    asks = (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
            and not event.modifiers() & WITH_OTHERS and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35)
    if asks:
        event.accept()
    return asks
