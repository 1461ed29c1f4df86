"""Writes scenes as a reference set."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from PIL import Image

from pan.data.digits.scenes import Scene
from pan.data.new_folder import new_folder
from pan.data.parts import INDEX
from pan.data.reference.index import HEADER
from pan.recipes.task import MNIST_REFERENCE
from pan.system.files import write_whole


def write_reference_set(folder: Path, scenes: Iterable[Scene], *, every_digit: bool = True) -> Iterator[int]:
    """Write scenes as a set with a row for every digit, or only for the first one; yields the number written.

    The index is written last, so that an unfinished set is not mistaken for a complete one. Files of a killed build in
    the folder are replaced.

    Raises:
        InputError: If the folder contains anything else or cannot be written.
    """
    with new_folder(folder):
        (folder / "images").mkdir(exist_ok=True)
        (folder / "masks").mkdir(exist_ok=True)
        rows: list[list[str]] = []
        for number, scene in enumerate(scenes):
            image = f"images/{number:06d}.png"
            Image.fromarray(scene.image).save(folder / image)
            for place, mask in enumerate(scene.masks[: None if every_digit else 1]):
                digit = str(scene.digits[place])
                name = f"masks/{number:06d}-{digit}.png"
                Image.fromarray(mask).save(folder / name)
                answer = MNIST_REFERENCE.answers[scene.colours[place]]
                rows.append([image, digit, answer, f"{scene.scales[place]:.4f}", name])
            yield number + 1
        write_whole(folder / INDEX, lambda beside: _write_index(beside, rows))


def _write_index(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, *rows])
        file.flush()
        os.fsync(file.fileno())
