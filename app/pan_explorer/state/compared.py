"""The compared networks, with their titles and colours."""

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
"""The networks shown at first: progressive, soft and hard attention."""

TASK_TITLES = {
    "mref": "MNIST Reference",
    "mdist": "MNIST Reference · distractors",
    "mbg": "MNIST Reference · background",
}
"""The tasks of scenes of digits, which can be composed."""

ALL_TASKS = {**TASK_TITLES, "vg-tiny": "Objects · composed photographs"}
"""And the form of Visual Genome's: several answers, boxes."""

SHORT_TITLES = {"mref": "MREF", "mdist": "MDIST", "mbg": "MBG", "vg-tiny": "Objects"}
"""The paper's names, for narrow places."""


RUN_NAME = re.compile(r"-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)\d\d(?:-\d+)?$")
"""The default name of a run's folder: recipe, date and time."""


def models_of_task(kind: str, own: Sequence[Model]) -> tuple[Model, ...]:
    """The shipped networks of a task, followed by those that the user added."""
    models: tuple[Model, ...] = ()
    for network in COMPARED:
        models = with_model(models, f"{kind}/{network}", network)
    return (*models, *own)


def models_of_session(saved: Sequence[SavedModel], networks: Mapping[str, str]) -> tuple[Model, ...]:
    """A session's networks that could be loaded, shown or hidden as saved.

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
    """Add a network with a title and colour of its own."""
    if any(model.name == name for model in models):
        return models
    title = model_title(network)
    if title in (model.title for model in models):
        title = _title(title, name, models)
    return (*models, Model(name, title, distinct_colour(network, [model.colour for model in models])))


def without_model(models: Sequence[Model], name: str) -> tuple[Model, ...]:
    """Remove a network."""
    return tuple(model for model in models if model.name != name)


def moved(models: Sequence[Model], name: str, place: int) -> tuple[Model, ...]:
    """Move a network to another index, counted without it."""
    others = without_model(models, name)
    place = min(max(place, 0), len(others))
    return (*others[:place], *(model for model in models if model.name == name), *others[place:])


def toggled(models: Sequence[Model], name: str) -> tuple[Model, ...]:
    """Show or hide a network."""
    return tuple(replace(model, shown=not model.shown) if model.name == name else model for model in models)


def renamed(models: Sequence[Model], old: str, new: str) -> tuple[Model, ...]:
    """Rename a network's checkpoint, and a title that contains its origin."""
    others = without_model(models, old)
    return tuple(replace(model, name=new, title=_retold(model, new, others)) if model.name == old else model
                 for model in models)


def _retold(model: Model, name: str, others: Sequence[Model]) -> str:
    network, _, origin = model.title.partition(" · ")
    return _title(network, name, others) if origin else network


def _title(network: str, name: str, others: Sequence[Model]) -> str:
    """A title with the shortest origin that the others do not have."""
    taken = {model.title for model in others}
    *titles, longest = (f"{network} · {origin}" for origin in _origins(name))
    return next((title for title in titles if title not in taken), longest)


def _origins(name: str) -> tuple[str, ...]:
    """The origin of a checkpoint, shortest first.

    It is the time of a run, the name of a file or folder, or the shipped task; then the day or the folder too; then
    the whole name.
    """
    path = Path(name)
    if run := RUN_NAME.search(path.name):
        year, month, day, hour, minute = run.groups()
        return f"{hour}:{minute}", f"{year}-{month}-{day} {hour}:{minute}", name
    if path.suffix == ".safetensors" or is_folder(path):
        return path.stem, f"{path.parent.name}/{path.stem}", name
    return path.parts[0], name
