"""The training panel, on which several files of tests look."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pan_explorer.panels.training.panel import TrainingPanel


@pytest.fixture
def panel(qtbot, training) -> TrainingPanel:
    """The training panel, unfolded, with devices, recipes and past runs to choose from."""
    from tests.pan_explorer.fake_training import CHOICES

    panel = TrainingPanel(SimpleNamespace(training=training))
    qtbot.addWidget(panel)
    panel.resize(1280, 180)
    panel.show_choices(CHOICES)
    panel.set_folded(False)
    return panel
