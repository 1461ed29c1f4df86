"""The cost of drawing a training run: the same steps are trained with and without the window, in turns.

`python -m pan_explorer.speed.drawing_cost` prints it as JSON.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, QObject, Slot

from pan.data.sources import Sources
from pan.recipes.recipe import Recipe
from pan_explorer.session.session import Session
from pan_explorer.session.training import TrainingSession
from pan_explorer.speed.measuring import begin, measured_window, the_application
from pan_explorer.state.answers import Answers
from pan_explorer.state.compared import COMPARED
from pan_explorer.state.training import TrainingState

WARM_UP = 10
"""Steps that are not timed; the first ones compile and allocate."""


@dataclass(frozen=True)
class DrawingCost:
    """Questions trained per second, medians over the turns.

    Attributes:
        drawn: With the training panel open, which draws bars, curves, log and probe during the run.
        undrawn: On the same thread of the same session, without a window.
        cost: Share of the throughput that drawing takes, median over the turns; noise can make it negative.
        steps: Number of timed steps in each run.
        turns: Number of pairs of runs.
    """

    drawn: float
    undrawn: float
    cost: float
    steps: int
    turns: int


class _Watch(QObject):
    """Times the steps of a run after its warm-up, and cancels the run after a given number."""

    def __init__(self, training: TrainingSession, steps: int) -> None:
        super().__init__()
        self._training, self._steps = training, steps
        self._first: TrainingState | None = None
        self._last: TrainingState | None = None
        self._loop = QEventLoop()
        training.state_changed.connect(self._follow)

    def run(self) -> float:
        """Run and return the questions trained per second.

        Raises:
            RuntimeError: If the run ended early, with the sentence that says why.
        """
        self._loop.exec()
        if self._first is None or self._last is None:
            raise RuntimeError(self._training.state.message)
        return (self._last.questions - self._first.questions) / (self._last.seconds - self._first.seconds)

    @Slot(object)
    def _follow(self, state: TrainingState) -> None:
        if not state.running:
            self._loop.quit()
        elif self._first is None:
            self._first = state if state.step >= WARM_UP else None
        elif self._last is None and state.step >= self._first.step + self._steps:
            self._last = state
            self._training.cancel()


def measure_drawing_cost(recipe: Recipe, steps: int = 200, turns: int = 3, device: str = "auto") -> DrawingCost:
    """Train the same steps with the window and without it.

    Args:
        recipe: What to train; its budget should last for as many steps.
        steps: How many are counted.
        turns: How many pairs.
        device: Where to train.

    Raises:
        RuntimeError: If training ended early, with the sentence that says why.
    """
    pairs = [(_drawn(recipe, steps, device), _undrawn(recipe, steps, device)) for _ in range(turns)]
    return DrawingCost(median(drawn for drawn, _ in pairs), median(undrawn for _, undrawn in pairs),
                       median(1 - drawn / undrawn for drawn, undrawn in pairs), steps, turns)


def _drawn(recipe: Recipe, steps: int, device: str) -> float:
    with measured_window() as (session, _):
        return _trained(session, recipe, steps, device)


def _undrawn(recipe: Recipe, steps: int, device: str) -> float:
    the_application()
    session = Session()
    try:
        return _trained(session, recipe, steps, device)
    finally:
        session.close()
        session.deleteLater()


def _wait_for_answers(session: Session) -> None:
    """Load the networks before the run begins, because loading would slow the run."""
    loop = QEventLoop()

    def leave(answers: Answers) -> None:
        if answers.panes:
            loop.quit()

    session.answers_changed.connect(leave)
    begin(session, [f"mref/{network}" for network in COMPARED])
    loop.exec()
    session.answers_changed.disconnect(leave)


def _trained(session: Session, recipe: Recipe, steps: int, device: str) -> float:
    _wait_for_answers(session)
    with TemporaryDirectory() as folder:
        watch = _Watch(session.training, steps)
        session.training.start(recipe, Sources(), device, Path(folder) / "run")
        speed = watch.run()
        session.close()  # before its folder is deleted
    return speed


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = ArgumentParser("python -m pan_explorer.speed.drawing_cost", description=__doc__)
    parser.add_argument("--recipe", default="mref/pan-ctx")
    parser.add_argument("--preset", default="quick")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--turns", type=int, default=3)
    parsed = parser.parse_args(arguments)
    from pan.recipes.by_name import find_recipe

    recipe = find_recipe(parsed.recipe, parsed.preset).with_fields(scenes=1_000, epoch_questions=5_000, start="")
    cost = measure_drawing_cost(recipe, parsed.steps, parsed.turns, parsed.device)
    sys.stdout.write(json.dumps(asdict(cost), indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
