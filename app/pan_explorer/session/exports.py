"""The part of the session for exports: files, or an image for the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pan_explorer.answering.requests import TableQuestion, WalkQuestion
from pan_explorer.answering.thread import Answering
from pan_explorer.background import exports as work
from pan_explorer.background.exports import Shown
from pan_explorer.background.job import Work
from pan_explorer.background.jobs import Jobs
from pan_explorer.state.answers import Answers
from pan_explorer.state.walk import Step
from pan_explorer.values.figure_order import FigureOrder, Layout


class ExportSession(QObject):
    """Writes exports in the background, one after the other.

    Args:
        answering: The inference thread.
        shown: Returns what the window shows; None if there is nothing to export.
        parent: Owner.
    """

    drawn = Signal(bytes)  # PNG
    work_changed = Signal(str)  # the export that is being written, in words; empty if there is none
    succeeded = Signal(str)
    failed = Signal(str)

    def __init__(self, answering: Answering, shown: Callable[[], Shown | None], parent: QObject) -> None:
        super().__init__(parent)
        self._answering = answering
        self._shown = shown
        self._pages: dict[str, Path] = {}  # files of pages whose answers are awaited, by asker
        answering.tabled.connect(self._write_page)
        answering.walked.connect(self._write_walk)
        self._jobs = Jobs(self)
        self._jobs.progressed.connect(self._report)
        self._jobs.failed.connect(self.failed)
        for ended in (self._jobs.finished, self._jobs.failed, answering.failed):
            ended.connect(self._tell_work)

    def is_busy(self) -> bool:
        """Whether an export is unfinished."""
        return self._jobs.is_busy() or any(self._answering.holds(asker) for asker in self._pages)

    def figure(self, path: Path, order: FigureOrder) -> None:
        """Write a figure of the shown explanations as PNG, PDF or SVG."""
        if shown := self._shown_or_fail(order.layout):
            self._add(work.written(path, work.figure(shown, order)))

    def copy(self, order: FigureOrder) -> None:
        """Draw the same figure for the clipboard; it is emitted by `drawn`."""
        if shown := self._shown_or_fail(order.layout):
            self._add(work.drawn(work.figure(shown, order)))

    def maps(self, path: Path) -> None:
        """Write the attention maps of the shown explanations as .npz."""
        if shown := self._shown_or_fail():
            self._add(work.written(path, work.maps(shown.rendering.answers.explanations)))

    def page(self, path: Path) -> None:
        """Write a web page with the answers of the shown networks to the image's known queries, or to all."""
        if shown := self._shown_or_fail():
            answers, asker = shown.rendering.answers, f"page {path}"
            surgeries = {each.checkpoint: each.surgery for each in answers.explanations if each.surgery}
            queries = answers.picture.asked_among(answers.queries)
            models = tuple(model.name for model in shown.models)
            self._pages[asker] = path
            self._answering.ask(TableQuestion(asker, answers.picture, queries, models, surgeries))
            self._tell_work()

    def walk(self, path: Path, steps: Sequence[Step]) -> None:
        """Write a web page of a walk, with the answers of each step's networks."""
        asker = f"page {path}"
        self._pages[asker] = path
        self._answering.ask(WalkQuestion(asker, tuple(steps)))
        self._tell_work()

    def animation(self, path: Path, dpi: int, width: float | None = None) -> None:
        """Write an animation of the layers, as one .gif or as numbered .png files."""
        if shown := self._shown_or_fail():
            self._add(work.written(path, work.animation(shown, dpi, width)))

    def close(self, timeout_ms: int) -> bool:
        """Finish all exports; False if that takes longer than the timeout."""
        return self._jobs.finish(timeout_ms)

    def _shown_or_fail(self, layout: Layout = "shown") -> Shown | None:
        shown = self._shown()
        if shown is None:
            self.failed.emit("There is nothing to export yet; open an image and add a network.")
        elif layout == "queries" and not shown.table:
            self.failed.emit("The answers to all queries are not there; show their table first (Q).")
            return None
        return shown

    def _add(self, export: Work[Path] | Work[bytes]) -> None:
        self._jobs.add(export)
        self._tell_work()

    @Slot()
    def _tell_work(self) -> None:
        self.work_changed.emit("writing the export …" if self.is_busy() else "")

    @Slot(object, object)
    def _write_page(self, rows: tuple[Answers, ...], question: TableQuestion) -> None:
        if path := self._pages.pop(question.asker, None):
            self._add(work.written(path, work.page(rows)))

    @Slot(object, object)
    def _write_walk(self, rows: Sequence[tuple[Answers, ...]], question: WalkQuestion) -> None:
        if path := self._pages.pop(question.asker, None):
            self._add(work.written(path, work.walk_page(list(zip(question.steps, rows, strict=True)))))

    @Slot(object)
    def _report(self, events: tuple[Path | bytes, ...]) -> None:
        for event in events:
            if isinstance(event, bytes):
                self.drawn.emit(event)
            else:
                self.succeeded.emit(f"Saved {event}")
