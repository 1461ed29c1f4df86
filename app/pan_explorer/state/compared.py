"""Which networks are compared, what they are called and which colours they wear."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pan.figures.palette import distinct_colour, model_title
from pan.system.names import is_folder
from pan_explorer.state.saved_session import SavedModel
from pan_explorer.values.view import Model

COMPARED = ("pan-ctx", "san", "han")
"""The networks shown at first: progressive attention beside one soft and one hard attention."""

TASK_TITLES = {
    "mref": "MNIST Reference",
    "mdist": "MNIST Reference · distractors",
    "mbg": "MNIST Reference · background",
}
"""The tasks of scenes of digits, which can be composed."""

ALL_TASKS = {**TASK_TITLES, "vg-tiny": "Objects · composed photographs"}
"""And the form of Visual Genome's: several answers, boxes."""

SHORT_TITLES = {"mref": "MREF", "mdist": "MDIST", "mbg": "MBG", "vg-tiny": "Objects"}
"""The paper's names, where room is short."""


RUN_NAME = re.compile(r"-\d{8}-(\d\d)(\d\d)\d\d(?:-\d+)?$")
"""How a run's folder is called by itself: its recipe, its day, its hour."""


def models_of_task(kind: str, own: Sequence[Model]) -> tuple[Model, ...]:
    """The shipped networks of a task, and behind them those the user added."""
    models: tuple[Model, ...] = ()
    for network in COMPARED:
        models = with_model(models, f"{kind}/{network}", network)
    return (*models, *own)


def models_of_session(saved: Sequence[SavedModel], networks: Mapping[str, str]) -> tuple[Model, ...]:
    """A session's networks, shown or hidden as they were, as far as they could be loaded.

    Args:
        saved: The networks in their order.
        networks: The network's name of each checkpoint that could be loaded.
    """
    models: tuple[Model, ...] = ()
    for model in saved:
        if model.name in networks:
            models = with_model(models, model.name, networks[model.name])
            models = models if model.shown else toggled(models, model.name)
    return models


def with_model(models: tuple[Model, ...], name: str, network: str) -> tuple[Model, ...]:
    """One more network, told apart from the others by title and colour."""
    if any(model.name == name for model in models):
        return models
    title = model_title(network)
    if any(model.title == title for model in models):
        title = f"{title} · {_origin(name)}"
    return (*models, Model(name, title, distinct_colour(network, [model.colour for model in models])))


def without_model(models: Sequence[Model], name: str) -> tuple[Model, ...]:
    """The other networks."""
    return tuple(model for model in models if model.name != name)


def moved(models: Sequence[Model], name: str, place: int) -> tuple[Model, ...]:
    """The networks with one at another place, counted without it."""
    others = without_model(models, name)
    place = min(max(place, 0), len(others))
    return (*others[:place], *(model for model in models if model.name == name), *others[place:])


def toggled(models: Sequence[Model], name: str) -> tuple[Model, ...]:
    """The networks with one hidden that was shown, or shown that was hidden."""
    return tuple(replace(model, shown=not model.shown) if model.name == name else model for model in models)


def renamed(models: Sequence[Model], old: str, new: str) -> tuple[Model, ...]:
    """The networks with one whose checkpoint is called something else; a title that tells its origin follows."""
    return tuple(replace(model, name=new, title=_retold(model, new)) if model.name == old else model
                 for model in models)


def _retold(model: Model, name: str) -> str:
    network, between, origin = model.title.partition(" · ")
    return f"{network}{between}{_origin(name)}" if origin else network


def _origin(name: str) -> str:
    """Where a checkpoint is from, in a word: a run's hour, a file's or a folder's name, a shipped one's task."""
    path = Path(name)
    if run := RUN_NAME.search(path.name):
        return f"{run[1]}:{run[2]}"
    return path.stem if path.suffix == ".safetensors" or is_folder(path) else path.parts[0]
