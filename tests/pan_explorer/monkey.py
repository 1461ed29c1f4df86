"""A monkey at windows: seeded random clicks, keys, menu items, drags, files good and bad, and closing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QWidget,
)
from shiboken6 import isValid

from pan_explorer.shell.main_window import MainWindow

LEFT_ALONE = ("Quit",)
KEYS = (
    *(getattr(Qt.Key, f"Key_{key}") for key in "0123456789ABCDFGHLNOQRSVWXZ"),
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete,
    Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
)  # fmt: skip
MODIFIERS = (Qt.KeyboardModifier.NoModifier,) * 8 + (
    Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
SIZES = (QSize(1000, 680), QSize(1280, 800), QSize(1920, 1080), QSize(1100, 1000))
MOST_DIALOGS = 3


class Monkey:
    """Acts on windows at random; the same seed does the same as long as they answer alike.

    Args:
        windows: What it plays with, now with one, now with another.
        files: Files and folders, good and bad, that it drops and chooses in dialogs.
        folder: Where it saves.
        seed: Decides what it does.
    """

    def __init__(self, windows: Sequence[MainWindow], files: Sequence[Path], folder: Path, seed: int) -> None:
        self.window = windows[0]
        self._windows = windows
        self.done: Counter[str] = Counter()
        self._menus = QTimer(windows[0], interval=10)  # a menu waits in an event loop of its own
        self._menus.timeout.connect(self.leave_menu)
        self._menus.start()
        self._files = files
        self._folder = folder
        self._random = random.Random(seed)
        self._actions: dict[Callable[[], object], int] = {
            self._click: 30, self._press_key: 25, self._trigger: 12, self._drag: 14, self._turn_wheel: 5,
            self._choose_in_list: 6, self._move_slider: 4, self._type: 3, self._drop: 3, self._copy: 1,
            self._resize: 2, self._close: 1,
        }  # fmt: skip

    def leave_menu(self) -> None:
        """Take something of a menu that waits for a person, or nothing."""
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu) and self._random.random() < 0.5:
            actions = [each for each in popup.actions()
                       if each.isEnabled() and not (each.isSeparator() or each.menu() or each.text() in LEFT_ALONE)]
            if actions:
                self._random.choice(actions).trigger()
        if popup is not None:
            popup.close()

    def act(self) -> None:
        """Do something, and let the window do what follows from it."""
        self.window = self._random.choice(self._windows)
        action = self._random.choices(list(self._actions), list(self._actions.values()))[0]
        self.done[action.__name__.strip("_")] += 1
        action()
        self._settle_dialogs()
        for _ in range(self._random.choice((1, 1, 3))):
            QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def leave(self) -> None:
        """Close every dialog and menu, and go."""
        self._menus.stop()
        self._close_dialogs()

    def _close_dialogs(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if widget not in self._windows and widget.isVisible():
                widget.close()
        QCoreApplication.processEvents()

    def _place(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._random.choice(
            [self.window, *(each for each in QApplication.topLevelWidgets()
                            if isinstance(each, QDialog) and each.isVisible())])

    def _one(self, kind: type[QWidget]) -> QWidget | None:
        usable = [each for each in self._place().findChildren(kind)
                  if isValid(each) and each.isVisible() and each.isEnabled() and not each.size().isEmpty()]
        return self._random.choice(usable) if usable else None

    def _click(self) -> None:
        if (button := self._one(QAbstractButton)) is not None:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _press_key(self) -> None:
        place = self._place()
        QTest.keyClick(place.focusWidget() or place, self._random.choice(KEYS), self._random.choice(MODIFIERS))

    def _trigger(self) -> None:
        actions = [each for each in self.window.actions() if each.isEnabled() and each.text() not in LEFT_ALONE]
        if actions and QApplication.activeModalWidget() is None:
            self._random.choice(actions).trigger()

    def _drag(self) -> None:
        widget = self._one(QWidget)
        if widget is None:
            return
        button = self._random.choice((Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton))
        QTest.mousePress(widget, button, pos=self._point(widget))
        for _ in range(3):
            QTest.mouseMove(widget, self._point(widget))
        QTest.mouseRelease(widget, button, pos=self._point(widget))

    def _turn_wheel(self) -> None:
        if (widget := self._one(QWidget)) is not None:
            place = QPointF(self._point(widget))
            turn = QPoint(0, self._random.choice((-240, -120, 120, 240)))
            none = Qt.MouseButton.NoButton
            QApplication.sendEvent(widget, QWheelEvent(
                place, widget.mapToGlobal(place), QPoint(), turn, none, Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase, False))  # fmt: skip

    def _choose_in_list(self) -> None:
        box = self._one(QComboBox)
        if isinstance(box, QComboBox) and box.count():
            place = self._random.randrange(box.count())
            box.setCurrentIndex(place)
            box.activated.emit(place)

    def _move_slider(self) -> None:
        slider = self._one(QAbstractSlider)
        if isinstance(slider, QAbstractSlider):
            slider.setValue(self._random.randint(slider.minimum(), slider.maximum()))

    def _type(self) -> None:
        field = self._one(QLineEdit)
        if isinstance(field, QLineEdit):
            field.selectAll()
            QTest.keyClicks(field, self._random.choice(("7", "-1", "nonsense", "0.5", "1e9", "")))
        spin = self._one(QAbstractSpinBox)
        if isinstance(spin, QAbstractSpinBox):
            spin.stepBy(self._random.choice((-3, -1, 1, 3)))

    def _drop(self) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(self._random.choice(self._files)))])
        self.window.dropEvent(QDropEvent(
            QPointF(20, 20), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))

    def _copy(self) -> None:
        image = QImage(self._random.randint(1, 300), self._random.randint(1, 300), QImage.Format.Format_RGB32)
        image.fill(self._random.randrange(1 << 24))
        QGuiApplication.clipboard().setImage(image)

    def _resize(self) -> None:
        self.window.resize(self._random.choice(SIZES))

    def _close(self) -> None:
        """Close the window; it comes back, or asks first because a network trains."""
        self.window.close()
        self.window.show()

    def _settle_dialogs(self) -> None:
        """Choose a file where one is asked for; never let dialogs pile up."""
        dialogs = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
        for dialog in dialogs:
            if isinstance(dialog, QFileDialog):
                saves = dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
                chosen = self._saved(dialog) if saves else self._random.choice(self._files)
                dialog.fileSelected.emit(str(chosen))
                dialog.reject()
        for dialog in dialogs[MOST_DIALOGS:]:
            dialog.close()
        if dialogs and self._random.random() < 0.1:
            self._close_dialogs()

    def _saved(self, dialog: QFileDialog) -> Path:
        suffix = dialog.defaultSuffix()
        good = self._folder / f"saved-{self._random.randrange(5)}{'.' + suffix if suffix else ''}"
        return self._random.choice((good, good, self._folder / "no such folder" / "file.png"))

    def _point(self, widget: QWidget) -> QPoint:
        return QPoint(self._random.randrange(widget.width()), self._random.randrange(widget.height()))
