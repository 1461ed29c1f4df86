"""The worker of the answering thread: it reads images and runs the networks."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from pan.system.errors import InputError
from pan.system.names import is_folder
from pan_explorer.answering.requests import (
    Listing,
    Loading,
    Opening,
    Question,
    Request,
    SweepQuestion,
    TableQuestion,
    WalkQuestion,
)
from pan_explorer.answering.restoring import restore
from pan_explorer.pictures.reading import is_reference_set, read_picture, read_pictures
from pan_explorer.state.answers import Answers
from pan_explorer.state.session_bundle import SUFFIXES
from pan_explorer.state.step_file import SUFFIX as STEP
from pan_explorer.state.surgery import edits_from_json
from pan_explorer.state.walk import Step
from pan_explorer.system.faults import in_words

if TYPE_CHECKING:
    from pan_explorer.answering.reader import Reader


class Result(NamedTuple):
    """The result of a request.

    Attributes:
        signal: Name of the signal of `Answering` that carries it.
        arguments: The signal's arguments.
    """

    signal: str
    arguments: tuple[object, ...]


class AnsweringWorker(QObject):
    """Lives in the thread and handles one request after another."""

    done = Signal(object)  # Result | None

    def __init__(self) -> None:
        super().__init__()
        # whether the current result is still wanted; the window's thread writes it, the worker's reads it
        self.wanted = True

    @cached_property
    def _reader(self) -> Reader:
        from pan_explorer.answering.reader import Reader  # torch takes seconds to import; the window is there by now

        return Reader()

    @Slot(object)
    def work(self, request: Request) -> None:
        """Handle a request; a failure becomes one sentence."""
        try:
            result = self._work(request)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not end the thread
            result = Result("failed", (in_words(error),))
        self.done.emit(result)

    def _work(self, request: Request) -> Result | None:
        """The result; None if it is no longer wanted."""
        match request:
            case Question(_, picture, query, models, surgeries):
                answers = self._reader.read(picture, query, models, surgeries, self._is_wanted)
                return Result("answered", (answers, request)) if answers else None
            case TableQuestion(_, picture, queries, models, surgeries):
                table = self._reader.read_table(picture, queries, models, surgeries, self._is_wanted)
                return Result("tabled", (table, request)) if table else None
            case SweepQuestion(_, composition, place, models, alone, surgeries):
                swept = self._reader.sweep(
                    composition, place, models, surgeries, alone=alone, is_wanted=self._is_wanted
                )
                return Result("swept", (swept, request)) if swept else None
            case WalkQuestion(_, steps):
                rows = [self._step_answers(step) for step in steps if self.wanted]
                return Result("walked", (rows, request))
            case Opening(path):
                return self._open(path)
            case Loading(model):
                return Result("loaded", (model, self._reader.load(model).recipe.model))
            case Listing():
                from pan.checkpoints.file import shipped_checkpoints

                return Result("listed", (tuple(shipped_checkpoints()),))

    def _is_wanted(self) -> bool:
        return self.wanted

    def _step_answers(self, step: Step) -> tuple[Answers, ...]:
        """The answers of a step's networks to all known queries of its image, the step's own query first."""
        restored = restore(step.path, lambda name: self._reader.load(name).recipe.model)
        shown = restored.fields()
        picture, query = shown["picture"], shown["query"]
        queries = tuple(dict.fromkeys((query, *picture.asked_among(shown["queries"]))))
        models = tuple(model.name for model in restored.saved.models if model.shown and model.name in restored.networks)
        surgeries = edits_from_json(restored.saved.surgery)
        return self._reader.read_table(picture, queries, models, surgeries, self._is_wanted) or ()

    def _open(self, path: Path) -> Result:
        if is_reference_set(path):
            return Result("pictures_read", (read_pictures(path),))
        if path.suffix.lower() in (*SUFFIXES, STEP):
            return Result("restored", (restore(path, lambda name: self._reader.load(name).recipe.model),))
        if is_folder(path):
            raise InputError(f"{path} is a folder without index.csv; open an image or a reference set.")
        return Result("picture_read", (read_picture(path),))
