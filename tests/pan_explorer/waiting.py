"""What tests of the session wait for."""

from __future__ import annotations

from pan_explorer.session.session import Session


def answered(session: Session) -> bool:
    """Whether what is shown is what was asked last."""
    state = session.state
    shown = {model.name for model in state.models if model.shown}
    return (state.answers is not None and state.answers.picture is state.picture
            and state.answers.query == state.query and {pane.model for pane in state.answers.panes} == shown)
