"""All checks that need a GPU, in under ten minutes: `python -m pan.benchmark.gpu` prints a table in Markdown.

Without a GPU, the parts that can run on a CPU are run at a small size, and the others are skipped.
"""

from __future__ import annotations

import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import torch
from torch import Tensor

from pan.benchmark.comparisons import peak_memory, questions_per_second, time_explanations
from pan.checkpoints.file import load_checkpoint
from pan.data.sources import Sources, draw_questions, prepare
from pan.evaluation.evaluate import evaluate
from pan.recipes.by_name import find_recipe
from pan.recipes.digits import MODELS
from pan.recipes.recipe import Recipe
from pan.system.device import choose_device, finish, list_devices, release
from pan.system.errors import InputError
from pan.system.steps import run_to_end
from pan.training.events import Epoch, Event, Step
from pan.training.loop import train
from pan.training.runs.folder import create_run
from pan.training.trainer import Trainer
from pan.training.update import EagerUpdate

ENOUGH_QUESTIONS = 10_000_000
FEW = 128
"""Scenes in a speed measurement."""
CUDA_TESTS = Path(__file__).parents[2] / "tests" / "pan" / "training" / "test_cuda_graph.py"
TOLERANCE = 1e-3
"""Largest difference of losses and weights, relative to the largest value; the order of sums differs."""


class Size(NamedTuple):
    """The size of the measurements.

    Attributes:
        steps: Steps of a speed measurement.
        compared_steps: Steps of two trainings that must give the same weights.
        scenes: Scenes of an evaluation.
        repeats: Number of explanations.
        drawn: Scenes of the full training.
        questions: Questions of the full training.
        channels: Channels of the trained networks.
    """

    steps: int
    compared_steps: int
    scenes: int
    repeats: int
    drawn: int
    questions: int
    channels: int


LARGE = Size(steps=400, compared_steps=48, scenes=1_000, repeats=200, drawn=20_000, questions=300_000, channels=32)
SMALL = Size(steps=4, compared_steps=8, scenes=8, repeats=2, drawn=16, questions=896, channels=4)


class Row(NamedTuple):
    """A row of the table.

    Attributes:
        what: The quantity, in words.
        measured: The measured value, with its unit.
    """

    what: str
    measured: str


class Part(NamedTuple):
    """A group of measurements.

    Attributes:
        what: A title.
        on_gpu_alone: Whether it needs a GPU.
        measure: The function that measures.
    """

    what: str
    on_gpu_alone: bool
    measure: Callable[[Size, torch.device], Iterator[Row]]


def run_cuda_tests(_: Size, device: torch.device) -> Iterator[Row]:
    """Run the test suite's CUDA tests; they exist only in a checkout."""
    if not CUDA_TESTS.is_file():
        raise InputError("there are no tests in an installed package; run this command in a checkout.")
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(CUDA_TESTS)],  # noqa: S603 - ours
                          capture_output=True, text=True, check=False)  # fmt: skip
    yield Row(f"CUDA tests on {device}", (done.stdout.strip().splitlines() or ["pytest said nothing"])[-1])


def compare_recorded(size: Size, device: torch.device) -> Iterator[Row]:
    """CUDA graphs against eager mode, for every network: losses, weights, questions per second."""
    for model in MODELS:
        short = _recipe(model, size, questions=size.compared_steps * _recipe(model, size).data.batch_questions,
                        precision="float32")
        recorded, eager = _trained(short, train, device), _trained(short, train_eagerly, device)
        apart = max(_apart(one, other) for one, other in zip(recorded, eager, strict=True))
        endless = _recipe(model, size)
        speeds = [questions_per_second(endless, size.steps, how) for how in (train, train_eagerly)]
        yield Row(f"{model}: CUDA graph, eager", f"{speeds[0]:,.0f}, {speeds[1]:,.0f} questions/s "
                  f"({speeds[0] / speeds[1]:.1f} ×); loss and weights {'the same' if apart <= TOLERANCE else 'DIFFER'} "
                  f"(apart by {apart:.1e} of the largest)")  # fmt: skip


def measure_throughput(size: Size, device: torch.device) -> Iterator[Row]:
    """Training speed of `pan train`, and its memory."""
    for model in ("pan-ctx", "san"):
        if device.type == "cuda":
            torch.cuda.reset_peak_memory_stats(device)
        speed = questions_per_second(_recipe(model, size), size.steps, train)
        yield Row(f"{model}: pan train", f"{speed:,.0f} questions/s; {_memory(device)}")


def measure_answers(size: Size, device: torch.device) -> Iterator[Row]:
    """Evaluation and explanation with shipped networks."""
    questions = run_to_end(draw_questions("mref", "test", size.scenes, 1, Sources()), lambda _: None)
    for name in ("mref/pan-ctx", "mref/san"):
        evaluation = run_to_end(evaluate(load_checkpoint(name), questions, "test scenes", device), lambda _: None)
        yield Row(f"{name}: pan evaluate", f"{len(questions) / evaluation.seconds:,.0f} questions/s, "
                  f"{100 * evaluation.accuracy:.1f} % right")  # fmt: skip
    latency = time_explanations(("mref/pan-ctx", "mref/san", "mref/han"), size.repeats)
    yield Row(latency.what, f"{latency.median:.1f} ms (p95 {latency.p95:.1f})")


def train_to_accuracy(size: Size, device: torch.device) -> Iterator[Row]:
    """A full training of PAN-CTX from random weights."""
    recipe = _recipe("pan-ctx", size, scenes=size.drawn, questions=size.questions)
    began = time.perf_counter()
    with TemporaryDirectory() as folder, closing(train(recipe, Path(folder) / "run", device=str(device))) as events:
        accuracies = [event.validation_accuracy for event in events if isinstance(event, Epoch)]
    seconds = time.perf_counter() - began
    yield Row(f"pan-ctx: {size.questions:,} questions trained from random weights",
              f"{100 * max(accuracies):.1f} % right in validation, {seconds:.0f} s in all")


def cancel_and_release(size: Size, device: torch.device) -> Iterator[Row]:
    """A cancelled training frees its memory."""
    release(device)
    before = torch.cuda.memory_allocated(device)
    began = 0.0
    with TemporaryDirectory() as folder:
        recipe = _recipe("pan-ctx", size)
        with closing(train(recipe, Path(folder) / "run", device=str(device))) as run:
            for event in run:
                if isinstance(event, Step) and event.step == 2 * size.compared_steps:
                    began = time.perf_counter()
                    break
        del event, run
        finish(device)
    release(device)
    left = torch.cuda.memory_allocated(device) - before
    yield Row("cancelled training", f"ended in {time.perf_counter() - began:.2f} s, {left / 1e6:,.0f} MB not freed")


PARTS = (
    Part("the suite's CUDA tests", on_gpu_alone=True, measure=run_cuda_tests),
    Part("CUDA graphs against eager mode", on_gpu_alone=True, measure=compare_recorded),
    Part("throughput", on_gpu_alone=False, measure=measure_throughput),
    Part("evaluation and explanation", on_gpu_alone=False, measure=measure_answers),
    Part("a full training", on_gpu_alone=False, measure=train_to_accuracy),
    Part("cancelling and freeing memory", on_gpu_alone=True, measure=cancel_and_release),
)


def train_eagerly(recipe: Recipe, run: Path, device: str = "auto") -> Generator[Event, None, None]:
    """The same training loop in eager mode, without CUDA graphs."""
    prepared = yield from prepare(recipe, Sources())
    create_run(run, recipe, Sources())
    trainer = Trainer(run, recipe, prepared, choose_device(device))
    trainer.update = EagerUpdate(
        trainer.network, trainer.optimizer, recipe, prepared.task, trainer.precision, trainer.covering_share
    )
    yield from trainer.events()


def _recipe(model: str, size: Size, **fields: object) -> Recipe:
    """A `standard` recipe with random initial weights and a budget that no measurement uses up."""
    return find_recipe(f"mref/{model}").with_fields(**{
        "scenes": min(FEW, size.drawn), "validation_scenes": min(FEW, size.drawn), "start": "",
        "channels": size.channels, "hidden": size.channels, "questions": ENOUGH_QUESTIONS, **fields,
    })  # fmt: skip


def _trained(
    recipe: Recipe, how: Callable[..., Generator[Event, None, None]], device: torch.device
) -> tuple[Tensor, Tensor]:
    """The losses and the weights of a training."""
    with TemporaryDirectory() as folder:
        run = Path(folder) / "run"
        epochs = [event for event in how(recipe, run, device=str(device)) if isinstance(event, Epoch)]
        weights = load_checkpoint(str(run)).model.parameters()
        return torch.tensor([each.loss for each in epochs]), torch.cat([each.detach().flatten() for each in weights])


def _apart(one: Tensor, other: Tensor) -> float:
    return float((one - other).abs().max() / other.abs().max())


def _memory(device: torch.device) -> str:
    if device.type == "cuda":
        return f"{torch.cuda.max_memory_allocated(device) / 1e9:.1f} GB on the GPU"
    return f"{peak_memory() or 0:,.0f} MB"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure all parts, printing each row at once; returns 1 if a part failed."""
    ArgumentParser("python -m pan.benchmark.gpu", description=__doc__).parse_args(arguments)
    device, failed = choose_device(), False
    on_gpu = device.type == "cuda"
    title = next(each.title for each in list_devices() if each.name in (str(device), "cuda:0", "cpu"))
    _print(f"| {title}, torch {torch.__version__} | |\n|---|---|")
    for part in PARTS:
        if part.on_gpu_alone and not on_gpu:
            _print(f"| {part.what} | skipped: no GPU |")
            continue
        try:
            for row in part.measure(LARGE if on_gpu else SMALL, device):
                _print(f"| {row.what} | {row.measured} |")
        except (InputError, RuntimeError) as error:
            failed = True
            _print(f"| {part.what} | FAILED: {error} |")
    return int(failed)


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
