"""Measures the training speed of a recipe on this machine by its first steps."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from pan.benchmark.estimate import Speed
from pan.data.sources import REPORT_EVERY, Sources
from pan.recipes.recipe import Recipe
from pan.system.device import choose_device, finish
from pan.system.steps import Preparing
from pan.training.events import Event, Step, Validating
from pan.training.loop import train

WARM_UP, STEPS = 2, 4
WARM_UP_ON_GPU, STEPS_ON_GPU = 8, 32
"""The first steps are slow on a GPU: kernels are selected, and the CUDA graph is recorded."""
VALIDATED = 16


def measure_speed(recipe: Recipe, device: str, data: Path | None = None) -> Generator[Event, None, Speed]:
    """Draw some images, take some steps and validate on a few images, in a temporary folder.

    Yields the events of the training; close the generator to cancel. All images of an own set are read.

    Args:
        recipe: The recipe.
        device: A name that `choose_device` accepts.
        data: An own set; None to draw scenes.

    Raises:
        InputError: If the recipe cannot be trained.
    """
    processor = choose_device(device)
    warm_up, steps = (WARM_UP, STEPS) if processor.type == "cpu" else (WARM_UP_ON_GPU, STEPS_ON_GPU)
    questions = (warm_up + steps) * recipe.data.batch_questions
    short = recipe.with_fields(scenes=2 * REPORT_EVERY, validation_scenes=VALIDATED, questions=questions,
                    epoch_questions=questions, patience=0, start="")  # fmt: skip
    drawn, trained = [], []
    with TemporaryDirectory() as folder, closing(
        train(short, Path(folder) / "run", Sources(data=data), device)
    ) as events:
        for event in events:
            finish(processor)
            now = time.perf_counter()
            if isinstance(event, Preparing):
                drawn.append(now)
            elif isinstance(event, Step):
                trained.append(now)
            elif isinstance(event, Validating) and event.done == event.total:
                asked = event.total
                break
            yield event
        validated = now - trained[-1]
    taken = [after - before for before, after in zip(trained[warm_up - 1 :], trained[warm_up:], strict=False)]
    question = median(taken) / recipe.data.batch_questions
    image = (drawn[1] - drawn[0]) / REPORT_EVERY if data is None else 0.0
    images = VALIDATED if data is None else asked / recipe.data.questions_per_image
    return Speed(image, question, validated / images)
