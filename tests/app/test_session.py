"""The document: what its verbs do, and what they leave alone."""

from __future__ import annotations

from app.session import Session


def test_a_session_begins_with_samples_and_three_networks(begun: Session) -> None:
    state = begun.state
    assert len(state.pictures) == 4
    assert state.picture is state.pictures[0]
    assert [model.title for model in state.models] == ["PAN-CTX", "SAN", "HAN"]
    assert all(pane.reading for pane in state.answers.panes)
    assert state.query in state.picture.truths
