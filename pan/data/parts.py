"""The parts train, val and test of a set: by its `split.csv`, or as subfolders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pan.data.columns import read_columns
from pan.data.named_files import NamedFiles
from pan.system.errors import InputError
from pan.system.names import is_file

INDEX, SPLIT = "index.csv", "split.csv"
SPLIT_HEADER = ["image", "split"]
PARTS = ("train", "val", "test")
OTHER_NAMES = {"training": "train", "valid": "val", "validation": "val", "dev": "val", "testing": "test"}
"""Names that others give to folders of parts, which would not be found."""


class Part(NamedTuple):
    """A part of a set, or a whole set.

    Attributes:
        folder: The folder with the index.
        name: A part in the folder's `split.csv`; None for all rows of the index.
    """

    folder: Path
    name: str | None = None

    @property
    def description(self) -> str:
        """A description for the user."""
        return str(self.folder) if self.name is None else f"part {self.name} of {self.folder}"


def find_part(data: Path, part: str) -> Part | None:
    """A part of a set, None if the set has no such part.

    Raises:
        InputError: If its `split.csv` is wrong.
    """
    if is_file(data / INDEX):
        return Part(data, part) if part in parts_of(data) else None
    return Part(data / part) if is_file(data / part / INDEX) else None


def named_part(data: Path, part: str) -> Part:
    """A part of a set by its name.

    Raises:
        InputError: If the set has no such part, or the part's folder has another name.
    """
    found = find_part(data, part)
    if found is None:
        check_folder_names(data)
        has = ", ".join(parts_of(data)) or f"neither a {SPLIT} nor folders {', '.join(PARTS)} with an {INDEX}"
        raise InputError(f"{data} has no part {part}; it has {has}.")
    return found


def check_folder_names(data: Path) -> None:
    """Check that no part is missing because its folder has another name.

    Raises:
        InputError: If a folder is called `validation`, for example.
    """
    for name, part in OTHER_NAMES.items():
        if is_file(data / name / INDEX) and not (is_file(data / INDEX) or is_file(data / part / INDEX)):
            raise InputError(f"{data / name} would not be used: parts are named {', '.join(PARTS)}; "
                             f"rename it to {part}.")


def training_part(data: Path) -> Part:
    """The part to train on: `train`, or the whole set if it has no parts.

    Raises:
        InputError: If the set has parts, but no `train`, or a folder of a part has another name.
    """
    check_folder_names(data)
    return named_part(data, "train") if parts_of(data) else Part(data)


def evaluated_part(data: Path) -> Part:
    """The part to evaluate by default: `test`, or the whole set if it has no parts.

    Raises:
        InputError: If the set has parts, but no `test`, or a folder of a part has another name.
    """
    check_folder_names(data)
    return named_part(data, "test") if parts_of(data) else Part(data)


def parts_of(data: Path) -> tuple[str, ...]:
    """The names of a set's parts in the order train, val, test; none if it is not split."""
    if is_file(data / INDEX):
        held = set(split_of(data).values())
        return tuple(part for part in PARTS if part in held)
    return tuple(part for part in PARTS if is_file(data / part / INDEX))


def set_of(folder: Path) -> Path:
    """The set that a folder is a part of, if that set has a part `train`; otherwise the folder itself."""
    above = folder.absolute().parent
    is_part = folder.name in PARTS and not (above / INDEX).is_file() and "train" in parts_of(above)
    return above if is_part else folder


def folders_of(data: Path) -> list[Path]:
    """The folders with an index: the set's folder, or its subfolders of parts."""
    if is_file(data / INDEX):
        return [data]
    return [data / part for part in parts_of(data)] or [data]


def read_split(folder: Path) -> dict[str, str]:
    """The part of each image by its name in the set, from `split.csv`.

    Raises:
        InputError: If `split.csv` cannot be read, names an unknown part, or puts an image into two parts.
    """
    files, split = NamedFiles(folder), dict[str, str]()
    for line in read_columns(folder / SPLIT, SPLIT_HEADER):
        image, part = files.name(line.cells[0]), line.cells[1].casefold()
        if part not in PARTS:
            raise InputError(f"{line.where}: “{part}” is not a part; write one of {', '.join(PARTS)}.")
        if split.setdefault(image, part) != part:
            raise InputError(f"{line.where}: {image} is in {split[image]} already; name it once.")
    return split


def split_of(folder: Path) -> dict[str, str]:
    """The part of each image of a set; empty without a `split.csv`.

    Raises:
        InputError: If its `split.csv` is wrong.
    """
    return read_split(folder) if is_file(folder / SPLIT) else {}


def split_images(images: Sequence[str], shares: tuple[float, float], seed: int) -> dict[str, str]:
    """A random split of images.

    Args:
        images: Their names.
        shares: The shares of train and val; the rest is test.
        seed: The seed.
    """
    order = np.random.default_rng(seed).permutation(len(images))
    ends = np.cumsum([round(len(images) * share) for share in shares])
    places = np.searchsorted(ends, np.arange(len(images)), side="right")
    part = dict(zip(order.tolist(), (PARTS[place] for place in places), strict=True))
    return {image: part[number] for number, image in enumerate(images)}


def images_of(part: Part) -> frozenset[str] | None:
    """The images of a part, by their names in the set; None for a whole set.

    Raises:
        InputError: If `split.csv` is wrong.
    """
    if part.name is None:
        return None
    return frozenset(image for image, own in read_split(part.folder).items() if own == part.name)
