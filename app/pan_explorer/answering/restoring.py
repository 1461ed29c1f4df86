"""Restores what a session file describes, as far as its files still exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pan.system.errors import InputError
from pan_explorer.pictures.picture import Picture
from pan_explorer.pictures.reading import (
    PictureSet,
    is_reference_set,
    picture_of,
    read_picture,
    read_pictures,
    samples_folder,
)
from pan_explorer.state.saved_session import SavedSession
from pan_explorer.state.session_bundle import read_saved
from pan_explorer.state.step_file import SUFFIX as STEP
from pan_explorer.state.step_file import read_step
from pan_explorer.state.window import query_among


@dataclass(frozen=True, eq=False)
class Restored:
    """A restored session.

    Attributes:
        path: Its file.
        saved: The file's content.
        pictures: The set in the strip.
        picture: The image; None if it is gone.
        networks: The checkpoints that could be loaded, each with its network's name.
        missing: What could not be restored, in sentences.
    """

    path: Path
    saved: SavedSession
    pictures: PictureSet
    picture: Picture | None
    networks: dict[str, str]
    missing: tuple[str, ...]

    def fields(self) -> dict[str, Any]:
        """The fields of the window's state that it restores, except the compared networks."""
        saved, read = self.saved, self.pictures
        picture = self.picture or read.pictures[0]
        queries = picture.queries or read.queries
        own = () if picture in read.pictures else (picture,)
        query = query_among(saved.query or next(iter(picture.truths), ""), queries)
        return {
            "kind": saved.kind, "folder": read.folder, "pictures": (*own, *read.pictures), "picture": picture,
            "queries": queries, "query": query, "layers": saved.layers, "layer": saved.layer,
            "display": saved.display, "viewport": saved.viewport, "view": saved.view,
        }  # fmt: skip


def restore(path: Path, network_of: Callable[[str], str]) -> Restored:
    """Read a session file, or a step of a walk, and the files it names.

    Args:
        path: The file.
        network_of: Loads a checkpoint and returns its network's name; raises InputError if there is none.

    Raises:
        InputError: If it is not a session file.
    """
    saved = read_step(path).shown if path.suffix == STEP else read_saved(path)
    missing: list[str] = []
    samples = samples_folder(saved.kind)
    if not is_reference_set(samples):
        raise InputError(f"{path} is of the task “{saved.kind}”, which this program does not have.")
    folder = saved.folder or samples
    try:
        pictures = read_pictures(folder)
    except InputError as error:
        missing.append(str(error))
        pictures = read_pictures(samples)
    picture = None
    try:
        picture = _picture(saved, pictures)
    except InputError as error:
        missing.append(str(error))
    networks = {}
    for model in saved.models:
        try:
            networks[model.name] = network_of(model.name)
        except InputError as error:
            missing.append(str(error))
    return Restored(path, saved, pictures, picture, networks, tuple(missing))


def _picture(saved: SavedSession, pictures: PictureSet) -> Picture | None:
    if saved.embedded is not None:
        return picture_of(saved.embedded, saved.image_name)
    if saved.image is None and saved.image_name:
        raise InputError(f"{saved.image_name} was kept in the file and is damaged.")
    if saved.image is None:
        return None
    for each in pictures.pictures:
        is_sample = saved.folder is None and each.name == saved.image_name  # the folder differs by machine
        if is_sample or (each.path is not None and _same(each.path, saved.image)):
            return each
    return read_picture(saved.image)


def _same(one: Path, other: Path | None) -> bool:
    return other is not None and one.absolute() == other.absolute()
