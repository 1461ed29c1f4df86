"""A training run whose events a test hands out one by one, and the recipes and states that go with it."""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Generator
from pathlib import Path

import numpy as np

from pan.data.sources import Sources
from pan.recipes.by_name import RECIPES, find_recipe
from pan.recipes.recipe import Recipe
from pan.recipes.task import MNIST_REFERENCE
from pan.system.steps import Preparing
from pan.training.events import Epoch, Event, Finished, Probe, Started, Step
from pan.training.runs.log import with_log
from pan_explorer.background.training_choices import PRESETS, Choices, DeviceChoice, PastRun
from pan_explorer.state.training import TrainingState

RECIPE = find_recipe("mref/pan-ctx", "quick")
EPOCHS = RECIPE.epochs
STEPS = RECIPE.steps_per_epoch * EPOCHS

BUNDLED = Sources()
TINY = find_recipe("mref/san", "quick").with_fields(
    scenes=40, validation_scenes=10, questions=1_120, epoch_questions=560, channels=4,
)  # fmt: skip
"""What is really trained, in a moment."""


class FakeTraining:
    """Stands in for `pan.training.loop.train` and `resume`.

    It repeats its last step until the test hands it something else, as a network in training would go on.
    """

    def __init__(self) -> None:
        self.closed = threading.Event()
        self.folder: Path | None = None
        self.done_before: tuple[Epoch, ...] = ()
        self._next: queue.SimpleQueue[Event | Exception | None] = queue.SimpleQueue()
        self._step = step(0)

    def train(
        self, recipe: Recipe, run: Path, sources: Sources | None = None, device: str = "auto"
    ) -> Generator[Event, None, None]:
        run.mkdir(parents=True, exist_ok=True)
        (run / "recipe.json").write_text("{}", encoding="utf-8")
        yield from with_log(self._events(run), run)

    def resume(
        self, run: Path, device: str = "auto", moved: Sources | None = None
    ) -> Generator[Event, None, None]:
        yield from with_log(self._events(run), run)

    def give(self, *events: Event | Exception) -> None:
        """Hand these out next."""
        for event in events:
            self._next.put(event)

    def started(self) -> Started:
        """The data are ready, in the folder that was asked for."""
        assert self.folder is not None
        return Started(
            self.folder, RECIPE, MNIST_REFERENCE, "bundled digits", "cpu", "float32", 48_127, "",
            len(self.done_before) * RECIPE.steps_per_epoch, STEPS, self.done_before,
        )  # fmt: skip

    def finished(self) -> Finished:
        """The budget is spent."""
        assert self.folder is not None
        return Finished(self.folder, self.folder / "best.safetensors", 0.9, 100.0)

    def _events(self, run: Path) -> Generator[Event, None, None]:
        self.folder = run
        try:
            yield Preparing("mref train scenes", 100, 6_000)
            while True:
                event = self._take()
                if isinstance(event, Exception):
                    raise event
                yield event
                if isinstance(event, Finished):
                    return
        finally:
            self.closed.set()

    def _take(self) -> Event | Exception:
        try:
            event = self._next.get(timeout=0.002)
        except queue.Empty:
            return self._step
        if isinstance(event, Step):
            self._step = event
        assert event is not None
        return event


def train_steadily(recipe: Recipe, run: Path, *_: object) -> Generator[Event, None, None]:
    """Stands in for `pan.training.loop.train`: a hundred questions a second, as its steps say, for ever."""
    run.mkdir(parents=True)
    yield Started(run, recipe, MNIST_REFERENCE, "bundled digits", "cpu", "float32", 48_127, "", 0, STEPS, ())
    for number in itertools.count(1):
        time.sleep(0.004)
        yield Step(number, 10_000, 1, 10 * number, 0.1 * number)


def step(number: int, seconds: float = 0.0) -> Step:
    """A step of the running epoch."""
    return Step(number, STEPS, number // RECIPE.steps_per_epoch + 1, number * RECIPE.data.batch_questions, seconds)


def epoch(number: int, accuracy: float = 0.8, *, best: bool = True) -> Epoch:
    """An epoch that ended with this validation accuracy."""
    return Epoch(number, EPOCHS, 1 / number, accuracy - 0.05, 0.9 / number, accuracy, (0.5, 0.7, accuracy),
                 (0.2, 0.4, 0.6), 1e-3, 10.0 * number, best, pxap_by_layer=(0.3, 0.6, 0.8))  # fmt: skip


def probe(number: int) -> Probe:
    """What an imaginary network attends to: less and less."""
    ramp = np.linspace(0, 1, 100, dtype=np.float32) ** (number + 1)
    image = np.random.default_rng(0).integers(0, 255, (100, 100, 3), dtype=np.uint8)
    return Probe(number, image, "4", "yellow", "yellow" if number > 1 else "red", ("att2", "att3", "att4"),
                 np.stack([np.outer(ramp, ramp) ** power for power in (0.3, 0.6, 1.0)]))



def past_run(name: str, epochs: int) -> PastRun:
    """A run that ended after so many epochs."""
    recipe = find_recipe(name, "quick")
    return PastRun(Path(f"run-{epochs}"), recipe, tuple(epoch(number + 1) for number in range(epochs)), "cpu", 1e9,
                   "finished" if epochs == recipe.epochs else "stopped", Sources())


TRAINING = TrainingState(
    "training", RECIPE, Path("run"), "cpu", "bundled digits", None, (epoch(1, 0.6), epoch(2, 0.7)), 0,
    STEPS // 2, STEPS, (), 1_000, 10.0, "", ("one", "two"), (probe(0), probe(1), probe(2)),
)  # fmt: skip
"""A run half done."""

CHOICES = Choices(
    {(name, preset): find_recipe(name, preset) for name in RECIPES for preset in PRESETS},
    (DeviceChoice("cuda:0", "A fast one, 80 GB"), DeviceChoice("cpu", "CPU, 2 threads")),
    (past_run("mref/san", 3), past_run("mref/pan-ctx", EPOCHS)),
)
"""What there is to choose from on an imaginary machine."""
