"""The sources of a run's images: drawn scenes or the user's own sets, checked before they are used."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from pan.data.sources import Sources
from pan_explorer.background.training_choices import PastRun
from pan_explorer.background.training_survey import TrainingSurvey
from pan_explorer.session.training_plan import TrainingPlan
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.foreign_words import as_title
from pan_explorer.widgets.labels import quiet

FOLDERS = {
    "data": ("Training set", "empty: scenes as the recipe draws them", "A reference set: a folder with index.csv"),
    "validation": ("Validation set", "empty: a part of the training set", "A reference set with the same words"),
    "backgrounds": ("Photographs", "empty: those that come with the program", "Behind the digits of mbg and vg-tiny"),
    "data_root": ("MNIST", "empty: the user's data folder, else bundled digits", "The folder that holds MNIST"),
}
"""The label, the meaning of an empty line, and the tool tip of each source."""
PAUSE_MS = 300


class SourcesDialog(QDialog):
    """Chooses folders; emits `accepted_sources` when they have passed the check.

    Args:
        kind: The recipe's task.
        sources: The previous choice.
        names: The sources that can be chosen, by their names in `Sources`.
        survey: The checker of the folders.
        parent: Owner.
    """

    accepted_sources = Signal(object)  # Sources

    def __init__(
        self, kind: str, sources: Sources, names: Iterable[str], survey: TrainingSurvey, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._survey = survey
        self._lines: dict[str, QLineEdit] = {}
        self._found = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._found.setMargin(6)
        self._found.setMinimumHeight(44)
        self._typing = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._typing.timeout.connect(self._check_sources)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        for name in names:
            form.addRow(quiet(FOLDERS[name][0]), self._make_row(name, getattr(sources, name)))
        self._use = button("Use", "Train on these data", primary=True)
        cancel = button("Cancel")
        self._use.setDefault(True)
        self._use.clicked.connect(self._accept)
        cancel.clicked.connect(self.reject)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch()
        self._buttons.addWidget(cancel)
        self._buttons.addWidget(self._use)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self._found)
        column.addLayout(self._buttons)
        self.resize(620, 0)
        self._survey.found.connect(self._show_found)
        self._survey.failed.connect(self._refuse)
        self._check_sources()

    def sources(self) -> Sources:
        """The folders in the lines."""
        texts = {name: line.text().strip() for name, line in self._lines.items()}
        return Sources(**{name: Path(text).expanduser() if text else None for name, text in texts.items()})

    def set_folder(self, name: str, text: str) -> None:
        """Enter a folder into a line."""
        self._lines[name].setText(text)

    def _make_row(self, name: str, path: Path | None) -> QHBoxLayout:
        title, placeholder, hint = FOLDERS[name]
        line = QLineEdit(str(path) if path else "", placeholderText=placeholder, clearButtonEnabled=True)
        line.setToolTip(hint)
        line.setAccessibleName(title)
        line.textChanged.connect(self._on_typed)
        self._lines[name] = line
        choose = button("Choose …", hint, name=f"Choose the folder: {title}")
        choose.clicked.connect(lambda: self._choose(name))
        row = QHBoxLayout()
        row.addWidget(line, 1)
        row.addWidget(choose)
        return row

    def _choose(self, name: str) -> None:
        dialog = QFileDialog(self, FOLDERS[name][2], self._lines[name].text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._lines[name].setText)
        dialog.open()

    @Slot()
    def _on_typed(self) -> None:
        self._use.setEnabled(False)
        self._typing.start()

    @Slot()
    def _check_sources(self) -> None:
        self._use.setEnabled(False)
        self._show_message("checking …", None)
        self._survey.look(self._kind, self.sources())

    @Slot(object)
    def _show_found(self, found: str) -> None:
        self._show_message(found[:1].upper() + found[1:] + ".", None)
        self._use.setEnabled(True)

    @Slot(str)
    def _refuse(self, reason: str) -> None:
        self._show_message(reason, "warning")
        self._use.setEnabled(False)

    def _show_message(self, text: str, surface: str | None) -> None:
        self._found.setText(text)
        self._found.setProperty("surface", surface)
        self._found.style().polish(self._found)

    @Slot()
    def _accept(self) -> None:
        self.accept()
        self.accepted_sources.emit(self.sources())

    def done(self, result: int) -> None:
        """Stop the check."""
        self._typing.stop()
        self._survey.drop()
        super().done(result)


class DataDialog(SourcesDialog):
    """Chooses the data of the next run; closes by itself when the plan gets other data."""

    def __init__(self, kind: str, plan: TrainingPlan, survey: TrainingSurvey, parent: QWidget | None = None) -> None:
        super().__init__(kind, plan.sources, FOLDERS, survey, parent)
        self._plan, self._before = plan, plan.sources
        self.setWindowTitle(f"Data for {kind}")
        reset = button("As it comes", "Empty all lines")
        reset.clicked.connect(self._reset)
        self._buttons.insertWidget(0, reset)
        plan.changed.connect(self._close_if_outdated)

    @Slot()
    def _close_if_outdated(self) -> None:
        if self._plan.sources != self._before:
            self.reject()

    @Slot()
    def _reset(self) -> None:
        for line in self._lines.values():
            line.clear()


class MovedDialog(SourcesDialog):
    """Asks where the missing data of an unfinished run are now; an empty line means the old place."""

    def __init__(self, run: PastRun, survey: TrainingSurvey, parent: QWidget | None = None) -> None:
        self._before = run.sources
        super().__init__(run.recipe.kind, run.sources, run.missing, survey, parent)
        self.setWindowTitle(as_title(f"Where the data of {run.title} are now"))
        for name, line in self._lines.items():
            line.setPlaceholderText(str(getattr(run.sources, name)))
        self._use.setText("Resume")
        self._use.setAccessibleName("Resume")
        self._use.setToolTip("Resume the run with the data in these folders")

    def sources(self) -> Sources:
        """The new places, and the old ones of what has not moved."""
        return self._before.moved_to(super().sources())
