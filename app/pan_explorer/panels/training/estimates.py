"""The estimated time of the planned training, for each preset."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from pan.recipes.recipe import Recipe
from pan_explorer.background.training_speed import SpeedSession
from pan_explorer.session.training_plan import TrainingPlan

REST_MS = 600
"""The wait after the last change of the plan, before speeds are measured."""


class Estimates(QObject):
    """Estimates times from earlier runs, else from speeds measured on this machine.

    Args:
        plan: The planned training.
        speeds: Measures the speed of training.
        parent: Owner.
    """

    changed = Signal()

    def __init__(self, plan: TrainingPlan, speeds: SpeedSession, parent: QObject) -> None:
        super().__init__(parent)
        self._plan, self._speeds = plan, speeds
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._measure)
        speeds.changed.connect(self.changed)

    def of(self, recipe: Recipe) -> tuple[float | None, str]:
        """The seconds of a run and the source of the estimate; None if unknown."""
        plan = self._plan
        if plan.choices and (seconds := plan.choices.estimate(recipe, plan.device.name)):
            return seconds, "as last time"
        speed = self._speeds.speed(recipe, plan.device.title)
        return (speed.seconds(recipe, drawn=plan.sources.data is None), "measured here") if speed else (None, "")

    def by_preset(self) -> dict[str, float | None]:
        """Seconds for each preset of the plan; None if unknown."""
        return {preset: self.of(recipe)[0] for preset, recipe in self._plan.variants.items()}

    def is_measuring(self) -> bool:
        """Whether speeds are being measured."""
        return self._speeds.is_measuring()

    def measure_soon(self) -> None:
        """Measure the unknown times, shortly after the last change."""
        if None in self.by_preset().values():
            self._rest.start()

    def stop(self) -> None:
        """Stop measuring."""
        self._rest.stop()
        self._speeds.stop()

    @Slot()
    def _measure(self) -> None:
        plan = self._plan
        self._speeds.measure(list(plan.variants.values()), plan.device.name, plan.device.title, plan.sources.data)
