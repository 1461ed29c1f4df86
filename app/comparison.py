"""Which networks are compared, what they are called and which colours they wear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from app.theme import model_colour
from app.values import Model

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


RUN_NAME = re.compile(r"-\d{8}-(\d\d)(\d\d)\d\d$")
"""How a run's folder is called by itself: its recipe, its day, its hour."""


def models_of_task(kind: str, own: Sequence[Model]) -> tuple[Model, ...]:
    """The shipped networks of a task, and behind them those the user added."""
    models: tuple[Model, ...] = ()
    for network in COMPARED:
        models = with_model(models, f"{kind}/{network}", network)
    return (*models, *own)


def with_model(models: tuple[Model, ...], name: str, network: str) -> tuple[Model, ...]:
    """One more network, told apart from the others by title and colour."""
    if any(model.name == name for model in models):
        return models
    title = network.upper()
    if any(model.title == title for model in models):
        title = f"{title} · {_origin(name)}"
    return (*models, Model(name, title, model_colour(network, [model.colour for model in models])))


def _origin(name: str) -> str:
    """Where a checkpoint is from, in a word: a run's hour, a file's or a folder's name, a shipped one's task."""
    path = Path(name)
    if run := RUN_NAME.search(path.name):
        return f"{run[1]}:{run[2]}"
    return path.stem if path.suffix == ".safetensors" or path.is_dir() else path.parts[0]
