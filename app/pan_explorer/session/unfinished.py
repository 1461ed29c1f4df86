"""Running and unsaved work that closing the window would end or lose, in sentences."""

from __future__ import annotations

from pan_explorer.session.session import Session


def unfinished(session: Session) -> tuple[str, ...]:
    """A sentence for each piece of running or unsaved work, the most important first."""
    each = (
        (session.training.is_running(), "A network is training. What it has learnt so far can be kept."),
        (session.composer.files.is_saving(), "Scenes are being saved; their set would stay as it was before."),
        (session.library.is_changing(), "A network is being imported, exported or moved."),
        (session.browser.is_evaluating() or session.paper.is_evaluating(),
         "Networks are being evaluated; those that are through are kept."),
        (session.exports.is_busy(), "An export is being written."),
        (session.composer.state.is_unsaved, "The composed scene is not saved."),
        (session.surgery.state.is_unsaved, "What was changed in the attention is not saved in a session."),
    )  # fmt: skip
    return tuple(sentence for holds, sentence in each if holds)
