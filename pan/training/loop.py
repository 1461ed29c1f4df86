"""The training loop, as generators of events.

To cancel, stop iterating. To pause, wait before asking for the next event.
"""

from __future__ import annotations

from collections.abc import Container, Generator
from contextlib import nullcontext
from pathlib import Path

import torch

from pan.checkpoints.file import LAST, load_checkpoint, named_checkpoints, read_header
from pan.data.sources import Sources, prepare, task_of
from pan.data.survey import survey
from pan.models.build import build_model
from pan.models.trunks.pretrained import IMAGENET, read_trunk_weights
from pan.recipes.recipe import Recipe
from pan.system.device import choose_device, release
from pan.system.errors import InputError
from pan.training.allocation import freed_memory_kept
from pan.training.distributed import first_process_first, process_group
from pan.training.events import Event
from pan.training.runs.folder import create_run, read_run, write_run
from pan.training.runs.log import with_log
from pan.training.runs.own_files import alone_in
from pan.training.runs.status import with_status
from pan.training.trainer import Trainer


def train(
    recipe: Recipe, run: Path, sources: Sources | None = None, device: str = "auto"
) -> Generator[Event, None, None]:
    """Train a network in a new run folder.

    Args:
        recipe: The recipe.
        run: The folder, which must not contain a run.
        sources: The data.
        device: The device, a name for `choose_device`.

    Raises:
        InputError: If an argument cannot be used or a file cannot be written.
    """
    sources = sources or Sources()
    chosen = choose_device(device)
    process_group().check_batch(recipe.data.images_per_batch, recipe.hardware.accumulation)
    recipe = recipe.with_fields(start=_absolute(recipe.start, named_checkpoints()),
                                weights=_absolute(recipe.network.weights, [IMAGENET]))
    _check(recipe, sources)  # before the folder is made
    with alone_in(run):
        create_run(run, recipe, sources)
        yield from _recorded(run, recipe, sources, chosen)


def _absolute(start: str, names: Container[str]) -> str:
    """A name unchanged, or an absolute path, so that the run can be resumed from any folder."""
    return start if not start or start in names else str(Path(start).absolute())


def _check(recipe: Recipe, sources: Sources) -> None:
    """Check the recipe's files, sources and network before the images are read."""
    if recipe.start:
        load_checkpoint(recipe.start)
    if recipe.network.weights:
        read_trunk_weights(recipe.network.weights)
    survey(recipe.kind, sources)
    build_model(recipe, task_of(recipe, sources))


def resume(run: Path, device: str = "auto", moved: Sources | None = None) -> Generator[Event, None, None]:
    """Resume a run that was stopped or killed; on the CPU it ends with the weights of an uninterrupted run.

    Args:
        run: The folder.
        device: The device, a name for `choose_device`.
        moved: New locations of data that have been moved; they are saved in the run.

    Raises:
        InputError: If the folder is not a run, another process trains it, or a file that it needs is missing.
    """
    read_run(run)  # before anything is written into the folder
    chosen = choose_device(device)
    with alone_in(run):
        recipe, sources = read_run(run)
        process_group().check_batch(recipe.data.images_per_batch, recipe.hardware.accumulation)
        now = sources.moved_to(moved or Sources())
        _check_places(run, recipe.kind, now)
        if now != sources:
            _check_words(run, recipe, now)
            write_run(run, recipe, now)
        yield from _recorded(run, recipe, now, chosen)


def _check_places(run: Path, kind: str, sources: Sources) -> None:
    """Check that all data that the run reads are there."""
    if missing := sources.missing(kind):
        place, option = getattr(sources, missing[0]), missing[0].replace("_", "-")
        raise InputError(f"{place} is not there, and {run} is trained with it; say where it is now: --{option} NEW, or "
                         "Resume in the window's list of runs.")  # fmt: skip


def _check_words(run: Path, recipe: Recipe, sources: Sources) -> None:
    """Check that moved data can be read and have the words of the run."""
    survey(recipe.kind, sources)
    if (run / LAST).is_file() and read_header(run / LAST).task != task_of(recipe, sources):
        raise InputError(f"{sources.data} asks or answers with other words than the run began with; give the same set "
                         "where it is now.")  # fmt: skip


def _recorded(run: Path, recipe: Recipe, sources: Sources, device: torch.device) -> Generator[Event, None, None]:
    return with_status(with_log(_train(run, recipe, sources, device), run), run)


def _train(
    run: Path, recipe: Recipe, sources: Sources, device: torch.device
) -> Generator[Event, None, None]:
    with nullcontext() if sources.data is None else first_process_first():  # drawn scenes are not cached
        prepared = yield from prepare(recipe, sources)
    trainer = Trainer(run, recipe, prepared, device)
    try:
        with freed_memory_kept():
            yield from trainer.events()
    finally:
        del trainer
        release(device)
