"""`pan.train`: a training run as one call."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike
from pathlib import Path

from pan.api.trained_network import TrainedNetwork, load
from pan.data.own_set import recipe_for
from pan.data.sources import Sources
from pan.recipes.recipe import Recipe
from pan.training.events import Event
from pan.training.loop import train as training


def train(
    recipe: str | Recipe,
    run: str | PathLike[str],
    data: str | PathLike[str] | None = None,
    device: str = "auto",
    progress: Callable[[Event], object] | None = None,
    preset: str = "standard",
    **settings: object,
) -> TrainedNetwork:
    """Train a network and return it with its best weights.

    `pan.training.loop.resume` continues an interrupted run; like `pan.training.loop.train`, it yields events.

    Args:
        recipe: One of `pan.recipes()`, a network such as `pan-ctx` with `data`, or a `Recipe`.
        run: A new folder for the run.
        data: A reference set to train on, in place of drawn scenes. Its words are the task.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`; `auto` is a GPU where there is one.
        progress: Called with each event: `pan.training.events.Step`, `Epoch`, `Finished` and others.
        preset: `quick`, `standard`, `paper` or `authors`; with a network's name and `data`, one of the first two.
            Ignored for a `Recipe`.
        settings: Fields of the recipe to change, such as `questions=60_000`.

    Raises:
        InputError: If there is no such recipe, field or device, a value is out of range, the data cannot be used, or
            the folder already holds a run.
    """
    sources = Sources(data=None if data is None else Path(data))
    chosen = recipe_for(recipe, preset, sources.data) if isinstance(recipe, str) else recipe
    chosen = chosen.with_settings({name: _text(value) for name, value in settings.items()})
    for event in training(chosen, Path(run), sources, device):
        if progress is not None:
            progress(event)
    return load(run, device)


def _text(value: object) -> str:
    """A field's value in the form of `--set`."""
    return ",".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
