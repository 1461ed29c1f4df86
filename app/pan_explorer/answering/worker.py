"""The thread's end of what is requested: images are read, networks asked and figures written."""

from __future__ import annotations

import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from pan.system.errors import InputError
from pan_explorer.answering.exports import page, walk_page
from pan_explorer.answering.requests import (
    Drawing,
    Listing,
    Loading,
    Opening,
    Question,
    Request,
    Sharing,
    SharingWalk,
    TableQuestion,
    Writing,
)
from pan_explorer.answering.restoring import restore
from pan_explorer.pictures.reading import is_reference_set, read_picture, read_pictures
from pan_explorer.state.answers import Answers
from pan_explorer.state.session_file import SUFFIX
from pan_explorer.state.step_file import SUFFIX as STEP
from pan_explorer.state.surgery import edits_from_json
from pan_explorer.state.walk import Step
from pan_explorer.system.faults import in_words

if TYPE_CHECKING:
    from pan_explorer.answering.reader import Reader


class AnsweringWorker(QObject):
    """Lives in the thread; does one request after the other."""

    answered = Signal(object, int)
    tabled = Signal(object, int)
    done = Signal()
    picture_read = Signal(object)
    pictures_read = Signal(object)
    restored = Signal(object)
    loaded = Signal(str, str)
    listed = Signal(object)
    exported = Signal(object)
    figure_drawn = Signal(bytes)
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        # written by the window's thread, read by the worker's
        self.latest = self.latest_table = 0
        self.closing = False

    @cached_property
    def _reader(self) -> Reader:
        from pan_explorer.answering.reader import Reader  # torch takes seconds to import; the window is there by now

        return Reader()

    @Slot(object)
    def work(self, request: Request) -> None:
        """Do what is requested; what fails is told in a sentence."""
        try:
            if isinstance(request, Writing | Sharing | SharingWalk) or not self.closing:
                self._work(request)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not end the thread
            self.failed.emit(in_words(error))
        finally:
            self.done.emit()

    @Slot()
    def end(self) -> None:
        """End the thread once what was requested before is done; `quit` from outside would leave it undone."""
        self.thread().quit()

    def _work(self, request: Request) -> None:
        match request:
            case Question():
                self._answer(request)
            case Opening(path):
                self._open(path)
            case Loading(model):
                self.loaded.emit(model, self._reader.load(model).recipe.model)
            case Listing():
                from pan.checkpoints.file import shipped_checkpoints

                self.listed.emit(tuple(shipped_checkpoints()))
            case TableQuestion(number, picture, queries, models, surgeries):
                table = self._reader.read_table(
                    picture, queries, models, surgeries, lambda: number == self.latest_table
                )
                if table is not None:
                    self.tabled.emit(table, number)
            case Writing(path, write):
                write(path)
                self.exported.emit(path)
            case Sharing(path, picture, queries, models, surgeries):
                rows = self._reader.read_table(picture, queries, models, surgeries, lambda: True)
                page(rows or ())(path)
                self.exported.emit(path)
            case SharingWalk(path, steps):
                walk_page([(step, self._asked_in(step)) for step in steps])(path)
                self.exported.emit(path)
            case Drawing(write):
                with tempfile.TemporaryDirectory() as folder:
                    path = Path(folder) / "figure.png"
                    write(path)
                    self.figure_drawn.emit(path.read_bytes())

    def _answer(self, question: Question) -> None:
        def is_wanted() -> bool:
            return question.number == self.latest

        answers = self._reader.read(
            question.picture, question.query, question.models, question.surgeries, is_wanted
        )
        if answers is not None:
            self.answered.emit(answers, question.number)

    def _asked_in(self, step: Step) -> tuple[Answers, ...]:
        """What the networks of a step answer to all that its image is known to have, its own query first."""
        restored = restore(step.path, lambda name: self._reader.load(name).recipe.model)
        shown = restored.fields()
        picture, query = shown["picture"], shown["query"]
        queries = tuple(dict.fromkeys((query, *picture.asked_among(shown["queries"]))))
        models = tuple(model.name for model in restored.saved.models if model.shown and model.name in restored.networks)
        surgeries = edits_from_json(restored.saved.surgery)
        return self._reader.read_table(picture, queries, models, surgeries, lambda: True) or ()

    def _open(self, path: Path) -> None:
        if is_reference_set(path):
            self.pictures_read.emit(read_pictures(path))
        elif path.suffix.lower() in (SUFFIX, STEP):
            self.restored.emit(restore(path, lambda name: self._reader.load(name).recipe.model))
        elif path.is_dir():
            raise InputError(f"{path} is a folder without index.csv; open an image or a reference set.")
        else:
            self.picture_read.emit(read_picture(path))


