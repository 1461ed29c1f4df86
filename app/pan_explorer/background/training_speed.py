"""How fast this machine trains: measured in the background, one recipe after the other, and kept in a file."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from pan.benchmark.estimate import Speed, keep_speeds, read_speeds, speed_key
from pan.recipes.recipe import Recipe
from pan.system.errors import InputError
from pan_explorer.background.jobs import Jobs


class SpeedSession(QObject):
    """Knows how fast recipes train on this machine, or measures it."""

    changed = Signal()  # a speed is known, or is being measured

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unknowable: set[str] = set()
        self._tried = ""
        self._jobs = Jobs(self)
        self._jobs.progressed.connect(self._on_events)
        self._jobs.failed.connect(self._on_failed)
        self._jobs.finished.connect(self.changed)

    @cached_property
    def _speeds(self) -> dict[str, Speed]:
        return read_speeds()

    def speed(self, recipe: Recipe, title: str) -> Speed | None:
        """The speed of a recipe on the device of that title; None while it is not known."""
        return self._speeds.get(speed_key(recipe, title))

    def is_measuring(self) -> bool:
        """Whether a speed is being measured."""
        return self._jobs.is_busy()

    def measure(self, recipes: Sequence[Recipe], device: str, title: str, data: Path | None = None) -> None:
        """Measure the speeds of these recipes that are not known, and no others any more.

        Args:
            recipes: The recipes, the most wanted first.
            device: The device's name.
            title: What its maker calls it.
            data: The own set to train on, None where scenes are drawn.
        """
        self._jobs.drop_waiting()
        known = {*self._speeds, *self._unknowable}
        trials = [Trial(speed_key(recipe, title), recipe, device, data) for recipe in recipes]
        for trial in trials:
            if trial.key not in known and trial not in self._jobs.works:
                self._jobs.add(trial)
        if self.is_measuring():
            self.changed.emit()

    def stop(self) -> None:
        """Measure no more."""
        if self.is_measuring():
            self._jobs.drop()
            self.changed.emit()

    def close(self, timeout_ms: int) -> bool:
        """End the thread; False if it does not end in time."""
        self._jobs.drop()
        return self._jobs.close(timeout_ms)

    @Slot(object)
    def _on_events(self, events: tuple[object, ...]) -> None:
        for event in events:
            match event:
                case str(key):
                    self._tried = key
                case (str(key), Speed() as speed):
                    self._speeds[key] = speed
                    self.changed.emit()

    @Slot()
    def _on_failed(self) -> None:
        self._unknowable.add(self._tried)  # what cannot be trained as it comes, or not remembered, is not tried again
        self.changed.emit()


@dataclass(frozen=True)
class Trial:
    """Trains a recipe for a few steps: tells its key, then the key with the speed.

    Attributes:
        key: Under which the speed is remembered.
        recipe: What is trained.
        device: Where.
        data: The own set to train on, None where scenes are drawn.
    """

    key: str
    recipe: Recipe
    device: str
    data: Path | None

    def __call__(self) -> Generator[object, None, None]:
        """The work of a job."""
        from pan.benchmark.trial import measure_speed  # brings torch, for which the window does not wait

        yield self.key
        speed = yield from measure_speed(self.recipe, self.device, self.data)
        yield self.key, speed
        with suppress(InputError):  # it is measured again next time
            keep_speeds({self.key: speed})
