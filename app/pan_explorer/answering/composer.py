"""The thread in which networks answer about a scene while it is composed.

Unlike an image one leafs past, a scene that moves is shown as it goes: the question in hand is answered to its end,
and of those asked meanwhile the latest comes next. A sweep waits until there is no question, and gives way to one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from pan.attention.surgery import Surgery
from pan.data.composer.composition import Composition
from pan_explorer.pictures.picture import Picture
from pan_explorer.system.faults import in_words
from pan_explorer.system.garbage import GARBAGE

if TYPE_CHECKING:
    from pan_explorer.answering.reader import Reader

NONE: Mapping[str, Surgery] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class SceneQuestion:
    """Asks the models about a scene."""

    picture: Picture
    query: str
    models: tuple[str, ...]
    surgeries: Mapping[str, Surgery] = field(default_factory=lambda: NONE)


@dataclass(frozen=True, eq=False)
class SweepQuestion:
    """Asks the models about a digit at all scales."""

    composition: Composition
    place: int
    models: tuple[str, ...]
    alone: bool
    surgeries: Mapping[str, Surgery] = field(default_factory=lambda: NONE)


class ComposerAnswering(QObject):
    """The window's end of the thread; its signals arrive in the thread of this object."""

    answered = Signal(object)  # Answers
    swept = Signal(object, object)  # Swept, the SweepQuestion it answers
    failed = Signal(str)
    _requested = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = QThread(self)
        self._thread.setObjectName("composing")
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._requested.connect(self._worker.work, Qt.ConnectionType.QueuedConnection)
        for name in ("answered", "swept", "failed"):
            getattr(self._worker, name).connect(getattr(self, name))
        self._worker.done.connect(self._go_on)
        self._busy = False
        self._question: SceneQuestion | None = None
        self._sweep: SweepQuestion | None = None

    def ask(self, question: SceneQuestion) -> None:
        """Ask about a scene; of several that wait, the latest is answered. A sweep is broken off."""
        self._question, self._sweep = question, None
        self._worker.sweeping = False
        self._next()

    def sweep(self, question: SweepQuestion) -> None:
        """Ask about all scales once there is no other question."""
        self._sweep = question
        self._next()

    def close(self) -> None:
        """Finish the work in hand and end the thread."""
        self._question = self._sweep = None
        self._worker.sweeping = False
        self._thread.quit()
        self._thread.wait()
        if self._busy:
            self._busy = False
            GARBAGE.release()

    def _next(self) -> None:
        if self._busy or (self._question is None and self._sweep is None):
            return
        if self._question is not None:
            request: SceneQuestion | SweepQuestion | None = self._question
            self._question = None
        else:
            request, self._sweep = self._sweep, None
            self._worker.sweeping = True
        self._busy = True
        GARBAGE.hold()
        if not self._thread.isRunning():
            self._thread.start()
        self._requested.emit(request)

    @Slot()
    def _go_on(self) -> None:
        if self._busy:  # else it was closed
            self._busy = False
            GARBAGE.release()
            self._next()


class _Worker(QObject):
    answered = Signal(object)
    swept = Signal(object, object)
    failed = Signal(str)
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sweeping = False  # written by the window's thread, read by the worker's

    @cached_property
    def _reader(self) -> Reader:
        from pan_explorer.answering.reader import Reader  # torch takes seconds to import; the window is there by now

        return Reader()

    @Slot(object)
    def work(self, request: SceneQuestion | SweepQuestion) -> None:
        try:
            match request:
                case SceneQuestion(picture, query, models, surgeries):
                    self.answered.emit(self._reader.read(picture, query, models, surgeries, lambda: True))
                case SweepQuestion():
                    self._sweep(request)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not end the thread
            self.failed.emit(in_words(error))
        finally:
            self.done.emit()

    def _sweep(self, question: SweepQuestion) -> None:
        swept = self._reader.sweep(
            question.composition, question.place, question.models, question.surgeries, alone=question.alone,
            is_wanted=lambda: self.sweeping,
        )  # fmt: skip
        if swept is not None:
            self.swept.emit(swept, question)
