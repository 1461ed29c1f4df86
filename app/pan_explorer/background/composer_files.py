"""The work of jobs that read and write files of the composer."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from pan.data.composer.composition import Background, Composition
from pan.data.composer.drawing import draw
from pan.data.composer.saved_set import add_compositions, read_composition
from pan.data.composer.variations import background_of
from pan.data.opening import load_image
from pan.system.files import write_whole
from pan_explorer.background.job import Work
from pan_explorer.pictures.picture import Picture
from pan_explorer.pictures.reading import fitted_at


@dataclass(frozen=True, eq=False)
class Saving:
    """Event: progress of writing scenes into a set.

    Attributes:
        folder: The set.
        done: Number of scenes written; the index is written after the last.
        total: Number of scenes to write.
        scene: The scene, if it is a single one.
    """

    folder: Path
    done: int
    total: int
    scene: Composition | None = None


def save_one(folder: Path, scene: Composition) -> Work[Saving]:
    """Add a scene to a set; one event at the end."""

    def work() -> Generator[Saving, None, None]:
        for _ in add_compositions(folder, [scene]):
            pass  # the scene is saved only when the index has been written too
        yield Saving(folder, 1, 1, scene)

    return work


def save_all(folder: Path, scenes: Iterable[Composition], total: int, query: str | None = None) -> Work[Saving]:
    """Add scenes to a set; an event for each scene, the last one after the index has been written."""

    def work() -> Generator[Saving, None, None]:
        for done in add_compositions(folder, scenes, query):
            if done < total:  # the last event comes when the index has been written
                yield Saving(folder, done, total)
        yield Saving(folder, total, total)

    return work


def save_image(path: Path, scene: Composition) -> Work[Path]:
    """Write the image of a scene as PNG; the event is its path."""

    def work() -> Generator[Path, None, None]:
        write_whole(path, lambda beside: Image.fromarray(draw(scene).image).save(beside, "png"))
        yield path

    return work


def read_background(path: Path, side: int) -> Work[Background]:
    """Read the background of a scene from any image."""

    def work() -> Generator[Background, None, None]:
        yield background_of(load_image(path), side)

    return work


def read_picture(picture: Picture, side: int) -> Work[Background]:
    """Read a picture of the strip as background, fitted as for the networks."""

    def work() -> Generator[Background, None, None]:
        yield fitted_at(picture, side).pixels

    return work


def read_scene(path: Path) -> Work[Composition]:
    """Read a saved scene."""

    def work() -> Generator[Composition, None, None]:
        yield read_composition(path)

    return work
