"""Training speeds on this computer, measured in the background and saved in a file."""

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
    """Holds the training speeds of recipes, and measures unknown ones."""

    changed = Signal()  # a measurement has begun or ended

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
        """The speed of a recipe on the device with this title; None if unknown."""
        return self._speeds.get(speed_key(recipe, title))

    def is_measuring(self) -> bool:
        """Whether a speed is being measured."""
        return self._jobs.is_busy()

    def measure(self, recipes: Sequence[Recipe], device: str, title: str, data: Path | None = None) -> None:
        """Measure the unknown speeds among these recipes; other waiting measurements are dropped.

        Args:
            recipes: The recipes, the most important first.
            device: The device's name for torch.
            title: The device's product name.
            data: The set to train on; None if scenes are drawn.
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
        """Stop measuring."""
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
        self._unknowable.add(self._tried)  # a failed measurement is not repeated
        self.changed.emit()


@dataclass(frozen=True)
class Trial:
    """The work of one measurement: a few training steps. The events are the key, then the key with the speed.

    Attributes:
        key: The key of the speed in the file.
        recipe: The recipe.
        device: The device's name for torch.
        data: The set to train on; None if scenes are drawn.
    """

    key: str
    recipe: Recipe
    device: str
    data: Path | None

    def __call__(self) -> Generator[object, None, None]:
        """Run the measurement."""
        from pan.benchmark.trial import measure_speed  # brings torch, for which the window does not wait

        yield self.key
        speed = yield from measure_speed(self.recipe, self.device, self.data)
        yield self.key, speed
        with suppress(InputError):  # if it cannot be saved, it is measured again next time
            keep_speeds({self.key: speed})
