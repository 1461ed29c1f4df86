"""The thread's end of what is requested: images are read and networks asked."""

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


class Told(NamedTuple):
    """What came of a request.

    Attributes:
        signal: Name of the signal of `Answering` that tells it.
        arguments: What that signal carries.
    """

    signal: str
    arguments: tuple[object, ...]


class AnsweringWorker(QObject):
    """Lives in the thread; does one request after the other."""

    done = Signal(object)  # Told | None

    def __init__(self) -> None:
        super().__init__()
        # written by the window's thread, read by the worker's: whether somebody still waits for the work in hand
        self.wanted = True

    @cached_property
    def _reader(self) -> Reader:
        from pan_explorer.answering.reader import Reader  # torch takes seconds to import; the window is there by now

        return Reader()

    @Slot(object)
    def work(self, request: Request) -> None:
        """Do what is requested; what fails is told in a sentence."""
        try:
            told = self._work(request)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not end the thread
            told = Told("failed", (in_words(error),))
        self.done.emit(told)

    def _work(self, request: Request) -> Told | None:
        """What came of it; None where nobody waits for it any more."""
        match request:
            case Question(_, picture, query, models, surgeries):
                answers = self._reader.read(picture, query, models, surgeries, self._is_wanted)
                return Told("answered", (answers, request)) if answers else None
            case TableQuestion(_, picture, queries, models, surgeries):
                table = self._reader.read_table(picture, queries, models, surgeries, self._is_wanted)
                return Told("tabled", (table, request)) if table else None
            case SweepQuestion(_, composition, place, models, alone, surgeries):
                swept = self._reader.sweep(
                    composition, place, models, surgeries, alone=alone, is_wanted=self._is_wanted
                )
                return Told("swept", (swept, request)) if swept else None
            case WalkQuestion(_, steps):
                rows = [self._asked_in(step) for step in steps if self.wanted]
                return Told("walked", (rows, request))
            case Opening(path):
                return self._open(path)
            case Loading(model):
                return Told("loaded", (model, self._reader.load(model).recipe.model))
            case Listing():
                from pan.checkpoints.file import shipped_checkpoints

                return Told("listed", (tuple(shipped_checkpoints()),))

    def _is_wanted(self) -> bool:
        return self.wanted

    def _asked_in(self, step: Step) -> tuple[Answers, ...]:
        """What the networks of a step answer to all that its image is known to have, its own query first."""
        restored = restore(step.path, lambda name: self._reader.load(name).recipe.model)
        shown = restored.fields()
        picture, query = shown["picture"], shown["query"]
        queries = tuple(dict.fromkeys((query, *picture.asked_among(shown["queries"]))))
        models = tuple(model.name for model in restored.saved.models if model.shown and model.name in restored.networks)
        surgeries = edits_from_json(restored.saved.surgery)
        return self._reader.read_table(picture, queries, models, surgeries, self._is_wanted) or ()

    def _open(self, path: Path) -> Told:
        if is_reference_set(path):
            return Told("pictures_read", (read_pictures(path),))
        if path.suffix.lower() in (*SUFFIXES, STEP):
            return Told("restored", (restore(path, lambda name: self._reader.load(name).recipe.model),))
        if is_folder(path):
            raise InputError(f"{path} is a folder without index.csv; open an image or a reference set.")
        return Told("picture_read", (read_picture(path),))
