"""How fast this machine trains: measured behind the window, one recipe after the other, and remembered."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import suppress
from functools import cached_property

from PySide6.QtCore import QObject, Signal, Slot

from pan.benchmark.estimate import Speed, keep_speeds, read_speeds, speed_key
from pan.recipes.recipe import Recipe
from pan.system.errors import InputError
from pan_explorer.background.job import Job, Work


class SpeedSession(QObject):
    """Knows how long recipes take here, or finds out."""

    changed = Signal()  # a speed is known, or is being found out

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unknowable: set[str] = set()
        self._waiting: list[tuple[Recipe, str, str]] = []
        self._job: Job | None = None
        self._key = ""

    @cached_property
    def _speeds(self) -> dict[str, Speed]:
        return read_speeds()

    def speed(self, recipe: Recipe, title: str) -> Speed | None:
        """How fast a recipe is trained on the device of that title; None while it is not known."""
        return self._speeds.get(speed_key(recipe, title))

    def is_measuring(self) -> bool:
        """Whether it is being found out."""
        return self._job is not None

    def measure(self, recipes: Sequence[Recipe], device: str, title: str) -> None:
        """Find out about these on a device, as far as it is not known, and about nothing else any more.

        Args:
            recipes: The recipes, the most wanted first.
            device: The device's name.
            title: What its maker calls it.
        """
        known = {*self._speeds, *self._unknowable, *([self._key] if self._job else [])}
        self._waiting = [(recipe, device, title) for recipe in recipes if speed_key(recipe, title) not in known]
        self._begin()

    def stop(self) -> None:
        """Measure no more."""
        self._waiting = []
        if self._job:
            self._job.stop()

    def wait(self, timeout_ms: int) -> bool:
        """Block until what is being measured is known; False if that takes longer than the bound."""
        return self._job is None or self._job.wait(timeout_ms)

    def _begin(self) -> None:
        if self._job or not self._waiting:
            return
        recipe, device, title = self._waiting.pop(0)
        self._key = speed_key(recipe, title)
        self._job = Job(_trial(recipe, device, self._key), self)
        self._job.progressed.connect(self._on_events)
        self._job.finished.connect(self._on_ended)
        self._job.failed.connect(self._on_failed)
        self._job.start()
        self.changed.emit()

    @Slot(object)
    def _on_events(self, events: tuple[object, ...]) -> None:
        for event in events:
            match event:
                case (str(key), Speed() as speed):
                    self._speeds[key] = speed
                    self.changed.emit()

    @Slot()
    def _on_failed(self) -> None:
        self._unknowable.add(self._key)  # what cannot be trained as it comes, or not remembered, is not tried again
        self._on_ended()

    @Slot()
    def _on_ended(self) -> None:
        if self._job:
            self._job.deleteLater()
        self._job = None
        self._begin()
        self.changed.emit()


def _trial(recipe: Recipe, device: str, key: str) -> Work[object]:
    def work() -> Generator[object, None, None]:
        from pan.benchmark.trial import measure_speed  # brings torch, for which the window does not wait

        speed = yield from measure_speed(recipe, device)
        yield key, speed
        with suppress(InputError):  # it is measured again next time
            keep_speeds({key: speed})

    return work
