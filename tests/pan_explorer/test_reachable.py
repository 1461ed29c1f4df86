"""Everything can be used without a mouse and without eyes: names, tool tips, and a way by the Tab key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from pan_explorer.panels.chrome.export_dialog import ExportDialog
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.theme import Theme
from pan_explorer.values.view import PAGES, VIEWS

CONTROLS = (
    QAbstractButton, QAbstractSlider, QAbstractSpinBox, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit,
    QTextEdit,
)  # fmt: skip


@pytest.fixture
def window(session: Session, qapp: QApplication, qtbot) -> Iterator[MainWindow]:
    sheet, palette = qapp.styleSheet(), qapp.palette()
    theme = Theme(qapp)
    window = MainWindow()
    window.fill(session, theme)
    qtbot.addWidget(window)
    window.show()
    session.begin()
    qtbot.waitUntil(lambda: bool(session.state.shipped and session.state.answers and session.state.answers.panes),
                    timeout=30_000)
    yield window
    theme.deleteLater()
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


def controls(window: QWidget) -> list[QWidget]:
    """What a person uses; parts of Qt's own controls and areas that only scroll are none."""
    return [
        widget for widget in window.findChildren(QWidget)
        if isinstance(widget, CONTROLS) and not isinstance(widget, QScrollBar)
        and not widget.objectName().startswith("qt_") and not belongs_to_a_control(widget)
    ]  # fmt: skip


def belongs_to_a_control(widget: QWidget) -> bool:
    parent = widget.parent()
    while isinstance(parent, QWidget):
        if isinstance(parent, CONTROLS):
            return True
        parent = parent.parent()
    return False


def lacking(widgets: list[QWidget]) -> list[str]:
    told = []
    for widget in widgets:
        name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        faults = [fault for fault, there in (("name", name), ("tool tip", widget.toolTip())) if not there]
        if faults:
            told.append(f"{type(widget).__name__} {name!r} in {type(widget.parent()).__name__}: no {', '.join(faults)}")
    return told


@pytest.mark.parametrize("page", PAGES)
def test_every_control_of_a_page_has_a_name_and_says_what_it_does(window: MainWindow, session: Session, page) -> None:
    session.show_page(page)
    assert lacking(controls(window)) == []


@pytest.mark.parametrize("view", VIEWS)
def test_every_control_of_each_way_of_comparing_has_them_too(window: MainWindow, session: Session, view) -> None:
    if view != "panes":
        session.view.compare_as(view)
    assert lacking(controls(window)) == []


def test_every_control_of_the_export_has_them_too(window: MainWindow, session: Session) -> None:
    dialog = ExportDialog(window, session)
    assert lacking(controls(dialog)) == []
    dialog.reject()


def test_every_enabled_control_is_reached_by_the_tab_key(window: MainWindow) -> None:
    unreachable = [
        f"{type(widget).__name__} {widget.accessibleName()!r}" for widget in controls(window)
        if widget.isVisible() and widget.isEnabled() and not widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]  # fmt: skip
    assert unreachable == []
