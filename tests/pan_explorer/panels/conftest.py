"""Panels about a session, and what is read of them."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from pan_explorer.panels.training.panel import TrainingPanel
from pan_explorer.session.session import Session


@pytest.fixture
def panel(qtbot, training) -> TrainingPanel:
    """The training panel, unfolded, with devices, recipes and past runs to choose from."""
    from tests.pan_explorer.fake_training import CHOICES

    panel = TrainingPanel(SimpleNamespace(training=training))
    qtbot.addWidget(panel)
    panel.resize(1280, 180)
    training.plan.offer(CHOICES)
    panel.show_choices(CHOICES)
    panel.set_folded(False)
    return panel


@pytest.fixture
def owner(qtbot) -> QWidget:
    """A shown widget for dialogs to belong to."""
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    return owner


@pytest.fixture
def placed(begun: Session, qtbot) -> Callable[[type[QWidget]], QWidget]:
    """Makes a panel of a session whose networks have answered."""
    def place(panel: type[QWidget]) -> QWidget:
        made = panel(begun)
        qtbot.addWidget(made)
        made.resize(1000, 600)
        return made

    return place


def texts(widget: QWidget) -> list[str]:
    """All that stands in it, hidden parts left out."""
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden() and label.text()]
