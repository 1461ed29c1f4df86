"""The right part of the training panel: the probe, the log, or the runs."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from pan_explorer.background.training_choices import PastRun
from pan_explorer.panels.training.probe import TrainingProbe
from pan_explorer.panels.training.runs import TrainingRuns
from pan_explorer.state.training import TrainingState
from pan_explorer.widgets.buttons import button
from pan_explorer.widgets.folding_choice import FoldingChoice

TABS = (
    ("probe", "Probe", "The attention in one image, epoch by epoch"),
    ("log", "Log", "The log of the run"),
    ("runs", "Runs", "All runs, to show, compare and resume"),
)
NARROWEST = 300
RESUME = "Resume the chosen run"
RESUME_MOVED = "Its data are not where they were: say where they are now, and resume it"


class TrainingTabs(QWidget):
    """Shows one of three views; the buttons above choose it."""

    resume_wanted = Signal(object)  # PastRun
    copy_wanted = Signal(object)  # Path
    show_wanted = Signal(object)  # PastRun

    def __init__(self) -> None:
        super().__init__()
        self.probe, self.runs = TrainingProbe(), TrainingRuns()
        self.log = QPlainTextEdit()
        self.log.setReadOnly(True)
        self.log.setFrameShape(QFrame.Shape.NoFrame)
        self.log.setPlaceholderText("The log of a run is shown here, and kept in its folder's log.txt.")
        self.log.setAccessibleName("Log of the run")
        self.log.setToolTip("The run's messages, as its folder keeps them")
        self.log.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.log.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._lines: tuple[str, ...] = ()
        self._running = False
        self._choice = FoldingChoice(TABS, name="Show")
        self._pages = QStackedWidget()
        for page in (self.probe, self.log, self.runs):
            self._pages.addWidget(page)
        self.resume = button("Resume", RESUME)
        self.show_again = button("Show", "Show its curves, its log and its attention by epoch")
        self.copy = button("Copy", "Copy the command line that resumes the chosen run")
        self._header = QHBoxLayout()
        self._header.addWidget(self._choice)
        self._header.addStretch()
        self._header.addWidget(self.probe.replay)
        self._header.addWidget(self.probe.layers)
        self._header.addWidget(self.show_again)
        self._header.addWidget(self.copy)
        self._header.addWidget(self.resume)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._header)
        column.addWidget(self._pages, 1)
        self._choice.chosen.connect(self.show_tab)
        self.runs.chosen_changed.connect(self._set_buttons)
        self.runs.show_wanted.connect(self._on_show)
        self.show_again.clicked.connect(self._on_show)
        self.resume.clicked.connect(self._on_resume)
        self.copy.clicked.connect(self._on_copy)
        self.show_tab("probe")

    def add_to_header(self, widget: QWidget) -> None:
        """Add a button at the right end."""
        self._header.addWidget(widget)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Room for the buttons of the shown view."""
        return super().minimumSizeHint().expandedTo(QSize(NARROWEST, 0))

    @Slot(str)
    def show_tab(self, name: str) -> None:
        """Show the probe, the log or the runs."""
        self._choice.choose(name)
        self._pages.setCurrentIndex([tab for tab, *_ in TABS].index(name))
        self._set_buttons()

    def show_state(self, state: TrainingState) -> None:
        """Show the new results of the run."""
        self.probe.show_state(state)
        self._show_log(state.log)
        self._running = state.running
        self._set_buttons()

    def _show_log(self, lines: tuple[str, ...]) -> None:
        if lines == self._lines:
            return
        if lines[: len(self._lines)] != self._lines:  # another run
            self.log.clear()
            self._lines = ()
        for line in lines[len(self._lines) :]:
            self.log.appendPlainText(line)
        self._lines = lines

    @Slot()
    def _set_buttons(self) -> None:
        run: PastRun | None = self.runs.chosen()
        resumable = run is not None and run.resumable
        on_probe = self._pages.currentWidget() is self.probe
        self.probe.layers.setVisible(on_probe and self.probe.layers.count() > 1)
        self.probe.replay.setVisible(on_probe and self.probe.strip.count() > 1)
        for each in (self.resume, self.copy, self.show_again):
            each.setVisible(self._pages.currentWidget() is self.runs)
        self.show_again.setEnabled(run is not None and not self._running)
        self.copy.setEnabled(resumable)
        self.resume.setEnabled(resumable and not self._running)
        asks = run is not None and resumable and bool(run.missing)
        self.resume.setText("Resume …" if asks else "Resume")
        self.resume.setToolTip(RESUME_MOVED if asks else RESUME)

    @Slot()
    def _on_show(self) -> None:
        if (run := self.runs.chosen()) and not self._running:
            self.show_wanted.emit(run)

    @Slot()
    def _on_resume(self) -> None:
        if run := self.runs.chosen():
            self.resume_wanted.emit(run)

    @Slot()
    def _on_copy(self) -> None:
        if run := self.runs.chosen():
            self.copy_wanted.emit(run.path)
