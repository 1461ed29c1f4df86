"""Speed of drawing, training and explaining, each compared with a straightforward implementation (the baseline).

Timings are noisy and clocks drift. The two sides are therefore measured alternately in one run; quote the ratio.
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
from pan.models.trunks.plain import LowestStage
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
WARM_UP_SCENES = 200  # more than the processes draw before the first one is consumed
ENOUGH_QUESTIONS = 10_000_000
"""A budget that no measurement uses up."""


@dataclass(frozen=True)
class Comparison:
    """A speed and that of the baseline, measured alternately.

    Attributes:
        what: The quantity, in words with its unit.
        speed: Median speed.
        plain: Median speed of the baseline.
        ratio: Median of the ratios.
    """

    what: str
    speed: float
    plain: float
    ratio: float


def compare_scenes(count: int, turns: int) -> Comparison:
    """MREF scenes drawn per second on one core; the baseline draws random numbers for one square at a time."""
    quick = renderer("mref", "train", Sources())
    plain = replace(quick, find_square=try_squares)
    return _compare("MREF scenes / s", lambda: _draw(quick, count), lambda: _draw(plain, count), turns)


def compare_drawing_processes(count: int, turns: int) -> Comparison:
    """MREF scenes drawn per second by a process for each core, without their start; the baseline uses one core."""
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
    """The baseline for placing a digit: scale and corner are drawn again until the square is empty."""
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
    """Questions trained per second.

    The baseline computes in float32 and in PyTorch's default memory layout (NCHW), with one question per image: each
    image is processed once for each of its questions.
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
    """The speed of a run's first steps, after a warm-up."""
    with TemporaryDirectory() as run, closing(training(recipe, Path(run) / "run")) as events:
        taken = (event for event in events if isinstance(event, Step))
        first = next(islice(taken, WARM_UP - 1, None))
        began = time.perf_counter()
        last = next(islice(taken, steps - 1, None))
        finish(choose_device())
        return (last.questions - first.questions) / (time.perf_counter() - began)


def train_plainly(recipe: Recipe, run: Path) -> Generator[Event, None, None]:
    """The same training loop in NCHW layout, each stage for the whole batch, with freed memory returned at every step.

    It uses no CUDA graphs.
    """
    prepared = yield from prepare(recipe, Sources())
    create_run(run, recipe, Sources())
    trainer = Trainer(run, recipe, prepared, choose_device())
    trainer.model.to(memory_format=torch.contiguous_format)
    for stage in trainer.model.modules():
        if isinstance(stage, LowestStage):
            stage.at_a_time = recipe.data.batch_questions
    trainer.update = EagerUpdate(
        trainer.network, trainer.optimizer, recipe, prepared.task, trainer.precision, trainer.covering_share
    )
    trainer.network.register_forward_pre_hook(lambda _, inputs: (inputs[0].contiguous(), *inputs[1:]))
    yield from trainer.events()


def time_explanations(names: tuple[str, ...], repeats: int) -> Latency:
    """The time to compute answers and all maps of several shipped networks for one image and query."""
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
    """Peak memory of this process, in MB; None where the system does not report it."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    return megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def megabytes(maxrss: int) -> float:
    """A process's peak memory in MB, of the number that the system reports: bytes on macOS, otherwise KB."""
    return maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def _compare(what: str, measure: Callable[[], float], plainly: Callable[[], float], turns: int) -> Comparison:
    pairs = [(measure(), plainly()) for _ in range(turns)]
    return Comparison(
        what, median(ours for ours, _ in pairs), median(plain for _, plain in pairs),
        median(ours / plain for ours, plain in pairs),
    )  # fmt: skip
