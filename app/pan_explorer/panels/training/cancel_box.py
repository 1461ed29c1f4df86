"""The question before a run is discarded."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from pan_explorer.session.training import TrainingSession
from pan_explorer.state.training import TrainingState


class CancelBox(QMessageBox):
    """Cancels the run if the user says so; closes by itself when the run ends."""

    def __init__(self, training: TrainingSession, parent: QWidget) -> None:
        done = len(training.state.epochs)
        lost = f"{done} epochs" if done != 1 else "1 epoch"
        super().__init__(QMessageBox.Icon.NoIcon, "Cancel training",
                         f"Throw this run away, with the {lost} it has done?", parent=parent)
        self.setInformativeText("Stop and keep ends it too, but keeps its best weights.")
        discard = self.addButton("Throw away", QMessageBox.ButtonRole.DestructiveRole)
        self.setDefaultButton(self.addButton("Go on training", QMessageBox.ButtonRole.RejectRole))
        discard.clicked.connect(training.cancel)
        training.state_changed.connect(self._close_if_ended)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    @Slot(object)
    def _close_if_ended(self, state: TrainingState) -> None:
        if not state.running:
            self.reject()
