"""Names that look like HTML, all over the window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel, QWidget

from pan_explorer.panels.training.panel import TrainingPanel
from pan_explorer.panels.training.setup import TrainingSetup
from pan_explorer.session.session import Session
from pan_explorer.shell.main_window import MainWindow
from pan_explorer.state.training import TrainingState
from pan_explorer.values.view import PAGES
from pan_explorer.widgets.labels import ElidedLabel
from tests.pan_explorer.reading import tip_words

NAME = "<b>zebra"


def misread(window: QWidget) -> list[str]:
    """The tool tips and labels in which the name is markup; elided labels show all text as it is."""
    others = [each for each in window.findChildren(QWidget) if not isinstance(each, ElidedLabel)]
    tips = [each.toolTip() for each in others if "zebra" in each.toolTip()]
    labels = [each for each in others if isinstance(each, QLabel) and NAME in each.text()]
    assert tips or labels
    return [tip for tip in tips if NAME not in tip_words(tip)] + [
        label.text() for label in labels if label.textFormat() != Qt.TextFormat.PlainText
    ]


@pytest.mark.parametrize("state", [*PAGES, "layers", "queries", "surgery", "browser"])
def test_a_networks_name_is_read_as_it_is(window: MainWindow, session: Session, state: str) -> None:
    session.change(models=tuple(replace(model, title=f"{NAME} {model.title}") for model in session.state.models))
    match state:
        case "surgery":
            session.operate()
        case "browser":
            session.browser.toggle(session.state.asked)
        case _ if state in PAGES:
            session.pages.show(state)
        case _:
            session.view.toggle(state)
    assert misread(window) == []


def test_what_a_training_says_is_read_as_it_is(window: MainWindow, session: Session, qtbot) -> None:
    window.findChild(TrainingPanel).set_folded(False)
    qtbot.waitUntil(lambda: session.training.plan.recipe is not None, timeout=30_000)
    setup = window.findChild(TrainingSetup)
    setup.show_message(TrainingState(message=f"no such folder: {NAME}", phase="failed"))
    assert misread(setup) == []
