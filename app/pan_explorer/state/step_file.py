"""Steps of a walk as Markdown files; the head of a file says what the window shows.

    ---
    task: mbg
    image: mbg/000002.png
    query: 7
    networks: mbg/pan-ctx, mbg/san
    layer: att3
    ---
    # What is asked
    An image shows digits. A network is asked for the colour of one.

    > Press another digit.

The keys of the head are `NAMES`; with an empty head, the window shows the first sample of the first task. `session`
names a session file, and the other keys override its values. File names are relative to the step. Quoted lines tell the
user what to do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import platformdirs

from pan.system.errors import InputError
from pan.system.names import exists, is_folder
from pan.system.outside import lines_of, open_text
from pan.system.resources import resources_folder
from pan_explorer.pictures.reading import is_reference_set, samples_folder
from pan_explorer.state.compared import ALL_TASKS, COMPARED
from pan_explorer.state.saved_session import SavedModel, SavedSession
from pan_explorer.state.session_bundle import read_saved
from pan_explorer.state.walk import Step
from pan_explorer.values.display import Display
from pan_explorer.values.view import LAYERS, PAGES, VIEWS, WHOLE

SUFFIX = ".md"
FENCE = "---"
NAMES = ("session", "task", "image", "query", "networks", "layer", "page", "view", "training")
FIELDS = {"task": "kind", "query": "query", "layer": "layer", "page": "page", "view": "view"}
"""The keys whose values become fields of `SavedSession` unchanged."""
CHOICES: Mapping[str, Sequence[str]] = {
    "task": tuple(ALL_TASKS), "layer": LAYERS, "page": PAGES, "view": VIEWS, "training": ("open", "folded"),
}  # fmt: skip


def own_steps_folder() -> Path:
    """The folder of the user's own steps."""
    return platformdirs.user_data_path("pan-explorer", appauthor=False) / "walk"


def read_walk() -> tuple[Step, ...]:
    """The walk through the paper, followed by the user's own steps.

    Raises:
        InputError: If a step is invalid.
    """
    own = own_steps_folder()
    return (*read_steps(resources_folder() / "walk"), *(read_steps(own) if is_walk(own) else ()))


def is_walk(path: Path) -> bool:
    """Whether a file has the suffix of a step, or a folder contains steps and is not a reference set."""
    if not is_folder(path):
        return path.suffix.lower() == SUFFIX
    return not is_reference_set(path) and any(map(_begins_with_head, _files(path)))


def read_steps(path: Path) -> tuple[Step, ...]:
    """Read the step of a file, or all steps of a folder in the order of their file names.

    Markdown files without a head are left out.

    Raises:
        InputError: If there is no step, or one is invalid.
    """
    if not is_folder(path):
        return (read_step(path),)
    steps = tuple(read_step(each) for each in _files(path) if _begins_with_head(each))
    if not steps:
        raise InputError(f"{path} has no step of a walk: no {SUFFIX} file that begins with {FENCE}.")
    return steps


def read_step(path: Path) -> Step:
    """Read one step.

    Raises:
        InputError: If it cannot be read, or its head has an unknown key or value.
    """
    head, body = _parted(path)
    title, _, rest = body.strip().partition("\n")
    if not title.startswith("# "):
        raise InputError(f"{path} has no title; begin its text with a line “# …”.")
    blocks = [block.strip() for block in rest.split("\n\n") if block.strip()]
    tasks = [block for block in blocks if block.startswith(">")]
    text = "\n\n".join(block for block in blocks if block not in tasks)
    task = "\n\n".join("\n".join(line.lstrip("> ") for line in block.splitlines()) for block in tasks)
    return Step(path, title[2:].strip(), text, task, _shown(head, path), head.get("training") == "open")


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{SUFFIX}"))


def _begins_with_head(path: Path) -> bool:
    try:
        with open_text(path) as file:
            return next(lines_of(file), "").rstrip() == FENCE
    except (OSError, ValueError):
        return False


def _parted(path: Path) -> tuple[dict[str, str], str]:
    """The head as a dictionary, and the text below it."""
    try:
        with open_text(path) as file:
            lines = [line.rstrip("\r\n") for line in lines_of(file)]
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read as a step: {error}.") from error
    if lines[:1] != [FENCE] or FENCE not in lines[1:]:
        raise InputError(f"{path} is no step; its head stands between two lines “{FENCE}”.")
    end = lines.index(FENCE, 1)
    head = {}
    for number, line in enumerate(lines[1:end], start=2):
        name, _, value = (part.strip() for part in line.partition(":"))
        if name not in NAMES:
            raise InputError(f"{path}, line {number}: “{name}” is not known in a step; known are {', '.join(NAMES)}.")
        if value not in CHOICES.get(name, (value,)):
            raise InputError(f"{path}, line {number}: {name} is one of {', '.join(CHOICES[name])}, not “{value}”.")
        head[name] = value
    return head, "\n".join(lines[end + 1 :])


def _shown(head: Mapping[str, str], path: Path) -> SavedSession:
    beside = path.parent
    kind = head.get("task", next(iter(ALL_TASKS)))
    base = read_saved(beside / head["session"]) if "session" in head else _of_task(kind)
    changed: dict[str, Any] = {field: head[name] for name, field in FIELDS.items() if name in head}
    if "image" in head:
        own = beside / head["image"]
        sample = samples_folder(base.kind) / "images" / Path(head["image"]).name
        changed |= {"image": own if exists(own) else sample, "image_name": head["image"], "embedded": None}
    if "networks" in head:
        names = [name.strip() for name in head["networks"].split(",")]
        changed["models"] = tuple(SavedModel(_found(name, beside), shown=True) for name in names)
    return replace(base, **changed)


def _of_task(kind: str) -> SavedSession:
    """The window as it is after a task has been chosen."""
    return SavedSession(
        kind=kind, folder=None, image=None, embedded=None, image_name="", query="",
        models=tuple(SavedModel(f"{kind}/{network}", shown=True) for network in COMPARED),
        layers=LAYERS, layer=LAYERS[-1], display=Display(), viewport=WHOLE, page="explore", view="panes",
        surgery={}, scene=None,
    )  # fmt: skip


def _found(name: str, beside: Path) -> str:
    """The absolute path of a network's file beside the step, else the name of a shipped network."""
    own = beside / name
    return str(own.absolute()) if exists(own) else name
