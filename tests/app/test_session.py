"""The document: what its verbs do, and what they leave alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from app.session import Session
from app.values import LAYERS, Viewport


def test_a_session_begins_with_samples_and_three_networks(begun: Session) -> None:
    state = begun.state
    assert len(state.pictures) == 4
    assert state.picture is state.pictures[0]
    assert [model.title for model in state.models] == ["PAN-CTX", "SAN", "HAN"]
    assert all(pane.reading for pane in state.answers.panes)
    assert state.query in state.picture.truths
