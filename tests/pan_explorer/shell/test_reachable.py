"""Everything can be used without a mouse and without eyes: names, tool tips, and a way by the Tab key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from pan.data.sources import Sources
from pan_explorer.panels.browser.answers import AnswersDialog
from pan_explorer.panels.browser.set_page import SetPage, show_set
from pan_explorer.panels.chrome.pages import Pages
from pan_explorer.panels.training.data import SourcesDialog
from pan_explorer.panels.training.panel import TrainingPanel
from pan_explorer.panels.training.setup import TrainingSetup
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.values.view import PAGES, VIEWS
from pan_explorer.widgets.cell_canvas import CellCanvas
from pan_explorer.widgets.filmstrip import Filmstrip
from pan_explorer.widgets.image_view import ImageView
from pan_explorer.widgets.long_list import LongList
from pan_explorer.widgets.probe_strip import ProbeStrip
from pan_explorer.widgets.scene_canvas import SceneCanvas
from pan_explorer.widgets.sweep_plot import SweepPlot
from tests.pan_explorer.fake_training import CHOICES

CONTROLS = (
    QAbstractButton, QAbstractSlider, QAbstractSpinBox, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit,
    QTextEdit,
)  # fmt: skip


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


def nameless(widgets: Iterable[QWidget]) -> list[QWidget]:
    """Those that a screen reader has no words for."""
    return [each for each in widgets
            if not QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name)]


def labels(window: QWidget) -> list[str]:
    return [button.text() for button in window.findChildren(QAbstractButton)]


def in_every_font(text: str) -> bool:
    """Whether it is of Windows' western letters and signs, which no font for a desktop lacks."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


OWN = (LongList, Filmstrip, ImageView, CellCanvas, SceneCanvas, ProbeStrip, SweepPlot)
"""What is painted by hand and used by hand."""


def way_of_the_tab_key(window: QWidget) -> list[QWidget]:
    """Where the focus goes, pressed again and again, until it is where it was."""
    window.activateWindow()
    seen: list[QWidget] = []
    focus = window.focusWidget() or window
    while focus not in seen:
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        focus = window.focusWidget() or window
    return seen


def usable(window: QWidget) -> list[QWidget]:
    own = [widget for kind in OWN for widget in window.findChildren(kind)]
    covered = [canvas.parent() for canvas in window.findChildren(CellCanvas) if canvas.isVisible()]
    return [widget for widget in {*controls(window), *own}
            if widget.isVisible() and widget.isEnabled() and widget not in covered]


def in_words(widgets: Iterable[QWidget]) -> list[str]:
    return sorted(f"{type(widget).__name__} {widget.accessibleName()!r}" for widget in widgets)


def reached_alone(group: QAbstractButton, seen: list[QWidget]) -> bool:
    """Of buttons of which one is chosen, the Tab key reaches the chosen one and arrows the others."""
    buttons = group.group().buttons() if group.group() else []
    return any(each in seen for each in buttons)


@pytest.mark.parametrize("state", [*PAGES, *VIEWS[1:], "surgery", "browser", "training"])
def test_every_control_is_reached_by_the_tab_key_has_a_name_and_says_what_it_does(
    window: MainWindow, session: Session, qtbot, state
) -> None:
    match state:
        case "surgery":
            session.operate()
        case "browser":
            session.browser.toggle(session.state.asked)
        case "training":
            window.findChild(TrainingPanel).set_folded(False)
        case _ if state in PAGES:
            session.pages.show(state)
        case _:
            session.view.toggle(state)
    qtbot.wait(50)
    assert lacking(controls(window)) == []
    assert [text for text in labels(window) if not in_every_font(text)] == []
    seen = way_of_the_tab_key(window)
    missed = [widget for widget in usable(window) if widget not in seen
              and not (isinstance(widget, QAbstractButton) and reached_alone(widget, seen))]
    assert in_words(missed) == []
    assert in_words(nameless(widget for widget in seen if widget not in (window, window.centralWidget())
                             and not isinstance(widget, Pages))) == []


def opened_dialogs(window: MainWindow, session: Session, qtbot) -> Iterator[QDialog]:
    """Every dialog of the program, one at a time."""
    for opens in ("Manage networks …", "Export …", "Shortcuts", "About PAN Explorer", "Help on this page"):
        next(action for action in window.actions() if action.text() == opens).trigger()
        yield next(each for each in window.findChildren(QDialog) if each.isVisible())
    window.findChild(TrainingPanel).set_folded(False)
    setup = window.findChild(TrainingSetup)
    qtbot.waitUntil(lambda: session.training.plan.recipe is not None, timeout=30_000)
    yield setup.open_fields()
    yield setup.open_data()
    places = Sources(Path("mnist"), Path("photographs"), Path("set"), Path("set of validation"))
    moved = replace(CHOICES.runs[0], sources=places, missing=tuple(vars(places)))
    yield window.findChild(TrainingPanel).ask_for_places(moved)
    session.browser.toggle(session.state.asked)
    session.browser.evaluate(session.state.asked)
    qtbot.waitUntil(lambda: len(session.browser.state.evaluated) == len(session.state.asked), timeout=30_000)
    yield AnswersDialog(window, session, session.state.models[0])
    with qtbot.waitSignal(session.check.found, timeout=30_000):
        show_set(window, session)
    yield window.findChild(SetPage)


def kinds_of_dialog() -> set[str]:
    """Those of the program that are opened as they are; Qt's own are none of them."""
    kinds = [*QDialog.__subclasses__(), *SourcesDialog.__subclasses__()]
    return {each.__name__ for each in kinds if each.__module__.startswith("pan_explorer")} - {"SourcesDialog"}


def test_every_control_of_every_dialog_is_reached_and_has_a_name(
    window: MainWindow, session: Session, qtbot
) -> None:
    seen_kinds = set()
    for dialog in opened_dialogs(window, session, qtbot):
        kind = type(dialog).__name__
        seen_kinds.add(kind)
        dialog.show()
        assert in_words(nameless(controls(dialog))) == [], kind
        seen = way_of_the_tab_key(dialog)
        missed = [widget for widget in usable(dialog) if widget not in seen
                  and not (isinstance(widget, QAbstractButton) and reached_alone(widget, seen))]
        assert in_words(missed) == [], kind
        dialog.close()
    assert seen_kinds == kinds_of_dialog()
