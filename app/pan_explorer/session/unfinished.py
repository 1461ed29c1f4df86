"""Running and unsaved work that closing the window would end or lose, in sentences."""

from __future__ import annotations

from pan_explorer.session.session import Session

UNSAVED_SCENE = "The composed scene is not saved."
UNSAVED_SURGERY = "What was changed in the attention is not saved in a session."


def unfinished(session: Session) -> tuple[str, ...]:
    """A sentence for each piece of running or unsaved work, the most important first."""
    before = session.walk.before
    each = (
        (session.training.is_running(), "A network is training. What it has learnt so far can be kept."),
        (session.composer.files.is_saving(), "Scenes are being saved; their set would stay as it was before."),
        (session.library.is_changing(), "A network is being imported, exported or moved."),
        (session.browser.is_evaluating() or session.paper.is_evaluating(),
         "Networks are being evaluated; those that are through are kept."),
        (session.exports.is_busy(), "An export is being written."),
        (session.composer.state.is_unsaved or (before and before.has_unsaved_scene), UNSAVED_SCENE),
        (session.surgery.state.is_unsaved or (before and before.surgery.is_unsaved), UNSAVED_SURGERY),
    )  # fmt: skip
    return tuple(sentence for holds, sentence in each if holds)
