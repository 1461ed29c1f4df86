"""How fast this machine is: scenes, training, explanations; each against doing it plainly, in turns.

Machines are noisy and their clocks drift, so what is compared is measured alternately in one run, and the ratio of
the medians is what to quote.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
import torch
from PIL import Image

from pan.benchmark.extensions import Latency
from pan.checkpoints.file import load_checkpoint
from pan.data.digits.backgrounds import SIZE
from pan.data.digits.glyphs import GLYPH, LARGEST, SMALLEST
from pan.data.digits.scenes import SceneRenderer, Segmentation
from pan.data.images import fit_image
from pan.data.sources import Sources, prepare, renderer
from pan.explaining.explain import explain
from pan.recipes.by_name import find_recipe
from pan.recipes.recipe import Recipe
from pan.system.device import choose_device, finish
from pan.system.processes import processors
from pan.training.events import Event, Step
from pan.training.loop import train
from pan.training.runs.folder import create_run
from pan.training.trainer import Trainer
from pan.training.update import EagerUpdate

WARM_UP = 5
WARM_UP_SCENES = 200  # more than are drawn ahead before the first is taken
ENOUGH_QUESTIONS = 10_000_000
"""For a run to go on however many steps are measured."""


@dataclass(frozen=True)
class Comparison:
    """A speed and that of the plain way, measured in turns.

    Attributes:
        what: What is measured, in words with its unit.
        speed: Median of the turns.
        plain: The plain way's.
        ratio: Median of the turns' ratios.
    """

    what: str
    speed: float
    plain: float
    ratio: float


def compare_scenes(count: int, turns: int) -> Comparison:
    """MREF scenes drawn a second on one core, against drawing each square that is tried by itself."""
    quick = renderer("mref", "train", Sources())
    plain = replace(quick, find_square=try_squares)
    return _compare("MREF scenes / s", lambda: _draw(quick, count), lambda: _draw(plain, count), turns)


def compare_drawing_processes(count: int, turns: int) -> Comparison:
    """MREF scenes drawn a second by a process for each core, once they are there, against one core."""
    one = renderer("mref", "train", Sources())
    cores = processors()
    return _compare(f"MREF scenes / s, {cores} processes", lambda: _draw_together(one, count, cores),
                    lambda: _draw(one, count), turns)


def _draw_together(drawn: SceneRenderer, count: int, processes: int) -> float:
    with closing(drawn.scenes((0,), WARM_UP_SCENES + count, processes)) as scenes:
        for _ in islice(scenes, WARM_UP_SCENES):
            pass
        began = time.perf_counter()
        for _ in scenes:
            pass
    return count / (time.perf_counter() - began)


def try_squares(segmentation: Segmentation, rng: np.random.Generator) -> tuple[float, int, int]:
    """The plain way to place a digit: scale and corner drawn again until the square holds no ink."""
    while True:
        scale = rng.uniform(SMALLEST, LARGEST)
        side = int(GLYPH * scale)
        top, left = rng.integers(SIZE + 1 - side, size=2)
        if not segmentation[top : top + side, left : left + side].any():
            return scale, int(top), int(left)


def _draw(drawn: SceneRenderer, count: int) -> float:
    began = time.perf_counter()
    for number in range(count):
        drawn.scene((0,), number)
    return count / (time.perf_counter() - began)


def compare_training(model: str, steps: int, turns: int) -> Comparison:
    """Questions trained a second, against float32 and one question an image, each image as often as it has some.

    The plain way has PyTorch's default memory layout (NCHW) too.
    """
    recipe = find_recipe(f"mref/{model}").with_fields(
        scenes=128, validation_scenes=1, start="", questions=ENOUGH_QUESTIONS
    )
    plain = recipe.with_fields(
        questions_per_image=1, images_per_batch=recipe.data.batch_questions, precision="float32"
    )
    return _compare(
        f"{model}: questions trained / s",
        lambda: questions_per_second(recipe, steps, train),
        lambda: questions_per_second(plain, steps, train_plainly), turns,
    )  # fmt: skip


def questions_per_second(
    recipe: Recipe, steps: int, training: Callable[[Recipe, Path], Generator[Event, None, None]]
) -> float:
    """The speed of a run's first steps, after some to warm up."""
    with TemporaryDirectory() as run, closing(training(recipe, Path(run) / "run")) as events:
        taken = (event for event in events if isinstance(event, Step))
        first = next(islice(taken, WARM_UP - 1, None))
        began = time.perf_counter()
        last = next(islice(taken, steps - 1, None))
        finish(choose_device())
        return (last.questions - first.questions) / (time.perf_counter() - began)


def train_plainly(recipe: Recipe, run: Path) -> Generator[Event, None, None]:
    """The same loop in NCHW layout, with memory allocated at every step; on a GPU eager, without a CUDA graph."""
    prepared = yield from prepare(recipe, Sources())
    create_run(run, recipe, Sources())
    trainer = Trainer(run, recipe, prepared, choose_device())
    trainer.model.to(memory_format=torch.contiguous_format)
    trainer.update = EagerUpdate(
        trainer.network, trainer.optimizer, recipe, prepared.task, trainer.precision, trainer.covering_share
    )
    trainer.network.register_forward_pre_hook(lambda _, inputs: (inputs[0].contiguous(), *inputs[1:]))
    yield from trainer.events()


def time_explanations(names: tuple[str, ...], repeats: int) -> Latency:
    """From a picture and a query to every map of several shipped networks."""
    checkpoints = [load_checkpoint(name) for name in names]
    scene = renderer("mref", "test", Sources()).scene((0,), 0)
    image = fit_image(Image.fromarray(scene.image), checkpoints[0].task.image_size)
    milliseconds = []
    for number in range(WARM_UP + repeats):
        began = time.perf_counter()
        for checkpoint in checkpoints:
            explain(checkpoint, image, str(number % 10))
        milliseconds.append(1000 * (time.perf_counter() - began))
    times = milliseconds[WARM_UP:]
    return Latency(f"{len(names)} networks explained", median(times), float(np.percentile(times, 95)))


def peak_memory() -> float | None:
    """The most memory this process ever held, in MB; None where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _compare(what: str, measure: Callable[[], float], plainly: Callable[[], float], turns: int) -> Comparison:
    pairs = [(measure(), plainly()) for _ in range(turns)]
    return Comparison(
        what, median(ours for ours, _ in pairs), median(plain for _, plain in pairs),
        median(ours / plain for ours, plain in pairs),
    )  # fmt: skip
