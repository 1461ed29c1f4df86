"""Checkpoints, runs and what is remembered of a machine."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import numpy as np
from PIL import Image

from pan.benchmark.estimate import Speed, keep_speeds, read_speeds
from pan.checkpoints.file import load_checkpoint, read_header, save_checkpoint
from pan.checkpoints.library import list_entries
from pan.data.images import fit_image
from pan.data.sources import Sources, prepare
from pan.explaining.explain import explain
from pan.models.build import build_model
from pan.recipes.by_name import find_recipe
from pan.recipes.recipe import Recipe
from pan.recipes.task import MNIST_REFERENCE
from pan.system.device import choose_device
from pan.training.loop import train
from pan.training.runs.folder import read_metrics, read_run
from pan.training.runs.log import read_log
from pan.training.runs.probes import read_probes
from pan.training.runs.state import restore_state
from pan.training.runs.status import read_ending, read_status
from pan.training.trainer import Trainer
from tests.pan.conftest import drained
from tests.pan.outside.fuzzing import Reader


def small(model: str = "san", **changes: object) -> Recipe:
    recipe = find_recipe(f"mref/{model}", "quick").to_json()
    return Recipe.from_json({**recipe, "channels": 4, "hidden": 4, "scenes": 8, "validation_scenes": 2, "start": "",
                             "images_per_batch": 4, "questions": 56, "epoch_questions": 28, "precision": "float32",
                             **changes})  # fmt: skip


def _checkpoint(folder: Path) -> None:
    recipe = small("pan-ctx")
    metrics = {"test": {"accuracy": 0.5, "accuracy_by_layer": [float("nan"), 0.5], "tpr_by_layer": [0.1, 0.2]},
               "validation": {"accuracy": 0.5}, "questions_trained": 7}  # fmt: skip
    save_checkpoint(folder / "c.safetensors", build_model(recipe, MNIST_REFERENCE), recipe, MNIST_REFERENCE, metrics)


def _explain(folder: Path) -> None:
    header = read_header(folder / "c.safetensors")
    header.metrics.get("test", {}).get("accuracy")
    checkpoint = load_checkpoint(str(folder / "c.safetensors"))
    image = fit_image(Image.new("RGB", (50, 40), "red"), checkpoint.task.image_size)
    explain(checkpoint, image, checkpoint.task.queries[0])


def _run(folder: Path) -> None:
    list(train(small(), folder / "run", Sources(), "cpu"))


def _read_run(folder: Path) -> None:
    run = folder / "run"
    read_metrics(run), read_log(run), read_status(run), read_ending(run), read_probes(run, 10)
    with (patch("pan.training.runs.known.runs_folder", lambda: folder),
          patch("pan.checkpoints.library.shipped_checkpoints", dict)):  # fmt: skip
        list_entries()
    read_run(run)


def _resume(folder: Path) -> None:
    """As far as the first step, in this process: what does not fit must be refused before the optimiser sees it."""
    run = folder / "run"
    recipe, sources = read_run(run)
    trainer = Trainer(run, recipe, drained(prepare(recipe, sources)), choose_device("cpu"))
    restore_state(run, trainer.model, trainer.optimizer)
    trainer._step(next(trainer._rows_left(1)) if trainer.progress.step == 0 else np.zeros((4, 7), int))


def _speeds(folder: Path) -> None:
    with patch("pan.benchmark.estimate._file", lambda: folder / "speeds.json"):
        keep_speeds({"a machine": Speed(0.001, 0.002, 0.003), "another": Speed(1.0, 2.0, 3.0)})


def _read_speeds(folder: Path) -> None:
    with patch("pan.benchmark.estimate._file", lambda: folder / "speeds.json"):
        for speed in read_speeds().values():
            speed.seconds(small())
        keep_speeds({"a third": Speed(1.0, 2.0, 3.0)})


NETWORKS = (
    Reader("a checkpoint", _checkpoint, ("c.safetensors",), _explain),
    Reader("a run", _run, ("run/*.json", "run/*.csv", "run/*.txt", "run/probes/*.npz", "run/best.safetensors"),
           _read_run),
    Reader("a run's state", _run, ("run/state.safetensors",), _resume),
    Reader("speeds", _speeds, ("speeds.json",), _read_speeds),
)  # fmt: skip
