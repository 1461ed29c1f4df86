"""The status line: the device, the time of the answers, the file that is opened or written, and the shown image."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pan_explorer.session.session import Session
from pan_explorer.state.answers import Answers
from pan_explorer.widgets.labels import ElidedLabel, quiet
from pan_explorer.widgets.late_label import LateLabel


class StatusLine(QWidget):
    """Shows the device and time of the shown answers, the file that takes time, and the image's name and size."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._work = quiet("loading the networks …")
        self._image = ElidedLabel("", Qt.TextElideMode.ElideLeft)
        self._image.setProperty("quiet", True)
        self._image.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 12, 4)
        row.setSpacing(24)
        row.addWidget(self._work)
        for worker in (session.files, session.exports):
            file = LateLabel()
            worker.work_changed.connect(file.say)
            row.addWidget(file)
        row.addWidget(self._image, 1)
        for changed in (session.answers_changed, session.composer.answers_changed, session.page_changed):
            changed.connect(self._show)

    @Slot()
    def _show(self) -> None:
        composing = self._session.state.page == "compose"
        answers = self._session.composer.state.answers if composing else self._session.state.answers
        if answers is not None:
            self._show_answers(answers)

    def _show_answers(self, answers: Answers) -> None:
        asked = sum(pane.reading is not None for pane in answers.panes)
        if asked:
            networks = "1 network" if asked == 1 else f"{asked} networks"
            self._work.setText(f"{answers.device}   ·   explained {networks} in {answers.milliseconds:.0f} ms")
        elif not answers.panes and any(model.shown for model in self._session.state.models):
            self._work.setText("asking the networks …")
        else:
            self._work.clear()
        self._image.setText(f"{answers.picture.name} · {_fit(answers)}")


def _fit(answers: Answers) -> str:
    """The resizing of the image to the networks' inputs, in words."""
    fitted = answers.picture.fitted
    sizes = sorted({len(each.image) for each in answers.explanations}) or [len(fitted.pixels)]
    if sizes == [len(fitted.pixels)]:
        return fitted.description
    width, height = fitted.original
    if all((width, height) == (size, size) for size in sizes):
        return f"{width} × {height}, shown as the model sees it"
    padded = "" if width == height else ", with black borders"
    return f"{width} × {height}, fitted to {' and '.join(f'{size} × {size}' for size in sizes)}{padded}"
