"""Files of the composer, read and written behind the window."""

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
    """How far scenes are written into a set.

    Attributes:
        folder: The set.
        done: Scenes that are written; the index tells of them once they are all.
        total: All there are to write.
        scene: The scene, where it is a single one.
    """

    folder: Path
    done: int
    total: int
    scene: Composition | None = None


def save_one(folder: Path, scene: Composition) -> Work[Saving]:
    """Add a scene to a set; told when it is done."""

    def work() -> Generator[Saving, None, None]:
        for _ in add_compositions(folder, [scene]):
            pass  # nothing to tell before the index is written too
        yield Saving(folder, 1, 1, scene)

    return work


def save_all(folder: Path, scenes: Iterable[Composition], total: int, query: str | None = None) -> Work[Saving]:
    """Add scenes to a set; told as it goes, once more when all is done."""

    def work() -> Generator[Saving, None, None]:
        for done in add_compositions(folder, scenes, query):
            if done < total:  # the last is told when the index is written too
                yield Saving(folder, done, total)
        yield Saving(folder, total, total)

    return work


def save_image(path: Path, scene: Composition) -> Work[Path]:
    """Write a scene as it is seen into a PNG, then tell its path."""

    def work() -> Generator[Path, None, None]:
        write_whole(path, lambda beside: Image.fromarray(draw(scene).image).save(beside, "png"))
        yield path

    return work


def read_background(path: Path, side: int) -> Work[Background]:
    """Read any image as a background of a scene."""

    def work() -> Generator[Background, None, None]:
        yield background_of(load_image(path), side)

    return work


def read_picture(picture: Picture, side: int) -> Work[Background]:
    """Read a picture of the strip as a background, fitted as the networks see it."""

    def work() -> Generator[Background, None, None]:
        yield fitted_at(picture, side).pixels

    return work


def read_scene(path: Path) -> Work[Composition]:
    """Read what was composed before."""

    def work() -> Generator[Composition, None, None]:
        yield read_composition(path)

    return work
