"""The exporting part of the window's document: what is shown becomes files, or a picture for the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pan_explorer.answering import exports as work
from pan_explorer.answering.exports import Shown
from pan_explorer.answering.requests import Drawing, Sharing, SharingWalk, Writing
from pan_explorer.answering.thread import Answering
from pan_explorer.state.walk import Step
from pan_explorer.values.figure_order import FigureOrder, Layout


class ExportSession(QObject):
    """Has what is shown drawn and written by the thread in which networks answer.

    Args:
        answering: That thread.
        shown: Says what is shown; None as long as there is nothing to export.
        parent: Owner.
    """

    drawn = Signal(bytes)  # PNG
    succeeded = Signal(str)
    failed = Signal(str)

    def __init__(self, answering: Answering, shown: Callable[[], Shown | None], parent: QObject) -> None:
        super().__init__(parent)
        self._answering = answering
        self._shown = shown
        answering.figure_drawn.connect(self.drawn)
        answering.exported.connect(self._tell_exported)

    def figure(self, path: Path, order: FigureOrder) -> None:
        """Draw what the panes explain into a PNG, PDF or SVG file."""
        if shown := self._shown_or_told(order.layout):
            self._answering.request(Writing(path, work.figure(shown, order)))

    def copy(self, order: FigureOrder) -> None:
        """Draw the same for the clipboard; `drawn` brings it."""
        if shown := self._shown_or_told(order.layout):
            self._answering.request(Drawing(work.figure(shown, order)))

    def maps(self, path: Path) -> None:
        """Write the attention maps of what the panes explain into an .npz file."""
        if shown := self._shown_or_told():
            self._answering.request(Writing(path, work.maps(shown.look.answers.explanations)))

    def page(self, path: Path) -> None:
        """Ask the shown networks what the image is known to have, or all, and write a web page of it."""
        if shown := self._shown_or_told():
            answers = shown.look.answers
            surgeries = {each.checkpoint: each.surgery for each in answers.explanations if each.surgery}
            queries = answers.picture.asked_among(answers.queries)
            models = tuple(model.name for model in shown.models)
            self._answering.request(Sharing(path, answers.picture, queries, models, surgeries))

    def animation(self, path: Path, dpi: int, width: float | None = None) -> None:
        """Write the layers one after the other, into a .gif or a numbered .png for each."""
        if shown := self._shown_or_told():
            self._answering.request(Writing(path, work.animation(shown, dpi, width)))

    def walk(self, path: Path, steps: Sequence[Step]) -> None:
        """Ask the networks of each step of a walk, and write a web page of all steps."""
        self._answering.request(SharingWalk(path, tuple(steps)))

    def _shown_or_told(self, layout: Layout = "shown") -> Shown | None:
        shown = self._shown()
        if shown is None:
            self.failed.emit("There is nothing to export yet; open an image and add a network.")
        elif layout == "queries" and not shown.table:
            self.failed.emit("The answers to all queries are not there; show their table first (Q).")
            return None
        return shown

    @Slot(object)
    def _tell_exported(self, path: Path) -> None:
        self.succeeded.emit(f"Saved {path}")
